"""Every chapter as Binder opens it: a notebook at once, Run All without an error, its figures alive."""

import os
import sys
from pathlib import Path

import pytest

from launching.notebook import SLOW, Notebook
from launching.rehearsal import keep, promised, rehearse
from sphinx_landscaping import binder_environment, chapters, lab, project
from turns import ENGINE, turn

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
AT = project.find(ROOT)
LISTED = [name for name in chapters.listed(AT) if "{code-cell}" in (AT.book / f"{name}.md").read_text("utf8")]
AGAIN = turn(LISTED, (*ENGINE, "binder/", "pyproject.toml", "tests/launching/"))
BASE = "/user/x/"  # as a hub would have it
SECONDS, MIB = 120, 1.2 * 1024


@pytest.fixture(scope="session")
def environment():
    """Binder's environment; what differs from Binder is said on the screen."""
    return binder_environment.environment(AT, say=lambda words: print(words, file=sys.__stderr__, flush=True))


@pytest.fixture(scope="session")
def home(environment, tmp_path_factory):
    """The home of a user of Binder."""
    return lab.home(AT, environment, tmp_path_factory.mktemp("binder") / "jovyan")


@pytest.fixture(scope="session")
def server(environment, home):
    """A hub's JupyterLab, on one core with all its kernels."""
    made = lab.start(environment, home, "--LabApp.expose_app_in_browser=True", base=BASE)
    cores, worker = sorted(os.sched_getaffinity(0)), os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    os.sched_setaffinity(made.process.pid, {cores[int(worker[2:]) % len(cores)]})
    yield made
    made.close()


@pytest.mark.parametrize("chapter", AGAIN)
def test_a_chapter_runs_in_binder_and_its_figures_are_alive(chromium, server, home, site, chapter, capsys):
    seen = rehearse(chromium, server, home, site, chapter)
    keep(ROOT, seen)
    with capsys.disabled():
        figures = f"{len(seen.kinds('drawn'))} figures, {len(seen.kinds('alive'))} alive"
        print(
            f"\nrehearsed {chapter}: {seen.cpu_seconds:.0f} s, {seen.peak_mib:.0f} MiB, {figures}",
            file=sys.stderr,
        )
    assert seen.opens, (
        f"{chapter} does not open as a notebook: look at binder/jupyterlab.json and the pin of jupytext"
    )
    assert seen.dialogs == 0
    assert seen.wrong == []
    assert seen.elsewhere == []
    assert {quality: seen.kinds(quality) for quality in ("drawn", "alive")} == promised(site, chapter)
    assert seen.cpu_seconds <= SECONDS
    assert seen.peak_mib <= MIB


def test_without_binders_last_step_a_chapter_is_only_text(chromium, environment, home, tmp_path):
    """The control: the same environment, and nobody ran postBuild in this home."""
    bare = tmp_path / "jovyan"
    (bare / "book").mkdir(parents=True)
    (bare / "book" / "index.md").write_bytes((home / "book" / "index.md").read_bytes())
    server = lab.start(environment, bare, base=BASE)
    try:
        shown = Notebook(chromium, server.address("index"))
        shown.page.locator(".jp-FileEditor").wait_for(timeout=SLOW)
        assert not shown.page.locator(".jp-NotebookPanel").count()
        shown.close()
    finally:
        server.close()
