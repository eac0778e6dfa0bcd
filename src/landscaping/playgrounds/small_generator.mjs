// Chance, equal word for word to landscaping.small_generator: a browser cannot draw torch's numbers.

// What a stream is for: four purposes for each seed.
export const DATA = 0;
export const THROWS = 1;
export const BATCHES = 2;
export const WEIGHTS = 3;

export function small(seed, purpose) {
  let state = (4 * seed + purpose) >>> 0;
  const word = () => {
    state = (state + 0x9E3779B9) >>> 0;
    let z = Math.imul(state ^ state >>> 16, 0x85EBCA6B);
    z = Math.imul(z ^ z >>> 13, 0xC2B2AE35);
    return (z ^ z >>> 16) >>> 0;
  };
  const uniform = () => word() / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const shuffled = (n) => {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let last = n - 1; last > 0; last--) {
      const other = Math.floor(uniform() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  };
  return { word, uniform, normal, shuffled };
}

// Batches without end: in each epoch every example once, in a new order; the last batch may be short.
export function* batches(n, size, seed) {
  for (const chance = small(seed, BATCHES); ;) {
    const order = chance.shuffled(n);
    for (let first = 0; first < n; first += size) yield order.slice(first, first + size);
  }
}

// Rounded so that both languages, whose logarithms may differ in the last bit, agree.
export const thousandths = (v) => Math.floor(v * 1000 + 0.5) / 1000;
