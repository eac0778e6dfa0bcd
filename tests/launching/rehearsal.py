"""One chapter as a learner meets it in Binder: what it took, and what was alive."""

import json
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from launching.notebook import Notebook
from sphinx_landscaping import report
from sphinx_landscaping.lab import Lab

PATIENCE = 400  # seconds of wall time: the tests' other processes may hold the cores meanwhile


@dataclass
class Seen:
    """What a rehearsal saw; seconds are the kernel's own on one core, to open and to Run All on the wall."""

    chapter: str
    opens: bool = False
    dialogs: int = 0
    cells: int = 0
    wrong: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    open_seconds: float = 0.0
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mib: float = 0.0
    longest_cell: float = 0.0
    figures: list[dict] = field(default_factory=list)

    def kinds(self, quality: str) -> dict[str, str]:
        """The figures that are `drawn` or `alive`, each with what it is."""
        return {one["label"]: one["kind"] for one in self.figures if one[quality]}


def rehearse(browser: Browser, lab: Lab, home: Path, site: Path, chapter: str) -> Seen:
    """Open the chapter by its button's path in a fresh workspace, run all its cells, touch every figure."""
    shutil.rmtree(home / ".jupyter" / "lab" / "workspaces", ignore_errors=True)
    start, seen = time.monotonic(), Seen(chapter)
    notebook = Notebook(browser, lab.address(chapter))
    try:
        seen.opens, seen.dialogs = notebook.is_notebook(), notebook.dialogs()
        if seen.opens and not seen.dialogs:
            kernel = process(lab, notebook.kernel())
            seen.open_seconds = time.monotonic() - start
            _run(notebook, kernel, seen, list(promised(site, chapter)["alive"]))
    finally:
        notebook.close()
        for session in lab.ask("sessions"):
            lab.ask(f"sessions/{session['id']}", method="DELETE")
    seen.elsewhere = notebook.elsewhere
    return seen


def _run(notebook: Notebook, kernel: psutil.Process, seen: Seen, lively: list[str]) -> None:
    start = time.monotonic()
    state = notebook.run_all(PATIENCE)
    seen.wall_seconds = time.monotonic() - start
    seen.cells, seen.wrong = state["cells"], state["wrong"]
    seen.cpu_seconds, seen.peak_mib = sum(kernel.cpu_times()[:2]), peak(kernel)
    seen.longest_cell = state["longest"]
    seen.figures = [] if seen.wrong else notebook.figures(lively)
    seen.dialogs = notebook.dialogs()


def process(lab: Lab, kernel: str) -> psutil.Process:
    """The process of a kernel: its connection file carries the kernel's id."""
    for child in psutil.Process(lab.process.pid).children(recursive=True):
        if any(kernel in word for word in child.cmdline()):
            return child
    raise LookupError(f"kernel {kernel} has no process")


def peak(kernel: psutil.Process) -> float:
    """The most memory that a process ever held, in MiB."""
    lines = Path(f"/proc/{kernel.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def promised(site: Path, chapter: str) -> dict[str, dict[str, str]]:
    """The figures of the chapter's page: all of them, and those that it says are alive."""
    listed = json.loads((site / "figures.json").read_text("utf8"))
    ours = [one for one in listed if one["page"].startswith(f"{chapter}.html#")]
    all_of_them = {one["label"]: kind(one) for one in ours}
    return {
        "drawn": all_of_them,
        "alive": {one["label"]: kind(one) for one in ours if one["kind"] != "still"},
    }


def kind(figure: dict) -> str:
    """What a figure of the site is in a notebook."""
    return "playground" if figure["kind"] == "playground" else "chart"


def keep(root: Path, seen: Seen) -> None:
    """Write what was seen into _build/launching, one file a chapter."""
    name = seen.chapter.replace("/", "-")
    report.write_json(root / "_build" / "launching" / f"{name}.json", asdict(seen))
