// Charts come alive at the first touch, hover or focus: Vega and the chart's specification are fetched then, not before.
// The live chart is drawn at the size of the drawing that it replaces, so nothing moves.

const site = new URL(document.documentElement.dataset.content_root || './', document.baseURI);
const STEPS = 32; // of the height ramp, as in palette.py
const WAKING = ['pointerenter', 'pointerdown', 'focusin'];

let library;
function vega() {
  library ??= import('./vega.mjs').then((made) => {
    made.scheme('landscaping-up', (at) => `var(--h${Math.round(STEPS * at)})`);
    made.scheme('landscaping-down', (at) => `var(--h${Math.round(STEPS * (1 - at))})`);
    return made;
  });
  return library;
}

// Vega reads a pointer's place in the pixels of its own drawing; the page shows that drawing larger or smaller.
// So the box that Vega asks for is answered as if it had Vega's size, measured from where the pointer is now.
const pointer = { x: 0, y: 0 };
function follow(event) {
  const place = event.changedTouches?.[0] ?? event;
  pointer.x = place.clientX;
  pointer.y = place.clientY;
}
for (const kind of ['pointermove', 'pointerdown', 'pointerup', 'pointerover', 'mousemove', 'mousedown', 'mouseover', 'click', 'dblclick', 'wheel', 'touchstart', 'touchmove', 'touchend']) {
  addEventListener(kind, follow, { capture: true, passive: true });
}
function answerInOwnPixels(element, width) {
  const real = element.getBoundingClientRect.bind(element);
  element.getBoundingClientRect = () => {
    const box = real();
    const scale = box.width / width || 1;
    const near = (at, edge) => at - (at - edge) / scale;
    return new DOMRect(near(pointer.x, box.left), near(pointer.y, box.top), width, box.height / scale);
  };
}

function settings(panel) {
  return { ast: true, renderer: 'svg', actions: false, defaultStyle: false, bind: panel, tooltip: { disableDefaultStyle: true } };
}

async function draw(box, file) {
  const { vegaEmbed } = await vega();
  const still = box.querySelector('svg');
  const alive = document.createElement('div');
  alive.className = 'alive';
  alive.setAttribute('role', 'img');
  alive.setAttribute('aria-label', still.getAttribute('aria-label'));
  box.append(alive);
  const spec = { ...file[box.classList.contains('narrow') ? 'narrow' : 'wide'] };
  if (file.datasets) spec.datasets = file.datasets;
  const unseen = document.createElement('div'); // the page has controls of its own
  const { view } = await vegaEmbed(alive, spec, settings(unseen)).catch((error) => { alive.remove(); throw error; });
  const svg = alive.querySelector('svg');
  svg.setAttribute('aria-hidden', 'true'); // the box around it says what is there; Vega's marks have no words
  for (const element of [svg, svg.parentElement]) answerInOwnPixels(element, Number(svg.getAttribute('width')));
  box.dataset.alive = '';
  return view;
}

// ---- controls

function valueOf(input) {
  if (input.type === 'checkbox') return input.checked;
  if (input.dataset.values) return JSON.parse(input.dataset.values)[input.value];
  if (input.type === 'range' || input.type === 'number') return Number(input.value);
  if (input.tagName === 'SELECT' || input.type === 'radio') return JSON.parse(input.value);
  return input.value;
}

function words(input) {
  if (input.dataset.labels) return JSON.parse(input.dataset.labels)[input.value];
  return String(Number(Number(input.value).toPrecision(6)));
}

function say(input) {
  if (input.type !== 'range') return;
  input.setAttribute('aria-valuetext', words(input));
  input.nextElementSibling.value = words(input);
}

function inputs(chart) {
  return [...chart.querySelectorAll('[data-signal]')].filter((input) => input.type !== 'radio' || input.checked);
}

function set(view, input) {
  const { signal, field } = input.dataset, value = valueOf(input);
  if (!field) return view.signal(signal, value);
  return view.data(signal, value === null ? [] : [{ unit: '', fields: [{ type: 'E', field }], values: [value] }]);
}

// A legend may also be clicked: its buttons say what it chose.
function followLegend(view, chart) {
  for (const store of new Set([...chart.querySelectorAll('[data-field]')].map((input) => input.dataset.signal))) {
    view.addDataListener(store, (_, rows) => {
      for (const input of chart.querySelectorAll(`[data-signal="${store}"]`)) {
        input.checked = rows.length < 2 && valueOf(input) === (rows[0]?.values[0] ?? null);
      }
    });
  }
}

// ---- files; a table that several charts of a page use is fetched once

async function fetched(name) {
  const answer = await fetch(new URL(name, site));
  if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
  return answer.json();
}

const tables = new Map();
function table(key) {
  if (!tables.has(key)) tables.set(key, fetched(`figures/data/${key}.json`));
  return tables.get(key).then(structuredClone); // Vega writes into the rows that it is given
}

// ---- one chart

class Chart {
  views = new Map(); // drawing -> the promise of its view
  turned = new Set(); // controls whose move is not drawn yet

  constructor(element) {
    this.element = element;
    for (const kind of WAKING) element.addEventListener(kind, () => this.wake(), { once: true });
    element.addEventListener('input', (event) => this.turn(event.target));
    for (const input of element.querySelectorAll('[data-signal]')) say(input);
    if (element.matches(':hover, :focus-within')) this.wake(); // touched before this script was there
  }

  file() {
    this.fetched ??= fetched(`figures/${this.element.dataset.chart}.json`).then(async (file) => {
      const shared = Object.entries(file.tables ?? {}).map(async ([name, key]) => [name, await table(key)]);
      return { ...file, datasets: { ...file.datasets, ...Object.fromEntries(await Promise.all(shared)) } };
    });
    return this.fetched;
  }

  shown() {
    return [...this.element.querySelectorAll('.drawing')].find((box) => box.getClientRects().length);
  }

  wake() {
    const box = this.shown();
    if (!box) return Promise.resolve(null); // out of sight, as behind a figure in large type
    if (!this.views.has(box)) this.views.set(box, this.start(box));
    return this.views.get(box);
  }

  async start(box) {
    try {
      const [file] = await Promise.all([this.file(), vega()]);
      const view = await draw(box, file);
      for (const input of inputs(this.element)) set(view, input);
      await view.runAsync();
      followLegend(view, this.element);
      this.element.dataset.alive = '';
      return view;
    } catch (error) {
      console.error(`The chart ${this.element.dataset.chart} stays a picture: ${error.message}`);
      return null;
    }
  }

  turn(input) {
    if (!input.dataset?.signal) return;
    say(input);
    this.turned.add(input);
    this.drawing ??= this.catchUp().finally(() => { this.drawing = null; });
  }

  // Only the drawing that is seen is drawn again, and moves that came meanwhile are drawn together: a chart that is slow
  // does not fall behind the hand.
  async catchUp() {
    for (let view = await this.wake(); view && this.turned.size; view = await this.wake()) {
      for (const input of this.turned) set(view, input);
      this.turned.clear();
      await view.runAsync();
    }
    this.turned.clear();
  }

  // After a turn of the phone the other drawing is seen: it learns what was set meanwhile.
  fit() {
    if (!this.views.size) return;
    for (const input of inputs(this.element)) this.turn(input);
    this.wake();
  }
}

const charts = [...document.querySelectorAll('[data-chart]')].map((element) => new Chart(element));
addEventListener('resize', () => {
  for (const chart of charts) chart.fit();
});
