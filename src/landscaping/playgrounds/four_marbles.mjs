// Four marbles released together: descent, SGD, momentum and Adam from one point of one land.
// landscaping.playgrounds.four_marbles is the reference in torch; tests/browser/test_four_marbles.py holds the two together.

import { button, choice, group, PLAY, slider } from "./controls.mjs";
import { Descent } from "./descent_rules.mjs";
import { examples, gradient, LAND, loss, lowest, surface, TARGET } from "./gabor_land.mjs";
import { drawHeights, lowHigh } from "./heights.mjs";
import { fixed, line, Plot, ring, trail } from "./plot.mjs";
import { clamp, number, oneOf, point, saneBy, whole } from "./sane.mjs";
import { Sheet } from "./sheet.mjs";
import { batches } from "./small_generator.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";
import { valley } from "./valley_land.mjs";

const EXAMPLES = 28;
const LANDS = { wave: { examples, gradient, loss, lowest, surface }, valley };
const RULES = [["plain", "D", "Descent"], ["minibatch", "S", "SGD"], ["momentum", "M", "Momentum"], ["adam", "A", "Adam"]];

export const sane = saneBy({
  land: oneOf(["wave", "valley"]), turn: number([0, 90]), noise: number([0, 0.5], 0.1), draw: whole([1, 9999], 1),
  rate: number([0.01, 10], 1), stride: number([0.01, 3], 0.3), momentum: number([0, 0.99], 0.9), batch: whole([1, EXAMPLES], 2),
  batched: oneOf(["sgd", "three"]), steps: whole([10, 1000], 300), start: point(LAND, [-2.5, 8]),
});

// ---- what is computed, without a page

// The land of a setting: its examples, and the functions of its kind.
export const landOf = (setting) => {
  const kind = LANDS[setting.land], data = kind.examples({ ...setting, examples: EXAMPLES, moved: [] });
  return { ...kind, ...data, bottom: kind.lowest(data.x, data.y) };
};

// All four; with `batched: "three"` momentum and Adam see the same batches as SGD.
export class Race {
  constructor(setting, land = landOf(setting)) {
    const { rate, stride, momentum, batch, batched, draw, start } = setting;
    this.land = land;
    this.marbles = RULES.map(([rule]) => {
      const descent = new Descent(Float64Array.from(start), { rule: rule === "minibatch" ? "plain" : rule, rate: rule === "adam" ? stride : rate, momentum });
      return { descent, at: descent.at, few: rule === "minibatch" || rule !== "plain" && batched === "three", losses: [], arrived: null };
    });
    this.all = land.x.map((_, i) => i);
    this.order = batches(EXAMPLES, batch, draw);
    this.steps = 0;
    this.note();
  }
  note() {
    const { x, y, loss: height, bottom } = this.land;
    for (const marble of this.marbles) {
      const [p, q] = marble.at, near = Math.hypot(p - bottom[0], q - bottom[1]) <= TARGET;
      marble.losses.push(height(x, y, p, q));
      marble.near = near;
      if (near) marble.arrived ??= this.steps;
    }
  }
  step() {
    const { x, y, gradient: slope } = this.land, seen = this.order.next().value, g = [0, 0];
    for (const { descent, at, few } of this.marbles) {
      slope(x, y, few ? seen : this.all, at[0], at[1], g);
      descent.step(g);
    }
    this.steps++;
    this.note();
  }
}

// ---- what the reader sees

const power = (low, high) => [Math.log10(low), Math.log10(high), 0.05, { to: (v) => +(10 ** v).toPrecision(2), from: Math.log10 }];
const controls = {
  rate: slider("Learning rate", ...power(0.01, 10)),
  stride: slider("Adam’s rate", ...power(0.01, 3)),
  momentum: slider("Momentum", 0, 0.99, 0.01),
  batch: slider("Batch size", 1, EXAMPLES, 1),
  batched: choice("In batches", { sgd: "SGD alone", three: "SGD, M and A" }),
  steps: slider("Steps in a run", 10, 1000, 10),
  land: choice("Land", { wave: "many valleys", valley: "one long valley" }),
  turn: slider("Turn (degrees)", 0, 90, 1, { only: (s) => s.land === "valley" }),
  noise: slider("Noise", 0, 0.5, 0.01),
};
const page = `<div class="pictures">
  <div><canvas tabindex="0" role="application" aria-roledescription="landscape" aria-describedby="help say"
    aria-label="The loss for every pair of parameters: the land on which four marbles roll"></canvas>
    <p class="hint" id="help">Drag or click to choose the start. With keys: arrows move it (Shift: further), Enter plays. Ring: the lowest point.</p></div>
  <div><canvas class="flat" role="img" aria-label="Loss of each marble against steps, on a logarithmic scale" aria-describedby="say"></canvas>
    <ul class="four">${RULES.map(([, letter, name], k) => `<li><b class="m${k}">${letter}</b><span>${name}: <output></output></span></li>`).join("")}</ul>
    <p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="row">${PLAY}${button("draw", "New draw")}<span class="count"></span></div>
  <div class="settings">
    ${group("optimizer", "Physics: the optimizers", controls, ["rate", "stride", "momentum", "batch", "batched", "steps"])}
    ${group("data", "Mountains: the land", controls, ["land", "turn", "noise"])}
  </div>`;
const css = `:host{--c-m0:var(--c-ink);--c-m1:var(--other2,#8b6900);--c-m2:var(--c-optimizer);--c-m3:var(--other1,#591f47)}
:host([data-night]){--c-m1:var(--other2,#eab635);--c-m3:var(--other1,#c267b9)}
.flat{aspect-ratio:1.5;cursor:default}.four{margin:0}.four li{flex-wrap:nowrap;font-variant-numeric:tabular-nums}.four li span{flex:1}
.four b{flex:none;width:1.4rem;border-radius:50%;color:var(--c-paper);text-align:center;font-size:.8125rem;line-height:1.4rem}
${RULES.map((_, k) => `.m${k}{background:var(--c-m${k})}`).join("")}.say{min-height:3em}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1.15fr) minmax(0,1fr)}}`;

const rounded = (p) => p.map((v) => Math.round(v * 100) / 100);
const onMap = (v, k) => clamp(v, LAND[k]);
const SIZE = 120;                                // squares along a side of the picture
const LOWEST = 1e-6, HIGHEST = 1e9;              // of the losses shown

export class View extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static room = { narrow: "max(175cqw + 46rem, 84rem)", wide: "48.5rem" };
  static css = css;
  base = new Sheet();                            // what does not move: land and axes

  changed(before) {
    if (this.differs(before, ["land", "turn", "noise", "draw"])) this.raise();
    this.restart();
  }
  raise() {
    this.land = landOf(this.setting);
    this.heights = this.land.surface(this.land.x, this.land.y, SIZE);
    this.span = lowHigh(this.heights);
  }
  start() {
    this.race = new Race(this.setting, this.land);
    this.trails = this.race.marbles.map(({ at }) => [[...at]]);
    const [p, q] = this.setting.start;
    this.say(`All four start at φ₀ = ${fixed(p)}, φ₁ = ${fixed(q)}; loss ${fixed(this.race.marbles[0].losses[0], 3)}.`);
  }
  get pace() { return Math.max(1, Math.round(this.setting.steps / 200)); }
  advance() {
    this.race.step();
    this.race.marbles.forEach(({ at }, k) => this.trails[k].push([...at]));
    if (this.race.steps >= this.setting.steps) this.finish();
  }
  finish() {
    super.finish();
    const home = RULES.filter((_, k) => this.race.marbles[k].near).map(([, , name]) => name);
    this.say(`After ${this.race.steps} steps within ${TARGET} of the lowest point: <strong>${home.join(", ") || "none"}</strong>.`);
  }

  // -- drawing
  repaint() {
    const { width } = this.sheets[0], at = this.at = new Plot({ left: 30, top: 8, width: width - 38 }, ...LAND);
    const { colours } = this.look, ctx = this.base.size(width).pen(), style = getComputedStyle(this.el);
    this.hues = RULES.map((_, k) => style.getPropertyValue(`--c-m${k}`).trim());
    ctx.save();
    at.ticks(ctx, colours.quiet, { x: [-10, -5, 0, 5, 10], y: [5, 10, 15, 20], names: { x: ["φ₀", 7.5], y: ["φ₁", 17.5] } });
    at.clip(ctx);
    drawHeights(ctx, at, this.heights, SIZE, this.span, this.look);
    ring(ctx, at.spot(...this.land.bottom), at.width * TARGET / 20, colours.ink);
    ctx.restore();
    this.draw();
  }
  draw() {
    const { at, hues, look: { colours } } = this, { width } = this.base, ctx = this.sheets[0].pen();
    ctx.drawImage(this.base.canvas, 0, 0, width, width);
    ctx.save();
    at.clip(ctx, 6);
    this.trails.forEach((way, k) => trail(ctx, way.map((p) => at.spot(...p)), colours, hues[k]));
    this.race.marbles.forEach((marble, k) => this.drawMarble(ctx, at.spot(...marble.at), k));
    ctx.restore();
    this.drawLosses();
    this.$$(".four output").forEach((to, k) => { to.textContent = this.words(this.race.marbles[k]); });
    this.$(".count").textContent = `step ${this.race.steps} of ${this.setting.steps}`;
  }
  words({ losses, arrived }) {
    const now = losses.at(-1), shown = Number.isFinite(now) ? now > 1e4 ? "above 10 000" : now.toPrecision(3) : "no number";
    return `loss ${shown}${arrived === null ? "" : `, at the ring by step ${arrived}`}`;
  }
  drawMarble(ctx, [a, b], k) {
    if (!Number.isFinite(a + b)) return;
    ctx.beginPath(); ctx.arc(a, b, 9, 0, 7);
    Object.assign(ctx, { fillStyle: this.hues[k], strokeStyle: this.look.colours.paper, lineWidth: 2 });
    ctx.fill(); ctx.stroke();
    Object.assign(ctx, { fillStyle: this.look.colours.paper, font: "600 11px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
    ctx.fillText(RULES[k][1], a, b + 0.5);
  }
  drawLosses() {
    const { marbles, steps } = this.race, ctx = this.sheets[1].pen(), every = Math.max(1, Math.ceil(steps / 250));
    const plot = this.lossAxes(ctx);
    ctx.save();
    plot.clip(ctx);
    marbles.forEach(({ losses }, k) => {
      const spots = losses.flatMap((v, i) => i % every && i < losses.length - 1 ? [] : [plot.spot(i, power10(v))]);
      line(ctx, spots, this.hues[k], 2);
    });
    ctx.restore();
  }
  lossAxes(ctx) {                                                // powers of ten, down to the land's lowest point
    const { setting: { steps }, look: { colours } } = this, { width, height } = this.sheets[1], { x, y, bottom, loss } = this.land;
    const floor = power10(loss(x, y, ...bottom)), top = power10(this.race.marbles[0].losses[0]) + 0.3;
    const low = Math.floor(Math.min(floor, top - 1)), high = Math.ceil(top);
    const plot = new Plot({ left: 46, top: 26, width: width - 62, height: height - 50 }, [0, steps], [low, high]);
    plot.ticks(ctx, colours.quiet, { x: [0, steps], names: { x: ["steps", steps / 2] } });
    Object.assign(ctx, { textAlign: "right", textBaseline: "middle" });
    for (let p = low; p <= high; p++) ctx.fillText(p < -3 ? `10${raised(p)}` : String(10 ** p), plot.left - 5, plot.spot(0, p)[1]);
    ctx.fillText("loss", plot.left - 5, 8);
    line(ctx, [plot.spot(0, floor), plot.spot(steps, floor)], colours.line, 1);
    return plot;
  }

  // -- listening
  acts() { return { ...super.acts(), draw: () => this.set({ draw: this.setting.draw % 9999 + 1 }) }; }
  listen(on) {
    const [{ canvas }] = this.sheets;
    on(canvas, "click", (e) => this.drop(this.point(e)));
    this.keys(canvas, (key, much) => this.key(key, much));
    this.drag(canvas, (e) => this.near(e), (e) => this.drop(this.point(e)));
  }
  point(e) { return this.at.point(...this.sheets[0].spot(e)).map(onMap); }
  drop(spot) { this.set({ start: rounded(spot) }); }
  near(e) {
    const [a, b] = this.at.spot(...this.setting.start), [c, d] = this.sheets[0].spot(e);
    return Math.hypot(c - a, d - b) < 22;
  }
  key(key, much) {
    const way = ARROWS[key];
    if (way) this.drop(way.map((v, k) => onMap(this.setting.start[k] + 0.25 * much * v, k)));
    else if (key === "Enter") this.acts().play();
    else return false;
    return true;
  }
}

const power10 = (v) => Math.log10(clamp(Number.isFinite(v) ? v : HIGHEST, [LOWEST, HIGHEST]));
const raised = (p) => String(p).replace("-", "⁻").replace(/\d/g, (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]);

export default playground(View);
