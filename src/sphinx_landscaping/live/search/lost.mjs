// The page for addresses that lead nowhere. One without an edition in it is tried in the latest. For any other, the
// label in it is asked for at its short address, which knows every label there ever was, and its words among all names.
import { find, named } from './finding.mjs';

const { base } = document.documentElement.dataset; // where all editions stand; nothing in a copy that is only served
const rest = location.pathname.slice((base ?? '/').length);
const NOT_SAID = /^((index|404)(\.html)?|latest|at|cite|figures|notebooks|\d[\d.]*)$/;
const HOW = {
  fields: ['label', 'title', 'place'],
  boost: { label: 3, title: 2, place: 0.3 },
  combineWith: 'OR',
};
const LABEL = /^(ch|sec|fig|tbl|eq|claim|question|verdict|ex|thm)-/;
const PAGES = { boostDocument: (name) => (name.startsWith('ch-') ? 4 : 1) };

function label() {
  const last = rest.split('/').filter((part) => part && !NOT_SAID.test(part)).pop() ?? '';
  return decodeURIComponent(location.hash.slice(1) || last.replace(/\.\w+$/, ''));
}

async function short(name) {
  const address = new URL(`at/${encodeURIComponent(name)}/`, base ? new URL(base, location) : document.baseURI);
  const answer = name && await fetch(address, { method: 'HEAD' }).catch(() => null);
  return answer?.ok ? [{ kind: 'label', number: '', title: name, href: address.href }] : [];
}

async function suggest() {
  await named;
  const name = label();
  const found = find(name, 8, { ...HOW, ...(LABEL.test(name) ? {} : PAGES) }).best;
  const same = found.filter((thing) => thing.label === name);
  const best = [...(same.length ? same : await short(name)), ...found.filter((thing) => thing.label !== name)];
  const box = document.querySelector('.perhaps');
  const list = document.createElement('ul');
  for (const { kind, number, title, href } of best.slice(0, 5)) {
    const link = Object.assign(document.createElement('a'), { href, textContent: `${number} ${title}`.trim() });
    const line = document.createElement('li');
    line.append(`${kind[0].toUpperCase()}${kind.slice(1)} `, link);
    list.append(line);
  }
  box.append(list);
  box.hidden = !best.length;
}

if (base && !/^(latest|at|\d[\d.]*)(\/|$)/.test(rest)) location.replace(`${base}latest/${rest}${location.hash}`);
else suggest();
