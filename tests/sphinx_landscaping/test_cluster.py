"""Whole chapters on a Dask cluster of several processes on this machine, one of which is killed."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from small_book import fresh
from sphinx_landscaping import cluster, executors, inputs, packages, project, report
from sphinx_landscaping.kernels import Job
from sphinx_landscaping.limits import Limits

DASK = str(Path(sys.executable).with_name("dask"))
WAITS = """
```{code-cell} ipython3
import os, pathlib, time
note = pathlib.Path(os.environ["NOTES"], "flat")
first = not note.exists()
note.write_text(str(os.getppid()))
time.sleep(600 if first else 0)
print("waited")
```
"""


@pytest.mark.parametrize(
    ("asked", "where"),
    [("dask://10.0.0.7:8786", "tcp://10.0.0.7:8786"), ("dask://[::1]:80/", "tcp://[::1]:80")],
)
def test_an_address_is_read(asked, where):
    assert project.scheduler(asked) == where


@pytest.mark.parametrize(
    "asked", ["dask", "dask://host", "dask://:8786", "tcp://host:8786", "dask://host:0", "dask://host:99999"]
)
def test_a_malformed_address_gets_a_sentence(asked):
    with pytest.raises(report.Stopped, match="write dask://host:port"):
        project.scheduler(asked)


def test_a_chapter_that_no_worker_could_run_is_named():
    lost = Future()
    lost.set_exception(RuntimeError("4 workers died\nwhile trying"))
    job = Job("hills/flat", {}, "", "", "", (), Limits(1))
    assert executors.ended_as(lost, job).failure == (
        "hills/flat: no worker could run it: RuntimeError: 4 workers died"
    )


def test_a_cluster_that_lost_all_its_workers_stops_the_build(monkeypatch):
    class Client:
        def nthreads(self):
            return {}

    monkeypatch.setattr(cluster, "WITHOUT_WORKERS", -1)
    with pytest.raises(report.Stopped, match="has lost all its workers"):
        cluster.Workers(Client(), "tcp://10.0.0.7:8786")()


@pytest.fixture
def job(tmp_path, monkeypatch):
    """A chapter of a small book as it is sent to a worker that stands in the same files."""
    book = fresh(tmp_path / "book")
    monkeypatch.chdir(book.root)
    library = inputs.Library(book.root / "src", "small")
    code = "from small.hills import height"
    versions = packages.versions(book.root)
    found = inputs.of_chapter([code], library, book.root / "book" / "hills", versions)
    cell = {"cell_type": "code", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return book, Job("hills/steep", notebook, "", "", "", (), Limits(20), found)


def test_a_worker_with_the_same_files_agrees(job):
    book, job = job
    assert cluster.difference(job, cluster.TOOLS, project.find()) == ""
    book.edit("src/small/hills.py", "The height of a hill", "How high a hill is")
    assert cluster.difference(job, cluster.TOOLS, project.find()) == ""


def test_a_worker_with_other_files_refuses_by_a_sentence(job):
    book, job = job
    assert cluster.difference(job, "others", project.find()) == "the site's tools"
    assert (
        cluster.difference(replace(job, name="hills/lost"), cluster.TOOLS, project.find())
        == "no book/hills/lost.md"
    )
    book.edit("src/small/hills.py", "2 * steps", "4 * steps")
    done = cluster.run_here(job, cluster.TOOLS)
    assert "has other files (small/hills.py changed)" in done.failure
    assert done.wall_seconds == 0.0


@pytest.fixture
def started():
    """Start processes that end with the test."""
    processes = []

    def start(book, *words, notes):
        environ = book.environment(NOTES=str(notes), DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="60s")
        command = [DASK, *words, "--host", "127.0.0.1", "--no-dashboard"]
        with (notes / f"{len(processes)}.log").open("w") as log:
            processes.append(subprocess.Popen(command, cwd=book.root, env=environ, stdout=log, stderr=log))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def wait_for(found, seconds=120):
    """What `found` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)
    return value


@pytest.mark.slow
def test_a_killed_worker_loses_nothing_and_the_pages_are_the_same(tmp_path, started):
    notes = tmp_path / "notes"
    notes.mkdir()
    book = fresh(tmp_path / "book")
    path = book.root / "book" / "hills" / "flat.md"
    path.write_text(path.read_text() + WAITS)
    executor, at = ("--executor", "dask://127.0.0.1:%s"), tmp_path / "scheduler.json"

    started(book, "scheduler", "--port", "0", "--scheduler-file", str(at), notes=notes)
    port = wait_for(lambda: report.read_json(at)).get("address").rpartition(":")[2]
    alone = book.build(executor[0], executor[1] % port)
    assert alone.returncode == 1
    assert "has no workers: start some" in alone.stderr

    workers = {}
    for number in range(3):
        words = ("--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path / f"worker-{number}"))
        worker = started(book, "worker", f"tcp://127.0.0.1:{port}", *words, notes=notes)
        workers[worker.pid] = worker
    wait_for(lambda: all("Registered to" in (notes / f"{n}.log").read_text() for n in (1, 2, 3)))
    with subprocess.Popen(
        [sys.executable, "-m", "sphinx_landscaping", "build", executor[0], executor[1] % port],
        cwd=book.root, env=book.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as building:  # fmt: skip
        busy = int(wait_for(lambda: (notes / "flat").exists() and (notes / "flat").read_text()))
        os.kill(workers[busy].pid, signal.SIGKILL)
        _, said = building.communicate(timeout=120)
    assert building.returncode == 0, said
    assert set(book.ran().values()) == {"first run"}
    assert int((notes / "flat").read_text()) in set(workers) - {busy}  # another worker took it up

    there = book.site()
    assert book.build().returncode == 0
    assert book.ran() == {}  # the names under which results are kept are the same
    (tmp_path / "again").mkdir()
    local = fresh(tmp_path / "again" / "book")
    (local.root / "book" / "hills" / "flat.md").write_text(path.read_text())
    assert local.build(NOTES=str(notes)).returncode == 0
    assert local.site() == there


@pytest.mark.slow
def test_a_scheduler_that_nobody_reaches_gets_a_sentence(book):
    before = book.site()
    book.edit("src/small/hills.py", "2 * steps", "4 * steps")
    done = book.build("--executor", "dask://127.0.0.1:9")
    assert done.returncode == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert book.site() == before
