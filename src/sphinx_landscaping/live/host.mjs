// The host of playgrounds: gives an anywidget module what a notebook gives it (a model and an element), and keeps its
// state in the page's address, so that a link leads to this very setting: see address.mjs.

const here = new URL('.', import.meta.url);

export class Model {
  #state; #on = new Map();
  constructor(state) { this.#state = structuredClone(state); }
  get(key) { return this.#state[key]; }
  set(key, value) {
    const changes = typeof key === 'object' ? key : { [key]: value };
    let changed = false;
    for (const [name, next] of Object.entries(changes)) {
      if (JSON.stringify(this.#state[name]) === JSON.stringify(next)) continue;
      this.#state[name] = next;
      this.#tell(`change:${name}`, next);
      changed = true;
    }
    if (changed) this.#tell('change');
  }
  #tell(event, value) { for (const call of [...(this.#on.get(event) ?? [])]) call(this, value); }
  save_changes() { this.#tell('saved'); }
  on(events, call) {
    for (const event of events.split(' ')) {
      if (!this.#on.has(event)) this.#on.set(event, new Set());
      this.#on.get(event).add(call);
    }
  }
  off(events, call) {
    if (!events) { this.#on.clear(); return; }
    for (const event of events.split(' ')) call ? this.#on.get(event)?.delete(call) : this.#on.delete(event);
  }
  send() { /* messages to a kernel: there is none */ }
  state() { return structuredClone(this.#state); }
}

const labelOf = (box) => box.id.replace(/-playground$/, '');
const started = new Map(); // box -> a promise of what sets it from an address

const asks = (hash, box) => hash?.startsWith(`#${labelOf(box)}&`);
const stated = async (hash, box, first) => asks(hash, box) ? (await import('./address.mjs')).asked(hash, labelOf(box), first) : {};

function keepAddress(model, label, start) {
  let later;
  const write = async () => {
    const { address } = await import('./address.mjs');
    history.replaceState(null, '', address(label, model.state(), start));
  };
  model.on('saved', () => {
    clearTimeout(later);
    later = setTimeout(write, 250);
  });
}

async function load(box) {
  const { playground: name, version } = box.dataset;
  const address = new URL(`playgrounds/${name}.mjs${version ? `?v=${encodeURIComponent(version)}` : ''}`, here);
  const module = await import(address);
  return typeof module.default === 'function' ? module.default() : module.default ?? module;
}

const start = (box) => started.get(box) ?? started.set(box, begun(box)).get(box);

async function begun(box) {
  const label = labelOf(box);
  const element = document.createElement('div');
  const ending = new AbortController();
  try {
    const first = JSON.parse(box.querySelector(':scope > script').textContent);
    const model = new Model({ ...first, ...await stated(location.hash, box, first) });
    const widget = await load(box);
    const given = { model, signal: ending.signal };
    await widget.initialize?.(given);
    element.className = 'alive-playground';
    box.append(element);
    await widget.render({ ...given, el: element });
    box.dataset.alive = ''; // only now: whatever fails before leaves the picture
    keepAddress(model, label, first);
    return async (hash) => {
      model.set({ ...first, ...await stated(hash, box, first) });
      model.save_changes();
      const play = element.shadowRoot?.querySelector('[data-do=play]');
      if (play && play.textContent !== 'Pause') play.click();
    };
  } catch (error) {
    ending.abort();
    element.remove();
    box.dataset.failed = '';
    console.error(`The playground ${label} stays a picture: ${error.message}`);
  }
}

// A playground starts when it is near, and not before the reader has given a sign: a phone that opens a page is busy
// with the page, and what it computes then is in the way of the first touch. Who only looks sees it after a while.
// A page that comes up under a pointer at rest is told of a move of nothing: that is the browser's word, not the reader's.
const WHILE = 6000; // ms
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'touchstart'];

function begin() {
  const boxes = [...document.querySelectorAll('[data-playground]')];
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); start(entry.target); }
  }, { rootMargin: '300px' });
  const watch = (event) => {
    if (event?.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return;
    for (const sign of SIGNS) removeEventListener(sign, watch, true);
    for (const box of boxes) near.observe(box);
  };
  for (const sign of SIGNS) addEventListener(sign, watch, { capture: true, passive: true });
  setTimeout(watch, WHILE);
  for (const box of boxes) {
    for (const kind of ['pointerenter', 'focusin']) box.addEventListener(kind, () => start(box), { once: true });
    if (asks(location.hash, box)) { box.scrollIntoView(); start(box); }
  }
  // A link on the page to a setting of a playground puts it there at once, and it moves.
  document.addEventListener('click', ({ target }) => {
    const hash = target.closest('a')?.hash;
    for (const box of boxes) if (asks(hash, box)) start(box).then((set) => set?.(hash));
  });
}

begin();
