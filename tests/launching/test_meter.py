"""What counts as a kernel's work: its own and its children's seconds, never the wall's."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from launching import meter

WORK = "import time\nwhile time.process_time() < 0.3: pass\n"
WITH_CHILD = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {WORK!r}])\n"
TOLD = "print('ready', flush=True); input()"


@contextmanager
def running(code: str) -> Iterator[meter.Meter]:
    """A process that did this and waits now."""
    words = [sys.executable, "-c", f"{code}{TOLD}"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        yield meter.Meter(psutil.Process(process.pid))
        process.communicate("\n")


def test_a_child_that_has_ended_counts():
    with running(WITH_CHILD) as seen:
        assert seen.works(120)
        assert 0.3 <= seen.seconds < 120
        assert seen.peak_mib > 1


def test_a_kernel_is_waited_for_while_it_works_and_not_when_it_stands_still(monkeypatch):
    with running(WORK) as seen:
        assert seen.works(120)
        assert not seen.works(0.2)  # it took more than it may
        monkeypatch.setattr(meter, "STILL", 0)
        monkeypatch.setattr(meter, "ENOUGH", 0.1)
        assert seen.works(120)  # it has worked since it was first looked at
        assert not seen.works(120)  # and not since then
