// The whole Hessian of a ReLU network with one input, one hidden layer and one output, and its largest eigenvalue.
// landscaping.generalization.flatness.one_curve is the reference in torch; tests/browser/test_rescaling.py holds the two together.

// Mean squared error on (x, y). Weights in torch's order: into the units, their offsets, out of the units, the last offset.
// The Hessian is symmetric, n × n, flat.
export function hessian(at, x, y) {
  const n = at.length, units = (n - 1) / 3, made = new Float64Array(n * n);
  x.forEach((xi, i) => {
    const slope = new Float64Array(n), open = [];
    let answer = at[n - 1];
    slope[n - 1] = 1;
    for (let j = 0; j < units; j++) {
      const sum = at[j] * xi + at[units + j], out = 2 * units + j;
      if (sum <= 0) continue;
      open.push(j);
      answer += at[out] * sum;
      slope[j] = at[out] * xi; slope[units + j] = at[out]; slope[out] = sum;
    }
    for (let a = 0; a < n; a++) if (slope[a]) for (let b = 0; b < n; b++) made[a * n + b] += 2 * slope[a] * slope[b] / x.length;
    const bend = 2 * (answer - y[i]) / x.length;         // the answer itself bends only where two weights are multiplied
    for (const j of open) for (const [a, by] of [[j, xi], [units + j, 1]]) {
      const b = 2 * units + j;
      made[a * n + b] += bend * by; made[b * n + a] += bend * by;
    }
  });
  return made;
}

// Rows and columns times what stands in `by`: curvature along steps that are measured in these lengths.
export function stretched(matrix, by) {
  const n = by.length;
  return matrix.map((v, k) => v * by[Math.floor(k / n)] * by[k % n]);
}

// The largest eigenvalue and its unit vector, whose largest part is positive: Jacobi's rotations until nothing is left beside
// the diagonal.
export function largest(symmetric, n) {
  const a = Float64Array.from(symmetric), vectors = new Float64Array(n * n), total = Math.hypot(...a) || 1;
  for (let k = 0; k < n; k++) vectors[k * n + k] = 1;
  for (let round = 0, left = 1; round < 30 && left > 1e-15 * total; round++) {
    left = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) {
      left = Math.max(left, Math.abs(a[p * n + q]));
      if (a[p * n + q]) rotate(a, vectors, n, p, q);
    }
  }
  let top = 0;
  for (let k = 1; k < n; k++) if (a[k * n + k] > a[top * n + top]) top = k;
  const vector = Array.from({ length: n }, (_, k) => vectors[k * n + top]);
  const sign = Math.sign(vector.reduce((most, v) => Math.abs(v) > Math.abs(most) ? v : most)) || 1;
  return [a[top * n + top], vector.map((v) => sign * v)];
}

function rotate(a, vectors, n, p, q) {
  const half = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]), t = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(half, 1));
  const c = 1 / Math.hypot(t, 1), s = t * c;
  const turn = (m, i, j) => { const u = m[i], v = m[j]; m[i] = c * u - s * v; m[j] = s * u + c * v; };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q);
}
