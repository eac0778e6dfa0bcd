// The long valley of a linear model with two inputs of unequal size: mean squared residual of φ₀x₀ + φ₁x₁.
// The same functions as gabor_land.mjs exports; an input is a pair. landscaping.playgrounds.valley_land is its twin.

import { LAND } from "./gabor_land.mjs";
import { middle } from "./heights.mjs";
import { DATA, small, thousandths } from "./small_generator.mjs";

const TRUTH = [0, 12.5];                         // the middle of the map
const WEAK = 0.2;                                // size of the second input where the first has 1
const LOUD = 10;                                 // how much larger an error is than on the Gabor model's land

function loss(x, y, p0, p1) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i][0] * p0 + x[i][1] * p1 - y[i]) ** 2;
  return sum / x.length;
}

function gradient(x, y, seen, p0, p1, g) {
  let g0 = 0, g1 = 0;
  for (const i of seen) {
    const [a, b] = x[i], r = 2 * (a * p0 + b * p1 - y[i]);
    g0 += r * a;
    g1 += r * b;
  }
  g[0] = g0 / seen.length;
  g[1] = g1 / seen.length;
}

// Sums over the examples from which every height follows.
function moments(x, y) {
  const m = { aa: 0, ab: 0, bb: 0, ay: 0, by: 0, yy: 0 };
  for (let i = 0; i < x.length; i++) {
    const [a, b] = x[i];
    m.aa += a * a; m.ab += a * b; m.bb += b * b; m.ay += a * y[i]; m.by += b * y[i]; m.yy += y[i] * y[i];
  }
  return m;
}

function surface(x, y, size) {
  const { aa, ab, bb, ay, by, yy } = moments(x, y), [across, upward] = LAND;
  return Float64Array.from({ length: size * size }, (_, k) => {
    const p = middle(across, k % size, size), q = middle(upward, Math.floor(k / size), size);
    return (aa * p * p + 2 * ab * p * q + bb * q * q - 2 * (ay * p + by * q) + yy) / x.length;
  });
}

function lowest(x, y) {
  const { aa, ab, bb, ay, by } = moments(x, y), det = aa * bb - ab * ab;
  return [(bb * ay - ab * by) / det, (aa * by - ab * ay) / det];
}

function examples({ examples: n, noise, draw, turn }) {
  const chance = small(draw, DATA), x = [], y = [], c = Math.cos(turn * Math.PI / 180), s = Math.sin(turn * Math.PI / 180);
  for (let i = 0; i < n; i++) {
    const strong = thousandths(chance.normal()), weak = WEAK * thousandths(chance.normal());
    x.push([c * weak - s * strong, s * weak + c * strong]);
    y.push(x[i][0] * TRUTH[0] + x[i][1] * TRUTH[1] + LOUD * noise * thousandths(chance.normal()));
  }
  return { x, y };
}

export const valley = { examples, gradient, loss, lowest, surface };
