// What of a chapter's figures is drawn in JupyterLab, and which of `lively` answer when they are touched.
(lively) => {
  // A frame too, not only time: where others hold the machine, a hundred milliseconds may draw nothing.
  const pause = (ms) => new Promise((done) => setTimeout(() => requestAnimationFrame(done), ms));
  const notebook = () => jupyterapp.shell.currentWidget.content;

  /** Every cell's outputs by kind, from the notebook's own model. */
  function outputs() {
    const found = [], cells = notebook().model.cells;
    for (let i = 0; i < cells.length; i++) {
      const shown = cells.get(i).outputs;
      const label = cells.get(i).getMetadata("mystnb")?.figure?.name;
      for (let k = 0; k < (shown?.length ?? 0); k++) {
        const data = shown.get(k).toJSON().data ?? {};
        if (data["application/vnd.vegalite.v5+json"]) found.push([i, label, "chart"]);
        if (data["application/vnd.jupyter.widget-view+json"]) found.push([i, label, "playground"]);
      }
    }
    return found;
  }

  /** A number that tells one picture from another, in a twentieth of the time of `toDataURL`. */
  function print(canvas) {
    const drawn = canvas.width && canvas.height ? canvas.getContext("2d") : null;
    if (!drawn) return canvas.toDataURL(); // of another kind
    const all = new Uint32Array(drawn.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return all.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 7);
  }

  const pictures = (room) =>
    [...room.querySelectorAll("canvas")].map(print).join() +
    [...room.querySelectorAll("svg")].map((s) => s.innerHTML).join();

  async function changes(room, act) {
    let before = pictures(room);
    for (let k = 0; k < 50; k++) {
      await pause(100);
      const now = pictures(room);
      if (now === before) break;
      before = now;
    }
    act();
    for (let k = 0; k < 50; k++) {
      await pause(100);
      if (pictures(room) !== before) return true;
    }
    return false;
  }

  /** Move a control as a reader would: a slider to its other end, a list or a row of buttons by one. */
  function move(control) {
    if (control.type === "range") control.value = control.value === control.max ? control.min : control.max;
    else if (control.localName === "select") control.selectedIndex = (control.selectedIndex + 1) % control.length;
    else return control.click();
    for (const event of ["input", "change"]) control.dispatchEvent(new Event(event, { bubbles: true }));
  }

  const MOVE = [["pointermove", PointerEvent], ["mousemove", MouseEvent]];
  const CLICK = [["pointerdown", PointerEvent], ["mousedown", MouseEvent], ["pointerup", PointerEvent],
    ["mouseup", MouseEvent], ["click", MouseEvent]];

  /** Point at a place of a chart, or click there. */
  function point(canvas, x, y, events) {
    const box = canvas.getBoundingClientRect();
    const at = { clientX: box.left + x, clientY: box.top + y, bubbles: true };
    for (const [name, Kind] of events) canvas.dispatchEvent(new Kind(name, at));
  }

  /** Whether a chart without controls says something where the pointer is. */
  function speaks(canvas) {
    document.querySelector("#vg-tooltip-element")?.remove(); // another chart's last words
    for (let y = 4; y < canvas.clientHeight; y += 6) for (let x = 4; x < canvas.clientWidth; x += 6) {
      point(canvas, x, y, MOVE);
      if (document.querySelector("#vg-tooltip-element.visible")) return true;
    }
    return false;
  }

  /** Whether a click changes it: on its legend, most often, which stands on top. */
  async function obeys(canvas) {
    const before = print(canvas);
    for (let y = 4; y < canvas.clientHeight; y += 6) for (let x = 4; x < canvas.clientWidth; x += 8) {
      point(canvas, x, y, [...MOVE, ...CLICK]);
      await pause(0);
      if (print(canvas) !== before) return true;
    }
    return false;
  }

  async function touch(room) {
    const controls = [...room.querySelectorAll("input:not(:disabled),select:not(:disabled)")];
    for (const control of controls.filter((c) => !c.checked)) {
      for (let k = 1; k < Math.max(control.length ?? 0, 2); k++) {
        if (await changes(room, () => move(control))) return true;
      }
    }
    const canvas = room.querySelector("canvas");
    return !controls.length && canvas !== null && (speaks(canvas) || obeys(canvas));
  }

  /** Look at one figure: is it drawn, does it answer? */
  async function figure([cell, label, kind]) {
    await notebook().scrollToItem(cell, "start");
    const node = notebook().widgets[cell].outputArea.node;
    let room = null;
    for (let k = 0; k < 100 && !room; k++) {
      await pause(100);
      const made = kind === "chart" ? node.querySelector(".vega-embed:has(canvas)") : null;
      room = made ?? [...node.querySelectorAll("*")].find((e) => e.shadowRoot)?.shadowRoot ?? null;
    }
    if (!room) return { label, kind, drawn: false, alive: false };
    const drawn = [...room.querySelectorAll("canvas,svg")].some((p) => p.getBoundingClientRect().width > 50);
    return { label, kind, drawn, alive: lively.includes(label) && (await touch(room)) };
  }

  async function all() {
    const seen = [];
    for (const one of outputs()) seen.push(await figure(one));
    return seen;
  }
  return all();
}
