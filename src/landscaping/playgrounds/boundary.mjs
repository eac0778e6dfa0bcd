// A network that learns live on points that the reader places: what it answers everywhere, and its loss.

import { button, choice, group, PLAY, slider } from "./controls.mjs";
import { KINDS, kindsOf, Learner, scene, SIDE } from "./learner.mjs";
import { fixed, Plot, ring, through } from "./plot.mjs";
import { clamp, isRow, number, oneOf, saneBy, whole } from "./sane.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";

const MOST = 90, RUN = 1500;                     // points; steps that a run has, and gets again when points change
export const START = [[0, 0.1, 0], [0.4, 0.3, 0], [-0.4, 0.2, 0], [0.1, -0.4, 0], [-0.3, -0.3, 0], [0.5, -0.2, 0], [0, 0.6, 0],
  [1.5, 0, 1], [1.3, 0.8, 1], [0.7, 1.3, 1], [-0.1, 1.5, 1], [-0.8, 1.2, 1], [-1.3, 0.6, 1], [-1.5, -0.1, 1],
  [-1.2, -0.9, 1], [-0.6, -1.4, 1], [0.1, -1.5, 1], [0.8, -1.3, 1], [1.3, -0.7, 1]];

const isPoint = (p) => isRow(p, 3) && Number.isInteger(p[2]) && p[2] >= 0 && p[2] < KINDS;
function sanePoints(raw) {
  const found = Array.isArray(raw) ? raw.filter(isPoint).slice(0, MOST) : [];
  return found.length ? found.map(([x, y, kind]) => [clamp(x, SIDE), clamp(y, SIDE), kind]) : START;
}
export const sane = saneBy({
  points: sanePoints, kind: whole([0, KINDS - 1], 1), hidden: whole([0, 12], 6), activation: oneOf(["tanh", "relu"]),
  loss: oneOf(["crossEntropy", "squared"]), rule: oneOf(["adam", "momentum", "plain"]), rate: number([0.001, 3], 0.03),
  draw: whole([1, 9999]),
});

const NAMES = ["disc", "square", "triangle"];
const controls = {
  kind: choice("New points", { 0: "Discs", 1: "Squares", 2: "Triangles" }, { to: Number }),
  hidden: slider("Hidden units", 0, 12, 1),
  activation: choice("Activation", { tanh: "tanh", relu: "ReLU" }),
  loss: choice("Loss", { crossEntropy: "Cross-entropy", squared: "Squared error" }),
  rule: choice("Rule", { adam: "Adam", momentum: "Momentum", plain: "Plain" }),
  rate: slider("Learning rate", -3, 0.45, 0.05, { to: (v) => +(10 ** v).toPrecision(2), from: Math.log10 }),
};
const page = `<div class="pictures">
  <div><canvas tabindex="0" role="application" aria-roledescription="plot of points" aria-describedby="help say"
    aria-label="Points of up to three kinds, and which kind the network sees everywhere"></canvas>
    <p class="hint" id="help">Tap an empty place to add a point, drag a point to move it. With keys: N and P choose a point,
    arrows move it (Shift: further), 1, 2 and 3 change its kind, Enter adds one beside it, Delete removes it.</p></div>
  <div><svg viewBox="0 0 240 150" role="img" aria-label="The loss at each step so far">
    <path class="axis" d="M30 126H234M30 126V14"/><path class="curve"/><text x="30" y="9" class="top"></text>
    <text x="26" y="129" text-anchor="end">0</text><text x="234" y="142" text-anchor="end" class="last"></text></svg>
    <p class="count"></p><p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="row">${PLAY}${button("draw", "New weights")}</div>
  <div class="settings">
    ${group("data", "The points", controls, ["kind"], `<div class="row">${button("turn", "Change kind")}${button("remove", "Remove")}</div>
      <div class="row">${button("crowds", "Crowds")}${button("ring", "Ring")}${button("corners", "Corners")}${button("three", "Three")}</div>`)}
    ${group("model", "The network", controls, ["hidden", "activation"])}
    ${group("optimizer", "Its loss and its steps", controls, ["loss", "rule", "rate"])}
  </div>`;
const HUES = ["#591f47", "#8b6900", "#5b6775"], AT_NIGHT = ["#c267b9", "#eab635", "#aabbcb"];
const given = (hues) => hues.map((hue, k) => `--k${k}:var(--other${k + 1},${hue})`).join(";");
const css = `:host{${given(HUES)}}:host([data-night]){${given(AT_NIGHT)}}
@container (min-width:34rem) and (max-width:57.99rem){.optimizer{grid-row:auto}.data{grid-row:span 2}}
fieldset .row{padding:.2rem 0}.count{min-height:1.5em}.say{min-height:6em}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1.15fr) minmax(0,1fr)}}`;

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const hundredths = (v) => Math.round(v * 100) / 100;
const COARSE = 50, FINE = 100;                   // squares along a side: while it learns, and at rest
const curve = new Plot({ left: 30, top: 14, width: 204, height: 112 }, [0, 1], [0, 1]);

export class View extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static css = css;
  static room = { narrow: "max(50cqw + 75rem, 165cqw + 46rem)", wide: "54cqw + 28rem" };
  chosen = 0;

  changed(before) {
    const { points } = this.setting, other = this.learner && this.learner.kinds !== kindsOf(points);
    this.chosen = Math.min(this.chosen, points.length - 1);
    if (other || this.differs(before, ["hidden", "activation", "draw"])) return this.restart();
    this.learner.told(this.setting);
    this.until = this.learner.steps + RUN;
    const again = this.done;
    this.done = false;
    if (again && this.differs(before, ["points"])) this.play(); else this.draw();
    if (!this.playing) this.soon(() => this.tell());
  }
  start() {
    this.learner = new Learner(this.setting);
    this.until = RUN;
    this.tell();
  }
  get pace() { return 4; }
  advance() {
    this.learner.step();
    if (this.learner.steps >= this.until) this.finish();
  }
  pause() {
    const was = this.playing;
    super.pause();
    if (was) { this.tell(); this.draw(); }
  }
  tell() {
    const { learner, setting, chosen } = this, [x, y, kind] = setting.points[chosen], [p, slope] = learner.pull(chosen);
    const right = learner.right(), n = right.filter(Boolean).length;
    this.say(`After ${learner.steps} steps <strong>${n} of ${right.length} points</strong> are on their side. Chosen: the ${NAMES[kind]} at `
      + `(${fixed(x)}, ${fixed(y)}), number ${chosen + 1}. The network gives its kind a probability of ${fixed(p)}; the slope by its scores is ${fixed(slope, 3)}.`);
  }

  // -- drawing
  repaint() {
    const style = getComputedStyle(this.el);
    this.hues = HUES.map((_, k) => style.getPropertyValue(`--k${k}`).trim());
    this.draw();
  }
  draw() {
    if (!this.look || !this.hues) return;
    const sheet = this.sheets[0], ctx = sheet.pen(), { width } = sheet, { colours } = this.look;
    this.at = new Plot({ left: 0, top: 0, width }, SIDE, SIDE);
    ctx.drawImage(this.regions(this.playing ? COARSE : FINE), 0, 0, width, width);
    const right = this.learner.right();
    this.setting.points.forEach(([x, y, kind], i) => this.dot(ctx, this.at.spot(x, y), kind, right[i]));
    const [x, y] = this.setting.points[this.chosen];
    ring(ctx, this.at.spot(x, y), 10, colours.ink);
    this.drawLoss();
  }
  regions(size) {                                                // the winner's colour, paler where it is unsure
    const { kinds } = this.learner, chances = this.learner.chances(size), image = new ImageData(size, size);
    const paper = rgb(this.look.colours.paper), hues = this.hues.map(rgb);
    for (let k = 0; k < size * size; k++) {
      let best = 0;
      for (let c = 1; c < kinds; c++) if (chances[k * kinds + c] > chances[k * kinds + best]) best = c;
      const part = 0.12 + 0.4 * (chances[k * kinds + best] * kinds - 1) / (kinds - 1);
      const to = 4 * ((size - 1 - Math.floor(k / size)) * size + k % size);
      for (let c = 0; c < 3; c++) image.data[to + c] = paper[c] + part * (hues[best][c] - paper[c]);
      image.data[to + 3] = 255;
    }
    const picture = new OffscreenCanvas(size, size);
    picture.getContext("2d").putImageData(image, 0, 0);
    return picture;
  }
  dot(ctx, [a, b], kind, right) {                                // hollow where the network is wrong
    const { paper } = this.look.colours, hue = this.hues[kind];
    ctx.beginPath();
    if (kind === 0) ctx.arc(a, b, 5.5, 0, 7);
    else if (kind === 1) ctx.rect(a - 5, b - 5, 10, 10);
    else { ctx.moveTo(a, b - 6.5); ctx.lineTo(a + 6.5, b + 5); ctx.lineTo(a - 6.5, b + 5); ctx.closePath(); }
    Object.assign(ctx, { fillStyle: right ? hue : paper, strokeStyle: right ? paper : hue, lineWidth: right ? 1.5 : 2.5 });
    ctx.fill();
    ctx.stroke();
  }
  drawLoss() {
    const { losses } = this.learner, last = this.learner.loss(), all = [...losses, last];
    let top = 0.1;
    for (const loss of all) if (loss > top) top = loss;
    const some = Math.max(1, Math.ceil(all.length / 200)), shown = all.map((loss, k) => [k, loss]).filter(([k]) => k % some === 0 || k === losses.length);
    this.$(".curve").setAttribute("d", through(shown.map(([k, loss]) => curve.spot(k / Math.max(1, losses.length), loss / top))));
    this.$(".top").textContent = `loss, up to ${fixed(top)}`;
    this.$(".last").textContent = `step ${losses.length}`;
    this.$(".count").textContent = `Loss now: ${fixed(last, 3)}`;
  }

  // -- listening
  acts() {
    const { draw } = this.setting, put = (name) => [name, () => { this.chosen = 0; this.set({ points: scene(name, draw) }); }];
    return {
      ...super.acts(),
      draw: () => this.set({ draw: draw % 9999 + 1 }),
      turn: () => this.turn((this.setting.points[this.chosen][2] + 1) % KINDS),
      remove: () => this.remove(),
      ...Object.fromEntries(["crowds", "ring", "corners", "three"].map(put)),
    };
  }
  listen(on) {
    const canvas = this.$("canvas");
    this.drag(canvas, (e) => this.near(e), (e) => this.move(...this.place(e)));
    on(canvas, "click", (e) => { if (!this.hit) this.add(...this.place(e)); });
    this.keys(canvas, (key, much) => this.key(key, much));
  }
  place(e) { return this.at.point(...this.sheets[0].spot(e)); }
  near(e) {
    const [a, b] = this.sheets[0].spot(e);
    const far = this.setting.points.map(([x, y]) => { const [c, d] = this.at.spot(x, y); return Math.hypot(a - c, b - d); });
    const i = far.indexOf(Math.min(...far));
    this.hit = far[i] <= 16;
    if (this.hit) this.choose(i);
    return this.hit;
  }
  choose(i) { this.chosen = i; this.tell(); this.draw(); }
  change(point) { this.set({ points: this.setting.points.map((p, i) => i === this.chosen ? point : p) }); }
  move(x, y) { this.change([...[x, y].map((v) => hundredths(clamp(v, SIDE))), this.setting.points[this.chosen][2]]); }
  turn(kind) { this.change([...this.setting.points[this.chosen].slice(0, 2), kind]); }
  add(x, y) {
    const { points, kind } = this.setting;
    if (points.length >= MOST) return this.say(`${MOST} points are the most that fit: remove one first.`);
    this.chosen = points.length;
    this.set({ points: [...points, [...[x, y].map((v) => hundredths(clamp(v, SIDE))), kind]] });
  }
  remove() {
    const { points } = this.setting;
    if (points.length > 1) this.set({ points: points.filter((_, i) => i !== this.chosen) });
  }
  key(key, much) {
    const { points } = this.setting, way = ARROWS[key], [x, y] = points[this.chosen], turn = { n: 1, p: -1 }[key.toLowerCase()];
    if (way) this.move(x + 0.05 * much * way[0], y + 0.05 * much * way[1]);
    else if (turn) this.choose((this.chosen + turn + points.length) % points.length);
    else if (["1", "2", "3"].includes(key)) this.turn(key - 1);
    else if (key === "Enter") this.add(x + 0.2, y + 0.2);
    else if (key === "Delete" || key === "Backspace") this.remove();
    else return false;
    return true;
  }
}

export default playground(View);
