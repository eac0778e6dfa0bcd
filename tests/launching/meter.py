"""What a kernel takes, with all that it starts: seconds of one core, and memory."""

import time
from pathlib import Path

import psutil

STILL = 300  # seconds of wall time without ENOUGH of work: nobody waits for a core that long
ENOUGH = 2.0  # seconds of one core: an idle kernel takes less


class Meter:
    """Looks at a kernel again and again; what others do on the machine counts for nothing."""

    def __init__(self, kernel: psutil.Process) -> None:
        self.kernel = kernel
        self.seconds = self.peak_mib = 0.0
        self._since, self._then = time.monotonic(), 0.0

    def look(self) -> None:
        """Note what the kernel has taken so far, with its children, ended or not."""
        alive = self.kernel.children(recursive=True)
        own = sum(self.kernel.cpu_times()[:4])  # the last two are of children that have ended
        self.seconds = own + sum(taken(child) for child in alive)
        self.peak_mib = max(self.peak_mib, sum(map(peak, [self.kernel, *alive])))

    def works(self, most: float) -> bool:
        """Look; whether to wait for more: it has taken less than `most` seconds, and does not stand still."""
        self.look()
        now = time.monotonic()
        if now - self._since < STILL:
            return self.seconds < most
        worked, self._since, self._then = self.seconds - self._then, now, self.seconds
        return worked >= ENOUGH and self.seconds < most


def taken(process: psutil.Process) -> float:
    """The seconds of one core that a process took; 0 where it has just ended, for its parent counts them."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.NoSuchProcess:
        return 0.0


def peak(process: psutil.Process) -> float:
    """The most memory that a process ever held, in MiB; 0 where it has just ended."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
