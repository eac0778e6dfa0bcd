"""One chapter in one kernel: start, import, run cell by cell, and measure."""

import asyncio
import math
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from . import packages
from .limits import Limits, watch
from .provisioning import OurKernel, environment, register

SMALLER = "make the cell keep less at once"
FEWER_ROWS = "give it a summary, as quartiles over the seeds or every tenth step"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Job:
    """All that is needed to run a chapter, here or elsewhere; plain data."""

    name: str
    notebook: dict[str, Any]
    folder: str
    source: str  # the folder of the package that the cells import
    private: str  # a folder for what IPython keeps, so that nobody's own settings reach the book
    imports: tuple[str, ...]  # modules to import before the first cell, so that importing is measured apart
    limits: Limits
    inputs: dict[str, str] = field(default_factory=dict)  # its digests, for a worker to compare with its own
    warm: str = ""  # the socket of a parent that has imported already; empty: a kernel from nothing


@dataclass
class Executed:
    """A chapter that ran: its notebook, or the sentence that says where it stopped, and what it took."""

    name: str
    notebook: dict[str, Any]
    failure: str = ""
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0  # in the cells
    start_cpu_seconds: float = 0.0  # starting the kernel, imports, shutting it down
    peak_mib: float = 0.0


def run(job: Job) -> Executed:
    """Run a chapter in a kernel of its own."""
    return asyncio.run(_run(job))


async def _run(job: Job) -> Executed:
    register()
    begun, specs = time.monotonic(), OurKernel()
    specs.warm = job.warm
    manager = AsyncKernelManager(kernel_spec_manager=specs, kernel_name="python3")
    client = NotebookClient(
        nbformat.from_dict(job.notebook),
        km=manager,
        shutdown_kernel="immediate",
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": job.folder}},
    )
    client.owns_km = True
    done = Executed(job.name, job.notebook)
    try:
        async with client.async_setup_kernel(env=environment(job.source, job.private)):
            meter = manager.provisioner
            done.failure = await _in_kernel(client, job, done, psutil.Process(meter.process.pid))
    except Exception as error:  # whatever ends a kernel ends this chapter, not the build
        done.failure = (
            done.failure or f"{job.name}: the kernel could not run: {type(error).__name__}: {error}"
        )
    done.wall_seconds = time.monotonic() - begun
    if manager.provisioner:
        await manager.provisioner.poll()
        done.peak_mib = manager.provisioner.peak_mib
        done.start_cpu_seconds = max(0.0, manager.provisioner.cpu_seconds - done.cpu_seconds)
    done.notebook = client.nb
    return done


async def _in_kernel(client: NotebookClient, job: Job, done: Executed, process: psutil.Process) -> str:
    """Import, then run every cell; an empty string, or what went wrong."""
    if said := await _import(client, job.imports):
        return f"{job.name}: importing what its cells import wrote to stderr: {_last_lines(said)}"
    begun, number, too_much = _cpu(process), 0, []

    def stop() -> None:
        too_much.append(True)
        process.kill()

    watcher = asyncio.create_task(watch(process, job.limits.mib, stop))
    end = time.monotonic() + job.limits.seconds
    try:
        for index, cell in enumerate(client.nb.cells):
            number += cell.cell_type == "code"
            client.timeout = max(1, math.ceil(end - time.monotonic()))
            await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
            if said := _stderr(cell):
                return f"{job.name}, cell {number}: wrote to stderr: {_last_lines(said)}"
            done.cpu_seconds = _cpu(process) - begun
        client.set_widgets_metadata()
    except CellTimeoutError:
        whole = f"the chapter's {job.limits.seconds:g} s were over"
        return f"{job.name}, cell {number}: stopped, {whole}: make the cell do less"
    except CellExecutionError as error:
        done.cpu_seconds = _cpu(process) - begun
        return (
            f"{job.name}, cell {number}: {_raised(error, cell)}{_undeclared(error, Path(job.source).parent)}"
        )
    except DeadKernelError:
        if too_much:
            return f"{job.name}, cell {number}: stopped, it held more than {job.limits.mib:g} MiB: {SMALLER}"
        return f"{job.name}, cell {number}: the kernel died, perhaps for want of memory"
    finally:
        watcher.cancel()
    return ""


async def _import(client: NotebookClient, modules: tuple[str, ...]) -> str:
    """Import without binding a name; what fails here fails again in the cell that needs it."""
    lines = ["import importlib as _i, contextlib as _c"]
    lines += [f"with _c.suppress(Exception): _i.import_module({module!r})" for module in modules]
    said: list[str] = []

    def listen(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream" and message["content"]["name"] == "stderr":
            said.append(message["content"]["text"])

    code = "\n".join([*lines, "del _i, _c"])
    await client.kc.execute_interactive(
        code, silent=True, store_history=False, output_hook=listen, timeout=300
    )
    return "".join(said)


def _cpu(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
    except psutil.Error:
        return 0.0
    return used.user + used.system + used.children_user + used.children_system


def _stderr(cell: nbformat.NotebookNode) -> str:
    outputs = cell.get("outputs", [])
    return "".join(o["text"] for o in outputs if o["output_type"] == "stream" and o["name"] == "stderr")


def _raised(error: CellExecutionError, cell: nbformat.NotebookNode) -> str:
    """A claim that fails is its own sentence; any other error comes with its last lines."""
    if "MaxRowsError" in error.traceback:
        return f"{_figure(cell)} has more rows than a chart may carry (5,000): {FEWER_ROWS}"
    if error.ename == "ClaimFailed":
        return f"a claim does not hold: {COLOURS.sub('', error.evalue)}"
    return f"{error.ename}: {error.evalue}\n{_last_lines(error.traceback)}"


def _figure(cell: nbformat.NotebookNode) -> str:
    """A cell's figure by its label."""
    named = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
    return f"figure {named}" if named else "its chart"


def _undeclared(error: CellExecutionError, root: Path) -> str:
    """What to do where a package is installed and hidden."""
    found = re.search(r"^No module named '(\w+)", error.evalue)
    if error.ename != "ModuleNotFoundError" or not found or found[1] not in packages.hidden(root):
        return ""
    return (
        f"\n    {found[1]} is installed, but a chapter sees only what pyproject.toml lists in `dependencies`"
    )


def _last_lines(text: str, count: int = 6) -> str:
    lines = [line.rstrip() for line in COLOURS.sub("", text).strip().splitlines() if line.strip(" -")]
    lines = [line for line in lines if "Traceback (most recent call last)" not in line]
    return "\n    ".join(lines[-count:])
