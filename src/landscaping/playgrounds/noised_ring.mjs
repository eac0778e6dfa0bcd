// A ring of clouds on its way to noise, and noise on its way back, by the network or by an exact guess. Equal to
// landscaping.unsupervised.diffusion, which is the reference in torch. Points are flat: x, y, x, y, …

import { DATA, small, THROWS } from "./small_generator.mjs";
import { Network } from "./small_network.mjs";

export const TIMES = 64;
export const POINTS = 200;
const CLOUDS = 8, RADIUS = 1 / Math.sqrt(0.5 + 0.05 ** 2);
export const SPREAD = RADIUS / 20;
export const CENTRES = Float64Array.from({ length: 2 * CLOUDS }, (_, k) => {
  const angle = 2 * Math.PI * (k >> 1) / CLOUDS;
  return RADIUS * (k % 2 ? Math.sin(angle) : Math.cos(angle));
});
const NET = new Network([4, 32, 32, 32, 2], "relu");
export const WEIGHTS = NET.count;

export const signal = (t) => t < TIMES ? Math.cos(Math.PI / 2 * t / TIMES) : 0;
export const noise = (t) => Math.sin(Math.PI / 2 * t / TIMES);
const rate = (t) => 1 - (signal(t) / signal(t - 1)) ** 2;
const normals = (chance) => Float64Array.from({ length: 2 * POINTS }, chance.normal);

// ---- forwards: the points of a draw at every time

export function walk(draw) {
  const chance = small(draw, DATA), clean = new Float64Array(2 * POINTS);
  for (let i = 0; i < POINTS; i++) {
    const cloud = Math.floor(CLOUDS * chance.uniform());
    for (const d of [0, 1]) clean[2 * i + d] = CENTRES[2 * cloud + d] + SPREAD * chance.normal();
  }
  const way = [clean];
  for (let t = 1; t <= TIMES; t++) {
    const kept = Math.sqrt(1 - rate(t)), added = Math.sqrt(rate(t)), epsilon = normals(chance);
    way.push(way[t - 1].map((z, k) => kept * z + added * epsilon[k]));
  }
  return way;
}

// ---- what a noisy point was: guesses

// The mean of the clean points of a mixture that can have become z.
export const exact = (centres, spread) => (z, t) => {
  const s = signal(t), variance = (s * spread) ** 2 + noise(t) ** 2, drawn = s * spread ** 2 / variance;
  const count = centres.length / 2, parts = new Float64Array(count), out = new Float64Array(z.length);
  for (let i = 0; i < z.length; i += 2) {
    let most = -Infinity, sum = 0, x = 0, y = 0;
    for (let k = 0; k < count; k++) {
      const a = z[i] - s * centres[2 * k], b = z[i + 1] - s * centres[2 * k + 1];
      parts[k] = -(a * a + b * b) / (2 * variance);
      if (parts[k] > most) most = parts[k];
    }
    for (let k = 0; k < count; k++) {
      const share = Math.exp(parts[k] - most);
      sum += share; x += share * centres[2 * k]; y += share * centres[2 * k + 1];
    }
    x /= sum; y /= sum;
    out[i] = x + drawn * (z[i] - s * x);
    out[i + 1] = y + drawn * (z[i + 1] - s * y);
  }
  return out;
};
// The network's: it answers with the turn of a point, and the guess lies back along the turn. Weights in thousandths.
export function learned(weights) {
  const at = Float64Array.from(weights, (w) => w / 1000);
  return (z, t) => {
    const s = signal(t), n = noise(t), x = new Float64Array(2 * z.length);
    for (let i = 0; i < z.length; i += 2) x.set([z[i], z[i + 1], s, n], 2 * i);
    return NET.forward(at, x).map((turn, k) => s * z[k] - n * turn);
  };
}
export function guessOf({ denoiser, weights, examples }, clean) {
  if (denoiser === "network") return learned(weights);
  return denoiser === "ring" ? exact(CENTRES, SPREAD) : exact(clean.slice(0, 2 * examples), 0);
}

// ---- backwards: the same noise by the same guess; a step is made when its time is asked for

export class WayBack {
  constructor(guess, { draw, steps, random }) {
    this.guess = guess; this.random = random;
    this.stops = Array.from({ length: steps + 1 }, (_, k) => TIMES * (steps - k) / steps);
    this.chance = small(draw, THROWS);
    this.points = [normals(this.chance)];
    this.guesses = [];
  }
  // The last step to make until time has come down to t.
  last(t) { return this.stops.findLastIndex((stop) => stop >= t); }
  // The same, made; or as far as the steps come before the clock says `until`.
  at(t, until = Infinity) {
    const k = this.last(t);
    while (this.points.length <= k && performance.now() < until) this.step();
    return Math.min(k, this.points.length - 1);
  }
  guessed(k) { return this.guesses[k] ??= this.guess(this.points[k], this.stops[k]); }
  step() {
    const k = this.points.length - 1, z = this.points[k], t = this.stops[k], to = this.stops[k + 1], x = this.guessed(k);
    const added = this.random ? noise(to) / noise(t) * Math.sqrt(1 - (signal(t) / signal(to)) ** 2) : 0;
    const old = Math.sqrt(Math.max(noise(to) ** 2 - added ** 2, 0)), epsilon = this.random ? normals(this.chance) : z;
    this.points.push(z.map((v, i) => signal(to) * x[i] + old * (v - signal(t) * x[i]) / noise(t) + added * epsilon[i]));
  }
}

// How many points lie within a distance of one of these.
export function near(points, others, distance) {
  let count = 0;
  for (let i = 0; i < points.length; i += 2) {
    let least = Infinity;
    for (let k = 0; k < others.length; k += 2) least = Math.min(least, (points[i] - others[k]) ** 2 + (points[i + 1] - others[k + 1]) ** 2);
    if (least <= distance ** 2) count++;
  }
  return count;
}
