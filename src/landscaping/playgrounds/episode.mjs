// An episode: shapes of a few things, prototypes of some of them, and whose each of the others is.
// landscaping.playgrounds.episode is the reference in torch; tests/browser/test_episode.py holds the two together.

import { button, choice, group, slider } from "./controls.mjs";
import { answer, born, embed, MOST, QUERIES, SUPPORTS, unpacked } from "./few_shot.mjs";
import { fixed, Plot, through } from "./plot.mjs";
import { clamp, number, oneOf, saneBy, whole } from "./sane.mjs";
import { ARROWS, playground, Stage } from "./stage.mjs";

const SLIDE = [-15, 15], TILT = [-2, 2], NOISE = [0, 1];
const table = saneBy({
  weights: (v) => unpacked(v) ? v : "",
  embedding: oneOf(["trained", "untrained", "raw"]),
  ways: whole([3, MOST], 3),
  shots: whole([1, SUPPORTS], 3),
  episode: whole([1, 9999], 1),
  row: whole([0, MOST - 1], 0),
  place: whole([0, SUPPORTS + QUERIES - 1], SUPPORTS),
  slide: number(SLIDE, 0),
  tilt: number(TILT, 0),
  noise: number(NOISE, 0),
});
// An example that is not shown cannot be the chosen one.
export function sane(raw) {
  const made = table(raw), { ways, shots, row, place } = made;
  return { ...made, row: Math.min(row, ways - 1), place: place < SUPPORTS ? Math.min(place, shots - 1) : place };
}

// What makes an embedding of a curve.
export function embedding({ embedding: kind, weights }) {
  if (kind === "raw") return (x) => x;
  const at = (kind === "trained" && unpacked(weights)) || born();
  return (x) => embed(at, x);
}

// How many in a hundred are named right in other episodes of this size, none of them shown first.
export function often(setting, make, episodes = 40) {
  const plain = { ...setting, slide: 0, tilt: 0, noise: 0 };
  const right = Array.from({ length: episodes }, (_, k) => answer({ ...plain, episode: 5001 + k }, make).right);
  return 100 * right.reduce((s, v) => s + v, 0) / (episodes * setting.ways * QUERIES);
}

const controls = {
  embedding: choice("Embedding", { trained: "trained on others", untrained: "untrained", raw: "raw samples" }),
  ways: slider("Ways", 3, MOST, 1),
  shots: slider("Shots", 1, SUPPORTS, 1),
  slide: slider("Slide it", ...SLIDE, 0.5, { text: (v) => fixed(v, 1) }),
  tilt: slider("Tilt it", ...TILT, 0.1, { text: (v) => fixed(v, 1) }),
  noise: slider("Noise on it", ...NOISE, 0.05, { text: (v) => fixed(v, 2) }),
};
const page = `<div class="pictures">
  <div><svg class="shapes" viewBox="0 0 320 300" tabindex="0" role="application" aria-roledescription="rows of shapes"
    aria-label="Shapes of an episode: in each row those to go by, then those to be named" aria-describedby="help say">
    <text x="22" y="11">to go by</text><text class="ask" y="11">to be named</text><g></g></svg>
    <p class="hint" id="help">Tap a shape; drag the chosen one sideways. With keys: arrows choose, Shift with ← → slides.</p></div>
  <div><svg class="plane" viewBox="0 0 300 300" role="img" aria-label="The plane of the prototypes" aria-describedby="say">
    <path class="cell"/><path class="border"/><path class="star"/><g></g></svg>
    <p class="hint">Ring: prototype. Dot: to go by. Small letter: to be named. Lines: as near to one prototype as to the next.</p></div></div>
  <div class="row">${button("fresh", "New episode", 'class="first"')}${button("back", "Put it back")}</div>
  <p class="say" id="say" aria-live="polite"></p>
  <div class="settings">${group("model", "What makes the embedding", controls, ["embedding"])}
    ${group("data", "The episode", controls, ["ways", "shots"])}${group("data", "The chosen shape", controls, ["slide", "tilt", "noise"])}</div>`;
const css = `.pictures{align-items:start}.say{min-height:6em}
@container (min-width:34rem){.pictures{grid-template-columns:minmax(0,1.2fr) minmax(0,1fr)}.say{min-height:4.4em}}
svg.shapes text{font-size:11px}svg.shapes path{fill:none;stroke:var(--c-data);stroke-width:1.5;stroke-linejoin:round}
svg.shapes rect{fill:var(--c-panel);stroke:none}svg.shapes rect.chosen{stroke:var(--c-ink);stroke-width:1.5}
svg.shapes{cursor:pointer}svg.shapes path,svg.shapes text{pointer-events:none}svg text.wrong{fill:var(--c-optimizer);font-weight:700}svg text.well{fill:var(--c-ink)}
svg text.name{fill:var(--c-model);font-weight:700;font-size:13px}
svg.plane text{font-size:13px;text-anchor:middle;dominant-baseline:central}
svg.plane .cell{fill:var(--c-model);fill-opacity:.12}svg.plane .border{fill:none;stroke:var(--c-model);stroke-width:1.5}
svg.plane .loose{stroke-dasharray:5 4}svg.plane .star{fill:none;stroke:var(--c-data);stroke-opacity:.5}
svg.plane circle{cursor:default}svg.plane .centre{fill:var(--c-paper);stroke:var(--c-model);stroke-width:2}
svg.plane .held{fill:none;stroke:var(--c-ink);stroke-width:1.5}`;

const LETTERS = "ABCDE", TOP = 18, LEFT = 20, GAP = 12, FRAME = [[0, 0], [300, 0], [300, 300], [0, 300]];
const d = (spots) => `${through(spots)}Z`;

// What of a polygon is nearer to `here` than to `there`.
function cut(polygon, here, there) {
  const side = ([a, b]) => (a - (here[0] + there[0]) / 2) * (there[0] - here[0]) + (b - (here[1] + there[1]) / 2) * (there[1] - here[1]);
  return polygon.flatMap((p, k) => {
    const q = polygon[(k + 1) % polygon.length], [s, t] = [side(p), side(q)], part = s / (s - t);
    return [...(s <= 0 ? [p] : []), ...(s * t < 0 ? [[p[0] + part * (q[0] - p[0]), p[1] + part * (q[1] - p[1])]] : [])];
  });
}

export class View extends Stage {
  static sane = sane;
  static controls = controls;
  static page = page;
  static css = css;
  static room = { narrow: "195cqw + 43rem", wide: "51cqw + 28rem" };

  changed(before) {
    if (this.differs(before, ["weights", "embedding"])) this.make = embedding(this.setting);
    if (this.differs(before, ["weights", "embedding", "ways", "shots"])) this.often = null;
    this.found = answer(this.setting, this.make);
    this.draw();
    if (before) this.soon(() => this.tell()); else this.tell();
  }
  get shown() { const { place, shots } = this.setting; return place < SUPPORTS ? place : shots + place - SUPPORTS; }
  tell() {
    const { ways, row, place, embedding: kind, weights } = this.setting, { right, hidden, named, chances } = this.found;
    this.often ??= often(this.setting, this.make);
    const all = ways * QUERIES, mine = LETTERS[row];
    const its = place < SUPPORTS ? `The chosen shape is one of those that make ${mine}'s prototype.`
      : `The chosen shape of ${mine} is named <strong>${LETTERS[named[row][place - SUPPORTS]]}</strong>, with a probability of ${fixed(Math.max(...chances[row][this.shown]))}.`;
    this.say(`${kind === "trained" && !weights ? "No trained weights were given: this network is untrained. " : ""}${its}
      ${right} of ${all} are named right here, and ${fixed(this.often, 0)} in a hundred in forty other episodes like it.
      ${ways > 3 ? `The plane leaves something out: it would name ${hidden} of ${all} otherwise.` : ""}`);
  }

  // -- drawing
  draw() { this.drawShapes(); this.drawPlane(); }
  cells() {                                                      // left edge, width and height of the cells
    const { ways, shots } = this.setting, wide = (320 - LEFT - GAP) / (shots + QUERIES);
    return { wide, high: (300 - TOP) / ways, left: (k) => LEFT + wide * k + (k >= shots ? GAP : 0) };
  }
  drawShapes() {
    const { shots, row } = this.setting, { wide, high, left } = this.cells(), { shown, named } = this.found;
    this.$(".ask").setAttribute("x", left(shots) + 2);
    this.$(".shapes g").innerHTML = shown.map((curves, way) => `<text class="name" x="3" y="${TOP + high * (way + 0.55)}">${LETTERS[way]}</text>`
      + curves.map((curve, k) => {
        const a = left(k), b = TOP + high * way, chosen = way === row && k === this.shown;
        const plot = new Plot({ left: a + 3, top: b + 2, width: wide - 8, height: high - 6 }, [0, 39], [-3.4, 3.4]);
        const told = k < shots ? "" : named[way][k - shots], said = told === way ? "well" : "wrong";
        return `<rect x="${a.toFixed(1)}" y="${(b + 1).toFixed(1)}" width="${(wide - 3).toFixed(1)}" height="${(high - 4).toFixed(1)}" rx="3" class="${chosen ? "chosen" : ""}"/>
          <path d="${through([...curve].map((v, i) => plot.spot(i, clamp(v, [-3.4, 3.4]))))}"/>${k < shots ? "" : `<text class="${said}" x="${(a + 3).toFixed(1)}" y="${(b + 12).toFixed(1)}">${LETTERS[told]}</text>`}`;
      }).join("")).join("");
  }
  drawPlane() {
    const { ways, shots, row, place } = this.setting, { spots, centres, named } = this.found;
    const most = Math.max(...spots.flat(2).map(Math.abs), ...centres.flat().map(Math.abs), 1e-9);
    const reach = 1.08 * 1.25 ** Math.ceil(Math.log(most) / Math.log(1.25)), plot = new Plot({ left: 0, top: 0, width: 300 }, [-reach, reach], [-reach, reach]);
    const at = spots.map((r) => r.map((p) => plot.spot(...p))), middles = centres.map((p) => plot.spot(...p));
    const cells = middles.map((here, i) => middles.reduce((polygon, there, j) => i === j ? polygon : cut(polygon, here, there), FRAME));
    const put = (query, path) => this.$(`.plane ${query}`).setAttribute("d", path);
    put(".cell", place < SUPPORTS ? "" : d(cells[named[row][place - SUPPORTS]]));
    put(".border", cells.map(d).join(""));
    this.$(".plane .border").classList.toggle("loose", ways > 3);
    put(".star", at.flatMap((r, way) => r.slice(0, shots).map((p) => through([middles[way], p]))).join(""));
    const round = ([a, b], radius, kind) => `<circle cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="${radius}" class="${kind}"/>`;
    const letter = ([a, b], sign, kind) => `<text x="${a.toFixed(1)}" y="${b.toFixed(1)}" class="${kind}">${sign}</text>`;
    this.$(".plane g").innerHTML = middles.map((p, way) => round(p, 11, "centre") + letter(p, LETTERS[way], "name")).join("")
      + at.flatMap((r, way) => r.map((p, k) => k < shots ? round(p, 3.5, "") : letter(p, LETTERS[way].toLowerCase(), named[way][k - shots] === way ? "well" : "wrong"))).join("")
      + round(at[row][this.shown], 9, "held");
  }

  // -- listening
  choose(row, place) { if (row !== this.setting.row || place !== this.setting.place) this.set({ row, place, slide: 0, tilt: 0, noise: 0 }); }
  acts() {
    return {
      ...super.acts(),
      fresh: () => this.set({ episode: this.setting.episode % 9999 + 1, slide: 0, tilt: 0, noise: 0 }),
      back: () => this.set({ slide: 0, tilt: 0, noise: 0 }),
    };
  }
  under(e) {                                                     // the cell under the pointer
    const box = this.$(".shapes").getBoundingClientRect(), by = 320 / box.width, { wide, high } = this.cells(), { ways, shots } = this.setting;
    const a = (e.clientX - box.left) * by - LEFT, row = Math.floor(((e.clientY - box.top) * by - TOP) / high);
    const k = a < wide * shots ? Math.floor(a / wide) : shots + Math.floor((a - GAP - wide * shots) / wide);
    if (row < 0 || row >= ways || k < 0 || k >= shots + QUERIES) return null;
    return { row, place: k < shots ? k : k - shots + SUPPORTS, a };
  }
  listen(on) {
    const shapes = this.$(".shapes");
    on(shapes, "click", (e) => { const cell = this.under(e); if (cell) this.choose(cell.row, cell.place); });
    this.drag(shapes, (e) => this.hold(e), (e) => this.slideTo(e));
    this.keys(shapes, (key, much) => this.key(key, much));
  }
  hold(e) {
    const cell = this.under(e), { row, place, slide } = this.setting;
    if (cell?.row !== row || cell.place !== place) return false;
    this.from = { x: e.clientX, slide };
    return true;
  }
  slideTo(e) {
    const sample = this.$(".shapes").getBoundingClientRect().width * this.cells().wide / 320 / 40;
    this.slide(this.from.slide + (e.clientX - this.from.x) / sample);
  }
  slide(to) { this.set({ slide: Math.round(2 * clamp(to, SLIDE)) / 2 }); }
  key(key, much) {
    const way = ARROWS[key], { ways, shots, row } = this.setting;
    if (!way) return false;
    if (much > 1) this.slide(this.setting.slide + way[0]);
    else {
      const k = clamp(this.shown + way[0], [0, shots + QUERIES - 1]);
      this.choose(clamp(row - way[1], [0, ways - 1]), k < shots ? k : k - shots + SUPPORTS);
    }
    return true;
  }
}

export default playground(View);
