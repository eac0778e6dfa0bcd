// Walk between two minima: the plane through them and the middle of their bent way, the loss on it, and the network there.
// landscaping.playgrounds.valley is the reference in torch; tests/browser/test_valley.py holds the two together.

import { button, choice, group, slider } from "./controls.mjs";
import { drawHeights, middle } from "./heights.mjs";
import { fixed, line, marble, Plot, ring, round, through, trail } from "./plot.mjs";
import { clamp, isRow, number, oneOf, point, points, saneBy, whole } from "./sane.mjs";
import { Network, sigmoid } from "./small_network.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";

const PLANE = [[-0.25, 1.25], [-0.35, 1.15]], WORLD = [-2, 2], MOST = 100;
const COARSE = 40, FINE = 70, REGIONS = 48, SHARES = 61;
const UNITS = 10, network = new Network([2, UNITS, 1], "relu");
const NOTHING = [Array.from({ length: 5 }, () => Array(network.count).fill(0))];

const isNet = (row) => isRow(row, network.count) && row.every((w) => Math.abs(w) <= MOST);
const isPair = (pair) => Array.isArray(pair) && pair.length === 5 && pair.every(isNet);
const anyPoints = points([WORLD, WORLD, [0, 1]], 200);
export const sane = saneBy({
  pairs: (v) => Array.isArray(v) && v.length > 0 && v.length < 4 && v.every(isPair) ? v : NOTHING,
  examples: (v) => { const found = anyPoints(v); return found.length ? found : [[0, 0, 0]]; },
  pair: whole([1, 3], 1),
  units: oneOf(["trained", "renumbered"]),
  way: oneOf(["straight", "bent", "free"]),
  at: number([0, 1], 0.5),
  place: point(PLANE, [0.5, 0]),
});

// ---- what is computed, without a page

const dot = (a, b) => a.reduce((sum, v, k) => sum + v * b[k], 0);

// The plane of a setting: from a place on it to weights, and from a share of a way to a place.
export function plane({ pairs, pair, units }) {
  const rows = pairs[Math.min(pair, pairs.length) - 1], [first, second, bend] = (units === "trained" ? [0, 1, 2] : [0, 3, 4]).map((k) => rows[k]);
  const along = second.map((w, k) => w - first[k]), off = bend.map((w, k) => w - first[k]), long = dot(along, along) || 1;
  const share = dot(off, along) / long, over = off.map((w, k) => w - share * along[k]);
  const high = Math.sqrt(dot(over, over)), across = over.map((w) => w * Math.sqrt(long) / (high || 1)), corner = [share, high / Math.sqrt(long)];
  return {
    axes: [first, along, across],
    weights: ([a, b]) => Float64Array.from(first, (w, k) => w + a * along[k] + b * across[k]),
    on: (way, t) => way === "straight" ? [t, 0] : [t * t + 2 * t * (1 - t) * corner[0], 2 * t * (1 - t) * corner[1]],
  };
}

const inputs = (examples) => Float64Array.from(examples.flatMap(([x, y]) => [x, y]));
const squares = ([across, upward], size) => Array.from({ length: size * size }, (_, k) =>
  [middle(across, k % size, size), middle(upward, Math.floor(k / size), size)]);

// The loss at each of these places. Sums of hidden units are straight in their weights, hence in the place: no network
// need be built for each.
export function losses(setting, places) {
  const { axes } = plane(setting), { examples } = setting, out = axes.map((row) => row.slice(3 * UNITS));
  const [still, along, across] = axes.map((row) => Float64Array.from(examples.flatMap(([x, y]) =>
    Array.from({ length: UNITS }, (_, h) => row[2 * h] * x + row[2 * h + 1] * y + row[2 * UNITS + h]))));
  return places.map(([a, b]) => {
    const weight = out[0].map((w, h) => w + a * out[1][h] + b * out[2][h]);
    let sum = 0;
    for (let i = 0, k = 0; i < examples.length; i++) {
      let answer = weight[UNITS];
      for (let h = 0; h < UNITS; h++, k++) {
        const z = still[k] + a * along[k] + b * across[k];
        if (z > 0) answer += weight[h] * z;
      }
      sum += Math.max(answer, 0) - answer * examples[i][2] + Math.log1p(Math.exp(-Math.abs(answer)));
    }
    return sum / examples.length;
  });
}
export const heights = (setting, size) => losses(setting, squares(PLANE, size));
export const profile = (setting, way) => {
  const { on } = plane(setting);
  return losses(setting, Array.from({ length: SHARES }, (_, k) => on(way, k / (SHARES - 1))));
};
// What the network at a place takes for the chance of the second arc.
export const answers = (setting, place, size = REGIONS) =>
  network.forward(plane(setting).weights(place), Float64Array.from(squares([WORLD, WORLD], size).flat())).map(sigmoid);

// ---- what the reader sees

const controls = {
  way: choice("Way", { straight: "straight", bent: "bent", free: "free" }),
  at: slider("Share of it", 0, 1, 0.01, { text: (v) => v.toFixed(2), only: ({ way }) => way !== "free" }),
  pair: choice("Pair", { 1: "first", 2: "second", 3: "third" }, { to: Number }),
  units: choice("Units of B", { trained: "as trained", renumbered: "renumbered to fit A" }),
};
const page = `<div class="pictures">
  <div><canvas tabindex="0" role="application" aria-roledescription="map" aria-label="The loss on the plane through two minima, A and B"
    aria-describedby="help"></canvas><p class="key"><i></i><span class="range"></span></p></div>
  <div><canvas class="regions" role="img" aria-label="Points of two arcs, and what the network at the marble answers" aria-describedby="say"></canvas>
    <p class="hint">Shaded: taken for the full dots' arc. Ringed: wrong.</p></div>
  <div class="wide"><svg viewBox="0 0 480 170" role="img" aria-label="The loss along both ways from A to B" aria-describedby="say">
    <path class="axis" d="M40 140H470M40 140V10"/><path class="straight"/><path class="curve"/><circle r="5"/><g></g>
    <text x="255" y="163" text-anchor="middle">share of the way from A to B; dashed straight, full bent</text><text x="46" y="14">loss, nats</text></svg></div></div>
  <p class="hint" id="help">Drag the marble off the ways, or move it with the arrow keys (Shift: further).</p>
  <div class="row">${button("play", "Play", 'class="first"')}${button("half", "Halfway")}</div>
  <p class="say" id="say" aria-live="polite"></p>
  <div class="settings">${group("optimizer", "The way", controls, ["way", "at"])}${group("model", "The two networks", controls, ["pair", "units"])}</div>`;
const css = `.wide{grid-column:1/-1}.say{min-height:3em}svg text{font-size:11px}.regions{cursor:default}
svg .straight{fill:none;stroke:var(--c-ink);stroke-width:1.75;stroke-dasharray:6 5}
svg circle{fill:var(--c-optimizer);stroke:var(--c-paper);stroke-width:1.5;cursor:default}
@container (max-width:33.99rem){svg text{font-size:15px}}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}`;
const FRAME = { left: 40, top: 10, width: 430, height: 130 };

export class Valley extends Stage {
  static room = { narrow: "235cqw + 31rem", wide: "85cqw + 18.5rem" };
  static sane = sane;
  static controls = controls;
  static page = page;
  static css = css;

  changed(before) {
    this.at = this.setting.at;
    if (this.at < 1) this.done = false;
    if (this.differs(before, ["pairs", "examples", "pair", "units"])) this.raise(before ? COARSE : FINE);
    this.repaint();
    this.tell();
  }
  raise(size) {                                                  // coarse while the reader chooses, fine once at rest
    const setting = this.setting;
    clearTimeout(this.later);
    this.plane = plane(setting);
    this.land = Float64Array.from(heights(setting, size));
    this.size = size;
    this.profiles = [profile(setting, "straight"), profile(setting, "bent")];
    this.top = 1.1 * Math.max(0.2, ...this.profiles[0]);
    if (size === COARSE) this.soon(() => { this.raise(FINE); this.repaint(); });
  }
  get place() { const { way, place } = this.setting; return way === "free" ? place : this.plane.on(way, this.at); }
  tell() {
    const { way, examples } = this.setting, wrong = this.wrong.filter(Boolean).length, [loss] = losses(this.setting, [this.place]);
    const where = way === "free" ? "Off both ways" : `${way === "bent" ? "Bent" : "Straight"} way, ${this.at.toFixed(2)} of it`;
    this.say(`${where}: <strong>loss ${fixed(loss, 3)} nats</strong>, ${examples.length - wrong} of ${examples.length} points right.`);
  }

  // -- moving
  start() { this.at = 0; }
  play() {
    if (this.setting.way === "free") this.set({ way: "straight", at: 0 });
    super.play();
  }
  advance() {
    this.at = Math.min(1, this.at + 0.005);
    if (this.at === 1) this.finish();
  }
  finish() { super.finish(); this.set({ at: 1 }); }
  pause() {
    const walked = this.playing && this.at < 1;
    super.pause();
    if (walked) this.set({ at: Math.round(this.at * 1000) / 1000 });
  }

  // -- drawing
  draw() {
    this.drawLand();
    this.drawRegions();
    this.drawProfile();
  }
  drawLand() {
    const { width } = this.sheets[0], at = this.map = new Plot({ left: 30, top: 8, width: width - 38 }, ...PLANE);
    const { colours } = this.look, ctx = this.sheets[0].pen(), steps = Array.from({ length: 41 }, (_, k) => k / 40);
    ctx.save();
    at.ticks(ctx, colours.quiet, { x: [0, 0.5, 1], y: [0, 0.5, 1], digits: 1 });
    at.clip(ctx);
    drawHeights(ctx, at, this.land.map((h) => Math.min(h, this.top)), this.size, [0, this.top], this.look, this.size === FINE ? "high" : "low");
    ctx.setLineDash([6, 5]);
    line(ctx, [at.spot(0, 0), at.spot(1, 0)], colours.ink, 1.75);
    ctx.setLineDash([]);
    trail(ctx, steps.map((t) => at.spot(...this.plane.on("bent", t))), colours);
    Object.assign(ctx, { fillStyle: colours.ink, font: "600 14px system-ui, sans-serif", textAlign: "center", textBaseline: "top" });
    ["A", "B"].forEach((name, k) => { ring(ctx, at.spot(k, 0), 6, colours.ink); ctx.fillText(name, at.spot(k, 0)[0], at.spot(k, 0)[1] + 9); });
    marble(ctx, ...at.spot(...this.place), 8, true, colours);
    ctx.restore();
    this.$(".range").textContent = `loss, 0 to ${fixed(this.top)} nats and more`;
  }
  drawRegions() {
    const { examples } = this.setting, { width } = this.sheets[1], at = new Plot({ left: 8, top: 8, width: width - 16 }, WORLD, WORLD);
    const { colours } = this.look, ctx = this.sheets[1].pen(), chances = answers(this.setting, this.place), wide = at.width / REGIONS;
    const found = network.forward(this.plane.weights(this.place), inputs(examples));
    this.wrong = examples.map(([, , arc], i) => found[i] > 0 !== arc > 0.5);
    ctx.save();
    at.clip(ctx);
    ctx.fillStyle = colours.panel; ctx.fillRect(at.left, at.top, at.width, at.height);
    ctx.fillStyle = colours.model;
    const edge = Array.from({ length: REGIONS + 1 }, (_, k) => Math.round(k * wide));   // whole pixels: no seams
    chances.forEach((chance, k) => {
      const column = k % REGIONS, row = REGIONS - 1 - Math.floor(k / REGIONS);
      ctx.globalAlpha = 0.45 * chance;
      ctx.fillRect(at.left + edge[column], at.top + edge[row], edge[column + 1] - edge[column], edge[row + 1] - edge[row]);
    });
    ctx.globalAlpha = 1;
    examples.forEach(([x, y, arc], i) => {
      marble(ctx, ...at.spot(x, y), 4, arc > 0.5, colours, colours.data);
      if (this.wrong[i]) ring(ctx, at.spot(x, y), 8, colours.ink);
    });
    ctx.restore();
  }
  drawProfile() {
    const plot = new Plot(FRAME, [0, 1], [0, this.top]), [straight, bent] = this.profiles, { way } = this.setting;
    const path = (values) => through(values.map((h, k) => plot.spot(k / (SHARES - 1), h)));
    this.$(".straight").setAttribute("d", path(straight));
    this.$(".curve").setAttribute("d", path(bent));
    const mark = this.$("circle"), [a, b] = plot.spot(this.at, losses(this.setting, [this.place])[0]);
    mark.setAttribute("cx", a.toFixed(1)); mark.setAttribute("cy", b.toFixed(1));
    mark.toggleAttribute("hidden", way === "free");
    mark.style.display = way === "free" ? "none" : "";
    this.$("svg g").innerHTML = round([0, this.top], 3).map((v) => `<text x="34" y="${plot.spot(0, v)[1] + 4}" text-anchor="end">${fixed(v, 1)}</text>`).join("");
  }

  // -- listening
  acts() { return { ...super.acts(), half: () => this.set({ way: this.setting.way === "free" ? "straight" : this.setting.way, at: 0.5 }) }; }
  listen() {
    const { canvas } = this.sheets[0];
    this.drag(canvas, (e) => this.near(e), (e) => this.go(...this.map.point(...this.sheets[0].spot(e))));
    this.keys(canvas, (key, much) => {
      const way = ARROWS[key];
      if (way) this.go(...this.place.map((v, k) => v + 0.02 * much * way[k]));
      return Boolean(way);
    });
  }
  near(e) {
    const [a, b] = this.map.spot(...this.place), [c, d] = this.sheets[0].spot(e);
    return Math.hypot(a - c, b - d) < 26;
  }
  go(x, y) { this.set({ way: "free", place: [x, y].map((v, k) => Math.round(clamp(v, PLANE[k]) * 1000) / 1000) }); }
}

export default playground(Valley);
