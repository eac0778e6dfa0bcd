// Rows of trees: landscaping.optimization.fences. A fence allows one side of a line; a tie allows the line.

const NEAR = 1e-9;

// Each row of trees, [kind, φ₀, φ₁, φ₀, φ₁] from start to end, as a line: unit normal into what it allows, and offset.
export function forest(trees) {
  const lines = trees.map(([kind, a, b, c, d]) => {
    const length = Math.hypot(c - a, d - b), n0 = -(d - b) / length, n1 = (c - a) / length;
    return { n0, n1, offset: n0 * a + n1 * b, tie: kind === "tie" };
  });
  return { lines, corners: cornersOf(lines) };
}

function cornersOf(lines) {
  const found = [];
  for (let i = 0; i < lines.length; i++) for (let j = i + 1; j < lines.length; j++) {
    const a = lines[i], b = lines[j], det = a.n0 * b.n1 - a.n1 * b.n0;
    if (Math.abs(det) > NEAR)
      found.push([(a.offset * b.n1 - b.offset * a.n1) / det, (a.n0 * b.offset - b.n0 * a.offset) / det]);
  }
  return found;
}

const over = (line, offset, p0, p1) => line.n0 * p0 + line.n1 * p1 - offset;

// Whether a point stands where a fence's trees do.
export const beyond = (line, [p0, p1]) => over(line, line.offset, p0, p1) < 0;

// The nearest of all candidates that the lines allow: the point, its feet on them, their corners; null: no land.
function nearestOf(p0, p1, lines, offsets, corners) {
  const candidates = [[p0, p1]];
  lines.forEach((line, k) => {
    const beyond = over(line, offsets[k], p0, p1);
    candidates.push([p0 - beyond * line.n0, p1 - beyond * line.n1]);
  });
  let best = null, least = Infinity;
  for (const c of candidates.concat(corners)) {
    const far = Math.hypot(c[0] - p0, c[1] - p1);
    if (far < least && lines.every((line, k) => allows(line, offsets[k], c))) { least = far; best = c; }
  }
  return best;
}

function allows(line, offset, [p0, p1]) {
  const height = over(line, offset, p0, p1);
  return height >= -NEAR && (!line.tie || height <= NEAR);
}

export const nearest = ({ lines, corners }, p0, p1) =>
  nearestOf(p0, p1, lines, lines.map((line) => line.offset), corners);

// What is left of a velocity at an allowed point: nothing of it points into the trees met there.
export function slide({ lines }, v0, v1, p0, p1) {
  const met = lines.filter((line) => over(line, line.offset, p0, p1) <= NEAR);
  return met.length ? nearestOf(v0, v1, met, met.map(() => 0), met.length > 1 ? [[0, 0]] : []) : [v0, v1];
}
