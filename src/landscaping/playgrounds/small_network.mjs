// A small network with dense layers, forward and backward in double precision, equal to torch's to the last digits.
// Parameters are one flat Float64Array in torch's order: weight (out × in, row by row), bias, weight, bias, …
// so `torch.nn.utils.parameters_to_vector(net.parameters())` fits here, and `descent_rules` moves them.

// What a unit makes of its sum z, and the slope of that, from z and the value a.
const ACTIVATIONS = {
  tanh: [Math.tanh, (z, a) => 1 - a * a],
  relu: [(z) => z > 0 ? z : 0, (z) => z > 0 ? 1 : 0],
  sigmoid: [sigmoid, (z, a) => a * (1 - a)],
  silu: [(z) => z * sigmoid(z), (z, a) => sigmoid(z) * (1 + z - a)],
  none: [(z) => z, () => 1],
};

export function sigmoid(z) { return 1 / (1 + Math.exp(-z)); }

export class Network {
  // `sizes`: units of every layer, inputs first; `last`: the activation of the outputs.
  constructor(sizes, activation = "tanh", last = "none") {
    let from = 0;
    this.layers = sizes.slice(1).map((out, l) => {
      const layer = { in: sizes[l], out, from, last: l === sizes.length - 2 };
      [layer.act, layer.slope] = ACTIVATIONS[layer.last ? last : activation];
      from += out * (sizes[l] + 1);
      return layer;
    });
    this.count = from;                             // of all parameters
  }
  // torch.nn.Linear's own range, ±1/√inputs for weights and biases, drawn from a `small` generator in order.
  initial({ uniform }) {
    const at = new Float64Array(this.count);
    for (const { in: n, out, from } of this.layers)
      for (let k = from; k < from + out * (n + 1); k++) at[k] = (2 * uniform() - 1) / Math.sqrt(n);
    return at;
  }
  // Outputs (n × out, flat) of n examples `x` (n × in, flat). What `backward` needs is kept.
  forward(at, x) {
    this.values = [x];
    this.sums = this.layers.map((layer, l) => {
      const sums = affine(at, layer, this.values[l]);
      this.values.push(sums.map(layer.act));
      return sums;
    });
    return this.values.at(-1);
  }
  // Slopes of the loss: by all parameters, given its slopes by the outputs of the last `forward`.
  backward(at, slopes) {
    const gradient = new Float64Array(this.count);
    let down = slopes;
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const layer = this.layers[l], sums = this.sums[l], values = this.values[l + 1];
      const by = Float64Array.from(sums, (z, k) => down[k] * layer.slope(z, values[k]));
      down = gather(at, layer, this.values[l], by, gradient);
    }
    this.inputSlopes = down;                        // by the inputs, n × in
    return gradient;
  }
}

function affine(at, { in: width, out, from }, x) {
  const n = x.length / width, z = new Float64Array(n * out), bias = from + out * width;
  for (let i = 0; i < n; i++) for (let o = 0; o < out; o++) {
    let sum = at[bias + o];
    for (let k = 0; k < width; k++) sum += at[from + o * width + k] * x[i * width + k];
    z[i * out + o] = sum;
  }
  return z;
}

// Adds a layer's share to the gradient; returns the slopes by what came into the layer.
function gather(at, { in: width, out, from }, x, by, gradient) {
  const n = x.length / width, down = new Float64Array(n * width), bias = from + out * width;
  for (let i = 0; i < n; i++) for (let o = 0; o < out; o++) {
    const slope = by[i * out + o];
    gradient[bias + o] += slope;
    for (let k = 0; k < width; k++) {
      gradient[from + o * width + k] += slope * x[i * width + k];
      down[i * width + k] += slope * at[from + o * width + k];
    }
  }
  return down;
}

// ---- losses: [the value, its slopes by the outputs]; means over examples, as torch has them

// torch.nn.functional.mse_loss
export function squaredError(outputs, targets) {
  const n = outputs.length, slopes = Float64Array.from(outputs, (o, k) => 2 * (o - targets[k]) / n);
  return [outputs.reduce((sum, o, k) => sum + (o - targets[k]) ** 2, 0) / n, slopes];
}

// torch.nn.functional.cross_entropy; `labels` are whole numbers.
export function crossEntropy(outputs, labels) {
  const n = labels.length, classes = outputs.length / n, slopes = new Float64Array(outputs.length);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const row = outputs.subarray(i * classes, (i + 1) * classes), chances = softmax(row), most = Math.max(...row);
    loss += most + Math.log(row.reduce((s, o) => s + Math.exp(o - most), 0)) - row[labels[i]];
    chances.forEach((p, c) => { slopes[i * classes + c] = (p - (c === labels[i])) / n; });
  }
  return [loss / n, slopes];
}

// torch.nn.functional.binary_cross_entropy_with_logits; `targets` are 0 or 1, one for each output.
export function logisticLoss(outputs, targets) {
  const n = outputs.length, slopes = Float64Array.from(outputs, (o, k) => (sigmoid(o) - targets[k]) / n);
  return [outputs.reduce((s, o, k) => s + Math.max(o, 0) - o * targets[k] + Math.log1p(Math.exp(-Math.abs(o))), 0) / n, slopes];
}

export function softmax(row) {
  const most = Math.max(...row), parts = row.map((o) => Math.exp(o - most)), sum = parts.reduce((s, p) => s + p, 0);
  return parts.map((p) => p / sum);
}
