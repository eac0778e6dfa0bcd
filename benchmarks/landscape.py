"""A frame of the landscape in a real browser, in ms: 200 marbles rolling; the land while dragged."""

import os

from playwright.sync_api import Page, sync_playwright

from benchmarks.pages import browser_path
from landscaping.optimization.marbles import RULES
from landscaping.playgrounds.joining import joined
from landscaping.playgrounds.landscape import Landscape
from landscaping.playgrounds.playground import HERE

PAGE = '<!doctype html><html lang="en"><title>land</title><div id="here"></div></html>'
TREES = [
    ["fence", -10, 6, 10, 12],
    ["tie", -8, 4, 9, 20],
]
MEASURE = """async (state) => {
  const land = await import("./landscape.mjs"), here = document.getElementById("here");
  const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; },
    save_changes() {}, on() {}, off() {} };
  const view = new land.View(model, here).begin(), roll = [], drag = [];
  const timed = async (list, act) => {
    await new Promise(requestAnimationFrame);
    const from = performance.now();
    act();
    list.push(performance.now() - from);
  };
  for (let k = 0; k < 60; k++) await timed(roll, () => { view.advance(); view.advance(); view.draw(); });
  for (let k = 0; k < 30; k++) await timed(drag, () => view.move(5, 0, Math.sin(k / 9)));
  view.close();
  const at = (list, share) => list.sort((a, b) => a - b)[Math.floor(share * (list.length - 1))];
  return [at(roll, 0.5), at(roll, 0.95), at(drag, 0.5), at(drag, 0.95)];
}"""


def served(page: Page) -> Page:
    """A page with the module and nothing else."""
    module = joined(HERE / "landscape.mjs")
    page.route("**/*.mjs", lambda route: route.fulfill(content_type="text/javascript", body=module))
    page.route("**/", lambda route: route.fulfill(content_type="text/html", body=PAGE))
    page.goto("http://book.test/")
    return page


def setting(rule: str, trees: list[list], examples: int) -> dict:
    """200 marbles under this rule; the state of `Landscape`."""
    os.environ["LANDSCAPING_SITE"] = "1"
    return Landscape(rule=rule, trees=trees, examples=examples, marbles=200).state()


def main() -> None:
    """Print medians and 95th percentiles for every rule."""
    print("rule        trees  examples   rolling  (95 %)   dragging  (95 %)   wanted: rolling below 16")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for rule, trees, examples in [
            *((rule, [], 28) for rule in RULES),
            ("adam", TREES, 28),
            ("adam", [], 100),
        ]:
            page = served(browser.new_page(viewport={"width": 1280, "height": 900}))
            roll, roll95, drag, drag95 = page.evaluate(MEASURE, setting(rule, trees, examples))
            print(
                f"{rule:10} {len(trees):6} {examples:9} {roll:9.1f} {roll95:8.1f} {drag:10.1f} {drag95:8.1f}"
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
