"""One chapter in one kernel: start, import, run cell by cell, and measure."""

import asyncio
import os
import re
import sys
import time
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import nbformat
import psutil
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
METERED = "landscaping-metered"
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
    seconds: float  # a cell's time limit


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


class Metered(LocalProvisioner):
    """A local kernel that is reaped by `wait4`: exact CPU seconds and peak memory, however it ends."""

    cpu_seconds, peak_mib = 0.0, 0.0

    async def poll(self) -> int | None:
        """Whether the kernel has ended; its measures are taken at the moment it has."""
        if self.process and self.process.returncode is None:
            pid, status, used = os.wait4(self.process.pid, os.WNOHANG)
            if pid:
                self.process.returncode = os.waitstatus_to_exitcode(status)
                self.cpu_seconds = used.ru_utime + used.ru_stime
                self.peak_mib = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        return self.process.returncode if self.process else 0

    async def wait(self) -> int | None:
        """Wait for the end of the kernel."""
        while self.process and await self.poll() is None:
            await asyncio.sleep(0.02)
        return await super().wait()


class _OurKernel(KernelSpecManager):
    """Whatever a chapter calls its kernel, it is this Python, metered."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=[*command, "--HistoryManager.enabled=False", "--log-level=ERROR"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": METERED}},
            resource_dir=kernel_name,
        )


def environment(job: Job) -> dict[str, str]:
    """A kernel's environment: one thread, one hash seed, nobody's own Python or IPython settings."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "IPY", "JPY"))
    }
    fixed = {"PYTHONHASHSEED": "0", "LANDSCAPING_SITE": "1", "IPYKERNEL_CELL_NAME": "cell", "TZ": "UTC"}
    paths = {"PYTHONPATH": job.source, "IPYTHONDIR": job.private, "PYTHONNOUSERSITE": "1"}
    return kept | dict.fromkeys(ONE_THREAD, "1") | fixed | paths


def run(job: Job) -> Executed:
    """Run a chapter in a kernel of its own."""
    return asyncio.run(_run(job))


async def _run(job: Job) -> Executed:
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[METERED] = EntryPoint(METERED, f"{__name__}:Metered", factory.GROUP_NAME)
    begun = time.monotonic()
    manager = AsyncKernelManager(kernel_spec_manager=_OurKernel(), kernel_name="python3")
    client = NotebookClient(
        nbformat.from_dict(job.notebook),
        km=manager,
        timeout=max(1, round(job.seconds)),
        shutdown_kernel="immediate",
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": job.folder}},
    )
    client.owns_km = True
    done = Executed(job.name, job.notebook)
    try:
        async with client.async_setup_kernel(env=environment(job)):
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
    begun, number = _cpu(process), 0
    try:
        for index, cell in enumerate(client.nb.cells):
            number += cell.cell_type == "code"
            await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
            if said := _stderr(cell):
                return f"{job.name}, cell {number}: wrote to stderr: {_last_lines(said)}"
            done.cpu_seconds = _cpu(process) - begun
        client.set_widgets_metadata()
    except CellTimeoutError:
        return f"{job.name}, cell {number}: stopped after its {job.seconds:.0f} s: make the cell do less"
    except CellExecutionError as error:
        done.cpu_seconds = _cpu(process) - begun
        return f"{job.name}, cell {number}: {_raised(error)}"
    except DeadKernelError:
        return f"{job.name}, cell {number}: the kernel died, perhaps for want of memory"
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


def _raised(error: CellExecutionError) -> str:
    """A claim that fails is its own sentence; any other error comes with its last lines."""
    if error.ename == "ClaimFailed":
        return f"a claim does not hold: {COLOURS.sub('', error.evalue)}"
    return f"{error.ename}: {error.evalue}\n{_last_lines(error.traceback)}"


def _last_lines(text: str, count: int = 6) -> str:
    lines = [line.rstrip() for line in COLOURS.sub("", text).strip().splitlines() if line.strip(" -")]
    lines = [line for line in lines if "Traceback (most recent call last)" not in line]
    return "\n    ".join(lines[-count:])


def private_folder(build: Path) -> str:
    """A folder for IPython's own files inside the build."""
    folder = build / "ipython"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)
