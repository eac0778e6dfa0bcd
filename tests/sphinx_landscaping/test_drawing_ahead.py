"""Drawings made beside the reading of pages: found by the build, the same, and gone with it."""

import json
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import psutil
import pytest

from sphinx_landscaping import drawing, drawing_ahead, drawn_before

pytestmark = pytest.mark.slow
CHART = {"data": {"values": [{"a": 1, "b": 2}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}
NAMES = ["one", "two", "three", "four", "five"]
KILLED = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from sphinx_landscaping import drawing_ahead, drawn_before

if __name__ == "__main__":
    drawn_before.FOLDER[:] = [Path(sys.argv[1])]
    app = SimpleNamespace(srcdir=sys.argv[1], config=SimpleNamespace(landscaping_executed="executed"))
    drawing_ahead.begin(app, None, ["one", "two", "three", "four", "five"])
    app.landscaping_ahead.submit(time.sleep, 60)
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A build that will read five pages; the first has a chart."""
    place = tmp_path / "executed" / "executed" / "a-key"
    place.mkdir(parents=True)
    outputs = [{"data": {drawing_ahead.CHART: CHART}}, {"data": {"text/plain": "1"}}, {"text": "said"}]
    (place / "base.ipynb").write_text(json.dumps({"cells": [{"outputs": outputs}, {}]}), "utf8")
    (tmp_path / "executed" / "shown.json").write_text(json.dumps({"one": {"key": "a-key"}}), "utf8")
    (tmp_path / "drawn").mkdir()
    monkeypatch.setattr(drawn_before, "FOLDER", [tmp_path / "drawn"])
    monkeypatch.setenv("LANDSCAPING_CORES", "2")
    return SimpleNamespace(srcdir=str(tmp_path), config=SimpleNamespace(landscaping_executed="executed"))


def test_the_build_finds_what_was_drawn_and_draws_nothing(app, tmp_path, monkeypatch):
    drawing_ahead.begin(app, None, NAMES)
    drawing_ahead.end(app, None)
    assert len(list((tmp_path / "drawn").iterdir())) == 2  # for the column and for a phone
    with monkeypatch.context() as without:
        without.setattr(drawing, "vl_convert", SimpleNamespace(__version__=drawing.vl_convert.__version__))
        found = drawing.drawn(CHART, drawing.WIDE, "fig", "a point")
    monkeypatch.setattr(drawn_before, "FOLDER", [])
    assert drawing.drawn(CHART, drawing.WIDE, "fig", "a point") == found


def test_few_pages_or_one_core_start_no_process(app, monkeypatch):
    drawing_ahead.begin(app, None, NAMES[:3])
    monkeypatch.setenv("LANDSCAPING_CORES", "1")
    drawing_ahead.begin(app, None, NAMES)
    assert not hasattr(app, "landscaping_ahead")
    drawing_ahead.submit(app, os.abort)
    drawing_ahead.end(app, None)


def test_what_cannot_be_drawn_harms_nothing(app, tmp_path):
    (tmp_path / "executed" / "executed" / "a-key" / "base.ipynb").write_text(
        json.dumps({"cells": [{"outputs": [{"data": {drawing_ahead.CHART: {"mark": "nothing"}}}]}]}), "utf8"
    )
    drawing_ahead.begin(app, None, NAMES)
    drawing_ahead.end(app, None)
    assert list((tmp_path / "drawn").iterdir()) == []


def test_a_process_that_dies_stops_no_build(app, tmp_path):
    drawing_ahead.begin(app, None, NAMES)
    drawing_ahead.submit(app, os.abort)
    deadline = time.monotonic() + 60
    while not getattr(app.landscaping_ahead, "_broken", True):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    drawing_ahead.submit(app, os.getpid)
    drawing_ahead.end(app, None)
    assert drawing.drawn(CHART, drawing.WIDE, "fig", "a point").startswith("<svg")


def test_a_killed_build_leaves_no_process(tmp_path):
    (tmp_path / "killed.py").write_text(KILLED, "utf8")
    words = [sys.executable, str(tmp_path / "killed.py"), str(tmp_path)]
    environ = {**os.environ, "LANDSCAPING_CORES": "2"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environ) as build:
        assert build.stdout.readline() == "ready\n"
        deadline = time.monotonic() + 60
        while not (workers := psutil.Process(build.pid).children(recursive=True)):
            assert time.monotonic() < deadline
        time.sleep(3)
        build.send_signal(signal.SIGKILL)
    gone, alive = psutil.wait_procs(workers, timeout=30)
    assert gone
    assert not alive
