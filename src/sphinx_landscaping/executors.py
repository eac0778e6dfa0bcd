"""Where chapters run, handed out whole and one a worker: here, or on a Dask cluster (cluster.py)."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .kernels import Executed, Job, run
from .project import Project
from .provisioning import environment, private_folder
from .report import Progress
from .warm import Parent


@dataclass(frozen=True)
class Place:
    """How to hand out a chapter, and how many run there at once."""

    submit: Callable[[Job], Future]
    workers: Callable[[], int]


@contextmanager
def here(project: Project, count: int, imports: set[str], workers: int) -> Iterator[Place]:
    """This machine: a thread waits for each kernel; a warm parent forks them where that is worth it."""
    with warm_parent(project, count, imports) as warm, ThreadPoolExecutor(workers) as pool:
        yield Place(lambda job: pool.submit(run, replace(job, warm=warm)), lambda: workers)


@contextmanager
def warm_parent(project: Project, count: int, imports: set[str]) -> Iterator[str]:
    """The socket of a parent that has imported what chapters import; empty where each starts by itself."""
    if count < 2 or sys.platform != "linux" or os.environ.get("LANDSCAPING_WARM") == "0":
        yield ""
        return
    environ = environment(str(project.source), private_folder(project.build))
    with Parent(sorted(imports), environ, Path(tempfile.gettempdir())) as parent:
        if parent.why_not:
            print(f"      every kernel starts by itself: {parent.why_not}", flush=True)
        else:
            print(f"warm  what {count} chapters import   {parent.seconds:.1f} s of CPU", flush=True)
        yield "" if parent.why_not else parent.socket


def as_they_end(place: Place, jobs: list[Job], progress: Progress) -> Iterator[Executed]:
    """Hand out one chapter a worker, in this order, and give back each as it ends."""
    waiting, running = list(jobs), {}
    while waiting or running:
        workers = place.workers()
        while waiting and len(running) < workers:
            job = waiting.pop(0)
            progress.start(job.name)
            running[place.submit(job)] = job
        ended, _ = wait(running, timeout=0.25, return_when=FIRST_COMPLETED)
        progress.tick()
        yield from (ended_as(future, running.pop(future)) for future in ended)


def ended_as(future: Future, job: Job) -> Executed:
    """What came back; where nothing did, as after several workers died, the sentence that says so."""
    try:
        return future.result()
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        return Executed(job.name, job.notebook, failure=f"{job.name}: no worker could run it: {said}")
