// The landscape: marbles on the exact loss surface of UDL's two-parameter Gabor model.
// The first part computes and knows no page; landscaping.optimization.marbles is its reference in torch,
// and tests/browser/test_landscape.py holds the two together. The second part is what the reader sees.

// ---- the land ---------------------------------------------------------------------------------

export const LAND = [[-10, 10], [2.5, 22.5]];    // the map: ranges of φ₀ and φ₁
export const INPUTS = [-15, 15];
export const TRUTH = [0, 16.6];
export const TARGET = 1;                         // a marble this near to the lowest point has reached it

export function gabor(x, p0, p1) {
  const z = p0 + 0.06 * p1 * x;
  return Math.sin(z) * Math.exp(-z * z / 32);
}

export function loss(x, y, p0, p1) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (gabor(x[i], p0, p1) - y[i]) ** 2;
  return sum / x.length;
}

// Slope of the mean squared residual over the examples `seen` (indices), into g.
export function gradient(x, y, seen, p0, p1, g) {
  const w = 0.06 * p1;
  let g0 = 0, g1 = 0;
  for (const i of seen) {
    const z = p0 + w * x[i], sine = Math.sin(z), bell = Math.exp(-z * z / 32);
    const d = 2 * (sine * bell - y[i]) * (Math.cos(z) * bell - sine * bell * z / 16);
    g0 += d;
    g1 += d * 0.06 * x[i];
  }
  g[0] = g0 / seen.length;
  g[1] = g1 / seen.length;
}

const middle = ([low, high], k, size) => low + (high - low) * (k + 0.5) / size;

// The loss at the middles of size × size squares, rows upward. Along a row every phase grows by the same h:
// the sine follows by rotation and the bell by multiplication, with no sine or exponential per square.
export function surface(x, y, size) {
  const out = new Float64Array(size * size), n = x.length, h = (LAND[0][1] - LAND[0][0]) / size;
  const turn = Math.sin(h), stay = Math.cos(h), shrink = Math.exp(-h * h / 16), first = middle(LAND[0], 0, size);
  for (let row = 0; row < size; row++) {
    const w = 0.06 * middle(LAND[1], row, size), from = row * size;
    for (let i = 0; i < n; i++) {
      const z = first + w * x[i], yi = y[i];
      let sine = Math.sin(z), cosine = Math.cos(z), bell = Math.exp(-z * z / 32);
      let factor = Math.exp(-(2 * z + h) * h / 32);
      for (let k = from; k < from + size; k++) {
        const r = sine * bell - yi, s = sine;
        out[k] += r * r;
        sine = s * stay + cosine * turn;
        cosine = cosine * stay - s * turn;
        bell *= factor;
        factor *= shrink;
      }
    }
    for (let k = from; k < from + size; k++) out[k] /= n;
  }
  return out;
}

// The lowest point of the land: the best square, then ever smaller squares around it.
export function lowest(x, y, heights = surface(x, y, 100), size = 100) {
  let at = 0;
  for (let k = 1; k < heights.length; k++) if (heights[k] < heights[at]) at = k;
  let best = [middle(LAND[0], at % size, size), middle(LAND[1], Math.floor(at / size), size)];
  for (let zoom = 1; zoom < 10; zoom++) best = lowestAround(x, y, best, 0.4 / 4 ** zoom);
  return best;
}

function lowestAround(x, y, [c0, c1], reach) {
  let best = [c0, c1], least = Infinity;
  for (let i = -4; i <= 4; i++) for (let j = -4; j <= 4; j++) {
    const p0 = clamp(c0 + i * reach, LAND[0]), p1 = clamp(c1 + j * reach, LAND[1]), height = loss(x, y, p0, p1);
    if (height < least) { least = height; best = [p0, p1]; }
  }
  return best;
}

const clamp = (v, [low, high]) => Math.min(high, Math.max(low, v));

// ---- chance: landscaping.optimization.small_generator -----------------------------------------

export const DATA = 0, THROWS = 1, BATCHES = 2;

export function small(seed, purpose) {
  let state = (4 * seed + purpose) >>> 0;
  const word = () => {
    state = (state + 0x9E3779B9) >>> 0;
    let z = Math.imul(state ^ state >>> 16, 0x85EBCA6B);
    z = Math.imul(z ^ z >>> 13, 0xC2B2AE35);
    return (z ^ z >>> 16) >>> 0;
  };
  const uniform = () => word() / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const shuffled = (n) => {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let last = n - 1; last > 0; last--) {
      const other = Math.floor(uniform() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  };
  return { word, uniform, normal, shuffled };
}

const thousandths = (v) => Math.floor(v * 1000 + 0.5) / 1000;

// The examples of a setting; a point that the reader moved stands where it was put.
export function examples({ examples: n, noise, draw, moved }) {
  const chance = small(draw, DATA), x = [], y = [];
  for (let i = 0; i < n; i++) {
    x.push(thousandths(INPUTS[0] + (INPUTS[1] - INPUTS[0]) * chance.uniform()));
    y.push(thousandths(gabor(x[i], ...TRUTH) + noise * chance.normal()));
  }
  for (const [i, mx, my] of moved) if (i < n) { x[i] = mx; y[i] = my; }
  return { x, y };
}

export function starts({ marbles, start, toss }) {
  if (marbles === 1) return [start];
  const chance = small(toss, THROWS), one = ([low, high]) => low + (high - low) * chance.uniform();
  return Array.from({ length: marbles }, () => LAND.map(one));
}

export function* batches(n, size, seed) {
  for (const chance = small(seed, BATCHES); ;) {
    const order = chance.shuffled(n);
    for (let first = 0; first < n; first += size) yield order.slice(first, first + size);
  }
}

// ---- trees: landscaping.optimization.fences ---------------------------------------------------

const NEAR = 1e-9;

// Each row of trees, [kind, φ₀, φ₁, φ₀, φ₁] from start to end, as a line: unit normal into what it allows, and offset.
export function forest(trees) {
  const lines = trees.map(([kind, a, b, c, d]) => {
    const length = Math.hypot(c - a, d - b), n0 = -(d - b) / length, n1 = (c - a) / length;
    return { n0, n1, offset: n0 * a + n1 * b, tie: kind === "tie" };
  });
  return { lines, corners: cornersOf(lines) };
}

function cornersOf(lines) {
  const found = [];
  for (let i = 0; i < lines.length; i++) for (let j = i + 1; j < lines.length; j++) {
    const a = lines[i], b = lines[j], det = a.n0 * b.n1 - a.n1 * b.n0;
    if (Math.abs(det) > NEAR)
      found.push([(a.offset * b.n1 - b.offset * a.n1) / det, (a.n0 * b.offset - b.n0 * a.offset) / det]);
  }
  return found;
}

const over = (line, offset, p0, p1) => line.n0 * p0 + line.n1 * p1 - offset;

// The nearest of all candidates that the lines allow: the point, its feet on them, their corners; null: no land.
function nearestOf(p0, p1, lines, offsets, corners) {
  const candidates = [[p0, p1]];
  lines.forEach((line, k) => {
    const beyond = over(line, offsets[k], p0, p1);
    candidates.push([p0 - beyond * line.n0, p1 - beyond * line.n1]);
  });
  let best = null, least = Infinity;
  for (const c of candidates.concat(corners)) {
    const far = Math.hypot(c[0] - p0, c[1] - p1);
    if (far < least && lines.every((line, k) => allows(line, offsets[k], c))) { least = far; best = c; }
  }
  return best;
}

function allows(line, offset, [p0, p1]) {
  const height = over(line, offset, p0, p1);
  return height >= -NEAR && (!line.tie || height <= NEAR);
}

export const nearest = ({ lines, corners }, p0, p1) =>
  nearestOf(p0, p1, lines, lines.map((line) => line.offset), corners);

// What is left of a velocity at an allowed point: nothing of it points into the trees met there.
export function slide({ lines }, v0, v1, p0, p1) {
  const met = lines.filter((line) => over(line, line.offset, p0, p1) <= NEAR);
  return met.length ? nearestOf(v0, v1, met, met.map(() => 0), met.length > 1 ? [[0, 0]] : []) : [v0, v1];
}

// ---- physics: torch.optim's SGD, SGD with momentum, Adam ---------------------------------------

const plain = { step(run, k, g) { run.at[k] -= run.rate * g; } };
const rules = {
  plain,
  minibatch: plain,
  momentum: {
    step(run, k, g) {
      run.memory[k] = run.steps ? run.momentum * run.memory[k] + g : g;
      run.at[k] -= run.rate * run.memory[k];
    },
  },
  adam: {
    step(run, k, g) {
      const t = run.steps + 1, m = run.memory, v = run.squares;
      m[k] += (1 - 0.9) * (g - m[k]);
      v[k] = 0.999 * v[k] + (1 - 0.999) * g * g;
      run.at[k] -= run.rate / (1 - 0.9 ** t) * (m[k] / (Math.sqrt(v[k]) / Math.sqrt(1 - 0.999 ** t) + 1e-8));
    },
  },
};
export const RULES = Object.keys(rules);

// All marbles of a setting; positions (and memories of slopes) stand in pairs: φ₀, φ₁, φ₀, φ₁, …
export class Run {
  constructor(setting, data = examples(setting)) {
    Object.assign(this, { data, rate: setting.rate, momentum: setting.momentum, rule: rules[setting.rule] });
    this.trees = forest(setting.trees);
    this.steps = 0;
    this.at = Float64Array.from(starts(setting).flatMap(([p0, p1]) => nearest(this.trees, p0, p1)));
    this.memory = new Float64Array(this.at.length);
    this.squares = new Float64Array(this.at.length);
    this.all = data.x.map((_, i) => i);
    this.order = setting.rule === "minibatch" ? batches(data.x.length, setting.batch, setting.toss) : null;
  }
  get count() { return this.at.length / 2; }
  step() {
    const { data: { x, y }, at, rule } = this, g = [0, 0], seen = this.order ? this.order.next().value : this.all;
    for (let k = 0; k < at.length; k += 2) {
      gradient(x, y, seen, at[k], at[k + 1], g);
      rule.step(this, k, g[0]);
      rule.step(this, k + 1, g[1]);
      if (this.trees.lines.length) this.keepInside(k);
    }
    this.steps++;
  }
  keepInside(k) {
    const { at, memory } = this, [p0, p1] = nearest(this.trees, at[k], at[k + 1]);
    const [v0, v1] = slide(this.trees, -memory[k], -memory[k + 1], p0, p1);   // velocity: minus the slopes
    at[k] = p0; at[k + 1] = p1;
    memory[k] = -v0; memory[k + 1] = -v1;
  }
  reached([t0, t1]) {   // for each marble
    return Array.from({ length: this.count }, (_, k) => Math.hypot(this.at[2 * k] - t0, this.at[2 * k + 1] - t1) <= TARGET);
  }
}

export function share(setting, steps = setting.steps) {
  const run = new Run(setting);
  while (run.steps < steps) run.step();
  return run.reached(lowest(run.data.x, run.data.y)).filter(Boolean).length / run.count;
}

// ---- a setting that comes from an address may be anything ---------------------------------------

const RANGES = {
  examples: [4, 100], noise: [0, 0.5], draw: [1, 9999], rate: [0.01, 30], momentum: [0, 0.99], batch: [1, 100],
  steps: [1, 5000], marbles: [1, 1000], toss: [1, 9999],
};
const WHOLE = ["examples", "draw", "batch", "steps", "marbles", "toss"];
const MOST_TREES = 4;

const isPoint = (p) => Array.isArray(p) && p.length === 2 && p.every(Number.isFinite);
const onMap = (v, k) => clamp(v, LAND[k]);
const isTree = (t) => Array.isArray(t) && t.length === 5 && ["fence", "tie"].includes(t[0]) && t.slice(1).every(Number.isFinite)
  && Math.max(Math.abs(t[1] - t[3]), Math.abs(t[2] - t[4])) > 1e-6;
const turned = ([kind, a, b, c, d]) => [kind, c, d, a, b];
const isMoved = (m) => Array.isArray(m) && m.length === 3 && m.every(Number.isFinite) && Number.isInteger(m[0]) && m[0] >= 0;
const anyLand = (trees) => nearest(forest(trees), 0, 0) !== null;

// The same setting with every value in its range; what makes no sense is left out.
export function sane(raw) {
  const out = {};
  for (const [key, range] of Object.entries(RANGES)) {
    const value = Number.isFinite(raw[key]) ? clamp(raw[key], range) : range[0];
    out[key] = WHOLE.includes(key) ? Math.round(value) : value;
  }
  out.rule = RULES.includes(raw.rule) ? raw.rule : "plain";
  out.start = isPoint(raw.start) ? raw.start.map(onMap) : [0, 12.5];
  out.moved = (raw.moved ?? []).filter(isMoved).map(([i, x, y]) => [i, clamp(x, INPUTS), clamp(y, [-1.5, 1.5])]);
  out.trees = (raw.trees ?? []).filter(isTree).slice(0, MOST_TREES)
    .map(([kind, ...ends]) => [kind, ...ends.map((v, k) => onMap(v, k % 2))]).filter(isTree);
  while (!anyLand(out.trees)) out.trees.pop();
  return out;
}

// ---- what the reader sees -----------------------------------------------------------------------
// Colours are the page's own (data, model, optimizer, the ramp of heights); in a notebook, which has
// none of them, the same values stand here.

const PAPER = ["#34439f", "#127a66", "#c2440a", "#1d1c1a", "#5d5952", "#fffefb", "#f6f4ef", "#d9d4ca", "#85807a",
  "#f8f1f7", "#e5d9e5", "#d3c1d4", "#c0aac4", "#ac93b4", "#987ea6", "#846897", "#705489", "#5d407b"];
const NIGHT = ["#5c93f5", "#6fe0ba", "#ee7a3c", "#e6e3dc", "#a8a59d", "#15171b", "#1e2126", "#383d45", "#7d828a",
  "#27252c", "#3a3541", "#4d4658", "#62576f", "#786888", "#8f7ba0", "#a78db9", "#c0a0d3", "#dab3ed"];
const HEIGHTS = Array.from({ length: 9 }, (_, k) => `height${k}`);
const NAMES = ["data", "model", "optimizer", "ink", "quiet", "paper", "panel", "line", "control", ...HEIGHTS];
const given = (colours) => NAMES.map((name, k) => `--c-${name}:var(--${name},${colours[k]})`).join(";");

const CSS = `
:host{display:block;${given(PAPER)};color:var(--c-ink);font:.9063rem/1.45 var(--sans,system-ui,sans-serif)}
:host([data-night]){${given(NIGHT)}}
*{box-sizing:border-box}
.all{container-type:inline-size}
.pictures{display:grid;gap:.75rem 1.25rem}
canvas,svg{display:block;width:100%;touch-action:manipulation;-webkit-user-select:none;user-select:none}
canvas{aspect-ratio:1;cursor:crosshair;border-radius:3px}
svg{overflow:visible;cursor:default}
svg circle{fill:var(--c-data);cursor:grab}
svg:focus-visible .chosen,svg .held{stroke:var(--c-ink);stroke-width:2.5}
svg .curve{fill:none;stroke:var(--c-optimizer);stroke-width:2.25;stroke-linejoin:round;pointer-events:none}
svg .many{stroke-width:1;stroke-opacity:.4}
svg .axis{stroke:var(--c-line);pointer-events:none}
svg text{fill:var(--c-quiet);font-size:12px}
p{margin:0}
.key{display:grid;grid-template-columns:3rem 1fr;align-items:center;gap:.5rem;padding:.1rem 0;color:var(--c-quiet);font-size:.8125rem}
.key i{height:.6rem;border-radius:2px;background:linear-gradient(90deg,${HEIGHTS.map((h) => `var(--c-${h})`)})}
.key b{justify-self:center;width:.9rem;height:.9rem;border:2px solid var(--c-ink);border-radius:50%}
.say{min-height:4.6em;padding:.35rem 0}
.say strong{font-weight:600;color:var(--c-optimizer)}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem}
.count{color:var(--c-quiet);font-variant-numeric:tabular-nums}
button,select{min-height:2.25rem;padding:.3rem .7rem;border:1px solid var(--c-control);border-radius:.375rem;background:var(--c-paper);color:inherit;font:inherit;cursor:pointer}
button:hover{background:var(--c-panel)}
button.first{min-width:5.5rem;border-color:var(--c-optimizer);background:var(--c-optimizer);color:var(--c-paper);font-weight:600}
button[aria-pressed=true]{border-color:var(--c-model);box-shadow:inset 0 0 0 1px var(--c-model)}
:disabled{opacity:.45;cursor:default}
:focus-visible{outline:2px solid var(--c-ink);outline-offset:2px}
.settings{display:grid;gap:.25rem 1.75rem;margin-top:.75rem}
fieldset{min-width:0;margin:0;padding:.5rem 0;border:0;border-top:2px solid var(--mark)}
legend{float:left;width:100%;margin-bottom:.25rem;padding:0;color:var(--mark);font-weight:600}
legend+*{clear:both}
.optimizer{--mark:var(--c-optimizer)}.data{--mark:var(--c-data)}.model{--mark:var(--c-model)}
.set{display:grid;grid-template-columns:6.6rem minmax(0,1fr) 3.1rem;align-items:center;gap:.5rem;min-height:2.25rem}
.set label{line-height:1.2}
.set output{text-align:right;font-variant-numeric:tabular-nums}
.set select{grid-column:2/-1}
input[type=range]{width:100%;min-width:0;height:1.75rem;margin:0;accent-color:var(--mark);cursor:pointer}
.hint{color:var(--c-quiet);font-size:.8125rem;padding:.25rem 0}
ul{margin:.5rem 0 0;padding:0;list-style:none}
li{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .5rem;padding:.2rem 0}
li span{flex:1 1 100%}
@container (min-width:20rem) and (max-width:33.99rem){svg text{font-size:9px}}
@container (min-width:34rem){
 .pictures{grid-template-columns:minmax(0,1.45fr) minmax(0,1fr)}
 .settings{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
 .optimizer{grid-row:span 2}
}
@container (min-width:58rem){.settings{grid-template-columns:repeat(3,minmax(0,1fr))}.optimizer{grid-row:auto}}`;

// One setting: its label, its key in the state, and how the slider's place becomes its value.
const SLIDERS = {
  rate: { label: "Learning rate", min: -2, max: 1.5, step: 0.05, to: (v) => +(10 ** v).toPrecision(2), from: Math.log10 },
  momentum: { label: "Momentum", min: 0, max: 0.99, step: 0.01, only: "momentum" },
  batch: { label: "Batch size", min: 1, max: 28, step: 1, only: "minibatch" },
  steps: { label: "Steps in a run", min: 1, max: 3.7, step: 0.1, to: (v) => Math.min(5000, +(10 ** v).toPrecision(1)), from: Math.log10 },
  examples: { label: "Examples", min: 4, max: 100, step: 1 },
  noise: { label: "Noise", min: 0, max: 0.5, step: 0.01 },
};
const slider = (key) => {
  const { label, min, max, step } = SLIDERS[key];
  return `<div class="set"><label for="${key}">${label}</label>
    <input type="range" id="${key}" data-key="${key}" min="${min}" max="${max}" step="${step}"><output for="${key}"></output></div>`;
};
const WORDS = { plain: "Plain", minibatch: "Minibatch", momentum: "Momentum", adam: "Adam" };

const PAGE = `<div class="all"><div class="pictures">
  <div><canvas tabindex="0" role="application" aria-roledescription="landscape" aria-describedby="help say"
    aria-label="The loss for every pair of parameters: the land on which marbles roll"></canvas></div>
  <div><svg viewBox="0 0 240 196" tabindex="0" role="application" aria-roledescription="plot of the examples"
    aria-label="Examples, and the curve that the marble's position is" aria-describedby="points">
    <path class="axis" d="M6 176H234M6 94H234"/><path class="curve"/><g></g>
    <text x="120" y="192" text-anchor="middle">input x, −15 to 15</text><text x="6" y="12">output y</text></svg>
    <p class="hint" id="points">Drag a point. With keys: ← → choose one, ↑ ↓ move it.</p>
    <p class="key"><i></i><span class="range"></span></p><p class="key"><b></b><span class="goal"></span></p>
    <p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="row"><button type="button" class="first" data-do="play">Play</button><button type="button" data-do="step">Step</button>
    <button type="button" data-do="reset">Reset</button><button type="button" data-do="one">Drop one</button>
    <button type="button" data-do="toss">Drop 200 at random</button><span class="count"></span></div>
  <p class="hint" id="help">Click or tap the land to drop a marble there. With keys: arrows move it (Shift: further), Enter plays.</p>
  <div class="settings">
    <fieldset class="optimizer"><legend>Physics: the optimizer</legend>
      <div class="set"><label for="rule">Rule</label><select id="rule">${RULES.map((r) => `<option value="${r}">${WORDS[r]}</option>`).join("")}</select></div>
      ${["rate", "momentum", "batch", "steps"].map(slider).join("")}</fieldset>
    <fieldset class="data"><legend>Mountains: the data</legend>${["examples", "noise"].map(slider).join("")}
      <div class="row"><button type="button" data-do="draw">New draw</button></div></fieldset>
    <fieldset class="model"><legend>Trees: constraints on the model</legend>
      <div class="row"><button type="button" data-do="fence" aria-pressed="false">Plant a fence</button><button type="button" data-do="tie" aria-pressed="false">Plant a tie</button></div>
      <ul></ul></fieldset>
  </div></div>`;

const fixed = (v, digits = 2) => v.toFixed(digits).replace("-", "−");
const spotWords = ([p0, p1]) => `φ₀ = ${fixed(p0)}, φ₁ = ${fixed(p1)}`;

// Where the land stands on its canvas, in CSS pixels, with room for the axes at the left and below.
function frame(width) {
  const left = 30, top = 8, side = width - left - 8;
  return {
    left, top, side, width,
    spot: (p0, p1) => [left + side * (p0 - LAND[0][0]) / 20, top + side * (LAND[1][1] - p1) / 20],
    point: (a, b) => [LAND[0][0] + 20 * (a - left) / side, LAND[1][1] - 20 * (b - top) / side],
  };
}

// Colours of 256 heights between the nine stops, as bytes.
function ramp(stops) {
  const rgb = stops.map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  return Array.from({ length: 256 }, (_, k) => {
    const place = k / 255 * 8, i = Math.min(7, Math.floor(place));
    return rgb[i].map((v, c) => v + (place - i) * (rgb[i + 1][c] - v));
  });
}

function paintHeights(heights, size, low, high, colours) {
  const image = new ImageData(size, size), bytes = image.data;
  for (let k = 0; k < heights.length; k++) {
    const to = 4 * ((size - 1 - Math.floor(k / size)) * size + k % size);    // rows upward, images downward
    const [r, g, b] = colours[Math.min(255, Math.floor(256 * (heights[k] - low) / (high - low || 1)))];
    bytes[to] = r; bytes[to + 1] = g; bytes[to + 2] = b; bytes[to + 3] = 255;
  }
  return image;
}

// The edges of nine bands of height by marching squares, in units of squares from the lower left corner.
function contours(heights, size, low, high) {
  const path = new Path2D(), step = (high - low) / 9 || 1, bands = Uint8Array.from(heights, (h) => (h - low) / step);
  for (let row = 0; row < size - 1; row++) for (let column = 0; column < size - 1; column++) {
    const k = row * size + column, a = bands[k], b = bands[k + 1], c = bands[k + size + 1], d = bands[k + size];
    if (a === b && b === c && c === d) continue;
    const corner = [heights[k], heights[k + 1], heights[k + size + 1], heights[k + size]], most = Math.max(a, b, c, d);
    for (let band = Math.min(a, b, c, d) + 1; band <= Math.min(8, most); band++)
      piece(path, corner, low + band * step, column + 0.5, row + 0.5);
  }
  return path;
}

const EDGES = [[0, 0, 1, 0], [1, 0, 0, 1], [1, 1, -1, 0], [0, 1, 0, -1]];   // from each corner on to the next
function piece(path, corner, level, column, row) {
  const ends = [];
  EDGES.forEach(([c, r, dc, dr], i) => {
    const here = corner[i], next = corner[(i + 1) % 4];
    if (here < level !== next < level) {
      const part = (level - here) / (next - here);
      ends.push([column + c + part * dc, row + r + part * dr]);
    }
  });
  for (let i = 0; i + 1 < ends.length; i += 2) { path.moveTo(...ends[i]); path.lineTo(...ends[i + 1]); }
}

// The square of the map that one row of trees forbids, as corners on the map.
function forbidden({ n0, n1, offset }) {
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([i, j]) => [LAND[0][i], LAND[1][j]]), out = [];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % 4], ha = n0 * a[0] + n1 * a[1] - offset, hb = n0 * b[0] + n1 * b[1] - offset;
    if (ha < 0) out.push(a);
    if (ha < 0 !== hb < 0) out.push([0, 1].map((c) => a[c] + ha / (ha - hb) * (b[c] - a[c])));
  });
  return out;
}

function drawTree(ctx, a, b, colours) {
  ctx.beginPath();
  ctx.moveTo(a, b - 11); ctx.lineTo(a + 5, b); ctx.lineTo(a + 1, b); ctx.lineTo(a + 1, b + 3);
  ctx.lineTo(a - 1, b + 3); ctx.lineTo(a - 1, b); ctx.lineTo(a - 5, b); ctx.closePath();
  ctx.lineWidth = 2; ctx.strokeStyle = colours.paper; ctx.stroke();
  ctx.fillStyle = colours.model; ctx.fill();
}

// A row of trees along its line: a fence's stand behind it, where the marble may not go; a tie's on both sides.
function drawTrees(ctx, at, line, colours) {
  const { n0, n1, offset, tie } = line, reach = 40, apart = 20 * 17 / at.side, foot = [n0 * offset, n1 * offset];
  const shift = foot[0] * n1 - foot[1] * n0;
  const way = (t) => [foot[0] + (t - shift) * n1, foot[1] - (t - shift) * n0];
  if (!tie) {
    ctx.beginPath();
    for (const corner of forbidden(line)) ctx.lineTo(...at.spot(...corner));
    ctx.globalAlpha = 0.5; ctx.fillStyle = colours.paper; ctx.fill(); ctx.globalAlpha = 1;
  }
  ctx.beginPath(); ctx.moveTo(...at.spot(...way(-reach))); ctx.lineTo(...at.spot(...way(reach)));
  ctx.lineWidth = 2; ctx.strokeStyle = colours.model; ctx.stroke();
  for (let t = -reach; t < reach; t += apart) for (const side of tie ? [-1, 1] : [-1]) {
    const [a, b] = at.spot(...way(t));
    drawTree(ctx, a + side * 9 * n0, b - side * 9 * n1 + 4, colours);
  }
}

function drawMarble(ctx, a, b, radius, full, colours) {
  ctx.beginPath(); ctx.arc(a, b, radius, 0, 7);
  ctx.fillStyle = full ? colours.optimizer : colours.paper; ctx.fill();
  ctx.lineWidth = radius > 5 ? 2 : 1.5; ctx.strokeStyle = full ? colours.paper : colours.optimizer; ctx.stroke();
}

function drawAxes(ctx, at, colours) {
  Object.assign(ctx, { fillStyle: colours.quiet, font: "12px system-ui, sans-serif", textAlign: "center", textBaseline: "top" });
  for (const p of [-10, -5, 0, 5, 10]) ctx.fillText(fixed(p, 0), at.spot(p, 0)[0], at.top + at.side + 5);
  ctx.fillText("φ₀", at.spot(7.5, 0)[0], at.top + at.side + 5);
  Object.assign(ctx, { textAlign: "right", textBaseline: "middle" });
  for (const p of [5, 10, 15, 20]) ctx.fillText(String(p), at.left - 6, at.spot(0, p)[1]);
  ctx.fillText("φ₁", at.left - 6, at.spot(0, 17.5)[1]);
}

const KEYS = [...Object.keys(RANGES), "rule", "start", "moved", "trees"];
const LAND_KEYS = ["examples", "noise", "draw", "moved"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const COARSE = 100, FINE = 200;                  // squares along a side: while something is dragged, and at rest
const rounded = (p) => p.map((v) => Math.round(v * 100) / 100);
const onPlot = (x, y) => [6 + 228 * (x + 15) / 30, 94 - 50 * y];

export class View {
  constructor(model, el) {
    this.model = model; this.el = el;
    el.setAttribute("data-lm-suppress-shortcuts", "true");      // JupyterLab: keys stay here
    this.root = el.shadowRoot ?? el.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    this.root.adoptedStyleSheets = [sheet];
    this.root.innerHTML = PAGE;
    this.canvas = this.$("canvas"); this.plot = this.$("svg"); this.base = document.createElement("canvas");
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.chosen = 0; this.visible = true; this.playing = false; this.planting = null; this.waiting = 0;
    this.listen();
    this.recolour();
    this.refresh();
  }
  $(query) { return this.root.querySelector(query); }
  say(text) { this.$(".say").innerHTML = text; }

  // -- from the reader to the state, and from the state to the picture
  set(patch) {
    this.sending = true;                                    // several keys are one change
    for (const [key, value] of Object.entries(patch)) this.model.set(key, value);
    this.sending = false;
    this.model.save_changes();
    this.refresh();
  }
  refresh() {
    const raw = Object.fromEntries(KEYS.map((key) => [key, this.model.get(key)])), text = JSON.stringify(raw);
    if (text === this.text) return;
    const old = this.setting, again = this.playing;
    this.text = text;
    this.setting = sane(raw);
    if (!old || LAND_KEYS.some((key) => JSON.stringify(old[key]) !== JSON.stringify(this.setting[key]))) this.raise(old ? COARSE : FINE);
    this.reset();
    if (again) this.play();
  }
  raise(size) {                                                  // the land, from the data
    clearTimeout(this.later);
    if (size === COARSE) this.later = setTimeout(() => { this.raise(FINE); this.paintBase(); this.draw(); }, 150);
    this.data = examples(this.setting);
    this.heights = surface(this.data.x, this.data.y, size);
    this.size = size;
    this.goal = lowest(this.data.x, this.data.y, this.heights, size);
    this.low = this.high = this.heights[0];
    for (const h of this.heights) { if (h < this.low) this.low = h; if (h > this.high) this.high = h; }
    this.$(".range").textContent = `loss, ${fixed(this.low)} to ${fixed(this.high)}`;
    this.$(".goal").textContent = `target valley: within ${TARGET} of the lowest point (${spotWords(this.goal)})`;
    this.showPoints();
  }

  // -- rolling
  reset() {
    this.done = false;
    this.pause();
    this.run = new Run(this.setting, this.data);
    this.trail = [];
    this.say(this.run.count === 1 ? `The ${this.where()}` : `${this.run.count} marbles, dropped at random. Let them roll.`);
    this.paintBase();
    this.draw();
  }
  advance() {
    if (this.run.count === 1) this.trail.push(this.run.at[0], this.run.at[1]);
    this.run.step();
    if (this.run.steps >= this.setting.steps) this.finish();
  }
  play() {
    if (this.done) this.reset();
    this.playing = true;
    this.showControls();
    this.wake();
  }
  pause() { this.playing = false; cancelAnimationFrame(this.waiting); this.waiting = 0; this.showControls(); }
  wake() {
    if (this.playing && this.visible && !document.hidden && !this.waiting) this.waiting = requestAnimationFrame(() => this.tick());
  }
  tick() {                                                       // a few steps, never more than fit in a frame
    this.waiting = 0;
    const still = this.calm.matches, until = performance.now() + 8;
    let left = still ? Infinity : Math.max(1, Math.round(this.setting.steps / 240));
    while (this.playing && left-- > 0 && performance.now() < until) this.advance();
    if (!still || this.done) this.draw();
    this.wake();
  }
  finish() {
    this.done = true;
    this.pause();
    const home = this.run.reached(this.goal), n = home.filter(Boolean).length;
    const lost = home.filter((_, k) => !this.onMap(k)).length;
    if (home.length === 1) this.say(`After ${this.run.steps} steps the ${this.where()} <strong>${n ? "In the target valley." : lost ? "It left the map." : "Not in the target valley."}</strong>`);
    else this.say(`After ${this.run.steps} steps, <strong>${n} of ${home.length} (${Math.round(100 * n / home.length)}\u00a0%)</strong> are in the target valley${lost ? `; ${lost} left the map` : ""}. Full: there. Hollow: elsewhere.`);
  }
  onMap(k) { return [0, 1].every((c) => clamp(this.run.at[2 * k + c], LAND[c]) === this.run.at[2 * k + c]); }
  where() {
    const [p0, p1] = this.run.at;
    return `marble is at ${spotWords([p0, p1])}; loss ${fixed(loss(this.data.x, this.data.y, p0, p1), 3)}.`;
  }

  // -- drawing
  recolour() {
    this.el.toggleAttribute("data-night", document.body.dataset.jpThemeLight === "false");
    const style = getComputedStyle(this.el);
    this.colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--c-${name}`).trim()]));
    this.ramp = ramp(HEIGHTS.map((name) => this.colours[name]));
    if (this.run) { this.paintBase(); this.draw(); }
  }
  paintBase() {                                                  // what does not move: land, lines, trees, ring, axes
    const width = this.width ??= this.canvas.clientWidth || 300, scale = Math.min(3, devicePixelRatio || 1), at = this.at = frame(width);
    const ctx = this.base.getContext("2d"), { left, top, side } = at, colours = this.colours, pixels = Math.round(width * scale);
    if (this.base.width !== pixels) for (const canvas of [this.canvas, this.base]) canvas.width = canvas.height = pixels;
    const small = new OffscreenCanvas(this.size, this.size);
    small.getContext("2d").putImageData(paintHeights(this.heights, this.size, this.low, this.high, this.ramp), 0, 0);
    ctx.save();
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, width, width);
    drawAxes(ctx, at, colours);
    ctx.beginPath(); ctx.rect(left, top, side, side); ctx.clip();
    ctx.imageSmoothingQuality = this.size === FINE ? "high" : "low";
    ctx.drawImage(small, left, top, side, side);
    ctx.save();
    ctx.translate(left, top + side); ctx.scale(side / this.size, -side / this.size);
    Object.assign(ctx, { lineWidth: 0.8 * this.size / side, strokeStyle: colours.ink, globalAlpha: 0.28 });
    ctx.stroke(contours(this.heights, this.size, this.low, this.high));
    ctx.restore();
    for (const line of forest(this.setting.trees).lines) drawTrees(ctx, at, line, colours);
    ctx.beginPath(); ctx.arc(...at.spot(...this.goal), side * TARGET / 20, 0, 7);
    ctx.lineWidth = 2; ctx.strokeStyle = colours.ink; ctx.stroke();
    ctx.restore();
  }
  draw() {
    const ctx = this.canvas.getContext("2d"), scale = this.canvas.width / this.at.width, { left, top, side, width } = this.at;
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, width, width);
    ctx.drawImage(this.base, 0, 0, width, width);
    ctx.save();
    ctx.beginPath(); ctx.rect(left - 6, top - 6, side + 12, side + 12); ctx.clip();
    this.drawTrail(ctx);
    const many = this.run.count > 1, home = this.done && many ? this.run.reached(this.goal) : null, { at } = this.run;
    for (let k = 0; k < this.run.count; k++) if (!many || this.onMap(k))
      drawMarble(ctx, ...this.at.spot(at[2 * k], at[2 * k + 1]), many ? 4 : 7, home?.[k] ?? true, this.colours);
    this.drawPlanting(ctx);
    ctx.restore();
    this.showCurve();
    this.$(".count").textContent = `step ${this.run.steps} of ${this.setting.steps}`;
  }
  drawTrail(ctx) {
    if (this.trail.length < 2) return;
    const places = [...this.trail, ...this.run.at];
    ctx.beginPath();
    for (let k = 0; k < places.length; k += 2) ctx.lineTo(...this.at.spot(places[k], places[k + 1]));
    ctx.lineJoin = "round";
    for (const [colour, width] of [["paper", 5], ["optimizer", 2.25]]) { ctx.strokeStyle = this.colours[colour]; ctx.lineWidth = width; ctx.stroke(); }
  }
  drawPlanting(ctx) {
    if (!this.planting) return;
    const { first, cursor } = this.planting, [a, b] = this.at.spot(...cursor);
    Object.assign(ctx, { strokeStyle: this.colours.model, lineWidth: 2 });
    ctx.beginPath(); ctx.moveTo(a - 9, b); ctx.lineTo(a + 9, b); ctx.moveTo(a, b - 9); ctx.lineTo(a, b + 9);
    if (first) { ctx.moveTo(...this.at.spot(...first)); ctx.lineTo(a, b); }
    ctx.stroke();
    if (first) drawTree(ctx, ...this.at.spot(...first), this.colours);
  }
  showCurve() {
    const shown = Math.min(30, this.run.count), parts = shown > 1 ? 90 : 150, curve = this.$(".curve");
    let d = "";
    for (let k = 0; k < shown; k++) for (let i = 0; i <= parts; i++) {
      const x = -15 + 30 * i / parts, [a, b] = onPlot(x, gabor(x, this.run.at[2 * k], this.run.at[2 * k + 1]));
      d += `${i ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`;
    }
    curve.setAttribute("d", d);
    curve.classList.toggle("many", shown > 1);
  }
  showPoints() {
    const { x, y } = this.data;
    this.chosen = Math.min(this.chosen, x.length - 1);
    this.$("g").innerHTML = x.map((xi, i) => {
      const [a, b] = onPlot(xi, y[i]);
      return `<circle cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="4" class="${i === this.chosen ? "chosen" : ""}"/>`;
    }).join("");
  }
  showControls() {
    const { setting } = this;
    for (const [key, { only, from = (v) => v }] of Object.entries(SLIDERS)) {
      const input = this.$(`#${key}`), text = String(setting[key]);
      if (key === "batch") input.max = setting.examples;
      input.value = from(setting[key]);
      input.setAttribute("aria-valuetext", text);
      input.disabled = Boolean(only) && only !== setting.rule;
      input.nextElementSibling.textContent = text;
    }
    this.$("#rule").value = setting.rule;
    this.$("[data-do=play]").textContent = this.playing ? "Pause" : this.done ? "Again" : "Play";
    for (const kind of ["fence", "tie"]) {
      this.$(`[data-do=${kind}]`).setAttribute("aria-pressed", String(this.planting?.kind === kind));
      this.$(`[data-do=${kind}]`).disabled = setting.trees.length >= MOST_TREES;
    }
    const list = setting.trees.map(([kind, ...place], k) => {
      const button = (act, words) => `<button type="button" data-do="${act}" data-tree="${k}" aria-label="${words}: ${kind} ${k + 1}">${words}</button>`;
      const [a, b, c, d] = place.map((v) => fixed(v, 1)), ends = `(${a}, ${b}) to (${c}, ${d})`;
      return `<li><span>${kind === "tie" ? "Tie" : "Fence"} ${k + 1}: ${ends}</span>${kind === "fence" ? button("turn", "Other side") : ""}${button("fell", "Remove")}</li>`;
    }).join("");
    if (list !== this.list) this.$("ul").innerHTML = this.list = list;
  }

  // -- trees
  plant(kind) {
    const same = this.planting?.kind === kind;
    this.planting = same ? null : { kind, first: null, cursor: [0, 12.5] };
    if (!same) { this.pause(); this.canvas.focus(); }
    this.say(same ? "No tree planted." : "Choose the first of two points on the land: click or tap, or arrows and Enter. Escape stops.");
    this.showControls();
    this.draw();
  }
  place(point) {
    const { kind, first } = this.planting;
    this.planting.cursor = point;
    if (!first) { this.planting.first = point; this.say("Now the second point."); return this.draw(); }
    let tree = [kind, ...rounded(first), ...rounded(point)];
    if (!isTree(tree)) return this.say("Both points are one: choose another.");
    const [line] = forest([tree]).lines;
    if (kind === "fence" && over(line, line.offset, ...this.setting.start) < 0) tree = turned(tree);
    this.planting = null;
    this.replant([...this.setting.trees, tree]);
  }
  replant(trees) {
    if (anyLand(trees)) this.set({ trees });
    else this.say("These trees would leave the marble no land.");
    this.showControls();
    this.draw();
  }
  turn(k) { this.replant(this.setting.trees.map((t, i) => i === k ? turned(t) : t)); }
  fell(k) { this.replant(this.setting.trees.filter((_, i) => i !== k)); this.$("[data-do=fence]").focus(); }

  // -- listening
  listen() {
    this.stop = new AbortController();
    const on = (target, type, act, options = {}) => target.addEventListener(type, act, { signal: this.stop.signal, ...options });
    on(this.root, "click", (e) => this.press(e.target.closest?.("[data-do]")));
    on(this.root, "input", (e) => this.slide(e.target));
    on(this.canvas, "click", (e) => this.drop(this.point(e)));
    on(this.canvas, "keydown", (e) => this.key(e, this.landKey));
    on(this.plot, "keydown", (e) => this.key(e, this.plotKey));
    this.drag(on, this.canvas, (e) => this.nearMarble(e), (e) => this.drop(this.point(e)));
    this.drag(on, this.plot, (e) => this.nearPoint(e), (e) => this.move(this.chosen, ...this.plotPoint(e)));
    on(this.canvas, "pointermove", (e) => { if (this.planting) { this.planting.cursor = this.point(e); this.draw(); } });
    on(document, "visibilitychange", () => this.wake());
    on(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.recolour());
    const recolour = new MutationObserver(() => this.recolour());
    recolour.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    recolour.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    const seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.wake(); });
    seen.observe(this.canvas);
    const size = new ResizeObserver(() => {                      // measured here only: reading a size amid a drag costs a layout
      const width = this.canvas.clientWidth || 300;
      if (width !== this.width) { this.width = width; this.paintBase(); this.draw(); }
    });
    size.observe(this.canvas);
    const changed = () => { if (!this.sending) this.refresh(); };
    for (const key of KEYS) this.model.on(`change:${key}`, changed);
    this.close = () => {
      this.pause(); this.stop.abort(); clearTimeout(this.later);
      for (const observer of [recolour, seen, size]) observer.disconnect();
      for (const key of KEYS) this.model.off(`change:${key}`, changed);
      this.root.innerHTML = "";
    };
  }
  press(button) {
    const acts = {
      play: () => this.playing ? this.pause() : this.play(),
      step: () => { if (this.done) this.reset(); this.pause(); this.advance(); if (!this.done) this.say(`Step ${this.run.steps}${this.run.count === 1 ? `: the ${this.where()}` : "."}`); this.draw(); },
      reset: () => this.reset(),
      toss: () => this.set({ marbles: 200, toss: this.setting.marbles > 1 ? this.setting.toss % 9999 + 1 : this.setting.toss }),
      one: () => this.set({ marbles: 1 }),
      draw: () => this.set({ draw: this.setting.draw % 9999 + 1, moved: [] }),
      fence: () => this.plant("fence"), tie: () => this.plant("tie"),
      turn: () => this.turn(+button.dataset.tree), fell: () => this.fell(+button.dataset.tree),
    };
    acts[button?.dataset.do]?.();
  }
  slide(input) {
    if (input.id === "rule") return this.set({ rule: input.value });
    const { to = (v) => v } = SLIDERS[input.id];
    this.set({ [input.id]: to(+input.value) });
  }
  point(e) {
    const box = this.canvas.getBoundingClientRect();
    return this.at.point(e.clientX - box.left, e.clientY - box.top).map(onMap);
  }
  plotPoint(e) {
    const box = this.plot.getBoundingClientRect(), scale = 240 / box.width;
    return [((e.clientX - box.left) * scale - 6) / 228 * 30 - 15, (94 - (e.clientY - box.top) * scale) / 50];
  }
  drop(point) { if (this.planting) this.place(point); else this.set({ marbles: 1, start: rounded(point) }); }
  move(i, x, y) {
    const here = [i, thousandths(clamp(x, INPUTS)), thousandths(clamp(y, [-1.5, 1.5]))];
    this.set({ moved: [...this.setting.moved.filter(([k]) => k !== i), here] });
    this.say(`Example at x = ${fixed(here[1])}, y = ${fixed(here[2])}.`);
  }
  nearMarble(e) {
    if (this.planting || this.run.count > 1) return false;
    const [a, b] = this.at.spot(...this.run.at), box = this.canvas.getBoundingClientRect();
    return Math.hypot(e.clientX - box.left - a, e.clientY - box.top - b) < 22;
  }
  nearPoint(e) {
    const [px, py] = onPlot(...this.plotPoint(e)), { x, y } = this.data;
    const far = x.map((xi, i) => { const [a, b] = onPlot(xi, y[i]); return Math.hypot(a - px, b - py); });
    const i = far.indexOf(Math.min(...far));
    if (far[i] > 22) return false;
    this.chosen = i;
    return true;
  }
  drag(on, target, near, act) {        // what is near the pointer follows it; elsewhere a finger scrolls the page
    let held = false;
    on(target, "touchstart", (e) => { if (e.touches.length === 1 && near(e.touches[0])) e.preventDefault(); }, { passive: false });
    on(target, "pointerdown", (e) => { if (e.button === 0 && near(e)) { held = true; target.setPointerCapture(e.pointerId); } });
    on(target, "pointermove", (e) => { if (held) act(e); });
    for (const end of ["pointerup", "pointercancel"]) on(target, end, () => { held = false; });
  }
  key(e, act) {
    if (e.ctrlKey || e.metaKey || e.altKey || !act.call(this, e.key, e.shiftKey ? 5 : 1)) return;
    e.preventDefault();
    e.stopPropagation();
  }
  landKey(key, much) {
    const way = ARROWS[key], spot = this.planting?.cursor ?? this.setting.start;
    const there = way?.map((v, k) => onMap(spot[k] + 0.25 * much * v, k));
    if (there && this.planting) { this.planting.cursor = there; this.say(spotWords(there)); this.draw(); }
    else if (there) this.drop(there);
    else if (key === "Enter") { if (this.planting) this.place(spot); else this.press(this.$("[data-do=play]")); }
    else if (key === "Escape" && this.planting) this.plant(this.planting.kind);
    else return false;
    return true;
  }
  plotKey(key, much) {
    const { x, y } = this.data, way = ARROWS[key];
    if (!way) return false;
    if (way[1]) this.move(this.chosen, x[this.chosen], y[this.chosen] + 0.05 * much * way[1]);
    else {
      const order = x.map((_, i) => i).sort((a, b) => x[a] - x[b]), place = order.indexOf(this.chosen) + way[0];
      this.chosen = order[clamp(place, [0, order.length - 1])];
      this.showPoints();
      this.say(`Example at x = ${fixed(x[this.chosen])}, y = ${fixed(y[this.chosen])}.`);
    }
    return true;
  }
}

function render({ model, el }) {
  const view = new View(model, el);
  return () => view.close();
}

export default { render };
