// The landscape: marbles on the exact loss surface of UDL's two-parameter Gabor model, what the reader sees of it.
// landscaping.optimization.marbles is the reference in torch; tests/browser/test_landscape.py holds the two together.

import { button, choice, group, PLAY, slider } from "./controls.mjs";
import { examples, gabor, INPUTS, LAND, loss, lowest, surface, TARGET } from "./gabor_land.mjs";
import { drawHeights, lowHigh } from "./heights.mjs";
import { RULES, Run } from "./marbles.mjs";
import { circles, fixed, marble, Plot, ring, through, trail } from "./plot.mjs";
import { clamp, isRow, number, oneOf, point, saneBy, whole } from "./sane.mjs";
import { Sheet } from "./sheet.mjs";
import { thousandths } from "./small_generator.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";
import { drawTree, drawTrees } from "./tree_drawing.mjs";
import { beyond, forest, nearest } from "./trees.mjs";

// ---- a setting that comes from an address may be anything ---------------------------------------

const MOST_TREES = 4;
const OUTPUTS = [-1.5, 1.5];
const onMap = (v, k) => clamp(v, LAND[k]);
const isTree = (t) => Array.isArray(t) && ["fence", "tie"].includes(t[0]) && isRow(t.slice(1), 4)
  && Math.max(Math.abs(t[1] - t[3]), Math.abs(t[2] - t[4])) > 1e-6;
const turned = ([kind, a, b, c, d]) => [kind, c, d, a, b];
const isMoved = (m) => isRow(m, 3) && Number.isInteger(m[0]) && m[0] >= 0;
const anyLand = (trees) => nearest(forest(trees), 0, 0) !== null;
const list = (v) => Array.isArray(v) ? v : [];

function saneTrees(raw) {
  const trees = list(raw).filter(isTree).slice(0, MOST_TREES)
    .map(([kind, ...ends]) => [kind, ...ends.map((v, k) => onMap(v, k % 2))]).filter(isTree);
  while (!anyLand(trees)) trees.pop();
  return trees;
}

// The same setting with every value in its range; what makes no sense is left out.
export const sane = saneBy({
  examples: whole([4, 100]), noise: number([0, 0.5]), draw: whole([1, 9999]), rate: number([0.01, 30]),
  momentum: number([0, 0.99]), batch: whole([1, 100]), steps: whole([1, 5000]), marbles: whole([1, 1000]),
  toss: whole([1, 9999]), rule: oneOf(RULES), start: point(LAND, [0, 12.5]),
  moved: (raw) => list(raw).filter(isMoved).map(([i, x, y]) => [i, clamp(x, INPUTS), clamp(y, OUTPUTS)]),
  trees: saneTrees,
});

// ---- what the reader sees -----------------------------------------------------------------------

const controls = {
  rule: choice("Rule", { plain: "Plain", minibatch: "Minibatch", momentum: "Momentum", adam: "Adam" }),
  rate: slider("Learning rate", -2, 1.5, 0.05, { to: (v) => +(10 ** v).toPrecision(2), from: Math.log10 }),
  momentum: slider("Momentum", 0, 0.99, 0.01, { only: (s) => s.rule === "momentum" }),
  batch: slider("Batch size", 1, 28, 1, { only: (s) => s.rule === "minibatch", most: (s) => s.examples }),
  steps: slider("Steps in a run", 1, 3.7, 0.1, { to: (v) => Math.min(5000, +(10 ** v).toPrecision(1)), from: Math.log10 }),
  examples: slider("Examples", 4, 100, 1),
  noise: slider("Noise", 0, 0.5, 0.01),
};

const plant = (kind) => button(kind, `Plant a ${kind}`, 'aria-pressed="false"');
const page = `<div class="pictures">
  <div><canvas tabindex="0" role="application" aria-roledescription="landscape" aria-describedby="help say"
    aria-label="The loss for every pair of parameters: the land on which marbles roll"></canvas></div>
  <div><svg viewBox="0 0 240 196" tabindex="0" role="application" aria-roledescription="plot of the examples"
    aria-label="Examples, and the curve that the marble's position is" aria-describedby="points">
    <path class="axis" d="M6 176H234M6 94H234"/><path class="curve"/><g></g>
    <text x="120" y="192" text-anchor="middle">input x, −15 to 15</text><text x="6" y="12">output y</text></svg>
    <p class="hint" id="points">Drag a point. With keys: ← → choose one, ↑ ↓ move it.</p>
    <p class="key"><i></i><span class="range"></span></p><p class="key"><b></b><span class="goal"></span></p>
    <p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="row">${PLAY}${button("one", "Drop one")}${button("toss", "Drop 200 at random")}<span class="count"></span></div>
  <p class="hint" id="help">Click or tap the land to drop a marble there. With keys: arrows move it (Shift: further), Enter plays.</p>
  <div class="settings">
    ${group("optimizer", "Physics: the optimizer", controls, ["rule", "rate", "momentum", "batch", "steps"])}
    ${group("data", "Mountains: the data", controls, ["examples", "noise"], `<div class="row">${button("draw", "New draw")}</div>`)}
    ${group("model", "Trees: constraints on the model", {}, [], `<div class="row">${plant("fence")}${plant("tie")}</div><ul></ul>`)}
  </div>`;

const spotWords = ([p0, p1]) => `φ₀ = ${fixed(p0)}, φ₁ = ${fixed(p1)}`;
const rounded = (p) => p.map((v) => Math.round(v * 100) / 100);
const COARSE = 100, FINE = 200;                  // squares along a side: while something is dragged, and at rest
const plot = new Plot({ left: 6, top: 19, width: 228, height: 150 }, INPUTS, OUTPUTS);    // the examples' svg

export class View extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static room = { narrow: "130cqw + 64rem", wide: "47rem" };
  chosen = 0; planting = null; trail = [];
  base = new Sheet();                            // what does not move: land, lines, trees, ring, axes

  // -- the land, and a run on it
  changed(before) {
    if (this.differs(before, ["examples", "noise", "draw", "moved"])) this.raise(before ? COARSE : FINE);
    this.restart();
  }
  raise(size) {                                                  // the land, from the data
    clearTimeout(this.later);
    if (size === COARSE) this.soon(() => { this.raise(FINE); this.repaint(); });
    this.data = examples(this.setting);
    this.heights = surface(this.data.x, this.data.y, size);
    this.size = size;
    this.goal = lowest(this.data.x, this.data.y, this.heights, size);
    this.span = lowHigh(this.heights);
    this.$(".range").textContent = `loss, ${fixed(this.span[0])} to ${fixed(this.span[1])}`;
    this.$(".goal").textContent = `target valley: within ${TARGET} of the lowest point (${spotWords(this.goal)})`;
    this.showPoints();
  }
  start() {
    this.run = new Run(this.setting, this.data);
    this.trail = [];
    this.say(this.run.count === 1 ? `The ${this.where()}` : `${this.run.count} marbles, dropped at random. Let them roll.`);
  }
  get pace() { return Math.max(1, Math.round(this.setting.steps / 240)); }
  advance() {
    if (this.run.count === 1) this.trail.push(this.run.at[0], this.run.at[1]);
    this.run.step();
    if (this.run.steps >= this.setting.steps) this.finish();
  }
  finish() {
    super.finish();
    const home = this.run.reached(this.goal), n = home.filter(Boolean).length;
    const lost = home.filter((_, k) => !this.onMap(k)).length;
    if (home.length === 1) this.say(`After ${this.run.steps} steps the ${this.where()} <strong>${n ? "In the target valley." : lost ? "It left the map." : "Not in the target valley."}</strong>`);
    else this.say(`After ${this.run.steps} steps, <strong>${n} of ${home.length} (${Math.round(100 * n / home.length)}\u00a0%)</strong> are in the target valley${lost ? `; ${lost} left the map` : ""}. Full: there. Hollow: elsewhere.`);
  }
  onMap(k) { return [0, 1].every((c) => onMap(this.run.at[2 * k + c], c) === this.run.at[2 * k + c]); }
  where() {
    const [p0, p1] = this.run.at;
    return `marble is at ${spotWords([p0, p1])}; loss ${fixed(loss(this.data.x, this.data.y, p0, p1), 3)}.`;
  }

  // -- drawing
  repaint() {
    const { width } = this.sheets[0], at = this.at = new Plot({ left: 30, top: 8, width: width - 38 }, ...LAND);
    const { colours } = this.look, ctx = this.base.size(width).pen();
    ctx.save();
    at.ticks(ctx, colours.quiet, { x: [-10, -5, 0, 5, 10], y: [5, 10, 15, 20], names: { x: ["φ₀", 7.5], y: ["φ₁", 17.5] } });
    at.clip(ctx);
    drawHeights(ctx, at, this.heights, this.size, this.span, this.look, this.size === FINE ? "high" : "low");
    for (const line of forest(this.setting.trees).lines) drawTrees(ctx, at, line, colours);
    ring(ctx, at.spot(...this.goal), at.width * TARGET / 20, colours.ink);
    ctx.restore();
    this.draw();
  }
  draw() {
    const { run, at, look: { colours } } = this, { width } = this.base, ctx = this.sheets[0].pen();
    ctx.drawImage(this.base.canvas, 0, 0, width, width);
    ctx.save();
    at.clip(ctx, 6);
    const spots = Array.from({ length: run.count }, (_, k) => at.spot(run.at[2 * k], run.at[2 * k + 1]));
    if (this.trail.length) trail(ctx, [...pairs(this.trail), [...run.at]].map((p) => at.spot(...p)), colours);
    const many = run.count > 1, home = this.done && many ? run.reached(this.goal) : null;
    spots.forEach((spot, k) => { if (!many || this.onMap(k)) marble(ctx, ...spot, many ? 4 : 7, home?.[k] ?? true, colours); });
    this.drawPlanting(ctx);
    ctx.restore();
    this.showCurve();
    this.$(".count").textContent = `step ${run.steps} of ${this.setting.steps}`;
  }
  drawPlanting(ctx) {
    if (!this.planting) return;
    const { first, cursor } = this.planting, { colours } = this.look, [a, b] = this.at.spot(...cursor);
    Object.assign(ctx, { strokeStyle: colours.model, lineWidth: 2 });
    ctx.beginPath(); ctx.moveTo(a - 9, b); ctx.lineTo(a + 9, b); ctx.moveTo(a, b - 9); ctx.lineTo(a, b + 9);
    if (first) { ctx.moveTo(...this.at.spot(...first)); ctx.lineTo(a, b); }
    ctx.stroke();
    if (first) drawTree(ctx, ...this.at.spot(...first), colours);
  }
  showCurve() {
    const shown = Math.min(30, this.run.count), parts = shown > 1 ? 90 : 150, curve = this.$(".curve");
    const one = (k) => through(Array.from({ length: parts + 1 }, (_, i) => {
      const x = -15 + 30 * i / parts;
      return plot.spot(x, gabor(x, this.run.at[2 * k], this.run.at[2 * k + 1]));
    }));
    curve.setAttribute("d", Array.from({ length: shown }, (_, k) => one(k)).join(""));
    curve.classList.toggle("many", shown > 1);
  }
  showPoints() {
    const { x, y } = this.data;
    this.chosen = Math.min(this.chosen, x.length - 1);
    this.$("g").innerHTML = circles(x.map((xi, i) => plot.spot(xi, y[i])), 4, this.chosen);
  }
  showControls() {
    super.showControls();
    const { trees } = this.setting;
    for (const kind of ["fence", "tie"]) {
      this.$(`[data-do=${kind}]`).setAttribute("aria-pressed", String(this.planting?.kind === kind));
      this.$(`[data-do=${kind}]`).disabled = trees.length >= MOST_TREES;
    }
    const rows = trees.map(([kind, ...place], k) => {
      const act = (name, words) => button(name, words, `data-tree="${k}" aria-label="${words}: ${kind} ${k + 1}"`);
      const [a, b, c, d] = place.map((v) => fixed(v, 1)), ends = `(${a}, ${b}) to (${c}, ${d})`;
      return `<li><span>${kind === "tie" ? "Tie" : "Fence"} ${k + 1}: ${ends}</span>${kind === "fence" ? act("turn", "Other side") : ""}${act("fell", "Remove")}</li>`;
    }).join("");
    if (rows !== this.rows) this.$("ul").innerHTML = this.rows = rows;
  }

  // -- trees
  plant(kind) {
    const same = this.planting?.kind === kind;
    this.planting = same ? null : { kind, first: null, cursor: [0, 12.5] };
    if (!same) { this.pause(); this.$("canvas").focus(); }
    this.say(same ? "No tree planted." : "Choose the first of two points on the land: click or tap, or arrows and Enter. Escape stops.");
    this.showControls();
    this.draw();
  }
  place(spot) {
    const { kind, first } = this.planting;
    this.planting.cursor = spot;
    if (!first) { this.planting.first = spot; this.say("Now the second point."); return this.draw(); }
    let tree = [kind, ...rounded(first), ...rounded(spot)];
    if (!isTree(tree)) return this.say("Both points are one: choose another.");
    if (kind === "fence" && beyond(forest([tree]).lines[0], this.setting.start)) tree = turned(tree);
    this.planting = null;
    this.replant([...this.setting.trees, tree]);
  }
  replant(trees) {
    if (anyLand(trees)) this.set({ trees });
    else this.say("These trees would leave the marble no land.");
    this.showControls();
    this.draw();
  }

  // -- listening
  listen(on) {
    const [{ canvas }] = this.sheets, svg = this.$("svg");
    on(canvas, "click", (e) => this.drop(this.point(e)));
    this.keys(canvas, (key, much) => this.landKey(key, much));
    this.keys(svg, (key, much) => this.plotKey(key, much));
    this.drag(canvas, (e) => this.nearMarble(e), (e) => this.drop(this.point(e)));
    this.drag(svg, (e) => this.nearPoint(e), (e) => this.move(this.chosen, ...this.plotPoint(e)));
    on(canvas, "pointermove", (e) => { if (this.planting) { this.planting.cursor = this.point(e); this.draw(); } });
  }
  acts() {
    const { setting: { marbles, toss, draw, trees } } = this, acts = super.acts();
    return {
      ...acts,
      step: () => { acts.step(); if (!this.done) this.say(`Step ${this.run.steps}${this.run.count === 1 ? `: the ${this.where()}` : "."}`); },
      toss: () => this.set({ marbles: 200, toss: marbles > 1 ? toss % 9999 + 1 : toss }),
      one: () => this.set({ marbles: 1 }),
      draw: () => this.set({ draw: draw % 9999 + 1, moved: [] }),
      fence: () => this.plant("fence"), tie: () => this.plant("tie"),
      turn: ({ dataset: { tree } }) => this.replant(trees.map((t, i) => i === +tree ? turned(t) : t)),
      fell: ({ dataset: { tree } }) => { this.replant(trees.filter((_, i) => i !== +tree)); this.$("[data-do=fence]").focus(); },
    };
  }
  point(e) { return this.at.point(...this.sheets[0].spot(e)).map(onMap); }
  plotPoint(e) {
    const box = this.$("svg").getBoundingClientRect(), scale = 240 / box.width;
    return plot.point((e.clientX - box.left) * scale, (e.clientY - box.top) * scale);
  }
  drop(spot) { if (this.planting) this.place(spot); else this.set({ marbles: 1, start: rounded(spot) }); }
  move(i, x, y) {
    const here = [i, thousandths(clamp(x, INPUTS)), thousandths(clamp(y, OUTPUTS))];
    this.set({ moved: [...this.setting.moved.filter(([k]) => k !== i), here] });
    this.say(`Example at x = ${fixed(here[1])}, y = ${fixed(here[2])}.`);
  }
  nearMarble(e) {
    if (this.planting || this.run.count > 1) return false;
    const [a, b] = this.at.spot(...this.run.at), [c, d] = this.sheets[0].spot(e);
    return Math.hypot(c - a, d - b) < 22;
  }
  nearPoint(e) {
    const [px, py] = plot.spot(...this.plotPoint(e)), { x, y } = this.data;
    const far = x.map((xi, i) => { const [a, b] = plot.spot(xi, y[i]); return Math.hypot(a - px, b - py); });
    const i = far.indexOf(Math.min(...far));
    if (far[i] > 22) return false;
    this.chosen = i;
    return true;
  }
  landKey(key, much) {
    const way = ARROWS[key], spot = this.planting?.cursor ?? this.setting.start;
    const there = way?.map((v, k) => onMap(spot[k] + 0.25 * much * v, k));
    if (there && this.planting) { this.planting.cursor = there; this.say(spotWords(there)); this.draw(); }
    else if (there) this.drop(there);
    else if (key === "Enter") { if (this.planting) this.place(spot); else this.acts().play(); }
    else if (key === "Escape" && this.planting) this.plant(this.planting.kind);
    else return false;
    return true;
  }
  plotKey(key, much) {
    const { x, y } = this.data, way = ARROWS[key];
    if (!way) return false;
    if (way[1]) this.move(this.chosen, x[this.chosen], y[this.chosen] + 0.05 * much * way[1]);
    else {
      const order = x.map((_, i) => i).sort((a, b) => x[a] - x[b]), place = order.indexOf(this.chosen) + way[0];
      this.chosen = order[clamp(place, [0, order.length - 1])];
      this.showPoints();
      this.say(`Example at x = ${fixed(x[this.chosen])}, y = ${fixed(y[this.chosen])}.`);
    }
    return true;
  }
}

const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]]);

export default playground(View);
