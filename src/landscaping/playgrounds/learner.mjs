// A small network that learns to tell kinds of points apart, step by step; landscaping.playgrounds.boundary is the
// reference in torch, and tests/browser/test_boundary.py holds the two together.

import { Descent } from "./descent_rules.mjs";
import { middle } from "./heights.mjs";
import { crossEntropy, Network, softmax } from "./small_network.mjs";
import { DATA, small, thousandths, WEIGHTS } from "./small_generator.mjs";

export const SIDE = [-2, 2];
export const KINDS = 3;
const TWO_PI = 2 * Math.PI;

// Squared distance of the probabilities from the label's corner; a mean over examples, with its slopes by the scores.
export function squaredChances(scores, labels) {
  const n = labels.length, kinds = scores.length / n, slopes = new Float64Array(scores.length);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const p = softmax(scores.subarray(i * kinds, (i + 1) * kinds)), off = p.map((v, c) => v - (c === labels[i]));
    const lean = off.reduce((sum, o, c) => sum + o * p[c], 0);
    loss += off.reduce((sum, o) => sum + o * o, 0);
    p.forEach((v, c) => { slopes[i * kinds + c] = 2 * v * (off[c] - lean) / n; });
  }
  return [loss / n, slopes];
}
const LOSSES = { crossEntropy, squared: squaredChances };

// Two kinds as long as no point is of the third.
export const kindsOf = (points) => points.some(([, , kind]) => kind === 2) ? KINDS : 2;

export class Learner {
  constructor(setting) {
    const { hidden, activation, draw, points } = setting;
    this.kinds = kindsOf(points);
    this.net = new Network(hidden ? [2, hidden, this.kinds] : [2, this.kinds], activation);
    this.at = this.net.initial(small(draw, WEIGHTS));
    this.losses = [];
    this.told(setting);
  }
  // Other points, another rule, rate or loss: learning goes on from the same weights.
  told({ points, loss, rule, rate }) {
    this.x = Float64Array.from(points.flatMap(([x, y]) => [x, y]));
    this.labels = points.map(([, , kind]) => kind);
    this.cost = LOSSES[loss];
    if (this.descent?.rule !== rule) this.descent = new Descent(this.at, { rule, rate });
    this.descent.rate = rate;
  }
  get steps() { return this.losses.length; }
  // The loss is that before the step.
  step() {
    const [loss, slopes] = this.cost(this.net.forward(this.at, this.x), this.labels);
    this.losses.push(loss);
    this.descent.step(this.net.backward(this.at, slopes));
  }
  loss() { return this.cost(this.net.forward(this.at, this.x), this.labels)[0]; }
  // Of point i: the probability of its own kind, and the size of the loss's slope by its scores.
  pull(i) {
    const scores = this.net.forward(this.at, this.x.subarray(2 * i, 2 * i + 2)), label = [this.labels[i]];
    return [softmax(scores)[label[0]], Math.hypot(...this.cost(scores, label)[1])];
  }
  // Which points are on their side.
  right() { return this.labels.map((label, i) => this.kindAt(this.x[2 * i], this.x[2 * i + 1]) === label); }
  kindAt(x, y) {
    const scores = this.net.forward(this.at, Float64Array.of(x, y));
    return scores.indexOf(Math.max(...scores));
  }
  // The probabilities on a grid, rows upward: size × size × kinds, flat.
  chances(size) {
    const x = new Float64Array(2 * size * size);
    for (let k = 0; k < size * size; k++) {
      x[2 * k] = middle(SIDE, k % size, size);
      x[2 * k + 1] = middle(SIDE, Math.floor(k / size), size);
    }
    const scores = this.net.forward(this.at, x), { kinds } = this;
    for (let i = 0; i < scores.length; i += kinds) {              // as `softmax` does it, without an array for every square
      let most = scores[i], sum = 0;
      for (let c = 1; c < kinds; c++) most = Math.max(most, scores[i + c]);
      for (let c = 0; c < kinds; c++) sum += scores[i + c] = Math.exp(scores[i + c] - most);
      for (let c = 0; c < kinds; c++) scores[i + c] /= sum;
    }
    return scores;
  }
}

// ---- points to begin with, drawn anew each time

const around = (chance, [x, y, kind], spread) => [x + spread * chance.normal(), y + spread * chance.normal(), kind];
const SCENES = {
  crowds: (chance, k) => around(chance, k % 2 ? [0.8, 0.5, 1] : [-0.8, -0.5, 0], 0.4),
  ring: (chance, k) => k % 3 ? around(chance, [1.45 * Math.cos(TWO_PI * k / 24), 1.45 * Math.sin(TWO_PI * k / 24), 1], 0.1)
    : around(chance, [0, 0, 0], 0.3),
  corners: (chance, k) => around(chance, [k % 2 ? 1 : -1, k % 4 > 1 ? 1 : -1, +(k % 4 === 1 || k % 4 === 2)], 0.35),
  three: (chance, k) => around(chance, [[-1, -0.7, 0], [1, -0.7, 1], [0, 1, 2]][k % 3], 0.4),
};
export function scene(name, draw) {
  const chance = small(draw, DATA), inside = (v) => Math.min(SIDE[1], Math.max(SIDE[0], thousandths(v)));
  return Array.from({ length: 24 }, (_, k) => SCENES[name](chance, k)).map(([x, y, kind]) => [inside(x), inside(y), kind]);
}
