"""Drawings and pictures made beside the reading of pages, on the cores that it leaves idle.

Sphinx reads and writes pages on one core, and much of a first build's time there goes into drawing. What is
drawn here lies where the build looks for it; what is not ready, or cannot be drawn, it draws itself, and then
says what is wrong.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import drawing, drawn_before, figure_list, notebook_outputs
from sphinx_landscaping.execution import store_of
from sphinx_landscaping.figures import CHART
from sphinx_landscaping.keeping import kept
from sphinx_landscaping.project import cores
from sphinx_landscaping.report import read_json

LATE = 800  # of the events when all is written: after what needs no picture
FEW = 3  # pages that are read as quickly as another process starts


def begin(app: Sphinx, _env: BuildEnvironment, names: list[str]) -> None:
    """Let the charts be drawn of the pages that will be read, the last one first: both meet in the middle."""
    if cores() < 2 or len(names) <= FEW or not drawn_before.FOLDER:
        return
    apart = multiprocessing.get_context("spawn")  # a copy of this process would have half of its threads
    app.landscaping_ahead = ProcessPoolExecutor(cores() - 1, apart, _get_ready, (drawn_before.FOLDER[0],))
    for name in reversed(names):
        for spec in charts(store_of(app), name):
            submit(app, _draw, spec)


def charts(store: Path, name: str) -> list[dict[str, Any]]:
    """The specifications of the charts that a page's cells made."""
    key = read_json(store / "shown.json").get(name, {}).get("key", "")
    notebook = read_json(store / "executed" / key / "base.ipynb") if key else {}
    outputs = (output for cell in notebook.get("cells", []) for output in cell.get("outputs", []))
    return [output["data"][CHART] for output in outputs if CHART in output.get("data", {})]


def _get_ready(folder: Path) -> None:
    """In a new process: end with the build, however it ends, and say nothing of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    drawn_before.FOLDER[:] = [folder]


def _end_with_the_build() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)


def _draw(spec: dict[str, Any]) -> None:
    for width in (drawing.WIDE, drawing.NARROW):
        drawing.drawn(spec, width, "", "")


def submit(app: Sphinx, make: Callable[..., object], *words: object) -> None:
    """Let something be made that the build will ask for; nothing happens where it draws by itself."""
    pool = getattr(app, "landscaping_ahead", None)
    if pool:
        with contextlib.suppress(BrokenExecutor, OSError):  # a process died, or none could start
            pool.submit(make, *words)


def go_on(app: Sphinx, _document: object) -> None:
    """Let the pictures be made of a page that was read: for those who take a figure, and for its notebook."""
    for figure in figure_list.listed(app.env).get(app.env.docname, []):
        if figure["svg"]:
            submit(app, notebook_outputs.small, figure["svg"], kept(app))


def end(app: Sphinx, error: Exception | None) -> None:
    """Wait for what is still being made, as all pages are written."""
    pool = getattr(app, "landscaping_ahead", None)
    if pool:
        pool.shutdown(cancel_futures=error is not None)
        del app.landscaping_ahead


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the beginning, the pages, the end."""
    app.connect("env-before-read-docs", begin)
    app.connect("doctree-read", go_on, priority=900)
    app.connect("build-finished", end, priority=LATE)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
