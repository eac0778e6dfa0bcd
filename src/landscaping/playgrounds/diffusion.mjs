// A cloud of points, destroyed by moving time forward and rebuilt by stepping back: with the network's guess, or an exact one.
// landscaping.playgrounds.diffusion is the reference in torch; tests/browser/test_diffusion.py holds the two together.

import { button, choice, group, slider } from "./controls.mjs";
import { fixed, line, marble, Plot, ring, trail } from "./plot.mjs";
import { flag, isRow, number, oneOf, saneBy, whole } from "./sane.mjs";
import { CENTRES, guessOf, near, noise, POINTS, signal, SPREAD, TIMES, walk, WayBack, WEIGHTS } from "./noised_ring.mjs";
import { playground, Stage } from "./stage.mjs";

const SIDE = [-3, 3], MOST = 100_000;
const isWeights = (v) => isRow(v, WEIGHTS) && v.every((w) => Number.isInteger(w) && Math.abs(w) <= MOST);

export const sane = saneBy({
  time: whole([0, TIMES], 20),
  steps: oneOf([1, 2, 4, 8, 16, 32, 64], 16),
  random: flag(false),
  denoiser: oneOf(["network", "ring", "examples"]),
  examples: whole([1, 100], 16),
  draw: whole([1, 9999], 1),
  weights: (v) => isWeights(v) ? v : Array(WEIGHTS).fill(0),
});

const controls = {
  time: slider("Time", 0, TIMES, 1),
  steps: slider("Steps back", 0, 6, 1, { to: (v) => 2 ** v, from: Math.log2 }),
  random: choice("On the way", { no: "no new noise", yes: "new noise at every step" }, { to: (v) => v === "yes" }),
  denoiser: choice("Guess of", { network: "the trained network", ring: "who knows the ring", examples: "who knows examples" }),
  examples: slider("Examples", 1, 100, 1, { only: ({ denoiser }) => denoiser === "examples" }),
};
const page = `<div class="pictures">
  <div><canvas role="img" aria-label="Data, destroyed up to this time" aria-describedby="say"></canvas><p class="hint">data, destroyed up to this time</p></div>
  <div><canvas tabindex="0" role="application" aria-roledescription="plot of points" aria-label="Noise, rebuilt down to this time"
    aria-describedby="help"></canvas><p class="hint">noise, rebuilt down to this time</p></div></div>
  <div class="row">${button("destroy", "Destroy")}${button("play", "Rebuild", 'class="first"')}${button("step", "One step back")}${button("other", "Other points")}</div>
  <p class="say" id="say" aria-live="polite"></p>
  <p class="hint" id="help">Dashed line: from a rebuilt point to the present guess of what it was. Tap a point, or choose one with ← →; ↑ ↓ move time.</p>
  <div class="settings">${group("optimizer", "The way back", controls, ["time", "steps", "random"])}
    ${group("model", "Who guesses what a noisy point was", controls, ["denoiser", "examples"])}</div>`;
const css = `.say{min-height:3em}canvas{touch-action:manipulation}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}`;

export class Diffusion extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static css = css;
  static room = { narrow: "200cqw + 37rem", wide: "50cqw + 23rem" };
  chosen = 0; way = -1;

  changed(before) {
    if (this.differs(before, ["draw"])) this.walk = walk(this.setting.draw);
    if (this.differs(before, ["draw", "steps", "random", "denoiser", "examples", "weights"]))
      this.back = new WayBack(guessOf(this.setting, this.walk[0]), this.setting);
    this.time = this.setting.time;
    this.done = this.done && this.time === 0;
    if (before) this.soon(() => this.tell()); else this.tell();
    this.draw();
  }
  showControls() {
    super.showControls();
    this.$("#random").value = this.setting.random ? "yes" : "no";
    if (!this.playing) this.$("[data-do=play]").textContent = "Rebuild";
  }
  tell() {
    const t = this.setting.time, k = this.back.at(t), points = this.back.points[k], { steps, denoiser, examples } = this.setting;
    const made = `Time ${t} of ${TIMES}: ${fixed(signal(t))} of the data and ${fixed(noise(t))} of noise. `;
    if (t) return this.say(`${made}Rebuilding: ${k} of ${steps} steps made, the last down to time ${this.back.stops[k]}.`);
    const copied = denoiser === "examples" ? ` ${near(points, this.walk[0].subarray(0, 2 * examples), SPREAD / 4)} lie on one of the ${examples} examples.` : "";
    this.say(`${made}<strong>${near(points, CENTRES, 3 * SPREAD)} of ${POINTS} rebuilt points lie on a cloud</strong>, after ${steps} ${steps > 1 ? "steps" : "step"}.${copied}`);
  }

  // -- moving: half a unit of time in a frame
  start() { this.time = this.way < 0 ? TIMES : 0; }
  advance() {
    this.time += this.way / 2;
    if (this.time > 0 && this.time < TIMES) return;
    this.done = this.way < 0;
    this.pause();
  }
  pause() {
    const ran = this.playing;
    super.pause();
    if (ran) this.keep(this.time);
  }
  // The same place, but no run: what a run leaves behind is a time like any other.
  keep(time) { this.set({ time: this.way < 0 ? Math.floor(time) : Math.ceil(time) }); }
  run(way) {
    const end = way < 0 ? 0 : TIMES;
    this.way = way;
    if (this.time === end) this.start();
    this.done = false;
    this.play();
  }

  // -- drawing: what is not ready within a frame follows in the next
  draw() {
    const until = this.calm.matches ? Infinity : performance.now() + 12;
    const time = Math.ceil(this.time), slider = this.$("#time"), k = this.back.at(this.time, until);
    cancelAnimationFrame(this.rest);
    if (k < this.back.last(this.time)) this.rest = requestAnimationFrame(() => this.draw());
    slider.value = time;
    slider.nextElementSibling.textContent = time;
    this.cloud(0, this.walk[time], this.look.colours.data, this.walk.slice(0, time + 1));
    this.cloud(1, this.back.points[k], this.look.colours.model, this.back.points.slice(0, k + 1), k);
  }
  plot(sheet) { return new Plot({ left: 0, top: 0, width: this.sheets[sheet].width }, SIDE, SIDE); }
  cloud(sheet, points, colour, way, k = -1) {
    const ctx = this.sheets[sheet].pen(), plot = this.plot(sheet), { colours } = this.look, size = plot.width / SIDE[1] / 2;
    const spot = (flat, i) => plot.spot(flat[2 * i], flat[2 * i + 1]);
    ctx.globalAlpha = 0.5;
    for (let c = 0; c < CENTRES.length / 2; c++) ring(ctx, spot(CENTRES, c), 3 * SPREAD * size, colours.line);
    if (this.setting.denoiser === "examples" && sheet) this.crosses(ctx, plot);
    ctx.globalAlpha = 0.75;
    ctx.fillStyle = colour;
    for (let i = 0; i < POINTS; i++) { ctx.beginPath(); ctx.arc(...spot(points, i), 2.5, 0, 7); ctx.fill(); }
    ctx.globalAlpha = 1;
    trail(ctx, way.map((flat) => spot(flat, this.chosen)), colours);
    if (k >= 0 && this.back.stops[k] > 0) this.guess(ctx, spot(points, this.chosen), spot(this.back.guessed(k), this.chosen));
    marble(ctx, ...spot(points, this.chosen), 5.5, true, colours);
  }
  guess(ctx, from, to) {
    const { ink } = this.look.colours;
    ctx.setLineDash([4, 3]);
    line(ctx, [from, to], ink, 1.25);
    ctx.setLineDash([]);
    ring(ctx, to, 5, ink);
  }
  crosses(ctx, plot) {
    const clean = this.walk[0], { colours } = this.look;
    for (let i = 0; i < this.setting.examples; i++) {
      const [a, b] = plot.spot(clean[2 * i], clean[2 * i + 1]);
      line(ctx, [[a - 5, b], [a + 5, b]], colours.data, 1.5);
      line(ctx, [[a, b - 5], [a, b + 5]], colours.data, 1.5);
    }
  }

  close() { cancelAnimationFrame(this.rest); super.close(); }

  // -- listening
  acts() {
    const { draw } = this.setting;
    return {
      play: () => this.playing ? this.pause() : this.run(-1),
      destroy: () => this.run(1),
      step: () => this.stepBack(),
      other: () => this.set({ draw: draw % 9999 + 1 }),
    };
  }
  stepBack() {
    this.pause();
    const { time } = this.setting;
    this.set({ time: this.back.stops.find((stop) => stop < time) ?? TIMES });
  }
  listen(on) {
    const canvas = this.sheets[1].canvas;
    on(canvas, "click", (e) => this.choose(this.nearest(this.sheets[1].spot(e))));
    this.keys(canvas, (key, much) => this.key(key, much));
  }
  nearest([a, b]) {
    const plot = this.plot(1), points = this.back.points[this.back.at(this.time, 0)];
    const far = Array.from({ length: POINTS }, (_, i) => { const [c, d] = plot.spot(points[2 * i], points[2 * i + 1]); return Math.hypot(a - c, b - d); });
    return far.indexOf(Math.min(...far));
  }
  choose(i) { this.chosen = (i + POINTS) % POINTS; this.draw(); }
  key(key, much) {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[key], through = { ArrowUp: 1, ArrowDown: -1 }[key];
    if (along) this.choose(this.chosen + along * much);
    if (through) this.set({ time: number([0, TIMES])(this.setting.time + through * much) });
    return Boolean(along || through);
  }
}

export default playground(Diffusion);
