// Residuals and likelihood: points to drag, the most likely line of a noise model, and what each residual costs.

import { button, choice, group, slider } from "./controls.mjs";
import { bestLine, bestSpread, cost, NOISES, weighted } from "./likely_line.mjs";
import { circles, fixed, Plot, round, through } from "./plot.mjs";
import { clamp, number, oneOf, points, saneBy } from "./sane.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";

const SIDE = [-6, 6], SPREADS = [0.1, 3], MOST = 30;
export const START = [[-5, -2.1], [-4.2, -2.9], [-3.4, -0.7], [-2.5, -1.9], [-1.6, -0.4], [-0.6, -1], [0.4, 0.9], [1.3, 0.1],
  [2.2, 1.9], [3.1, 0.8], [4, 2.4], [4.9, 1.9]];

const anyPoints = points([SIDE, SIDE], MOST);
function sanePoints(raw) {
  const found = anyPoints(raw);
  return found.length >= 3 && found.some(([x]) => x !== found[0][0]) ? found : START;
}
export const sane = saneBy({ points: sanePoints, noise: oneOf(NOISES), spread: number(SPREADS, 1) });

const controls = {
  noise: choice("Noise", { Gaussian: "Gaussian", Laplace: "Laplace", Student: "Student" }),
  spread: slider("Spread", ...SPREADS, 0.01, { text: (v) => v.toFixed(2) }),
};

const at = new Plot({ left: 22, top: 6, width: 270, height: 270 }, SIDE, SIDE);
const BARS = { left: 26, top: 28, width: 208, height: 240 };
const ticks = (plot, xs, ys) => [
  ...xs.map((v) => { const [a] = plot.spot(v, 0); return `<text x="${a}" y="292" text-anchor="middle">${fixed(v, 0)}</text>`; }),
  ...ys.map((v) => { const [, b] = plot.spot(0, v); return `<text x="${plot.left - 4}" y="${b + 4}" text-anchor="end">${fixed(v, 0)}</text>`; }),
].join("");

const page = `<div class="pictures">
  <div><svg class="cloud" viewBox="0 0 300 300" tabindex="0" role="application" aria-roledescription="plot of points"
    aria-label="Points, and the line that they make most likely" aria-describedby="help">
    <clipPath id="frame"><path d="M22 6h270v270h-270z"/></clipPath>
    <path class="axis" d="M22 276H292M22 276V6"/>${ticks(at, [-5, 0, 5], [-5, 0, 5])}
    <g clip-path="url(#frame)"><path class="density"/><path class="far"/><path class="squares"/><path class="line"/></g><g class="dots"></g></svg>
    <p class="hint" id="help">Drag a point. With keys: ← → choose one, ↑ ↓ move it (Shift: further), Shift with ← → moves it sideways.</p></div>
  <div><svg class="bars" viewBox="0 0 240 300" role="img" aria-labelledby="title"><g></g>
    <text x="6" y="12" id="title">cost of each point, in nats</text>
    <text x="130" y="292" text-anchor="middle">points, from left to right</text></svg>
    <p class="sum"></p><p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="settings">
    ${group("model", "The noise that you believe in", controls, ["noise", "spread"], `<div class="row">${button("best", "Best spread")}</div>`)}
    ${group("data", "The points", {}, [], `<div class="row">${button("outlier", "Pull the last point up")}${button("again", "As at the start")}</div>`)}
  </div>`;

const css = `svg.cloud .line{fill:none;stroke:var(--c-model);stroke-width:2.5}
svg .squares{fill:none;stroke:var(--c-quiet);stroke-width:1.25;stroke-dasharray:5 4}
svg .far{fill:none;stroke:var(--c-data);stroke-width:1.5;stroke-opacity:.65}
svg .density{fill:var(--c-model);fill-opacity:.3}
svg rect{fill:var(--c-data);fill-opacity:.45}svg rect.chosen{fill-opacity:1}
svg circle.chosen{stroke:var(--c-ink);stroke-width:2}
.sum{font-weight:600;font-variant-numeric:tabular-nums}`;

const hundredths = (v) => Math.round(v * 100) / 100;

export class View extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static room = { narrow: "175cqw + 39.5rem", wide: "38rem" };
  static css = css;
  chosen = 0;

  changed(before) {
    const { noise, points: cloud, spread } = this.setting;
    this.order = cloud.map((_, i) => i).sort((a, b) => cloud[a][0] - cloud[b][0]);
    this.chosen = before ? Math.min(this.chosen, cloud.length - 1) : this.order.at(-1);
    this.best = bestLine(noise, cloud, spread);
    this.squares = weighted(cloud, cloud.map(() => 1));
    if (before) this.soon(() => this.tell()); else this.tell();
    this.draw();
  }
  height([intercept, slope], x) { return intercept + slope * x; }
  residual() { const [x, y] = this.setting.points[this.chosen]; return y - this.height(this.best.line, x); }
  tell() {
    const { line: [a, b], costs } = this.best, { noise } = this.setting;
    this.say(`${noise} noise: the most likely line is y = ${fixed(a)} ${b < 0 ? "−" : "+"} ${Math.abs(b).toFixed(2)} x.
      The chosen point has a residual of ${fixed(this.residual())} and costs ${fixed(costs[this.chosen])} nats.`);
  }

  // -- drawing
  draw() {
    this.drawCloud();
    this.drawBars();
    this.$(".sum").textContent = `Sum of the bars: ${fixed(this.best.total)} nats`;
  }
  drawCloud() {
    const { points: cloud } = this.setting, { line } = this.best, put = (query, d) => this.$(query).setAttribute("d", d);
    const ends = (of) => through(SIDE.map((x) => at.spot(x, this.height(of, x))));
    put(".line", ends(line));
    put(".squares", ends(this.squares));
    put(".far", cloud.map(([x, y]) => through([at.spot(x, y), at.spot(x, this.height(line, x))])).join(""));
    put(".density", this.density());
    this.$(".dots").innerHTML = circles(cloud.map((p) => at.spot(...p)), 5, this.chosen);
  }
  density() {                                                    // sideways, around the line, at the chosen point
    const { noise, points: cloud, spread } = this.setting, [x] = cloud[this.chosen], middle = this.height(this.best.line, x);
    const peak = cost(noise, 0, spread), way = x > 0 ? -1 : 1, [foot] = at.spot(x, 0), reach = Math.max(13 * spread, Math.abs(this.residual()) + 1);
    const side = Array.from({ length: 121 }, (_, k) => {
      const r = reach * (k / 60 - 1), [, b] = at.spot(x, middle + r);
      return [foot + way * 44 * Math.exp(peak - cost(noise, r, spread)), b];
    });
    return `${through(side)}L${foot.toFixed(1)} ${side.at(-1)[1].toFixed(1)}L${foot.toFixed(1)} ${side[0][1].toFixed(1)}Z`;
  }
  drawBars() {
    const { costs } = this.best, upward = [Math.min(0, ...costs), Math.max(4, ...costs)];
    const plot = new Plot(BARS, [0, costs.length], upward), wide = BARS.width / costs.length;
    const bars = this.order.map((i, place) => {
      const [left, top] = plot.spot(place, Math.max(0, costs[i])), [, bottom] = plot.spot(place, Math.min(0, costs[i]));
      return `<rect x="${(left + wide * 0.1).toFixed(1)}" y="${top.toFixed(1)}" width="${(wide * 0.8).toFixed(1)}" height="${(bottom - top).toFixed(1)}" class="${i === this.chosen ? "chosen" : ""}"/>`;
    });
    const [, zero] = plot.spot(0, 0);
    this.$(".bars g").innerHTML = `<path class="axis" d="M26 ${zero.toFixed(1)}H234"/>${bars.join("")}${ticks(plot, [], round(upward, 4))}`;
  }

  // -- listening
  acts() {
    return {
      ...super.acts(),
      best: () => this.set({ spread: bestSpread(this.setting.noise, this.setting.points, SPREADS) }),
      again: () => this.set({ points: START }),
      outlier: () => { this.chosen = this.order.at(-1); this.move(this.setting.points[this.chosen][0], SIDE[1] - 0.3); },
    };
  }
  listen() {
    const cloud = this.$(".cloud");
    this.drag(cloud, (e) => this.near(e), (e) => this.move(...this.place(e)));
    this.keys(cloud, (key, much) => this.key(key, much));
  }
  place(e) {
    const box = this.$(".cloud").getBoundingClientRect(), by = 300 / box.width;
    return at.point((e.clientX - box.left) * by, (e.clientY - box.top) * by);
  }
  near(e) {
    const [a, b] = at.spot(...this.place(e));
    const far = this.setting.points.map((p) => { const [c, d] = at.spot(...p); return Math.hypot(a - c, b - d); });
    const i = far.indexOf(Math.min(...far));
    if (far[i] > 20) return false;
    this.chosen = i;
    this.tell();
    this.draw();
    return true;
  }
  move(x, y) {
    const to = [x, y].map((v) => hundredths(clamp(v, SIDE))), moved = this.setting.points.map((p, i) => i === this.chosen ? to : p);
    if (moved.some(([x]) => x !== moved[0][0])) this.set({ points: moved });
  }
  key(key, much) {
    const way = ARROWS[key], [x, y] = this.setting.points[this.chosen];
    if (!way) return false;
    if (way[1]) this.move(x, y + 0.1 * much * way[1]);
    else if (much > 1) this.move(x + 0.5 * way[0], y);
    else {
      const next = this.order.indexOf(this.chosen) + way[0];
      this.chosen = this.order[clamp(next, [0, this.order.length - 1])];
      this.tell();
      this.draw();
    }
    return true;
  }
}

export default playground(View);
