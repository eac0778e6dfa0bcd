"""One chapter as a learner meets it in Binder: what it took, and what was alive."""

import json
import re
import shutil
import time
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import psutil
from playwright.sync_api import Browser

from launching.meter import Meter
from launching.notebook import Notebook
from sphinx_landscaping import chapter_head, chapters, report
from sphinx_landscaping.lab import Lab
from sphinx_landscaping.project import Project

ENGINE = ("binder/", "constraints.txt", "pyproject.toml", "tests/launching/")
ENGINE += tuple(f"src/sphinx_landscaping/{name}.py" for name in ("binder", "binder_environment", "lab"))
ENGINE += tuple(
    f"src/landscaping/{name}" for name in ("charts/theme", "claims/", "glue", "playgrounds/", "progress")
)
SECONDS, MIB = 120, 1.2 * 1024  # what a chapter may take of one core and of the memory


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


def listed(project: Project) -> list[str]:
    """The chapters that a button opens, in the book's order."""
    texts = {name: (project.book / f"{name}.md").read_text("utf8") for name in chapters.listed(project)}
    return [name for name, text in texts.items() if chapter_head.is_chapter(name, text)]


def rehearse(browser: Browser, lab: Lab, home: Path, path: str, seen: Seen, lively: list[str]) -> Seen:
    """Open this path in a fresh workspace, run all its cells, touch every figure that should answer."""
    shutil.rmtree(home / ".jupyter" / "lab" / "workspaces", ignore_errors=True)
    start = time.monotonic()
    notebook = Notebook(browser, f"{lab.base}{path}?token={lab.token}")
    try:
        seen.opens, seen.dialogs = notebook.is_notebook(), notebook.dialogs()
        if seen.opens and not seen.dialogs:
            meter = Meter(process(lab, notebook.kernel()))
            seen.open_seconds = time.monotonic() - start
            _run(notebook, meter, seen, lively)
    finally:
        notebook.close()
        for session in lab.ask("sessions"):
            lab.ask(f"sessions/{session['id']}", method="DELETE")
    seen.elsewhere = notebook.elsewhere
    return seen


def _run(notebook: Notebook, meter: Meter, seen: Seen, lively: list[str]) -> None:
    start = time.monotonic()
    state = notebook.run_all(lambda: meter.works(2 * SECONDS))
    seen.wall_seconds = time.monotonic() - start
    meter.look()
    seen.cells, seen.wrong, seen.longest_cell = state["cells"], state["wrong"], state["longest"]
    seen.cpu_seconds, seen.peak_mib = meter.seconds, meter.peak_mib
    seen.figures = [] if seen.wrong else notebook.figures(lively)
    seen.dialogs = notebook.dialogs()


def faults(seen: Seen, wanted: dict[str, dict[str, str]]) -> list[str]:
    """What a learner would meet: each as a short sentence, none where all is well."""
    missing = [
        f"{label} is not {quality}"
        for quality in wanted
        for label, _ in sorted(wanted[quality].items() ^ seen.kinds(quality).items())
    ]
    told = {
        "it opens as text: look at binder/jupyterlab.json and the pin of jupytext": not seen.opens,
        f"{seen.dialogs} dialogs": seen.dialogs,
        f"{seen.cpu_seconds:.0f} s of a core, at most {SECONDS}": seen.cpu_seconds > SECONDS,
        f"{seen.peak_mib:.0f} MiB, at most {MIB:.0f}": seen.peak_mib > MIB,
    }
    return [*(said for said, so in told.items() if so), *seen.wrong, *seen.elsewhere, *missing]


def button(site: Path, chapter: str) -> str:
    """The path that the Binder button of a chapter's page opens."""
    page = (site / f"{chapter}.html").read_text("utf8")
    (address,) = re.findall(r'href="(https://mybinder\.org/v2/[^"]+)"', page)
    return parse_qs(urlparse(unescape(address)).query)["urlpath"][0]


def process(lab: Lab, kernel: str) -> psutil.Process:
    """The process of a kernel: its connection file carries the kernel's id."""
    for child in psutil.Process(lab.process.pid).children(recursive=True):
        if any(kernel in word for word in child.cmdline()):
            return child
    raise LookupError(f"kernel {kernel} has no process")


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
