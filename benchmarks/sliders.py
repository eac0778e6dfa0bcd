"""Every control in Chromium, the slowest first: ms from a move to the frame that shows it."""

import json
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.packed import served
from benchmarks.pages import SITE, browser_path
from benchmarks.visiting import visit

BAR, MOVES = 50, 60
# A frame begins with its callbacks and is painted after them: the loop's next turn comes when it is painted.
MOVE = """async (inputs, moves) => {
  const [low, high] = [Number(inputs[0].min || 0), Number(inputs[0].max || 100)], times = [];
  const set = (input, share) => {
    if (input.type === 'checkbox' || input.type === 'radio') input.checked = !input.checked;
    else if (input.tagName === 'SELECT') input.selectedIndex = Math.floor(share * input.length * 0.999);
    else input.value = low + (high - low) * share;
  };
  for (let k = 0; k < moves; k++) {
    await new Promise(requestAnimationFrame);
    const input = inputs[k % inputs.length];
    set(input, ((k * 7) % moves) / (moves - 1));
    const from = performance.now();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b);
}"""


def waits(page: Any, label: str, controls: dict[str, Any]) -> list[dict[str, Any]]:
    """The controls of one figure, each with its inputs: what their moves took, and how long it worked."""
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    made = []
    for name, inputs in controls.items():
        before = work(metrics)
        times = inputs.evaluate_all(MOVE, MOVES)
        made.append({"name": f"{label} {name}", "times": times, "work": (work(metrics) - before) / MOVES})
    return made


def of_chart(page: Any, label: str) -> dict[str, Any]:
    """The signals of a chart, awake, each with the inputs that set it."""
    chart = page.locator(f'[data-chart="{label}"]')
    chart.scroll_into_view_if_needed()
    chart.hover()
    page.wait_for_selector(f'[data-chart="{label}"][data-alive]', timeout=30_000)
    signals = chart.locator("[data-signal]").evaluate_all("(inputs) => inputs.map((e) => e.dataset.signal)")
    return {signal: chart.locator(f'[data-signal="{signal}"]') for signal in dict.fromkeys(signals)}


def of_playground(page: Any, label: str) -> dict[str, Any]:
    """The sliders of a playground, awake."""
    room = page.locator(f"#{label}")
    room.scroll_into_view_if_needed()
    page.wait_for_selector(f"#{label} [data-alive], #{label}[data-alive]", timeout=30_000)
    sliders = room.locator("input[type=range]")
    names = sliders.evaluate_all("(inputs) => inputs.map((e) => e.id)")
    return {name: room.locator(f"input[type=range][id='{name}']") for name in names}


def work(metrics: Any) -> float:
    """Milliseconds that the page's own thread has worked: the same on a busy machine."""
    found = metrics.send("Performance.getMetrics")["metrics"]
    return 1000 * next(row["value"] for row in found if row["name"] == "TaskDuration")


def p95(times: list[float]) -> float:
    """The 95th percentile of sorted times."""
    return times[int(0.95 * (len(times) - 1))]


def main() -> None:
    """Print a row for each control, the 95th percentile against the bar."""
    ways = {"explorer": of_chart, "playground": of_playground}
    figures = [row for row in json.loads((SITE / "figures.json").read_text("utf8")) if row["kind"] in ways]
    rows = []
    with served(SITE) as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for figure in figures:
            opened = visit(chromium, home, figure["page"].partition("#")[0])
            controls = ways[figure["kind"]](opened.page, figure["label"])
            rows += waits(opened.page, figure["label"], controls)
            opened.close()
        chromium.close()
    print(f"{'figure and control':60}{'median':>8}{'95 %':>8}{'worst':>8}{'work':>8}")
    for row in sorted(rows, key=lambda row: -p95(row["times"])):
        times = row["times"]
        numbers = (times[len(times) // 2], p95(times), times[-1], row["work"])
        print(f"{row['name']:60}" + "".join(f"{number:8.1f}" for number in numbers))
    print(f"{'bar':60}{'':8}{BAR:8}")


if __name__ == "__main__":
    main()
