// A state that comes from an address may be anything: each of these makes a value that makes sense of any other.

export const clamp = (v, [low, high]) => Math.min(high, Math.max(low, v));

export const number = (range, otherwise = range[0]) => (v) => Number.isFinite(v) ? clamp(v, range) : otherwise;
export const whole = (range, otherwise) => (v) => Math.round(number(range, otherwise)(v));
export const oneOf = (choices, otherwise = choices[0]) => (v) => choices.includes(v) ? v : otherwise;
export const flag = (otherwise = false) => (v) => typeof v === "boolean" ? v : otherwise;
// Numbers of fixed places, each in its range: a point on a map.
export const point = (ranges, otherwise) => (v) => isRow(v, ranges.length) ? v.map((c, k) => clamp(c, ranges[k])) : otherwise;
// At most so many such points; what is none is left out.
export const points = (ranges, most, otherwise = []) => (v) =>
  Array.isArray(v) ? v.filter((row) => isRow(row, ranges.length)).slice(0, most).map(point(ranges)) : otherwise;

export const isRow = (v, length) => Array.isArray(v) && v.length === length && v.every(Number.isFinite);

// A table of these becomes one function from any state to a sane one.
export const saneBy = (table) => (raw) =>
  Object.fromEntries(Object.entries(table).map(([key, made]) => [key, made(raw[key])]));
