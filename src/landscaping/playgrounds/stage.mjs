// What every playground does the same way: it shows a setting, hears the reader, rests when nobody looks.
//
// A new playground in eight steps (`landscape.mjs` is the long example):
// 1. `my_land.py`: a subclass of Playground with `module = "my_land"`, a label, its state as synced traits with
//    ranges, what it computes in torch, and `still()` drawn with `still_drawing`. Chapters import it from there.
// 2. `my_land.mjs`: `export const sane = saneBy({ … })`, the same keys and ranges as the traits; from any garbage it
//    makes a state that Python accepts. Other modules are imported as `import { a, b } from "./stage.mjs"`, nothing else.
// 3. What it computes: functions that know no page, exported, with chance from `small_generator`, steps from
//    `descent_rules`, networks from `small_network`. What two playgrounds compute is a module of its own.
// 4. `class MyLand extends Stage` with `static sane`, `static controls` (see controls.mjs), `static page` (HTML: pictures, a
//    `<p class="say" id="say" aria-live="polite">`, buttons with data-do, fieldsets from `group`), `static css` if need be.
//    `static room`: the height that the site keeps before it wakes, on columns below 34rem and on wider ones.
// 5. `changed(before)`: the setting is another one; compute what follows from it. `before` is undefined at the start.
// 6. `draw()`: show everything; `this.sheets` are the canvases with `pen()`, `this.look` has colours and ramp.
// 7. What moves: `advance()` one step, `done` set when it is over, `start()` from the first step; Play, Step, Reset and the
//    animation are the stage's. Other buttons: `acts() { return { ...super.acts(), toss: () => this.set({ … }) }; }`.
//    Hands and keys: `listen(on)` with `this.drag(…)`, `this.keys(…)`. Words for the reader: `this.say(…)` on a
//    move and at the end of a run, not on every frame.
// 8. `export default playground(MyLand);` and a test that holds step 3 against torch (tests/browser/playground_page.py).
//    Every playground found is tested for keys, axe, motion, garbage and clean closing without another line.

import { showControls } from "./controls.mjs";
import { ramp } from "./heights.mjs";
import { CSS, HEIGHTS, NAMES } from "./look.mjs";
import { Sheet } from "./sheet.mjs";

export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Stage {
  static controls = {};
  static css = "";
  visible = true; playing = false; done = false; waiting = 0;

  constructor(model, el) {
    const { css, page, sane } = this.constructor;
    this.model = model; this.el = el;
    this.state = Object.keys(sane({}));
    el.setAttribute("data-lm-suppress-shortcuts", "true");      // JupyterLab: keys stay here
    this.root = el.shadowRoot ?? el.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS + css);
    this.root.adoptedStyleSheets = [sheet];
    this.root.innerHTML = `<div class="all">${page}</div>`;
    this.sheets = this.$$("canvas").map((canvas) => new Sheet(canvas));
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }
  begin() {
    this.measure();
    this.hear();
    this.recolour();
    this.refresh();
    return this;
  }
  $(query) { return this.root.querySelector(query); }
  $$(query) { return [...this.root.querySelectorAll(query)]; }
  say(text) { this.$(".say").innerHTML = text; }

  // -- what a playground says in its own way
  changed() { this.restart(); }
  start() {}
  advance() {}
  draw() {}
  repaint() { this.draw(); }                                     // after a new size or new colours
  listen() {}
  acts() {
    return {
      play: () => this.playing ? this.pause() : this.play(),
      step: () => { if (this.done) this.restart(); this.pause(); this.advance(); this.draw(); },
      reset: () => this.restart(),
    };
  }
  showControls() {
    showControls(this.root, this.constructor.controls, this.setting);
    const play = this.$("[data-do=play]");
    if (play) play.textContent = this.playing ? "Pause" : this.done ? "Again" : "Play";
  }

  // -- from the reader to the state, and from the state to the picture
  set(patch) {
    const made = this.constructor.sane({ ...this.setting, ...patch });
    this.sending = true;                                         // several keys are one change
    for (const key of Object.keys(patch)) this.model.set(key, made[key]);
    this.sending = false;
    this.model.save_changes();
    this.refresh();
  }
  refresh() {
    const raw = Object.fromEntries(this.state.map((key) => [key, this.model.get(key)])), text = JSON.stringify(raw);
    if (text === this.text) return;
    const before = this.setting, again = this.playing;
    this.text = text;
    this.setting = this.constructor.sane(raw);
    this.changed(before);
    this.showControls();
    if (again) this.play();
  }
  differs(before, keys) { return !before || keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(this.setting[key])); }

  // -- moving
  restart() { this.done = false; this.pause(); this.start(); this.repaint(); }
  play() {
    if (this.done) this.restart();
    this.playing = true;
    this.showControls();
    this.wake();
  }
  pause() { this.playing = false; cancelAnimationFrame(this.waiting); this.waiting = 0; this.showControls(); }
  finish() { this.done = true; this.pause(); }
  wake() {
    if (this.playing && this.visible && !document.hidden && !this.waiting) this.waiting = requestAnimationFrame(() => this.tick());
  }
  get pace() { return 1; }                                       // steps in a frame
  tick() {                                                       // a few steps, never more than fit in a frame
    this.waiting = 0;
    const still = this.calm.matches, until = performance.now() + 8;
    let left = still ? Infinity : this.pace;
    while (this.playing && left-- > 0 && performance.now() < until) this.advance();
    if (!still || this.done) this.draw();
    this.wake();
  }

  // -- size and colours
  measure() {
    const sizes = this.sheets.map(({ canvas }) => [canvas.clientWidth || 300, canvas.clientHeight || canvas.clientWidth || 300]);
    const changed = String(sizes) !== this.sizes;
    this.sizes = String(sizes);
    if (changed) this.sheets.forEach((sheet, k) => sheet.size(...sizes[k]));
    return changed;
  }
  recolour() {
    this.el.toggleAttribute("data-night", document.body.dataset.jpThemeLight === "false");
    const style = getComputedStyle(this.el), colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--c-${name}`).trim()]));
    this.look = { colours, ramp: ramp(HEIGHTS.map((name) => colours[name])) };
    if (this.setting) this.repaint();
  }

  // -- listening
  hear() {
    this.stop = new AbortController();
    const on = (target, type, act, options = {}) => target.addEventListener(type, act, { signal: this.stop.signal, ...options });
    this.on = on;
    on(this.root, "click", (e) => this.press(e.target.closest?.("[data-do]")));
    on(this.root, "input", ({ target }) => {
      const control = this.constructor.controls[target.id];
      if (control) this.set({ [target.id]: control.to(control.read(target)) });
    });
    on(document, "visibilitychange", () => this.wake());
    on(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.recolour());
    this.listen(on);
    const recolour = new MutationObserver(() => this.recolour());
    recolour.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    recolour.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    const seen = new IntersectionObserver((entries) => { this.visible = entries.at(-1).isIntersecting; this.wake(); });
    const size = new ResizeObserver(() => { if (this.measure()) this.repaint(); });
    seen.observe(this.$(".pictures") ?? this.el);
    for (const { canvas } of this.sheets) size.observe(canvas);
    this.observers = [recolour, seen, size];
    this.hears = () => { if (!this.sending) this.refresh(); };
    for (const key of this.state) this.model.on(`change:${key}`, this.hears);
  }
  press(button) { if (button) this.acts()[button.dataset.do]?.(button); }
  // What is near the pointer follows it; elsewhere a finger scrolls the page.
  drag(target, near, act) {
    let held = false;
    this.on(target, "touchstart", (e) => { if (e.touches.length === 1 && near(e.touches[0])) e.preventDefault(); }, { passive: false });
    this.on(target, "pointerdown", (e) => { if (e.button === 0 && near(e)) { held = true; target.setPointerCapture(e.pointerId); } });
    this.on(target, "pointermove", (e) => { if (held) act(e); });
    for (const end of ["pointerup", "pointercancel"]) this.on(target, end, () => { held = false; });
  }
  // `act` gets the key and 1, or 5 with Shift; it says whether the key was for it. All others stay the page's.
  keys(target, act) {
    this.on(target, "keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || !act(e.key, e.shiftKey ? 5 : 1)) return;
      e.preventDefault();
      e.stopPropagation();
    });
  }
  close() {
    this.pause();
    clearTimeout(this.later);
    this.stop.abort();
    for (const observer of this.observers) observer.disconnect();
    for (const key of this.state) this.model.off(`change:${key}`, this.hears);
    this.root.innerHTML = "";
  }
  soon(act, ms = 150) { clearTimeout(this.later); this.later = setTimeout(act, ms); }   // once the reader holds still
}

// What both hosts call.
export const playground = (Kind) => ({
  render({ model, el }) {
    const view = new Kind(model, el).begin();
    return () => view.close();
  },
});
