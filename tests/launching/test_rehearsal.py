"""Chapters as Binder opens them: a notebook at once, Run All without an error, its figures alive."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from launching.notebook import Notebook
from launching.rehearsal import ENGINE, Seen, button, faults, keep, listed, promised, rehearse
from sphinx_landscaping import binder_environment, lab, project
from trial_notebook import NOTEBOOK
from turns import turn

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
AT = project.find(ROOT)
AGAIN = turn("rehearsal", listed(AT), ENGINE)
BASE = "/user/x/"  # as a hub would have it
TWO_CHARTS = f"""{NOTEBOOK}---

```{{code-cell}} ipython3
import altair as alt
import pandas as pd
from landscaping import charts

points = alt.Chart(pd.DataFrame({{"x": [0, 1]}})).mark_point().encode(x="x").properties(width=80, height=40)
```

```{{code-cell}} ipython3
---
mystnb: {{figure: {{name: fig-dead}}}}
---
points
```

```{{code-cell}} ipython3
---
mystnb: {{figure: {{name: fig-alive}}}}
---
size = alt.param(name="size", value=20, bind=alt.binding_range(min=10, max=90, step=10))
points.encode(size=alt.SizeValue(alt.expr("size"))).add_params(size)
```
"""


@pytest.fixture(scope="session")
def environment():
    """Binder's environment; what differs from Binder is said on the screen."""
    return binder_environment.environment(AT, say=said)


@pytest.fixture(scope="session")
def home(environment, tmp_path_factory):
    """The home of a user of Binder."""
    return lab.home(AT, environment, tmp_path_factory.mktemp("binder") / "jovyan")


@pytest.fixture(scope="session")
def hub(environment, home):
    """A hub's JupyterLab, on one core with all its kernels."""
    made = lab.start(environment, home, "--LabApp.expose_app_in_browser=True", base=BASE)
    keep_to_one_core(made.process.pid)
    yield made
    made.close()


def keep_to_one_core(process: int) -> None:
    """Where the system can: elsewhere OMP_NUM_THREADS, which postBuild sets, has the same effect."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {max(os.sched_getaffinity(0))})


def said(words: str) -> None:
    """On the screen, whatever pytest catches."""
    print(f"\n{words}", file=sys.__stderr__, flush=True)


@pytest.mark.parametrize("rehearsed", AGAIN)
def test_a_chapter_runs_in_binder_and_its_figures_are_alive(chromium, hub, home, site, rehearsed):
    wanted = promised(site, rehearsed)
    seen = rehearse(chromium, hub, home, button(site, rehearsed), Seen(rehearsed), list(wanted["alive"]))
    keep(ROOT, seen)
    figures = f"{len(seen.kinds('drawn'))} figures, {len(seen.kinds('alive'))} alive"
    said(f"rehearsed {rehearsed}: {seen.cpu_seconds:.0f} s, {seen.peak_mib:.0f} MiB, {figures}")
    assert faults(seen, wanted) == []


def test_a_figure_that_answers_nothing_is_told_from_one_that_does(chromium, hub, home):
    """The control of the rehearsal's touch."""
    (home / "book" / "two-charts.md").write_text(TWO_CHARTS, encoding="utf8")
    path, lively = "lab/tree/book/two-charts.md", ["fig-dead", "fig-alive"]
    seen = rehearse(chromium, hub, home, path, Seen("two charts"), lively)
    assert seen.wrong == []
    assert list(seen.kinds("drawn")) == lively
    assert list(seen.kinds("alive")) == ["fig-alive"]


def test_without_binders_last_step_a_chapter_is_only_text(chromium, environment, home, tmp_path):
    """The control of all: the same environment, and nobody ran postBuild in this home."""
    bare = tmp_path / "jovyan"
    (bare / "book").mkdir(parents=True)
    (bare / "book" / "first-fit.md").write_bytes((home / "book" / "first-fit.md").read_bytes())
    server = lab.start(environment, bare, base=BASE)
    try:
        seen = rehearse(chromium, server, bare, "lab/tree/book/first-fit.md", Seen("first-fit"), [])
    finally:
        server.close()
    assert not seen.opens


def heard() -> None:
    """In the new process: end on Ctrl-C, which a shell's background ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_make_lab_opens_a_chapter_until_ctrl_c(chromium, environment):
    words = [sys.executable, "-m", "sphinx_landscaping", "lab", "first-fit"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=heard) as command:
        address = next(found for line in command.stdout if (found := re.search(r"http://127\S+", line)))[0]
        try:
            shown = Notebook(chromium, address)
            seen = shown.is_notebook(), shown.dialogs()
            shown.close()
        finally:
            command.send_signal(signal.SIGINT)
    assert seen == (True, 0)
    assert command.returncode == 130


def test_what_a_learner_would_meet_is_told():
    wanted = {"drawn": {"fig-a": "chart", "fig-b": "playground"}, "alive": {"fig-b": "playground"}}
    both = [{"label": "fig-a", "kind": "chart", "drawn": True, "alive": False}]
    both += [{"label": "fig-b", "kind": "playground", "drawn": True, "alive": True}]
    assert faults(Seen("it", opens=True, figures=both), wanted) == []
    asleep = [both[0], {**both[1], "alive": False}]
    assert faults(Seen("it", opens=True, figures=asleep), wanted) == ["fig-b is not alive"]
    assert faults(Seen("it", opens=True, figures=both, dialogs=1, wrong=["an error"]), wanted) == [
        "1 dialogs",
        "an error",
    ]
    slow = Seen("it", opens=True, figures=both, cpu_seconds=121, peak_mib=2000)
    assert [words.split(",")[1] for words in faults(slow, wanted)] == [" at most 120", " at most 1229"]
