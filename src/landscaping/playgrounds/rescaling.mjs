// One function, many valleys: rescale a small network, watch its curve stay and its valley change, and train on from there.

import { button, choice, group, PLAY, slider } from "./controls.mjs";
import { Descent } from "./descent_rules.mjs";
import { fixed, Plot, round, through } from "./plot.mjs";
import { clamp, number, oneOf, saneBy, whole } from "./sane.mjs";
import { hessian, largest, stretched } from "./shallow_curvature.mjs";
import { small, WEIGHTS } from "./small_generator.mjs";
import { Network, squaredError } from "./small_network.mjs";
import { playground, Stage } from "./stage.mjs";

const UNITS = 8, POINTS = 16, MOST = 300, POWERS = [-3, 3];
const BEFORE = { rule: "momentum", rate: 0.04, momentum: 0.9 }, STEPS = 1500;   // of the training before the reader comes
export const sane = saneBy({
  network: whole([1, 999], 4),
  power: number(POWERS, 0),
  steps: oneOf(["equal", "shares"]),
  rate: number([0.005, 0.2], 0.05),
});

// ---- what is computed, without a page

const x = Float64Array.from({ length: POINTS }, (_, k) => -1 + 2 * k / (POINTS - 1)), y = x.map((v) => Math.sin(Math.PI * v));
const net = new Network([1, UNITS, 1], "relu");

export const answers = (at, inputs) => net.forward(at, Float64Array.from(inputs));
export const loss = (at) => squaredError(answers(at, x), y)[0];
function step(at, descent) {
  const [, slopes] = squaredError(answers(at, x), y);
  descent.step(net.backward(at, slopes));
}
export function trained(network) {
  const at = net.initial(small(network, WEIGHTS)), descent = new Descent(at, BEFORE);
  for (let k = 0; k < STEPS; k++) step(at, descent);
  return at;
}
export const rescaled = (at, factor) => at.map((v, k) => k < 2 * UNITS ? v * factor : k < 3 * UNITS ? v / factor : v);
// Largest curvature, and the step of length one along it; in shares of each weight, if asked.
export function sharpest(at, shares) {
  const size = shares ? at.map(Math.abs) : at.map(() => 1), [value, vector] = largest(stretched(hessian(at, x, y), size), at.length);
  return [value, vector.map((v, k) => v * size[k])];
}
export const cut = (at, along, steps) => steps.map((t) => loss(at.map((v, k) => v + t * along[k])));
export function descended(at, rate, steps) {
  const to = Float64Array.from(at), descent = new Descent(to, { rate });
  for (let k = 0; k < steps; k++) step(to, descent);
  return to;
}

// ---- what the reader sees

const factor = (power) => 2 ** power, few = (v) => v < 100 ? v.toPrecision(3) : v < 1e5 ? v.toFixed(0) : "beyond all measure";
const controls = {
  power: slider("Factor", ...POWERS, 0.1, { text: (v) => factor(v).toFixed(2) }),
  steps: choice("Steps of the cut", { equal: "equal for all weights", shares: "in shares of each weight" }),
  rate: slider("Learning rate", 0.005, 0.2, 0.005, { text: (v) => v.toFixed(3) }),
};
const FRAME = { left: 40, top: 22, width: 250, height: 186 }, log = Math.log10;
const wave = new Plot(FRAME, [-1.1, 1.1], [-1.5, 1.5]), valley = new Plot(FRAME, [-0.5, 0.5], [0, 2]), curve = new Plot(FRAME, POWERS, [0, 3.3]);
const NAMES = { "-3": "⅛", "-2": "¼", "-1": "½", 0: "1", 1: "2", 2: "4", 3: "8" };
const across = (plot, values, words) => values.map((v) => `<text x="${plot.spot(v, 0)[0]}" y="222" text-anchor="middle">${words(v)}</text>`).join("");
const upward = (plot, values, words) => values.map((v) => `<text x="36" y="${plot.spot(0, v)[1] + 4}" text-anchor="end">${words(v)}</text>`).join("");
const picture = (name, title, below, ticks, inside, label) => `<div><svg class="${name}" viewBox="0 0 300 244" role="img" aria-label="${label}" aria-describedby="say">
  <clipPath id="${name}"><path d="M40 22h250v186h-250z"/></clipPath><path class="axis" d="M290 208H40V22"/>${ticks}
  <text x="4" y="12">${title}</text><text x="165" y="240" text-anchor="middle">${below}</text><g clip-path="url(#${name})">${inside}</g></svg></div>`;
const whole1 = (v) => fixed(v, 0), tenth = (v) => fixed(v, 1);
const page = `<div class="pictures">
  ${picture("wave", "what the network answers", "input", across(wave, [-1, 0, 1], whole1) + upward(wave, [-1, 0, 1], whole1),
    '<path class="was"/><path class="now"/><g class="dots"></g>', "Sixteen examples of a wave, and the network's curve")}
  ${picture("valley", "loss across the valley, in its sharpest direction", "step", across(valley, round([-0.5, 0.5], 4), tenth) + upward(valley, [0, 1, 2], whole1),
    '<path class="was"/><path class="now"/>', "A cut through the valley: dashed, before rescaling")}
  ${picture("curve", "sharpness, for every factor", "factor", across(curve, [-3, -2, -1, 0, 1, 2, 3], (v) => NAMES[v]) + upward(curve, [0, 1, 2, 3], (v) => 10 ** v),
    '<path class="relative"/><path class="limit"/><path class="sharp"/><g class="here"></g>', "Sharpness against the factor")}
  <div><p class="hint"><b class="sharp">Green</b>: sharpness. <b class="relative">Grey</b>: relative sharpness. <b class="limit">Dashed</b>: 2 divided by the learning rate. The dot is the network as it is now.</p>
    <p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="settings">
    ${group("model", "Rescale the network", controls, ["power", "steps"], `<div class="row">${button("other", "Another network")}</div>`)}
    ${group("optimizer", "Train on from here", controls, ["rate"], `<div class="row">${PLAY}<span class="count"></span></div>`)}</div>`;
const css = `svg path{fill:none;pointer-events:none}svg .was{stroke:var(--c-quiet);stroke-width:1.5;stroke-dasharray:5 4}
svg .now,svg .limit{stroke:var(--c-optimizer);stroke-width:2.5}svg .limit{stroke-width:1.75;stroke-dasharray:6 4}
svg .sharp{stroke:var(--c-model);stroke-width:2.5}svg .relative{stroke:var(--c-quiet);stroke-width:2.5}
.here circle{fill:var(--c-optimizer);stroke:var(--c-paper);stroke-width:2}svg.curve{cursor:ew-resize}
b.sharp{color:var(--c-model)}b.limit{color:var(--c-optimizer)}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}`;
const grid = (low, high, count) => Array.from({ length: count }, (_, k) => low + (high - low) * k / (count - 1));
const INPUTS = grid(-1, 1, 201), CUT = grid(-0.5, 0.5, 161), ALL = grid(...POWERS, 31);

export class Rescaling extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static room = { narrow: "250cqw + 38rem", wide: "82cqw + 11rem" };
  static css = css;

  changed(before) {
    const { network, power, steps } = this.setting;
    if (this.differs(before, ["network"])) this.learn(network);
    if (this.differs(before, ["network", "steps"])) this.was = this.across(this.first);
    this.rescaled = rescaled(this.first, factor(power));
    this.restart();
    if (!before) this.tell();
  }
  learn(network) {
    this.first = trained(network);
    const everywhere = (powers, shares) => powers.map((power) => sharpest(rescaled(this.first, factor(power)), shares)[0]);
    this.sharp = everywhere(ALL, false);
    this.relative = everywhere(POWERS, true);
    [this.plain] = sharpest(this.first);
    this.wave = answers(this.first, INPUTS);
  }
  across(at) { return cut(at, sharpest(at, this.setting.steps === "shares")[1], CUT); }
  start() {
    this.at = this.rescaled.slice();
    this.descent = new Descent(this.at, { rate: this.setting.rate });
    this.soon(() => { if (!this.playing) this.tell(); });
  }
  advance() {
    step(this.at, this.descent);
    if (this.descent.steps < MOST && loss(this.at) < 1e12) return;
    this.finish();
    this.tell();
  }
  tell() {
    const { power, rate } = this.setting, { steps } = this.descent, lost = !(loss(this.at) < 1e12);
    const moved = Math.max(...answers(this.at, INPUTS).map((v, k) => Math.abs(v - this.wave[k])));
    if (lost) { this.say(`After ${steps} steps the marble is lost: the loss is beyond all measure.`); return; }
    const sharp = sharpest(this.at)[0], relative = sharpest(this.at, true)[0], where = steps ? `After ${steps} steps` : `Factor ${factor(power).toFixed(2)}`;
    this.say(`${where}: <strong>sharpness ${few(sharp)}</strong> (with factor 1: ${few(this.plain)}). The limit of this learning rate is ${few(2 / rate)}.
      Relative sharpness ${few(relative)}. Loss ${loss(this.at).toFixed(4)}. The curve has moved by ${moved < 1e-9 ? "nothing but rounding" : `up to ${few(moved)}`}.`);
  }

  // -- drawing
  draw() {
    const put = (query, plot, xs, ys) => this.$(query).setAttribute("d", ys ? through(xs.map((v, k) => plot.spot(v, clamp(ys[k], [-1e3, 1e3])))) : "");
    const there = Number.isFinite(loss(this.at)), up = (values) => values.map((v) => log(Math.max(v, 1e-3)));
    put(".wave .was", wave, INPUTS, this.wave);
    put(".valley .was", valley, CUT, this.was);
    put(".sharp", curve, ALL, up(this.sharp));
    put(".relative", curve, POWERS, up(this.relative));
    put(".limit", curve, POWERS, up([2 / this.setting.rate, 2 / this.setting.rate]));
    put(".wave .now", wave, INPUTS, there && answers(this.at, INPUTS));
    put(".valley .now", valley, CUT, there && this.across(this.at));
    this.$(".dots").innerHTML = [...x].map((v, k) => { const [a, b] = wave.spot(v, y[k]); return `<circle cx="${a}" cy="${b}" r="3.5"/>`; }).join("");
    const [a, b] = this.dot = curve.spot(this.setting.power, there ? up([sharpest(this.at)[0]])[0] : 9);
    this.$(".here").innerHTML = `<circle cx="${a}" cy="${b}" r="7"/>`;
    this.$(".count").textContent = this.descent.steps ? `${this.descent.steps} steps, loss ${there ? few(loss(this.at)) : "lost"}` : "";
  }

  // -- listening
  acts() { return { ...super.acts(), other: () => this.set({ network: this.setting.network % 999 + 1 }) }; }
  listen() {
    const svg = this.$(".curve"), place = (e) => {
      const box = svg.getBoundingClientRect(), by = 300 / box.width;
      return [(e.clientX - box.left) * by, (e.clientY - box.top) * by];
    };
    const near = (e) => { const [a, b] = place(e); return Math.hypot(a - this.dot[0], b - this.dot[1]) < 24; };
    this.drag(svg, near, (e) => this.set({ power: Math.round(10 * clamp(curve.point(...place(e))[0], POWERS)) / 10 }));
  }
}

export default playground(Rescaling);
