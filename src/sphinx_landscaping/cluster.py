"""Whole chapters on a Dask cluster: `make book EXECUTOR=dask://host:port`.

The scheduler and each worker run in the root of a checkout, with its .venv. A worker reads the inputs of a
chapter in its own files, and runs it only where they are those that the build has read in its files.
"""

import logging
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from . import inputs, packages
from .chapters import Chapter
from .executors import Place
from .kernels import Executed, Job, run
from .project import Project, find, scheduler
from .provisioning import private_folder
from .report import Stopped

CONNECT, WITHOUT_WORKERS = 10, 60  # seconds to wait for a scheduler, and for a worker to come back


def _tools() -> str:
    return inputs.digest(*(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))))


TOOLS = _tools()  # as they were imported: a worker that was started before they changed is another one


@contextmanager
def place(executor: str) -> Iterator[Place]:
    """The cluster behind an address; it has a worker, or this stops."""
    where = scheduler(executor)
    try:
        from distributed import Client
    except ImportError:
        raise Stopped("Dask is not installed: `make book EXECUTOR=…` installs it") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is said by sentences
    try:
        client = Client(where, timeout=CONNECT, set_as_default=False)
    except OSError:
        raise Stopped(
            f"no Dask scheduler answers at {where}: start one with `.venv/bin/dask scheduler`, "
            "or look at the address"
        ) from None
    with client:
        workers = Workers(client, where)
        if not workers():
            raise Stopped(
                f"the Dask scheduler at {where} has no workers: start some in the root of a checkout with "
                f"`.venv/bin/dask worker {where} --nthreads 1`"
            )
        pool: Executor = client.get_executor(pure=False)
        yield Place(partial(pool.submit, partial(run_here, tools=TOOLS)), workers)


class Workers:
    """How many chapters the cluster runs at once; stops the build when nobody has been there for long."""

    def __init__(self, client: Any, where: str) -> None:
        self.client, self.where, self.seen = client, where, time.monotonic()

    def __call__(self) -> int:
        """One chapter a thread of a worker."""
        try:
            count = sum(self.client.nthreads().values())
        except OSError:
            raise Stopped(
                f"the Dask scheduler at {self.where} answers no more: start it again, then `make book`; "
                "what was executed is kept"
            ) from None
        if count:
            self.seen = time.monotonic()
        elif time.monotonic() - self.seen > WITHOUT_WORKERS:
            raise Stopped(
                f"the Dask scheduler at {self.where} has lost all its workers: start them again, then "
                "`make book`; what was executed is kept"
            )
        return count


def run_here(job: Job, tools: str) -> Executed:
    """On a worker: run a chapter with the files that stand here, if they are those that the build knows."""
    packages.look_again()
    project = find()
    if other := difference(job, tools, project):
        return Executed(
            job.name,
            job.notebook,
            failure=f"{job.name}: the worker on {socket.gethostname()} has other files ({other}): bring its "
            "checkout and its .venv to the state of this one, start it again, then `make book`",
        )
    folder = (project.book / job.name).parent
    places = {"folder": folder, "source": project.source, "private": private_folder(project.build)}
    return run(replace(job, **{name: str(path) for name, path in places.items()}))


def difference(job: Job, tools: str, project: Project) -> str:
    """What differs first between a chapter's inputs where the build runs and here; empty: nothing."""
    if tools != TOOLS:
        return "the site's tools"
    path = project.book / f"{job.name}.md"
    if not path.exists():
        return f"no book/{job.name}.md"
    library = inputs.Library(project.source, project.package)
    cells = Chapter(job.name, path, nbformat.from_dict(job.notebook)).sources()
    found = inputs.of_chapter(cells, library, path.parent, packages.versions(project.root))
    return "" if found == job.inputs else inputs.reason(job.inputs, found)
