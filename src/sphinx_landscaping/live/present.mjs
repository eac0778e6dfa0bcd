// ?present: one figure or section alone, in large type, for a room. Nothing is moved: all else is switched off, so that
// what is alive stays alive. Its look stands in 3-present.css, and paper never sees it.

const root = document.documentElement;
const STEP = 'main section[id], main figure[id]';
const NAMED = `${STEP}, .claim[id], .question[id], .verdict[id], .exercise[id], .proof[id], div.math[id], table[id]`;
const OWN_ARROWS = 'input, select, textarea, pre, .scroll, .controls, .alive, .alive-playground, [role=slider]';
const headed = (step) => step.matches('figure') || step.querySelector(':scope > :is(h1, h2, h3, h4)');
const steps = [...document.querySelectorAll(STEP)].filter(headed);

let now; // what is shown
let bar;
let ending;

function asked() {
  const label = decodeURIComponent(location.hash.slice(1).split('&')[0]);
  const found = label && document.getElementById(label);
  return { label, thing: (found ? found.closest(NAMED) ?? found.querySelector(NAMED) : null) };
}

function clear() {
  for (const part of document.querySelectorAll('[data-off]')) delete part.dataset.off;
  if (now) delete now.dataset.shown;
}

function isolate(thing) {
  clear();
  now = thing;
  now.dataset.shown = '';
  for (let at = now; at !== document.body; at = at.parentElement) {
    if (at.matches('details')) at.open = true;
    for (const other of at.parentElement.children) {
      if (other !== at && other !== bar && other.tagName !== 'H1') other.dataset.off = '';
    }
  }
  for (const part of now.querySelectorAll(':scope > section')) part.dataset.off = ''; // they are steps of their own
}

// A figure is as large as the window lets it be: as wide as its drawing may be to leave room for its words.
function fit() {
  now.style.removeProperty('--fits');
  const drawing = [...now.querySelectorAll('.drawing, .picture')].find((box) => box.getClientRects().length);
  if (!now.matches('figure') || !drawing) return;
  const { height, width } = drawing.getBoundingClientRect();
  const rest = now.offsetHeight - height;
  const room = innerHeight - bar.offsetHeight - rest - now.getBoundingClientRect().top - scrollY;
  const least = 31 * parseFloat(getComputedStyle(root).fontSize); // below it a chart has its narrow form
  if (height > room) now.style.setProperty('--fits', `${Math.max(Math.min(least, width), (width * room) / height)}px`);
}

function wake() {
  for (const box of now.querySelectorAll('[data-chart], [data-playground]')) box.dispatchEvent(new PointerEvent('pointerenter'));
}

function say() {
  const place = steps.indexOf(now);
  bar.querySelector('output').value = place < 0 ? `${steps.length} steps` : `${place + 1} of ${steps.length}`;
  bar.querySelector('.back').setAttribute('aria-disabled', !beside(-1));
  bar.querySelector('.on').setAttribute('aria-disabled', !beside(1));
}

// The step before or after; from what is no step itself, the nearest one.
function beside(way) {
  const place = steps.indexOf(now);
  if (place >= 0) return steps[place + way];
  const after = steps.findIndex((step) => now.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING);
  return way > 0 ? steps[after] : steps[(after < 0 ? steps.length : after) - 1];
}

function show(thing, { address = true } = {}) {
  if (!thing) return;
  isolate(thing);
  if (address) history.replaceState(null, '', `?present#${now.id}`);
  say();
  fit();
  wake();
  scrollTo({ top: 0, behavior: 'instant' });
  if (!bar.contains(document.activeElement)) {
    now.tabIndex = -1;
    now.focus({ preventScroll: true });
  }
}

// ---- keys and buttons

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape') leave();
  else if (event.target.closest?.(OWN_ARROWS)) return;
  else if (event.key === 'ArrowRight') show(beside(1));
  else if (event.key === 'ArrowLeft') show(beside(-1));
  else return;
  event.preventDefault();
}

function button(name, words, press) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: name, textContent: words });
  made.addEventListener('click', press);
  return made;
}

function makeBar() {
  bar = document.createElement('nav');
  bar.className = 'presenting';
  bar.setAttribute('aria-label', 'Large type');
  const back = button('back', 'Previous', () => show(beside(-1)));
  const on = button('on', 'Next', () => show(beside(1)));
  bar.append(back, document.createElement('output'), on);
  if (document.fullscreenEnabled) bar.append(button('full', 'Full screen', () => root.requestFullscreen()));
  bar.append(button('end', 'Close', leave));
  document.body.append(bar);
}

function start() {
  if (root.dataset.present === 'on') return;
  ending = new AbortController();
  const { signal } = ending;
  root.dataset.present = 'on';
  makeBar();
  addEventListener('keydown', pressed, { signal });
  addEventListener('resize', fit, { signal });
  addEventListener('popstate', follow, { signal });
  document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) leave(); }, { signal });
}

function follow() {
  if (!location.search.startsWith('?present')) leave({ address: false });
  else show(asked().thing, { address: false });
}

function leave({ address = true } = {}) {
  if (root.dataset.present !== 'on') return;
  ending.abort();
  delete root.dataset.present;
  clear();
  bar.remove();
  if (document.fullscreenElement) document.exitFullscreen();
  if (address) history.replaceState(null, '', location.pathname + location.hash);
  now.style.removeProperty('--fits');
  now.tabIndex = -1;
  now.focus({ preventScroll: true });
  now.scrollIntoView({ behavior: 'instant' });
}

/** From an address with ?present: figures can be woken when the page's other scripts have run. */
export async function begin() {
  const { label, thing } = asked();
  start();
  show(thing ?? steps[0], { address: false });
  if (label && !thing) bar.querySelector('output').value = `No ${label} here; this is the beginning`;
  if (document.readyState !== 'complete') {
    await new Promise((done) => { addEventListener('load', done); });
    fit();
    wake();
  }
}

/** From a link: the thing stands on this page, or its page is opened. */
export function open(mark) {
  if (new URL(mark.href).pathname !== location.pathname) { location = mark.href; return; }
  mark.closest('dialog')?.close();
  history.pushState(null, '', mark.href);
  start();
  show(asked().thing ?? steps[0], { address: false });
}
