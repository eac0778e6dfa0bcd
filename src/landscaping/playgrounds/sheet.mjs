// A canvas in CSS pixels on a screen of any density. The stage measures it when its size changes, never amid a drag:
// reading a size then costs a layout.

export class Sheet {
  constructor(canvas = document.createElement("canvas")) { this.canvas = canvas; }
  size(width, height = width) {
    const scale = this.scale = Math.min(3, devicePixelRatio || 1), { canvas } = this;
    this.width = width; this.height = height;
    const across = Math.round(width * scale), down = Math.round(height * scale);
    if (canvas.width !== across || canvas.height !== down) { canvas.width = across; canvas.height = down; }
    return this;
  }
  // A clean sheet, and what draws on it.
  pen() {
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    return ctx;
  }
  spot(e) {                                        // of a pointer
    const box = this.canvas.getBoundingClientRect();
    return [e.clientX - box.left, e.clientY - box.top];
  }
}
