// What a page still holds: listeners on what outlives a playground, timers, frames, observers. Run before it starts.
() => {
  const held = window.held = { listeners: new Map(), timers: new Set(), observers: new Map() };
  const stays = (target) => !(target instanceof Node) || [document, document.body, document.documentElement].includes(target);
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, act, options) {
    if (stays(this)) held.listeners.set(`${this} ${type} ${held.listeners.size}`, options?.signal);
    return add.call(this, type, act, options);
  };
  for (const [start, stop] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"],
    ["requestAnimationFrame", "cancelAnimationFrame"]]) {
    const begin = window[start], end = window[stop];
    window[start] = (act, ...more) => {
      const once = (...given) => { if (start !== "setInterval") held.timers.delete(start + id); act(...given); };
      const id = begin(once, ...more);
      held.timers.add(start + id);
      return id;
    };
    window[stop] = (id) => { held.timers.delete(start + id); end(id); };
  }
  for (const kind of ["ResizeObserver", "IntersectionObserver", "MutationObserver"]) {
    const { observe, disconnect } = window[kind].prototype;
    window[kind].prototype.observe = function (...given) { held.observers.set(this, kind); observe.apply(this, given); };
    window[kind].prototype.disconnect = function () { held.observers.delete(this); disconnect.call(this); };
  }
  held.left = () => ({
    listeners: [...held.listeners].filter(([, signal]) => !signal?.aborted).map(([where]) => where),
    timers: [...held.timers],
    observers: [...held.observers.values()],
    model: Object.values(window.model.hears).flat().length,
  });
}
