"""How a kernel comes to be: started, or forked from a parent that has imported already; and what it took."""

import asyncio
import os
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from . import packages
from .warm import OPTIONS, Forked

IN_KERNEL = Path(__file__).with_name("in_kernel")

ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
STARTED, FORKED = "landscaping-started", "landscaping-forked"


class Metered(LocalProvisioner):
    """A local kernel that is reaped by `wait4`: exact CPU seconds and peak memory, however it ends."""

    cpu_seconds, peak_mib = 0.0, 0.0

    async def poll(self) -> int | None:
        """Whether the kernel has ended; its measures are taken at the moment it has."""
        if self.process and self.process.returncode is None and (ended := self.ended()):
            self.process.returncode, self.cpu_seconds, self.peak_mib = ended
        return self.process.returncode if self.process else 0

    def ended(self) -> tuple[int, float, float] | None:
        """Exit code, CPU seconds and peak MiB of a kernel that has ended."""
        pid, status, used = os.wait4(self.process.pid, os.WNOHANG)
        mib = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        return (os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, mib) if pid else None

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and see its end at once: the manager looks again after a tenth of a second."""
        await super().kill(restart)
        for _ in range(100):
            if await self.poll() is not None:
                return
            await asyncio.sleep(0.005)

    async def wait(self) -> int | None:
        """Wait for the end of the kernel."""
        while self.process and await self.poll() is None:
            await asyncio.sleep(0.02)
        return await super().wait()


class MeteredFork(Metered):
    """The same for a kernel that a warm parent forks and reaps."""

    async def launch_kernel(self, _: list[str], **kwargs: Any) -> dict[str, Any]:
        """Ask the warm parent for a fork of itself that answers on the ports chosen here."""
        file = str(Path(self.parent.connection_file).absolute())
        door = self.parent.kernel_spec_manager.warm
        self.process = Forked(door, file, str(kwargs["cwd"]), kwargs["env"])
        self.pid, self.pgid = self.process.pid, self.process.pid
        return self.connection_info

    def ended(self) -> tuple[int, float, float] | None:
        """What the parent said of the kernel's end."""
        return self.process.ended()


class OurKernel(KernelSpecManager):
    """Whatever a chapter calls its kernel, it is this Python, metered; forked where a warm parent waits."""

    warm = ""  # the socket of a warm parent, where there is one

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel that there is."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *OPTIONS]
        return KernelSpec(
            argv=command,
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": FORKED if self.warm else STARTED}},
            resource_dir=kernel_name,
        )


def register() -> None:
    """Make our two ways to a kernel known to jupyter_client."""
    factory = KernelProvisionerFactory.instance()
    for name, owner in ((STARTED, Metered), (FORKED, MeteredFork)):
        entry = EntryPoint(name, f"{__name__}:{owner.__name__}", factory.GROUP_NAME)
        factory.provisioners[name] = entry


def environment(source: str, private: str) -> dict[str, str]:
    """A kernel's environment: one thread, one hash seed, only declared packages, nobody's own settings."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "IPY", "JPY"))
    }
    fixed = {"PYTHONHASHSEED": "0", "LANDSCAPING_SITE": "1", "IPYKERNEL_CELL_NAME": "cell", "TZ": "UTC"}
    paths = {"PYTHONPATH": f"{IN_KERNEL}{os.pathsep}{source}", "IPYTHONDIR": private, "PYTHONNOUSERSITE": "1"}
    hidden = {"LANDSCAPING_HIDDEN": " ".join(packages.hidden(Path(source).parent))}
    return kept | dict.fromkeys(ONE_THREAD, "1") | fixed | paths | hidden


def private_folder(build: Path) -> str:
    """A folder for IPython's own files inside the build."""
    folder = build / "ipython"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)
