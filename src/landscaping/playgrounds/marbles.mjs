// Marbles that roll on the land of the Gabor model: landscaping.optimization.marbles.

import { Descent } from "./descent_rules.mjs";
import { examples, gradient, LAND, lowest, TARGET } from "./gabor_land.mjs";
import { batches, small, THROWS } from "./small_generator.mjs";
import { forest, nearest, slide } from "./trees.mjs";

export const RULES = ["plain", "minibatch", "momentum", "adam"];

// Where marbles start: one at `start`, or as many thrown at random.
export function starts({ marbles, start, toss }) {
  if (marbles === 1) return [start];
  const chance = small(toss, THROWS), one = ([low, high]) => low + (high - low) * chance.uniform();
  return Array.from({ length: marbles }, () => LAND.map(one));
}

// All marbles of a setting; positions (and memories of slopes) stand in pairs: φ₀, φ₁, φ₀, φ₁, …
export class Run {
  constructor(setting, data = examples(setting)) {
    const { rule, rate, momentum, batch, toss } = setting, minibatch = rule === "minibatch";
    this.data = data;
    this.trees = forest(setting.trees);
    this.at = Float64Array.from(starts(setting).flatMap(([p0, p1]) => nearest(this.trees, p0, p1)));
    this.descent = new Descent(this.at, { rule: minibatch ? "plain" : rule, rate, momentum });
    this.slopes = new Float64Array(this.at.length);
    this.all = data.x.map((_, i) => i);
    this.order = minibatch ? batches(data.x.length, batch, toss) : null;
  }
  get count() { return this.at.length / 2; }
  get steps() { return this.descent.steps; }
  step() {
    const { data: { x, y }, at, slopes } = this, g = [0, 0], seen = this.order ? this.order.next().value : this.all;
    for (let k = 0; k < at.length; k += 2) {
      gradient(x, y, seen, at[k], at[k + 1], g);
      slopes[k] = g[0];
      slopes[k + 1] = g[1];
    }
    this.descent.step(slopes);
    if (this.trees.lines.length) for (let k = 0; k < at.length; k += 2) this.keepInside(k);
  }
  keepInside(k) {
    const { at, descent: { memory } } = this, [p0, p1] = nearest(this.trees, at[k], at[k + 1]);
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
