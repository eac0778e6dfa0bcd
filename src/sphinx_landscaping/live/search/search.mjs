// The search, in a dialog: a box to type in and a list that answers while one types.
import { find, marked, named, read } from './finding.mjs';

const MOST = 24; // shown; who looks for more types one word more

function made(kind, told = {}, ...inside) {
  const element = document.createElement(kind);
  for (const [name, value] of Object.entries(told)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

const withMarks = (text, found) => marked(text, found).map(([piece, is]) => (is ? made('mark', {}, piece) : piece));

function option(thing, place) {
  const { kind, number, title, href, found } = thing;
  const name = made('span', { class: 'name' }, number ? `${number} ` : '', ...withMarks(title, found));
  const line = made('a', { role: 'option', id: `seek-${place}`, href, tabindex: '-1', 'aria-selected': 'false' },
    made('span', { class: 'kind' }, kind), name);
  if (thing.place) line.append(made('span', { class: 'place' }, thing.place));
  if (thing.context) line.append(made('span', { class: 'context' }, ...withMarks(thing.context, found)));
  return line;
}

function slashSwitch() {
  const root = document.documentElement;
  const box = made('input', { type: 'checkbox' });
  box.checked = !root.dataset.slash;
  box.addEventListener('change', () => {
    root.dataset.slash = box.checked ? '' : 'off';
    try { localStorage.setItem('slash', root.dataset.slash); } catch { /* storage refused: for this page */ }
  });
  return made('label', {}, box, ' The key ', made('kbd', {}, '/'), ' opens this');
}

export async function open(opener, question = '') {
  if (document.querySelector('dialog.seek')) return;
  const input = made('input', { type: 'text', role: 'combobox', inputmode: 'search', enterkeyhint: 'go', 'aria-label': 'Search the book',
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'seek-list', autocomplete: 'off', autocapitalize: 'off',
    spellcheck: 'false', placeholder: 'A word, a term, figure 2.1 …' });
  const list = made('div', { role: 'listbox', id: 'seek-list', 'aria-label': 'What was found' });
  const said = made('p', { role: 'status' });
  const close = made('button', { type: 'button', class: 'close' }, 'Close');
  const all = made('a', { href: opener.href.split('?')[0] }, 'Everything in the book');
  const keys = made('span', { class: 'keys' }, made('kbd', {}, '↓'), ' ', made('kbd', {}, '↑'), ' choose, ', made('kbd', {}, 'Enter'), ' opens');
  const card = made('dialog', { class: 'seek', 'aria-label': 'Search' }, made('div', { class: 'head' }, input, close), said, list,
    made('p', { class: 'foot' }, all, keys, slashSwitch()));
  let chosen = -1;

  function choose(place) {
    list.children[chosen]?.setAttribute('aria-selected', 'false');
    chosen = place;
    const now = list.children[chosen];
    if (now) {
      now.setAttribute('aria-selected', 'true');
      now.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', now.id);
    } else input.removeAttribute('aria-activedescendant');
  }

  function answer(typed) {
    const before = typed ? '' : list.children[chosen]?.href;
    const words = input.value.trim();
    const { count, best } = find(words, MOST);
    list.replaceChildren(...best.map(option));
    input.setAttribute('aria-expanded', String(count > 0));
    if (!count) said.textContent = words && `Nothing found for “${words}”.`;
    else said.textContent = count > MOST ? `${count} found, the best ${MOST} shown` : `${count} found`;
    chosen = -1;
    choose(Math.max(0, [...list.children].findIndex((line) => line.href === before)));
    if (typed) list.scrollTop = 0;
  }

  let soon = 0; // the words of many pages arrive at once: one new list for all of them
  const more = () => {
    soon ||= setTimeout(() => { soon = 0; if (card.open) answer(); }, 100);
  };
  input.addEventListener('input', () => {
    answer(true);
    if (input.value.trim().length > 1) read(more).then(() => { answer(); card.dataset.whole = ''; }, () => { /* the names still answer */ });
  });
  input.addEventListener('keydown', (event) => {
    const many = list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && !event.isComposing) list.children[chosen]?.click();
    else if (step && many) choose((chosen + step + many) % many);
    else return;
    event.preventDefault();
  });
  close.addEventListener('click', () => card.close());
  card.addEventListener('click', (event) => {
    if (event.target === card || (event.target.closest('a') && !event.ctrlKey && !event.metaKey)) card.close();
  });
  card.addEventListener('close', () => card.remove());
  input.value = question;
  document.body.append(card);
  card.showModal();
  input.focus();
  try {
    await named;
  } catch { // no list of names: the page of everything is there
    location = all.href;
  }
  if (input.value) input.dispatchEvent(new Event('input'));
}

// The page of everything has a form of its own: its words arrive in the address.
const asked = document.querySelector('main .search') && new URLSearchParams(location.search).get('q');
if (asked) open(document.querySelector('.find'), asked);
