// Trees as the reader sees them.

import { LAND } from "./gabor_land.mjs";

// The square of the map that one row of trees forbids, as corners on the map.
function forbidden({ n0, n1, offset }) {
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([i, j]) => [LAND[0][i], LAND[1][j]]), out = [];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % 4], ha = n0 * a[0] + n1 * a[1] - offset, hb = n0 * b[0] + n1 * b[1] - offset;
    if (ha < 0) out.push(a);
    if (ha < 0 !== hb < 0) out.push([0, 1].map((c) => a[c] + ha / (ha - hb) * (b[c] - a[c])));
  });
  return out;
}

export function drawTree(ctx, a, b, colours) {
  ctx.beginPath();
  ctx.moveTo(a, b - 11); ctx.lineTo(a + 5, b); ctx.lineTo(a + 1, b); ctx.lineTo(a + 1, b + 3);
  ctx.lineTo(a - 1, b + 3); ctx.lineTo(a - 1, b); ctx.lineTo(a - 5, b); ctx.closePath();
  ctx.lineWidth = 2; ctx.strokeStyle = colours.paper; ctx.stroke();
  ctx.fillStyle = colours.model; ctx.fill();
}

// A row of trees along its line: a fence's stand behind it, where the marble may not go; a tie's on both sides.
export function drawTrees(ctx, at, line, colours) {
  const { n0, n1, offset, tie } = line, reach = 40, apart = 20 * 17 / at.width, foot = [n0 * offset, n1 * offset];
  const shift = foot[0] * n1 - foot[1] * n0;
  const way = (t) => [foot[0] + (t - shift) * n1, foot[1] - (t - shift) * n0];
  if (!tie) {
    ctx.beginPath();
    for (const corner of forbidden(line)) ctx.lineTo(...at.spot(...corner));
    ctx.globalAlpha = 0.5; ctx.fillStyle = colours.paper; ctx.fill(); ctx.globalAlpha = 1;
  }
  ctx.beginPath(); ctx.moveTo(...at.spot(...way(-reach))); ctx.lineTo(...at.spot(...way(reach)));
  ctx.lineWidth = 2; ctx.strokeStyle = colours.model; ctx.stroke();
  for (let t = -reach; t < reach; t += apart) for (const side of tie ? [-1, 1] : [-1]) {
    const [a, b] = at.spot(...way(t));
    drawTree(ctx, a + side * 9 * n0, b - side * 9 * n1 + 4, colours);
  }
}
