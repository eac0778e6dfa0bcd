// The latent plane: a place to drag, the mean that the trained decoder draws there, a sample, and the nearest digit.

import { button, choice, group, slider } from "./controls.mjs";
import { lowHigh, middle, paintHeights } from "./heights.mjs";
import { fixed, marble, Plot, ring } from "./plot.mjs";
import { clamp, number, oneOf, point, saneBy, whole } from "./sane.mjs";
import { small, THROWS } from "./small_generator.mjs";
import { Network } from "./small_network.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";

const SIDE = [-2.6, 2.6], MOST = 200, UNIT = 512, FINE = 61, NEAR = 24;
const network = new Network([2, 32, 32, 64], "tanh", "sigmoid");
const LENGTH = network.count * 8 / 3;                            // two bytes a weight, six bits a sign

const saneText = (v) => typeof v === "string" && v.length === LENGTH && /^[A-Za-z0-9+/]+$/.test(v) ? v : "A".repeat(LENGTH);
const isDigit = (v) => Array.isArray(v) && v.length === 4 && [v[0], v[1]].every((c) => Number.isFinite(c) && c === clamp(c, SIDE))
  && Number.isInteger(v[2]) && v[2] === clamp(v[2], [0, 9]) && /^[0-9a-g]{64}$/.test(v[3]);
export const sane = saneBy({
  weights: saneText,
  digits: (v) => Array.isArray(v) ? v.filter(isDigit).slice(0, MOST) : [],
  noise: number([0.01, 1], 0.2),
  place: point([SIDE, SIDE], [0, 0]),
  sample: whole([1, 9999], 1),
  share: number([0, 1], 1),
  shade: oneOf(["grey", "none"]),
});

// ---- what is computed; landscaping.playgrounds.latent_map is the reference in torch

// Weights from text: whole numbers of two bytes, the low one first, in parts of UNIT.
export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)), view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 2 }, (_, k) => view.getInt16(2 * k, true) / UNIT);
}

// Mean pictures, n × 64, of n places, n × 2.
export const decoded = (weights, places) => network.forward(weights, Float64Array.from(places));

export const greys = (text) => Array.from(text, (sign) => parseInt(sign, 17) / 16);

// The mean with a Gaussian number for every pixel.
export function sampled(mean, spread, seed) {
  const { normal } = small(seed, THROWS);
  return Array.from(mean, (v) => v + spread * normal());
}

// By how many nats the mean is likelier than a picture.
export const likelier = (mean, picture, noise) => picture.reduce((sum, v, k) => sum + (v - mean[k]) ** 2, 0) / (2 * noise * noise);

// How undecided the means are on size × size squares of the map: mean of 4f(1 − f).
export function greyness(weights, size) {
  const places = [];
  for (let r = 0; r < size; r++) for (let c = 0; c < size; c++) places.push(middle(SIDE, c, size), middle(SIDE, r, size));
  const means = decoded(weights, places), made = new Float64Array(size * size);
  for (let k = 0; k < means.length; k++) made[k >> 6] += 4 * means[k] * (1 - means[k]) / 64;
  return made;
}

export function nearest(digits, [x, y]) {
  const far = digits.map(([a, b]) => (a - x) ** 2 + (b - y) ** 2);
  return far.indexOf(Math.min(...far));
}

// A place drawn from the prior, kept on the map.
export function thrown(seed) {
  const { normal } = small(seed, THROWS);
  return [normal(), normal()].map((v) => clamp(hundredths(v), SIDE));
}

const hundredths = (v) => Math.round(v * 100) / 100;
const greyPixels = (mean) => mean.filter((v) => v > 0.25 && v < 0.75).length;

// ---- what is shown

const controls = {
  shade: choice("Shade", { grey: "Grey of the mean", none: "None" }),
  share: slider("Noise", 0, 1, 0.05, { text: (v) => v.toFixed(2) }),
};
const panel = (name, words) => `<div><canvas class="${name}" role="img" aria-label="${words}"></canvas><p class="hint">${words}</p></div>`;
const page = `<div class="pictures">
  <div><canvas class="map" tabindex="0" role="application" aria-roledescription="map" aria-describedby="help"
    aria-label="The latent plane with the digits that it learned from"></canvas>
    <p class="hint" id="help">Drag the marker, or press anywhere. With keys: arrows (Shift: further). Numerals are known digits. Circles: one and two standard deviations of the prior.</p></div>
  <div><div class="three">${panel("mean", "mean")}${panel("sample", "sample")}${panel("near", "nearest digit")}</div>
    <p class="say" id="say" aria-live="polite"></p></div></div>
  <div class="settings">
    ${group("model", "The map", controls, ["shade"], `<div class="row">${button("throw", "A place from the prior")}</div>`)}
    ${group("data", "The sample", controls, ["share"], `<div class="row">${button("another", "Another sample")}</div>`)}
  </div>`;
const css = `.three{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.5rem;text-align:center}
.three canvas{cursor:default;border:1px solid var(--c-line)}`;

export class View extends Stage {
  static room = { narrow: "133cqw + 32rem", wide: "58cqw + 13.5rem" };
  static sane = sane;
  static controls = controls;
  static page = page;
  static css = css;

  changed(before) {
    const { digits, noise, place, sample, share } = this.setting;
    if (this.differs(before, ["weights"])) {
      this.weights = unpacked(this.setting.weights);
      this.shade = greyness(this.weights, FINE);
      this.shadow = null;
    }
    this.mean = Array.from(decoded(this.weights, place));
    this.sampled = sampled(this.mean, share * noise, sample);
    this.near = nearest(digits, place);
    this.digit = this.near < 0 ? null : greys(digits[this.near][3]);
    if (before) this.soon(() => this.tell()); else this.tell();
    this.draw();
  }
  tell() {
    const { digits, noise, place: [x, y] } = this.setting, more = (picture) => likelier(this.mean, picture, noise).toFixed(0);
    const digit = this.digit ? `The nearest digit that the map learned from is a ${digits[this.near][2]}: ${more(this.digit)} nats less likely here than the mean. ` : "";
    this.say(`Place (${fixed(x)}, ${fixed(y)}): ${greyPixels(this.mean)} of 64 pixels of the mean are grey.
      ${digit}The sample is ${more(this.sampled)} nats less likely.`);
  }

  // -- drawing
  draw() {
    this.drawMap();
    const [, mean, sample, near] = this.sheets;
    this.drawPicture(mean, this.mean);
    this.drawPicture(sample, this.sampled);
    this.drawPicture(near, this.digit);
  }
  repaint() { this.shadow = null; this.draw(); }
  at() { const { width, height } = this.sheets[0]; return new Plot({ left: 0, top: 0, width, height }, SIDE, SIDE); }
  drawMap() {
    const ctx = this.sheets[0].pen(), at = this.at(), { colours } = this.look, { digits, place, shade } = this.setting;
    if (shade === "grey") {
      const [low, high] = lowHigh(this.shade);
      this.shadow ??= picture(this.shade, FINE, low, 2.2 * high - 1.2 * low, this.look.ramp);   // the lighter half: numerals stand on it
      ctx.imageSmoothingEnabled = true;
      ctx.drawImage(this.shadow, 0, 0, at.width, at.height);
    }
    for (const radius of [1, 2]) {
      ctx.beginPath(); ctx.arc(...at.spot(0, 0), at.width * radius / (SIDE[1] - SIDE[0]), 0, 7);
      Object.assign(ctx, { lineWidth: 1, strokeStyle: colours.control }); ctx.stroke();
    }
    Object.assign(ctx, { font: "600 12px system-ui, sans-serif", textAlign: "center", textBaseline: "middle", fillStyle: colours.ink });
    for (const [x, y, label] of digits) ctx.fillText(label, ...at.spot(x, y));
    if (this.near >= 0) ring(ctx, at.spot(...digits[this.near]), 10, colours.data);
    marble(ctx, ...at.spot(...place), 7, true, colours);
  }
  drawPicture(sheet, values) {
    const ctx = sheet.pen();
    if (!values) return;
    const rows = Float64Array.from(values, (_, k) => values[8 * (7 - (k >> 3)) + k % 8]);    // pictures go downward
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(picture(rows, 8, 0, 1, this.look.ramp), 0, 0, sheet.width, sheet.height);
  }

  // -- listening
  acts() {
    return {
      ...super.acts(),
      another: () => this.set({ sample: this.setting.sample % 9999 + 1 }),
      throw: () => this.set({ place: thrown(this.setting.sample % 9999 + 1), sample: this.setting.sample % 9999 + 1 }),
    };
  }
  listen(on) {
    const map = this.$(".map");
    this.drag(map, (e) => this.closeTo(e), (e) => this.go(e));
    on(map, "click", (e) => this.go(e));
    this.keys(map, (key, much) => {
      const way = ARROWS[key];
      if (way) this.move(this.setting.place.map((v, k) => v + 0.1 * much * way[k]));
      return Boolean(way);
    });
  }
  closeTo(e) {
    const [a, b] = this.sheets[0].spot(e), [c, d] = this.at().spot(...this.setting.place);
    return Math.hypot(a - c, b - d) < NEAR;
  }
  go(e) { this.move(this.at().point(...this.sheets[0].spot(e))); }
  move(place) { this.set({ place: place.map((v) => clamp(hundredths(v), SIDE)) }); }
}

function picture(heights, size, low, high, ramp) {
  const canvas = new OffscreenCanvas(size, size);
  canvas.getContext("2d").putImageData(paintHeights(heights, size, low, high, ramp), 0, 0);
  return canvas;
}

export default playground(View);
