// The line that a few points make most likely, under Gaussian, Laplace or Student noise of a given spread.
// landscaping.supervised.losses.best_line is the reference in torch; tests/browser/test_residuals.py holds the two together.

export const NOISES = ["Gaussian", "Laplace", "Student"];
const FREEDOM = 3, ROUNDS = 300, EQUAL = 1e-12;
const sum = (values) => values.reduce((a, b) => a + b, 0);

// Negative log-likelihood of a residual, in nats.
export function cost(noise, residual, spread) {
  const size = residual / spread;
  if (noise === "Gaussian") return size * size / 2 + Math.log(spread) + Math.log(2 * Math.PI) / 2;
  if (noise === "Laplace") return Math.abs(size) + Math.log(2 * spread);
  return Math.log1p(size * size / FREEDOM) * (FREEDOM + 1) / 2 + Math.log(spread * Math.PI * Math.sqrt(FREEDOM) / 2);
}

// Least squares with a weight for every point: [intercept, slope].
export function weighted(points, weights) {
  const total = sum(weights), [mx, my] = [0, 1].map((k) => sum(points.map((p, i) => weights[i] * p[k])) / total);
  const slope = sum(points.map(([x, y], i) => weights[i] * (x - mx) * (y - my))) / sum(points.map(([x], i) => weights[i] * (x - mx) ** 2));
  return [my - slope * mx, slope];
}

// The line through every two points that do not share one x.
function throughPairs(points) {
  const lines = [];
  points.forEach(([a, b], i) => {
    for (const [c, d] of points.slice(i + 1)) {
      const slope = (d - b) / (c - a);
      if (a !== c) lines.push([b - slope * a, slope]);
    }
  });
  return lines;
}

const residuals = (points, [intercept, slope]) => points.map(([x, y]) => y - intercept - slope * x);

// Student's land has several valleys: reweighted least squares goes down from one start.
function reweighted(points, line, spread) {
  for (let k = 0; k < ROUNDS; k++) {
    const next = weighted(points, residuals(points, line).map((r) => 1 / (FREEDOM + (r / spread) ** 2)));
    const still = Math.abs(next[0] - line[0]) + Math.abs(next[1] - line[1]) < 1e-14;
    line = next;
    if (still) break;
  }
  return line;
}

// The most likely line: [intercept, slope], what each point costs, and their sum.
export function bestLine(noise, points, spread) {
  const even = weighted(points, points.map(() => 1));
  const lines = noise === "Gaussian" ? [even] : noise === "Laplace" ? throughPairs(points)
    : [even, ...throughPairs(points)].map((line) => reweighted(points, line, spread));
  const costs = lines.map((line) => residuals(points, line).map((r) => cost(noise, r, spread)));
  const totals = costs.map(sum), lowest = Math.min(...totals), best = totals.findIndex((v) => v <= lowest + EQUAL);
  return { line: lines[best], costs: costs[best], total: totals[best] };
}

// The spread, in hundredths, at which the best line's points cost least: the best tenth, and then around it.
export function bestSpread(noise, points, [low, high]) {
  const total = (k) => bestLine(noise, points, k / 100).total, [a, b] = [low, high].map((v) => Math.round(100 * v));
  const lowest = (from, to, by) => {
    const all = Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, k) => from + by * k), totals = all.map(total);
    return all[totals.indexOf(Math.min(...totals))];
  };
  const tenth = lowest(a, b, 10);
  return lowest(Math.max(a, tenth - 9), Math.min(b, tenth + 9), 1) / 100;
}
