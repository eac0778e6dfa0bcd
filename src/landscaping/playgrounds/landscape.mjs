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

// Each row of trees as a line: unit normal into what it allows, and offset.
export function forest(trees) {
  const lines = trees.map(({ kind, start: [a, b], end: [c, d] }) => {
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
const isTree = (t) => ["fence", "tie"].includes(t?.kind) && isPoint(t.start) && isPoint(t.end)
  && Math.max(Math.abs(t.start[0] - t.end[0]), Math.abs(t.start[1] - t.end[1])) > 1e-6;
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
    .map(({ kind, start, end }) => ({ kind, start: start.map(onMap), end: end.map(onMap) }));
  while (!anyLand(out.trees)) out.trees.pop();
  return out;
}
