// Sliders, choices and switches of a playground from a declaration: native elements with labels.
//   { rate: slider("Learning rate", 0.01, 3, 0.01), rule: choice("Rule", { plain: "Plain", adam: "Adam" }), on: tick("Noise") }
// The key is the state's; what stands in the page has it as its id.

// `to` and `from`: from the slider's place to the value and back (a logarithm, say); `only`: the settings in which it
// matters; `most`: its upper end where that depends on the setting; `text`: the value as the reader sees it.
export const slider = (label, min, max, step, more = {}) =>
  ({ label, min, max, step, to: (v) => v, from: (v) => v, text: String, ...more, read: (input) => +input.value });
export const choice = (label, options, more = {}) => ({ label, options, to: (v) => v, ...more, read: (input) => input.value });
export const tick = (label, more = {}) => ({ label, to: (v) => v, ...more, read: (input) => input.checked });

const options = (table) => Object.entries(table).map(([value, words]) => `<option value="${value}">${words}</option>`).join("");

function control(key, { label, min, max, step, options: table }) {
  const name = `<div class="set"><label for="${key}">${label}</label>`;
  if (table) return `${name}<select id="${key}">${options(table)}</select></div>`;
  if (step === undefined) return `${name}<input type="checkbox" id="${key}"></div>`;
  return `${name}<input type="range" id="${key}" min="${min}" max="${max}" step="${step}"><output for="${key}"></output></div>`;
}

// A group of controls in the colour of its kind: data, model, or optimizer.
export const group = (kind, legend, controls, keys, more = "") =>
  `<fieldset class="${kind}"><legend>${legend}</legend>${keys.map((key) => control(key, controls[key])).join("")}${more}</fieldset>`;

export const button = (act, words, more = "") => `<button type="button" data-do="${act}"${more && ` ${more}`}>${words}</button>`;
export const PLAY = button("play", "Play", 'class="first"') + button("step", "Step") + button("reset", "Reset");

// Every control shows the setting.
export function showControls(root, controls, setting) {
  for (const [key, { only, most, from, text, options: table }] of Object.entries(controls)) {
    const input = root.getElementById(key);
    if (only) input.disabled = !only(setting);
    if (table) { input.value = setting[key]; continue; }
    if (!from) { input.checked = setting[key]; continue; }
    if (most) input.max = most(setting);
    input.value = from(setting[key]);
    input.nextElementSibling.textContent = text(setting[key]);
    input.setAttribute("aria-valuetext", text(setting[key]));
  }
}
