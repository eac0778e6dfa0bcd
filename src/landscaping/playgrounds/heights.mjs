// A land drawn from its heights: `size` × `size` squares, rows upward, flat.

// The middle of square k of a range cut into `size`.
export const middle = ([low, high], k, size) => low + (high - low) * (k + 0.5) / size;

export function lowHigh(heights) {
  let low = heights[0], high = low;
  for (const h of heights) { if (h < low) low = h; if (h > high) high = h; }
  return [low, high];
}

// Colours of 256 heights between the nine stops (hex), as bytes.
export function ramp(stops) {
  const rgb = stops.map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  return Array.from({ length: 256 }, (_, k) => {
    const place = k / 255 * 8, i = Math.min(7, Math.floor(place));
    return rgb[i].map((v, c) => v + (place - i) * (rgb[i + 1][c] - v));
  });
}

// The picture of the heights, one pixel a square.
export function paintHeights(heights, size, low, high, colours) {
  const image = new ImageData(size, size), bytes = image.data;
  for (let k = 0; k < heights.length; k++) {
    const to = 4 * ((size - 1 - Math.floor(k / size)) * size + k % size);    // rows upward, images downward
    const [r, g, b] = colours[Math.max(0, Math.min(255, Math.floor(256 * (heights[k] - low) / (high - low || 1))))];
    bytes[to] = r; bytes[to + 1] = g; bytes[to + 2] = b; bytes[to + 3] = 255;
  }
  return image;
}

// The edges of nine bands of height by marching squares, in units of squares from the lower left corner.
export function contours(heights, size, low, high) {
  const path = new Path2D(), step = (high - low) / 9 || 1, bands = Uint8Array.from(heights, (h) => (h - low) / step);
  for (let row = 0; row < size - 1; row++) for (let column = 0; column < size - 1; column++) {
    const k = row * size + column, a = bands[k], b = bands[k + 1], c = bands[k + size + 1], d = bands[k + size];
    if (a === b && b === c && c === d) continue;
    const corner = [heights[k], heights[k + 1], heights[k + size + 1], heights[k + size]], most = Math.max(a, b, c, d);
    for (let band = Math.min(a, b, c, d) + 1; band <= Math.min(8, most); band++)
      piece(path, corner, low + band * step, column + 0.5, row + 0.5);
  }
  return path;
}

const EDGES = [[0, 0, 1, 0], [1, 0, 0, 1], [1, 1, -1, 0], [0, 1, 0, -1]];   // from each corner on to the next
function piece(path, corner, level, column, row) {
  const ends = [];
  EDGES.forEach(([c, r, dc, dr], i) => {
    const here = corner[i], next = corner[(i + 1) % 4];
    if (here < level !== next < level) {
      const part = (level - here) / (next - here);
      ends.push([column + c + part * dc, row + r + part * dr]);
    }
  });
  for (let i = 0; i + 1 < ends.length; i += 2) { path.moveTo(...ends[i]); path.lineTo(...ends[i + 1]); }
}

// Heights in colours with their lines, inside a plot's frame; `look` is the stage's: colours and ramp.
export function drawHeights(ctx, { left, top, width, height }, heights, size, [low, high], look, smooth = "high") {
  const picture = new OffscreenCanvas(size, size);
  picture.getContext("2d").putImageData(paintHeights(heights, size, low, high, look.ramp), 0, 0);
  ctx.imageSmoothingQuality = smooth;
  ctx.drawImage(picture, left, top, width, height);
  ctx.save();
  ctx.translate(left, top + height); ctx.scale(width / size, -height / size);
  Object.assign(ctx, { lineWidth: 0.8 * size / width, strokeStyle: look.colours.ink, globalAlpha: 0.28 });
  ctx.stroke(contours(heights, size, low, high));
  ctx.restore();
}
