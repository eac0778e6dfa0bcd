// What every page does: change colours, mark the section being read. All else works without scripts.
const root = document.documentElement;

function switchScheme() {
  const button = document.querySelector('.scheme');
  const words = { auto: 'as your system', light: 'light', dark: 'dark' };
  const order = Object.keys(words);
  let now = root.dataset.theme ?? 'auto';
  const say = () => {
    button.setAttribute('aria-label', `Colours: ${words[now]}`);
    button.dataset.now = now;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    now = order[(order.indexOf(now) + 1) % 3];
    if (now === 'auto') delete root.dataset.theme;
    else root.dataset.theme = now;
    try { localStorage.setItem('scheme', now); } catch { /* storage refused: the choice lasts for this page */ }
    say();
  });
  say();
}

function markSection() {
  const links = new Map([...document.querySelectorAll('.onpage a[href^="#"]')].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    const entry = entries.filter((e) => e.isIntersecting && links.has(e.target.id)).pop();
    if (!entry) return;
    for (const link of links.values()) link.ariaCurrent = null;
    links.get(entry.target.id).ariaCurrent = 'location';
  }, { rootMargin: '0px 0px -75% 0px' });
  for (const section of document.querySelectorAll('main section[id]')) watch.observe(section);
}

// The page of a playground or a claim may be opened by a link to something inside a fold: open the fold.
function openFold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target && target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
}

// What must be scrolled sideways can be reached by keyboard, and only that. Asked when sizes are known anyway: a
// question before would lay out the whole page at once.
const reach = new ResizeObserver((changes) => {
  for (const { target: box } of changes) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});

if (document.querySelector('.top')) { // a figure on its own page has no furniture
  switchScheme();
  markSection();
}
if (location.pathname.includes(`/${root.dataset.edition}/`)) import('./edition.mjs'); // is there a newer one?
openFold();
if ('present' in root.dataset) import('./present.mjs').then((it) => it.begin()).catch(() => { delete root.dataset.present; });
for (const box of document.querySelectorAll('pre, div.math, .scroll')) reach.observe(box);
addEventListener('hashchange', openFold);

// Drawings out of sight are laid out one by one when there is nothing else to do: none is missing in a picture of the
// whole page, and no touch waits for all of them.
const waiting = document.querySelectorAll('.skin').values();
const idle = globalThis.requestIdleCallback ?? setTimeout;
function drawNext() {
  const { value: skin } = waiting.next();
  if (!skin) return;
  skin.dataset.drawn = '';
  idle(drawNext, { timeout: 100 });
}
addEventListener('load', () => idle(drawNext, { timeout: 100 }));
// What is asked for comes only now: the card of ¶, large type, the search, a copy of code. Where it cannot come, a link
// is a link.
addEventListener('click', (event) => {
  event.target.closest('#contents:popover-open a')?.closest('#contents').hidePopover();
  const mark = event.target.closest('.headerlink, .cites, .presents, [data-opens]');
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const name = mark.dataset.opens ?? (mark.matches('.presents') ? 'present' : 'card');
  import(`./${name}.mjs`).then((asked) => asked.open(mark)).catch(() => { if (mark.href) location = mark.href; });
});
// The keys of the search. A reader can give / back to the browser: see the search's last line.
addEventListener('keydown', (event) => {
  const { key, target } = event;
  const find = document.querySelector('.find');
  if (!find || !(key === 'k' ? event.ctrlKey || event.metaKey
    : key === '/' && !root.dataset.slash && !target.closest('input, textarea, select'))) return;
  event.preventDefault();
  find.click();
});
