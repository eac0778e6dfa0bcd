// Self-checks come alive: a field for the reader's number instead of a list of folds. Without this file the folds
// say the same.

/** Read a number as readers type it: 0.5, 0,5, 1/3, -2e3. NaN for anything else. */
export function read(text) {
  const parts = text.trim().replace("−", "-").replace(",", ".").split("/");
  const numbers = parts.map((part) => (part.trim() === "" ? NaN : Number(part)));
  return parts.length > 2 ? NaN : numbers.length === 2 ? numbers[0] / numbers[1] : numbers[0];
}

/** Judge a number: "unread", "right", "wrong", or the place of the listed number that it is. */
export function judge(value, answer, tolerance, likely) {
  if (!Number.isFinite(value)) return "unread";
  // A typed decimal is not exact in binary: a number on the edge of the tolerance counts as inside.
  const near = (other) => Math.abs(value - other) <= tolerance + 1e-9 * Math.max(1, Math.abs(other));
  if (near(answer)) return "right";
  const place = likely.findIndex(near);
  return place < 0 ? "wrong" : place;
}

const SAID = {
  unread: "Write a number, like 0.5 or 1/3.",
  right: "Right.",
  wrong: "Not this number. Look at your steps again, or open the answer.",
};

function form(box) {
  const made = document.createElement("form");
  const label = document.createElement("label");
  const unit = box.dataset.unit;
  label.textContent = unit ? `Your number, in ${unit} ` : "Your number ";
  const input = document.createElement("input");
  Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off" });
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", textContent: "Check" });
  label.append(input);
  made.className = "selfcheck-form";
  made.append(label, " ", button);
  return { made, input };
}

function enliven(box) {
  const folds = [...box.querySelectorAll("details[data-value]")];
  const likely = folds.map((fold) => Number(fold.dataset.value));
  const { made, input } = form(box);
  const message = document.createElement("p");
  message.className = "selfcheck-message";
  message.setAttribute("role", "status");
  folds.forEach((fold, place) => Object.assign(fold, { hidden: true, id: `${box.id}-likely-${place}` }));
  box.querySelector(".selfcheck-name").after(made, message);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const { answer, tolerance } = box.dataset;
    const verdict = judge(read(input.value), Number(answer), Number(tolerance), likely);
    const isLikely = typeof verdict === "number";
    message.textContent = isLikely ? "Not this number. What is likely:" : SAID[verdict];
    // The reason stands below, outside the live region: point to it, so that it is read with the message.
    if (isLikely) input.setAttribute("aria-describedby", folds[verdict].id);
    else input.removeAttribute("aria-describedby");
    message.className = `selfcheck-message selfcheck-${isLikely ? "wrong" : verdict}`;
    folds.forEach((fold, place) => {
      fold.hidden = place !== verdict;
      fold.open = place === verdict;
    });
  });
}

if (typeof document !== "undefined") document.querySelectorAll(".selfcheck").forEach(enliven);
