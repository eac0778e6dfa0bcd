// The land of UDL's Gabor model with two parameters (landscaping.models.gabor), computed exactly, and its examples.

import { middle } from "./heights.mjs";
import { clamp } from "./sane.mjs";
import { DATA, small, thousandths } from "./small_generator.mjs";

export const LAND = [[-10, 10], [2.5, 22.5]];    // the map: ranges of φ₀ and φ₁
export const INPUTS = [-15, 15];
export const TRUTH = [0, 16.6];
export const TARGET = 1;                         // a marble this near to the lowest point has reached it

export function gabor(x, p0, p1) {
  const z = p0 + 0.06 * p1 * x;
  return Math.sin(z) * Math.exp(-z * z / 32);
}

// The mean squared residual; or the mean of its size.
export function loss(x, y, p0, p1, absolute = false) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const r = gabor(x[i], p0, p1) - y[i];
    sum += absolute ? Math.abs(r) : r * r;
  }
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

// The loss at the middles of size × size squares, rows upward. Along a row every phase grows by the same h:
// the sine follows by rotation and the bell by multiplication, with no sine or exponential per square.
export function surface(x, y, size, absolute = false) {
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
        out[k] += absolute ? Math.abs(r) : r * r;
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
export function lowest(x, y, heights = surface(x, y, 100), size = 100, absolute = false) {
  let at = 0;
  for (let k = 1; k < heights.length; k++) if (heights[k] < heights[at]) at = k;
  let best = [middle(LAND[0], at % size, size), middle(LAND[1], Math.floor(at / size), size)];
  for (let zoom = 1; zoom < 10; zoom++) best = lowestAround(x, y, best, 0.4 / 4 ** zoom, absolute);
  return best;
}

function lowestAround(x, y, [c0, c1], reach, absolute) {
  let best = [c0, c1], least = Infinity;
  for (let i = -4; i <= 4; i++) for (let j = -4; j <= 4; j++) {
    const p0 = clamp(c0 + i * reach, LAND[0]), p1 = clamp(c1 + j * reach, LAND[1]), height = loss(x, y, p0, p1, absolute);
    if (height < least) { least = height; best = [p0, p1]; }
  }
  return best;
}

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
