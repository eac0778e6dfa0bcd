"""Every control of every chart in Chromium, the slowest first: ms from a move to the frame that shows it."""

import json
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.packed import served
from benchmarks.pages import SITE, browser_path
from benchmarks.visiting import visit

BAR, MOVES = 50, 60
# A frame begins with its callbacks and is painted after them: the loop's next turn comes when it is painted.
MOVE = """async ([label, signal, moves]) => {
  const inputs = [...document.querySelectorAll(`[data-chart="${label}"] [data-signal="${signal}"]`)];
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


def waits(page: Any, label: str) -> list[dict[str, Any]]:
    """The controls of one chart, alive: what their moves took, and how long the processor was at work."""
    chart = page.locator(f'[data-chart="{label}"]')
    chart.scroll_into_view_if_needed()
    chart.hover()
    page.wait_for_selector(f'[data-chart="{label}"][data-alive]', timeout=30_000)
    signals = chart.evaluate(
        "(box) => [...box.querySelectorAll('[data-signal]')].map((e) => e.dataset.signal)"
    )
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    made = []
    for signal in dict.fromkeys(signals):
        before = work(metrics)
        times = page.evaluate(MOVE, [label, signal, MOVES])
        made.append({"name": f"{label} {signal}", "times": times, "work": (work(metrics) - before) / MOVES})
    return made


def work(metrics: Any) -> float:
    """Milliseconds that the page's own thread has worked: the same on a busy machine."""
    found = metrics.send("Performance.getMetrics")["metrics"]
    return 1000 * next(row["value"] for row in found if row["name"] == "TaskDuration")


def p95(times: list[float]) -> float:
    """The 95th percentile of sorted times."""
    return times[int(0.95 * (len(times) - 1))]


def main() -> None:
    """Print a row for each control, the 95th percentile against the bar."""
    figures = [
        row for row in json.loads((SITE / "figures.json").read_text("utf8")) if row["kind"] == "explorer"
    ]
    rows = []
    with served(SITE) as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for figure in figures:
            opened = visit(chromium, home, figure["page"].partition("#")[0])
            rows += waits(opened.page, figure["label"])
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
