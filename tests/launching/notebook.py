"""A chapter in JupyterLab, as a learner's browser shows it: opened, run, its figures touched."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TooLate

FIGURES = Path(__file__).with_name("figures_alive.js").read_text("utf-8")
SLOW = 600_000  # milliseconds: a machine that does much else at once
STATE = """() => {
  const { content, sessionContext } = jupyterapp.shell.currentWidget, wrong = [];
  const finished = (window.finished ??= [performance.now()]);
  let cells = 0, done = 0;
  for (let i = 0; i < content.model.cells.length; i++) {
    const cell = content.model.cells.get(i);
    if (cell.type !== "code") continue;
    cells++;
    done += cell.executionCount !== null;
    for (let k = 0; k < cell.outputs.length; k++) {
      const output = cell.outputs.get(k).toJSON();
      if (output.output_type === "error") wrong.push(`${output.ename}: ${output.evalue}`);
    }
  }
  while (finished.length <= done) finished.push(performance.now());
  const longest = Math.max(...finished.slice(1).map((at, k) => at - finished[k])) / 1000;
  const idle = sessionContext.session?.kernel?.status === "idle";
  return { cells, done, idle, wrong, longest };
}"""


class Notebook:
    """A browser on one address; what it asks of other hosts is refused and noted."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(SLOW)
        self.elsewhere: list[str] = []
        self.context.route(lambda url: urlparse(url).hostname not in ("127.0.0.1", None), self._refuse)
        self.page.goto(address, timeout=SLOW)
        self.page.locator(".jp-NotebookPanel, .jp-FileEditor").first.wait_for()

    def _refuse(self, route) -> None:
        self.elsewhere.append(route.request.url)
        route.abort()

    def is_notebook(self) -> bool:
        """Whether the file is shown as a notebook with cells of code, and not as text."""
        if not self.page.locator(".jp-NotebookPanel").count():
            return False
        try:
            self.page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
        except TooLate:
            return False
        return True

    def dialogs(self) -> int:
        """How many questions and notices stand in the way."""
        return self.page.locator(".jp-Dialog, .Toastify__toast").count()

    def kernel(self) -> str:
        """The id of its kernel, once there is one."""
        ready = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.id"
        return self.page.wait_for_function(ready).json_value()

    def run_all(self, works: Callable[[], bool]) -> dict:
        """Run all cells by the menu while the kernel works.

        Returns how many cells there are, their errors, and the seconds of the longest.
        """
        self.page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
        self.page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        while True:
            state, working = self.page.evaluate(STATE), works()
            if state["wrong"] or (state["done"] == state["cells"] and state["idle"]):
                return state
            if not working:
                cells = f"{state['done']} of {state['cells']} cells"
                return {**state, "wrong": [f"{cells} have run: the kernel stands still or takes too long"]}
            self.page.wait_for_timeout(200)

    def figures(self, lively: list[str]) -> list[dict]:
        """Every figure in its order: label, kind, whether it is drawn, whether it answers (if it should)."""
        return self.page.evaluate(FIGURES, lively)

    def close(self) -> None:
        """Close the browser's window."""
        self.context.close()
