// The state of a playground as an address writes it: #fig-label&key=value&key=value (JSON values). Loaded where an
// address asks for a state, or a reader makes one.

const LONGEST = { text: 200, list: 256 };

/** True where `given` is of the kind of `wanted`: same type, finite, same keys, points of the same length. */
export function fits(given, wanted) {
  if (typeof given !== typeof wanted || given === null || (wanted === null)) return given === wanted;
  if (typeof given === 'number') return Number.isFinite(given);
  if (typeof given === 'string') return given.length <= LONGEST.text;
  if (typeof given !== 'object') return true;
  if (Array.isArray(given) !== Array.isArray(wanted)) return false;
  if (Array.isArray(given)) return listFits(given, wanted);
  const keys = Object.keys(wanted);
  return Object.keys(given).length === keys.length && keys.every((key) => key in given && fits(given[key], wanted[key]));
}

function listFits(given, wanted) {
  if (given.length > LONGEST.list) return false;
  if (!wanted.length) return given.every((item) => plain(item));
  if (typeof wanted[0] !== 'object') return given.length === wanted.length && given.every((item, i) => fits(item, wanted[i]));
  return given.every((item) => fits(item, wanted[0])); // a list of points may grow
}

function plain(item) {
  return Array.isArray(item) ? item.length <= LONGEST.list && item.every(plain) : typeof item === 'string' ? item.length <= LONGEST.text : Number.isFinite(item);
}

/** The state that an address asks of one playground: only keys it has, only values that fit. */
export function asked(hash, label, start) {
  const [name, ...pairs] = hash.replace(/^#/, '').split('&');
  if (name !== label) return {};
  const state = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at);
    try {
      const value = JSON.parse(decodeURIComponent(pair.slice(at + 1)));
      if (Object.hasOwn(start, key) && fits(value, start[key])) state[key] = value;
    } catch { /* not JSON: as if it were not there */ }
  }
  return state;
}

/** The address of a state: the label, and each key that differs from the start. */
export function address(label, state, start) {
  const differ = Object.keys(start).filter((key) => JSON.stringify(state[key]) !== JSON.stringify(start[key]));
  const write = (value) => encodeURIComponent(JSON.stringify(value)).replace(/%5B/g, '[').replace(/%5D/g, ']').replace(/%2C/g, ',');
  return `#${[label, ...differ.map((key) => `${key}=${write(state[key])}`)].join('&')}`;
}
