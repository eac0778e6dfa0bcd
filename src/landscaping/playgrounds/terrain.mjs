// Move an example and watch the hills: the land, its ripple against cleaner land, and its lowest point.
// landscaping.playgrounds.terrain is the reference in torch; tests/browser/test_terrain.py holds the two together.

import { button, choice, group, slider } from "./controls.mjs";
import { examples, gabor, INPUTS, LAND, loss, lowest, surface, TRUTH } from "./gabor_land.mjs";
import { drawHeights, lowHigh } from "./heights.mjs";
import { circles, fixed, line, marble, Plot, ring, through } from "./plot.mjs";
import { clamp, isRow, number, oneOf, saneBy, whole } from "./sane.mjs";
import { thousandths } from "./small_generator.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";

const OUTPUTS = [-1.5, 5], OUTLIER = 5;
const ENDLESS = 301;                             // inputs that stand for endlessly many
const DRAWS = 40;                                // whose lowest points are shown together
const COARSE = 100, FINE = 200;                  // squares along a side: while something moves, and at rest
const isMoved = (m) => isRow(m, 3) && Number.isInteger(m[0]) && m[0] >= 0;

export const sane = saneBy({
  examples: whole([2, 100], 28),
  noise: number([0, 1], 0.1),
  draw: whole([1, 9999], 1),
  moved: (v) => Array.isArray(v) ? v.filter(isMoved).map(([i, x, y]) => [i, clamp(x, INPUTS), clamp(y, OUTPUTS)]) : [],
  loss: oneOf(["squared", "absolute"]),
  against: oneOf(["endless", "inputs"]),
  lowest: oneOf(["one", "many"]),
});

// ---- what is computed, without a page

const clean = (x) => ({ x, y: x.map((xi) => gabor(xi, ...TRUTH)) });
const endless = clean(Array.from({ length: ENDLESS }, (_, k) => INPUTS[0] + (INPUTS[1] - INPUTS[0]) * k / (ENDLESS - 1)));
const known = new Map();                         // the land of endless examples never changes

function cleaner({ loss: kind, against }, x, size) {
  const make = (data) => ({ ...data, heights: surface(data.x, data.y, size, kind === "absolute") });
  if (against === "inputs") return make(clean(x));
  const key = `${kind} ${size}`;
  if (!known.has(key)) known.set(key, make(endless));
  return known.get(key);
}

// The land of a setting, its ripple (zero at the truth), and its lowest point.
export function land(setting, size) {
  const absolute = setting.loss === "absolute", { x, y } = examples(setting);
  const heights = surface(x, y, size, absolute), other = cleaner(setting, x, size);
  const step = loss(x, y, ...TRUTH, absolute) - loss(other.x, other.y, ...TRUTH, absolute);
  const ripple = heights.map((h, k) => h - other.heights[k] - step);
  return { x, y, size, heights, ripple, bottom: lowest(x, y, heights, size, absolute) };
}

// The lowest points of so many draws from the first on, with the same points moved.
export function bottoms(setting, draws = DRAWS, size = 100) {
  const absolute = setting.loss === "absolute";
  return Array.from({ length: draws }, (_, k) => {
    const { x, y } = examples({ ...setting, draw: k + 1 });
    return lowest(x, y, surface(x, y, size, absolute), size, absolute);
  });
}

// ---- what the reader sees

const controls = {
  examples: slider("Examples", 2, 100, 1),
  noise: slider("Noise", 0, 1, 0.01),
  loss: choice("Loss", { squared: "Squared error", absolute: "Absolute error" }),
  against: choice("Ripple from", { endless: "endless data", inputs: "the same inputs" }),
  lowest: choice("Lowest", { one: "of this draw", many: `of ${DRAWS} draws` }),
};
const page = `<div class="pictures">
  <div><canvas role="img" aria-label="The land: the loss for every pair of parameters" aria-describedby="say"></canvas>
    <p class="key"><i></i><span class="range"></span></p></div>
  <div><canvas role="img" aria-label="The ripple: this land minus cleaner land" aria-describedby="say"></canvas>
    <p class="key"><i></i><span class="rippled"></span></p></div>
  <div class="wide"><svg viewBox="0 0 480 240" tabindex="0" role="application" aria-roledescription="plot of the examples"
    aria-label="Examples, the true wave, and the wave of the lowest point" aria-describedby="help">
    <path class="axis"/><path class="true"/><path class="curve"/><g></g><text x="470" y="235" text-anchor="end">input x, −15 to 15</text>
    <text x="6" y="14">output y</text></svg></div></div>
  <p class="hint" id="help">Drag an example. With keys: ← → choose one, ↑ ↓ move it (Shift: further). Diamond: the truth. Ring: the lowest point.</p>
  <div class="row">${button("draw", "New draw")}${button("outlier", "Outlier")}${button("back", "Put all back")}</div>
  <p class="say" id="say" aria-live="polite"></p>
  <div class="settings">${group("data", "Mountains: the data", controls, ["examples", "noise"])}
    ${group("model", "The measure, and what is shown", controls, ["loss", "against", "lowest"])}</div>`;
const css = `.wide{grid-column:1/-1}.say{min-height:3em}svg text{font-size:10px}
svg .true{fill:none;stroke:var(--c-quiet);stroke-width:1.5;stroke-dasharray:5 4;pointer-events:none}
@container (max-width:33.99rem){svg text{font-size:15px}}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}`;
const plot = new Plot({ left: 8, top: 22, width: 464, height: 196 }, INPUTS, OUTPUTS);
const waves = (place) => through(Array.from({ length: 151 }, (_, i) => [-15 + i / 5, gabor(-15 + i / 5, ...place)]).map((p) => plot.spot(...p)));

export class Terrain extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static room = { narrow: "195cqw + 47rem", wide: "75cqw + 32rem" };
  static css = css;
  chosen = 0;

  changed(before) {
    this.raise(before ? COARSE : FINE);
    this.repaint();
    this.tell();
  }
  raise(size) {                                                  // coarse while the reader moves, fine once at rest
    clearTimeout(this.later);
    this.land = land(this.setting, size);
    const many = this.setting.lowest === "many";
    if (size === COARSE) this.soon(() => { this.raise(FINE); this.repaint(); });
    this.cloud = many && (size === FINE || !this.cloud) ? bottoms(this.setting) : many ? this.cloud : null;
    this.spans = [lowHigh(this.land.heights), lowHigh(this.land.ripple)];
    this.chosen = Math.min(this.chosen, this.land.x.length - 1);
  }
  tell() {
    const [p0, p1] = this.land.bottom, far = Math.hypot(p0 - TRUTH[0], p1 - TRUTH[1]);
    this.say(`Lowest point at φ₀ = ${fixed(p0)}, φ₁ = ${fixed(p1)}: <strong>${fixed(far)} from the truth</strong>. `
      + `Example ${this.chosen + 1} of ${this.land.x.length}: x = ${fixed(this.land.x[this.chosen])}, y = ${fixed(this.land.y[this.chosen])}.`);
  }

  // -- drawing
  draw() {
    const { size, heights, ripple } = this.land;
    this.map(0, heights, size);
    this.map(1, ripple, size);
    const words = ([low, high]) => `${fixed(low, 3)} to ${fixed(high, 3)}`;
    this.$(".range").textContent = `loss, ${words(this.spans[0])}`;
    this.$(".rippled").textContent = `ripple, ${words(this.spans[1])}; zero at the truth`;
    this.showPoints();
  }
  map(k, heights, size) {
    const { width } = this.sheets[k], at = new Plot({ left: 30, top: 8, width: width - 38 }, ...LAND);
    const { colours } = this.look, ctx = this.sheets[k].pen();
    ctx.save();
    at.ticks(ctx, colours.quiet, { x: [-10, -5, 0, 5, 10], y: [5, 10, 15, 20], names: { x: ["φ₀", 7.5], y: ["φ₁", 17.5] } });
    at.clip(ctx);
    drawHeights(ctx, at, heights, size, this.spans[k], this.look, size === FINE ? "high" : "low");
    if (k === 0) {
      for (const place of this.cloud ?? []) marble(ctx, ...at.spot(...place), 3.5, true, colours, colours.data);
      ring(ctx, at.spot(...this.land.bottom), 8, colours.ink);
    }
    const [a, b] = at.spot(...TRUTH);
    line(ctx, [[a, b - 6], [a + 6, b], [a, b + 6], [a - 6, b], [a, b - 6]], colours.ink, 2);
    ctx.restore();
  }
  showPoints() {
    const { x, y, bottom } = this.land, zero = plot.spot(0, 0)[1];
    this.$(".axis").setAttribute("d", `M8 ${zero}H472`);
    this.$(".true").setAttribute("d", waves(TRUTH));
    this.$(".curve").setAttribute("d", waves(bottom));
    this.$("g").innerHTML = circles(x.map((xi, i) => plot.spot(xi, y[i])), 4.5, this.chosen);
  }

  // -- listening
  listen() {
    const svg = this.$("svg");
    this.keys(svg, (key, much) => this.key(key, much));
    this.drag(svg, (e) => this.near(e), (e) => this.move(...this.place(e)));
  }
  acts() {
    const { draw } = this.setting;
    return {
      draw: () => this.set({ draw: draw % 9999 + 1, moved: [] }),
      outlier: () => this.move(this.land.x[this.chosen], OUTLIER),
      back: () => this.set({ moved: [] }),
    };
  }
  move(x, y) {
    const here = [this.chosen, thousandths(clamp(x, INPUTS)), thousandths(clamp(y, OUTPUTS))];
    this.set({ moved: [...this.setting.moved.filter(([k]) => k !== this.chosen), here] });
  }
  place(e) {
    const box = this.$("svg").getBoundingClientRect(), scale = 480 / box.width;
    return plot.point((e.clientX - box.left) * scale, (e.clientY - box.top) * scale);
  }
  near(e) {
    const [a, b] = plot.spot(...this.place(e)), { x, y } = this.land;
    const far = x.map((xi, i) => { const [c, d] = plot.spot(xi, y[i]); return Math.hypot(c - a, d - b); });
    const i = far.indexOf(Math.min(...far));
    if (far[i] > 22) return false;
    this.choose(i);
    return true;
  }
  choose(i) { this.chosen = i; this.showPoints(); this.tell(); }
  key(key, much) {
    const { x, y } = this.land, way = ARROWS[key];
    if (!way) return false;
    if (way[1]) this.move(x[this.chosen], y[this.chosen] + 0.05 * much * way[1]);
    else {
      const order = x.map((_, i) => i).sort((a, b) => x[a] - x[b]), place = order.indexOf(this.chosen) + way[0];
      this.choose(order[clamp(place, [0, order.length - 1])]);
    }
    return true;
  }
}

export default playground(Terrain);
