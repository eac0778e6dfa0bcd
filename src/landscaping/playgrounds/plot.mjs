// A frame with two axes, from values to places and back, in CSS pixels of a canvas or units of an svg's viewBox;
// and what stands in it: ticks, lines, dots, marbles and their way.

export const fixed = (v, digits = 2) => v.toFixed(digits).replace("-", "−");

export class Plot {
  constructor({ left, top, width, height = width }, across, upward) {
    Object.assign(this, { left, top, width, height, across, upward });
  }
  spot(x, y) {
    const { across: [a, b], upward: [c, d] } = this;
    return [this.left + this.width * (x - a) / (b - a), this.top + this.height * (d - y) / (d - c)];
  }
  point(left, top) {
    const { across: [a, b], upward: [c, d] } = this;
    return [a + (b - a) * (left - this.left) / this.width, d - (d - c) * (top - this.top) / this.height];
  }
  clip(ctx, room = 0) {
    ctx.beginPath();
    ctx.rect(this.left - room, this.top - room, this.width + 2 * room, this.height + 2 * room);
    ctx.clip();
  }
  // Numbers along both axes; a name stands where its place is: { x: [0, 5], names: { x: ["φ₀", 7.5] }, digits: 0 }.
  ticks(ctx, colour, { x = [], y = [], names = {}, digits = 0 }) {
    const below = this.top + this.height + 5, before = this.left - 6;
    Object.assign(ctx, { fillStyle: colour, font: "12px system-ui, sans-serif", textAlign: "center", textBaseline: "top" });
    for (const v of x) ctx.fillText(fixed(v, digits), this.spot(v, 0)[0], below);
    if (names.x) ctx.fillText(names.x[0], this.spot(names.x[1], 0)[0], below);
    Object.assign(ctx, { textAlign: "right", textBaseline: "middle" });
    for (const v of y) ctx.fillText(fixed(v, digits), before, this.spot(0, v)[1]);
    if (names.y) ctx.fillText(names.y[0], before, this.spot(0, names.y[1])[1]);
  }
}

// Round numbers in a range, about so many: for ticks.
export function round([low, high], about = 5) {
  const rough = (high - low) / about, ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 5, 10].find((m) => m * ten >= rough * 0.999), first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}

// The `d` of an svg path through spots.
export const through = (spots) => spots.map(([a, b], i) => `${i ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("");

// Round dots of an svg, one of them chosen.
export const circles = (spots, radius = 4, chosen = -1) => spots.map(([a, b], i) =>
  `<circle cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="${radius}" class="${i === chosen ? "chosen" : ""}"/>`).join("");

export function line(ctx, spots, colour, width = 2.25) {
  ctx.beginPath();
  for (const spot of spots) ctx.lineTo(...spot);
  Object.assign(ctx, { lineJoin: "round", strokeStyle: colour, lineWidth: width });
  ctx.stroke();
}

// A marble's way: a line with an edge of paper, so that it stands out on every height.
export function trail(ctx, spots, colours, colour = colours.optimizer) {
  if (spots.length < 2) return;
  line(ctx, spots, colours.paper, 5);
  line(ctx, spots, colour, 2.25);
}

// A dot with an edge; hollow where it is not `full`.
export function marble(ctx, a, b, radius, full, colours, colour = colours.optimizer) {
  ctx.beginPath(); ctx.arc(a, b, radius, 0, 7);
  ctx.fillStyle = full ? colour : colours.paper; ctx.fill();
  ctx.lineWidth = radius > 5 ? 2 : 1.5; ctx.strokeStyle = full ? colours.paper : colour; ctx.stroke();
}

export function ring(ctx, [a, b], radius, colour) {
  ctx.beginPath(); ctx.arc(a, b, radius, 0, 7);
  ctx.lineWidth = 2; ctx.strokeStyle = colour; ctx.stroke();
}
