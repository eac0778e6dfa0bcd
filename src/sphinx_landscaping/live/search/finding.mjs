// What a reader can find: the names of everything come first, in one small file; the words of the pages follow, a
// file each, when a question is asked. MiniSearch weighs and forgives a slip of the finger; all happens here.
import MiniSearch from 'minisearch';

const root = new URL(document.documentElement.dataset.content_root, document.baseURI);
const WORD = /[\p{L}\p{N}]+(?:\.\p{N}+)*/gu;
const WHOLE = new Set(['page', 'chapter', 'section']);
const WEIGHT = { chapter: 2, page: 1.4, term: 1.6, section: 1.3, figure: 1.1, claim: 1.1, question: 0.8, exercise: 0.8 };
const NAMING = new Set(['title', 'name', 'label']);
const AROUND = 150; // signs of context

const known = new Map(); // a book has few words, many times
function plain(word) {
  if (!known.has(word)) known.set(word, word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  return known.get(word);
}
const cut = (text) => text.match(WORD) ?? [];
const of = (name) => fetch(new URL(`search/${name}.json`, root)).then((answer) => {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
});

const index = new MiniSearch({
  fields: ['title', 'name', 'text', 'place', 'label'],
  tokenize: cut,
  processTerm: plain,
  autoVacuum: false, // it would walk through the index while words are still added
  searchOptions: {
    boost: { title: 5, name: 2, place: 0.2, label: 0.3 },
    prefix: (word) => word.length > 1,
    fuzzy: (word) => word.length > 4 && 0.2,
    combineWith: 'AND',
    boostDocument: (label) => WEIGHT[things.get(label).kind] ?? 1,
  },
});
const things = new Map();
let pages = [];

/** The names of everything, once. */
export const named = of('names').then((names) => {
  pages = names.pages;
  for (const [kind, number, title, label, at, text = ''] of names.things) {
    const [page, whole, place, part] = pages[at];
    const href = new URL(label === whole ? page : `${page}#${label}`, root).href;
    const thing = { id: label, kind, number, title, text, place: label === whole ? part : place, label, href };
    things.set(label, { ...thing, name: number ? `${kind} ${number}` : kind });
  }
  index.addAll([...things.values()]);
  return pages;
});

let reading;
let told;
/** The words of every page, the one that is open first; `each` is called when some more are there. */
export function read(each) {
  told = each;
  reading ??= named.then(async () => {
    const here = location.pathname.slice(root.pathname.length) || 'index.html';
    const order = pages.map(([page]) => page).sort((a, b) => (b === here) - (a === here));
    await Promise.all(order.map(async (page) => {
      const texts = await of(page.replace(/\.html$/, '')).catch(() => ({})); // one page less
      for (const [label, text] of Object.entries(texts)) {
        const thing = things.get(label);
        if (!thing || thing.text) continue;
        thing.text = text.replace(`${thing.title}. `, ''); // said already
        index.replace(thing);
      }
      told();
    }));
  });
  return reading;
}

/** A text in pieces, each with whether its word was found. */
export function marked(text, found) {
  const pieces = [];
  let end = 0;
  for (const word of text.matchAll(WORD)) {
    if (!found.has(plain(word[0]))) continue;
    pieces.push([text.slice(end, word.index), false], [word[0], true]);
    end = word.index + word[0].length;
  }
  return [...pieces, [text.slice(end), false]].filter(([piece]) => piece);
}

// The stretch of a text that holds the most of the words that were found, from a word's beginning.
function context(text, found) {
  const places = [...text.matchAll(WORD)].map((word) => [word.index, plain(word[0])]).filter(([, word]) => found.has(word));
  let [best, most] = [0, 0];
  places.forEach(([at], first) => {
    const near = new Set();
    for (let i = first; i < places.length && places[i][0] < at + AROUND; i += 1) near.add(places[i][1]);
    if (near.size > most) [best, most] = [at, near.size];
  });
  const from = text.lastIndexOf(' ', Math.max(0, best - AROUND / 4)) + 1;
  const to = text.indexOf(' ', from + AROUND);
  const piece = text.slice(from, to < 0 ? undefined : to);
  return `${from ? '… ' : ''}${piece}${to < 0 ? '' : ' …'}`;
}

function shown({ id, match, terms }) {
  const thing = things.get(id);
  const found = new Set(terms);
  const inside = !Object.values(match).flat().some((field) => NAMING.has(field));
  const kind = inside && WHOLE.has(thing.kind) ? 'text' : thing.kind;
  return { ...thing, found, kind, context: thing.text && context(thing.text, found) };
}

/** What answers a question: how many things, and the best of them; `how` may loosen it. */
export function find(question, most, how = {}) {
  const same = ({ id }) => plain(things.get(id).title) === plain(question.trim());
  const found = index.search(question, how).sort((a, b) => same(b) - same(a)); // the very name first
  return { count: found.length, best: found.slice(0, most).map(shown) };
}
