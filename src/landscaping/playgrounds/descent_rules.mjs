// How parameters move, equal to torch.optim's SGD, SGD with momentum, and Adam (their defaults) in double precision.

// Each rule says how far coordinate k moves under the slope g.
const steps = {
  plain: (d, k, g) => d.rate * g,
  momentum(d, k, g) {
    d.memory[k] = d.steps ? d.momentum * d.memory[k] + g : g;
    return d.rate * d.memory[k];
  },
  adam(d, k, g) {
    const t = d.steps + 1, m = d.memory, v = d.squares;
    m[k] += (1 - 0.9) * (g - m[k]);
    v[k] = 0.999 * v[k] + (1 - 0.999) * g * g;
    return d.rate / (1 - 0.9 ** t) * (m[k] / (Math.sqrt(v[k]) / Math.sqrt(1 - 0.999 ** t) + 1e-8));
  },
};

// Moves `at` (a Float64Array) in place; `rate` and `momentum` may change on the way.
export class Descent {
  constructor(at, { rule = "plain", rate, momentum = 0.9 }) {
    Object.assign(this, { at, rule, rate, momentum, steps: 0 });
    this.memory = new Float64Array(at.length);    // of slopes: minus the velocity
    this.squares = new Float64Array(at.length);
  }
  step(slopes) {
    const far = steps[this.rule], { at } = this;
    for (let k = 0; k < at.length; k++) at[k] -= far(this, k, slopes[k]);
    this.steps++;
  }
}
