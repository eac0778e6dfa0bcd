// Few-shot learning in the browser: curves of random things, an embedding, prototypes, and the plane that shows them.
// landscaping.playgrounds.episode is the reference in torch.

import { DATA, small, THROWS, WEIGHTS } from "./small_generator.mjs";

export const MOST = 5;                         // ways
export const SUPPORTS = 5;                     // examples of each to go by, at most
export const QUERIES = 3;                      // and to be named
const KNOTS = 12, LENGTH = 40, REACH = 20, WIDTH = [12, 20], SCALE = [0.8, 1.2], TILT = [-0.5, 0.5], NOISE = 0.1;

// ---- things, and examples of them

const times = (n, make) => Array.from({ length: n }, (_, k) => make(k));
const mean = (row) => row.reduce((s, v) => s + v, 0) / row.length;

export function smooth(knots) {
  for (let twice = 0; twice < 2; twice++)
    knots = knots.map((v, k) => ((knots[k - 1] ?? v) + 2 * v + (knots[k + 1] ?? v)) / 4);
  const middle = mean(knots), size = Math.sqrt(mean(knots.map((v) => (v - middle) ** 2)));
  return knots.map((v) => (v - middle) / size);
}

export function curve(knots, { start, width, scale, tilt, noise }) {
  return Float64Array.from(noise, (chance, i) => {
    const place = (i - start) / width * (KNOTS - 1), left = Math.min(KNOTS - 2, Math.max(0, Math.floor(place))), part = place - left;
    const height = place >= 0 && place <= KNOTS - 1 ? (1 - part) * knots[left] + part * knots[left + 1] : 0;
    return height * scale + tilt * (i / (LENGTH - 1) - 0.5) + chance;
  });
}

// Five things, and for each eight drawings: five to go by, three to be named.
export function drawings(episode) {
  const chance = small(episode, DATA), even = ([low, high]) => low + (high - low) * chance.uniform();
  const things = times(MOST, () => smooth(times(KNOTS, chance.normal)));
  return things.map((knots) => ({ knots, examples: times(SUPPORTS + QUERIES, () => ({
    start: even([0, REACH]), width: even(WIDTH), scale: even(SCALE), tilt: even(TILT), noise: times(LENGTH, () => NOISE * chance.normal()),
  })) }));
}

// The curves of a setting, way by way: as many to go by as there are shots, then those to be named.
export function curves({ episode, ways, shots, row, place, slide, tilt, noise }) {
  const more = small(episode, THROWS), extra = times(LENGTH, more.normal);
  return drawings(episode).slice(0, ways).map(({ knots, examples }, way) => examples.flatMap((drawn, k) => {
    if (k >= shots && k < SUPPORTS) return [];
    if (way !== row || k !== place) return [curve(knots, drawn)];
    return [curve(knots, { ...drawn, start: drawn.start + slide, tilt: drawn.tilt + tilt, noise: drawn.noise.map((v, i) => v + noise * extra[i]) })];
  }));
}

// ---- the network: two convolutions and a dense layer; weights in torch's order, in one row

const WINDOWS = [{ positions: 40, channels: 1, units: 8, kernel: 7, places: 20 }, { positions: 20, channels: 8, units: 16, kernel: 5, places: 10 }];
export const FEATURES = 16;
const INSIDE = 160, STRIDE = 2;
const PARTS = [...WINDOWS.flatMap(({ channels, units, kernel }) => [kernel * channels * units, units]), FEATURES * INSIDE, FEATURES];
const COUNT = PARTS.reduce((s, n) => s + n, 0), LETTERS = 4 * Math.ceil((PARTS.length + COUNT) / 3);

// A byte for each part says which power of two its whole numbers are multiples of; then a byte for each weight.
export function unpacked(text) {
  if (typeof text !== "string" || text.length !== LETTERS || !/^[A-Za-z0-9+/]+=*$/.test(text)) return null;
  const bytes = Int8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (bytes.length !== PARTS.length + COUNT || bytes.subarray(0, PARTS.length).some((v) => v < -16 || v > 4)) return null;
  let at = PARTS.length;
  return Float64Array.from(PARTS.flatMap((n, k) => { at += n; return [...bytes.subarray(at - n, at)].map((v) => v * 2 ** bytes[k]); }));
}

// As torch starts a layer: evenly in ±1/√inputs of a unit.
export function born() {
  const { uniform } = small(0, WEIGHTS), seen = [...WINDOWS.flatMap(({ channels, kernel }) => [kernel * channels, kernel * channels]), INSIDE, INSIDE];
  return Float64Array.from(PARTS.flatMap((n, k) => times(n, () => (2 * uniform() - 1) / Math.sqrt(seen[k]))));
}

export function embed(at, x) {
  let from = 0;
  for (const { positions, channels, units, kernel, places } of WINDOWS) {
    const out = new Float64Array(places * units), bias = from + kernel * channels * units, margin = kernel >> 1;
    for (let p = 0; p < places; p++) for (let u = 0; u < units; u++) {
      let sum = at[bias + u];
      for (let j = 0; j < kernel; j++) {
        const look = STRIDE * p + j - margin;
        if (look >= 0 && look < positions) for (let c = 0; c < channels; c++) sum += at[from + (j * channels + c) * units + u] * x[look * channels + c];
      }
      out[p * units + u] = Math.max(0, sum);
    }
    [x, from] = [out, bias + units];
  }
  return Float64Array.from({ length: FEATURES }, (_, o) => {
    let sum = at[from + FEATURES * INSIDE + o];
    for (let k = 0; k < INSIDE; k++) sum += at[from + o * INSIDE + k] * x[k];
    return sum;
  });
}

// ---- prototypes, answers, and the plane

const dot = (a, b) => a.reduce((s, v, k) => s + v * b[k], 0);
const minus = (a, b) => a.map((v, k) => v - b[k]);
const far = (a, b) => a.reduce((s, v, k) => s + (v - b[k]) ** 2, 0);
const nearest = (z, prototypes) => { const d = prototypes.map((c) => far(z, c)); return d.indexOf(Math.min(...d)); };
const middleOf = (rows) => Float64Array.from(rows[0], (_, k) => mean(rows.map((row) => row[k])));

// The prototypes' mean, and the two directions in which they differ most, the first prototype on their upper side.
export function plane(prototypes) {
  const middle = middleOf(prototypes), out = prototypes.map((c) => minus(c, middle));
  const axes = strongest(out.map((a) => out.map((b) => dot(a, b)))).map((by) => {
    const axis = middle.map((_, k) => dot(by, out.map((c) => c[k]))), long = Math.sqrt(dot(axis, axis)) || 1;
    return axis.map((v) => (dot(axis, out[0]) < 0 ? -v : v) / long);
  });
  return (z) => axes.map((axis) => dot(axis, minus(z, middle)));
}

// The eigenvectors of a small symmetric matrix's two largest eigenvalues (Jacobi's rotations).
function strongest(of) {
  const n = of.length, turned = times(n, (i) => times(n, (j) => +(i === j)));
  for (let sweep = 0; sweep < 30; sweep++) for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) {
    if (!of[p][q]) continue;
    const angle = Math.atan2(2 * of[p][q], of[q][q] - of[p][p]) / 2, c = Math.cos(angle), s = Math.sin(angle);
    const turn = (row) => { [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]]; };
    of.forEach(turn);
    [of[p], of[q]] = [of[p].map((v, k) => c * v - s * of[q][k]), of[p].map((v, k) => s * v + c * of[q][k])];
    turned.forEach(turn);
  }
  const order = times(n, (k) => k).sort((a, b) => of[b][b] - of[a][a]);
  return order.slice(0, 2).map((k) => turned.map((row) => row[k]));
}

// Everything about a setting: curves, prototypes, each query's answer, and where all lie in the plane.
export function answer(setting, embedding) {
  const { shots } = setting, shown = curves(setting), z = shown.map((row) => row.map(embedding));
  const prototypes = z.map((row) => middleOf(row.slice(0, shots))), place = plane(prototypes);
  const named = z.map((row) => row.slice(shots).map((one) => nearest(one, prototypes)));
  const spots = z.map((row) => row.map(place)), centres = prototypes.map(place);
  const flat = spots.map((row) => row.slice(shots).map((one) => nearest(one, centres)));
  const chances = z.map((row) => row.map((one) => softly(prototypes.map((c) => -far(one, c)))));
  return { shown, prototypes, named, spots, centres, chances, right: count(named, (v, way) => v === way), hidden: count(named, (v, way, k) => v !== flat[way][k]) };
}
const count = (rows, which) => rows.reduce((s, row, way) => s + row.filter((v, k) => which(v, way, k)).length, 0);
function softly(logits) {
  const most = Math.max(...logits), parts = logits.map((v) => Math.exp(v - most)), sum = parts.reduce((s, v) => s + v, 0);
  return parts.map((v) => v / sum);
}
