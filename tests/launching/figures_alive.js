// What of a chapter's figures is drawn in JupyterLab, and what answers when it is touched.
() => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
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

  const pictures = (room) =>
    [...room.querySelectorAll("canvas")].map((c) => c.toDataURL()).join() +
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

  /** Whether a chart with no controls says something where the pointer is. */
  function speaks(canvas) {
    const box = canvas.getBoundingClientRect();
    document.querySelector("#vg-tooltip-element")?.remove(); // another chart's last words
    for (let y = 4; y < box.height; y += 6) for (let x = 4; x < box.width; x += 6) {
      const at = { clientX: box.left + x, clientY: box.top + y, bubbles: true };
      canvas.dispatchEvent(new PointerEvent("pointermove", at));
      canvas.dispatchEvent(new MouseEvent("mousemove", at));
      if (document.querySelector("#vg-tooltip-element.visible")) return true;
    }
    return false;
  }

  async function touch(room) {
    const controls = [...room.querySelectorAll("input:not(:disabled),select:not(:disabled)")];
    for (const control of controls.filter((c) => !c.checked)) if (await changes(room, () => move(control))) return true;
    return controls.length === 0 && room.querySelector("canvas") ? speaks(room.querySelector("canvas")) : false;
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
    return { label, kind, drawn, alive: await touch(room) };
  }

  async function all() {
    const seen = [];
    for (const one of outputs()) seen.push(await figure(one));
    return seen;
  }
  return all();
}
