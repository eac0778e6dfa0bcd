// One look for all playgrounds. Colours are the page's own (data, model, optimizer, the ramp of heights); in a
// notebook, which has none of them, the same values stand here.

let PAPER = [], NIGHT = [];
NOTEBOOK: {                                      // the site, which has the colours, leaves this out
  PAPER = ["#34439f", "#127a66", "#c2440a", "#1d1c1a", "#5d5952", "#fffefb", "#f6f4ef", "#d9d4ca", "#85807a",
    "#f8f1f7", "#e5d9e5", "#d3c1d4", "#c0aac4", "#ac93b4", "#987ea6", "#846897", "#705489", "#5d407b"];
  NIGHT = ["#5c93f5", "#6fe0ba", "#ee7a3c", "#e6e3dc", "#a8a59d", "#15171b", "#1e2126", "#383d45", "#7d828a",
    "#27252c", "#3a3541", "#4d4658", "#62576f", "#786888", "#8f7ba0", "#a78db9", "#c0a0d3", "#dab3ed"];
}
export const HEIGHTS = Array.from({ length: 9 }, (_, k) => `height${k}`);
export const NAMES = ["data", "model", "optimizer", "ink", "quiet", "paper", "panel", "line", "control", ...HEIGHTS];
const given = (colours) => NAMES.map((name, k) => `--c-${name}:var(--${name},${colours[k] ?? ""})`).join(";");

export const CSS = `
:host{display:block;${given(PAPER)};color:var(--c-ink);font:.9063rem/1.45 var(--sans,system-ui,sans-serif)}
:host([data-night]){${given(NIGHT)}}
*{box-sizing:border-box}
.all{container-type:inline-size}
.pictures{display:grid;gap:.75rem 1.25rem}
canvas,svg{display:block;width:100%;touch-action:manipulation;-webkit-user-select:none;user-select:none}
canvas{aspect-ratio:1;cursor:crosshair;border-radius:3px}
svg{overflow:visible;cursor:default}
svg circle{fill:var(--c-data);cursor:grab}
svg:focus-visible .chosen,svg .held{stroke:var(--c-ink);stroke-width:2.5}
svg .curve{fill:none;stroke:var(--c-optimizer);stroke-width:2.25;stroke-linejoin:round;pointer-events:none}
svg .many{stroke-width:1;stroke-opacity:.4}
svg .axis{stroke:var(--c-line);pointer-events:none}
svg text{fill:var(--c-quiet);font-size:12px}
p{margin:0}
.key{display:grid;grid-template-columns:3rem 1fr;align-items:center;gap:.5rem;padding:.1rem 0;color:var(--c-quiet);font-size:.8125rem}
.key i{height:.6rem;border-radius:2px;background:linear-gradient(90deg,${HEIGHTS.map((h) => `var(--c-${h})`)})}
.key b{justify-self:center;width:.9rem;height:.9rem;border:2px solid var(--c-ink);border-radius:50%}
.say{min-height:4.6em;padding:.35rem 0}
.say strong{font-weight:600;color:var(--c-optimizer)}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem}
.count{color:var(--c-quiet);font-variant-numeric:tabular-nums}
button,select{min-height:2.25rem;padding:.3rem .7rem;border:1px solid var(--c-control);border-radius:.375rem;background:var(--c-paper);color:inherit;font:inherit;cursor:pointer}
button:hover{background:var(--c-panel)}
button.first{min-width:5.5rem;border-color:var(--c-optimizer);background:var(--c-optimizer);color:var(--c-paper);font-weight:600}
button[aria-pressed=true]{border-color:var(--c-model);box-shadow:inset 0 0 0 1px var(--c-model)}
:disabled{opacity:.45;cursor:default}
:focus-visible{outline:2px solid var(--c-ink);outline-offset:2px}
.settings{display:grid;gap:.25rem 1.75rem;margin-top:.75rem}
fieldset{min-width:0;margin:0;padding:.5rem 0;border:0;border-top:2px solid var(--mark)}
legend{float:left;width:100%;margin-bottom:.25rem;padding:0;color:var(--mark);font-weight:600}
legend+*{clear:both}
.optimizer{--mark:var(--c-optimizer)}.data{--mark:var(--c-data)}.model{--mark:var(--c-model)}
.set{display:grid;grid-template-columns:6.6rem minmax(0,1fr) 3.1rem;align-items:center;gap:.5rem;min-height:2.25rem}
.set label{line-height:1.2}
.set output{text-align:right;font-variant-numeric:tabular-nums}
.set select{grid-column:2/-1}
input[type=range]{width:100%;min-width:0;height:1.75rem;margin:0;accent-color:var(--mark);cursor:pointer}
.hint{color:var(--c-quiet);font-size:.8125rem;padding:.25rem 0}
ul{margin:.5rem 0 0;padding:0;list-style:none}
li{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .5rem;padding:.2rem 0}
li span{flex:1 1 100%}
@container (min-width:20rem) and (max-width:33.99rem){svg text{font-size:9px}}
@container (min-width:34rem){
 .pictures{grid-template-columns:minmax(0,1.45fr) minmax(0,1fr)}
 .settings{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
 .optimizer{grid-row:span 2}
}
@container (min-width:58rem){.settings{grid-template-columns:repeat(3,minmax(0,1fr))}.optimizer{grid-row:auto}}`;
