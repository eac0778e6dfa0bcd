"""Kernels forked from a parent that has imported torch and the like once, so that no chapter waits for it.

Run as a program this is the parent. It reads one line of settings, imports, refuses to fork if an import
started a thread, and then forks a kernel for every connection to its socket. It ends, with its kernels, when
its input closes: also when the build is killed. Standard library only, until it imports what it was told to.
"""

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

OPTIONS = ("--HistoryManager.enabled=False", "--log-level=ERROR")
DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer", "comm")
# What torch imports only at a first optimizer and a first `vmap`: a second of every chapter that trains.
LATER = {"torch": ("torch._dynamo", "torch._decomp.decompositions")}


class Forked:
    """A kernel that the parent forked, with as much of Popen's face as a provisioner looks at."""

    def __init__(self, at: str, connection: str, folder: str, environ: dict[str, str]) -> None:
        self.line = socket.socket(socket.AF_UNIX)
        self.line.connect(at)
        asked = {"connection": connection, "folder": folder, "environ": environ}
        self.line.sendall(json.dumps(asked).encode() + b"\n")
        self.said = self.line.makefile()
        self.pid, self.returncode = int(self.said.readline()), None
        self.stdin = self.stdout = self.stderr = None

    def ended(self) -> tuple[int, float, float] | None:
        """Exit code, CPU seconds and peak MiB, once the parent has reaped it, or has died itself."""
        if not select.select([self.line], [], [], 0)[0]:
            return None
        said = self.said.readline()
        self.line.close()
        return tuple(json.loads(said)) if said else (-signal.SIGKILL, 0.0, 0.0)

    def poll(self) -> int | None:
        """The exit code that is known."""
        return self.returncode

    def wait(self) -> int | None:
        """Nothing to wait for: the provisioner has seen its end."""
        return self.returncode

    def send_signal(self, number: int) -> None:
        """To the kernel, if it is still there."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Parent:
    """The warm parent as the build sees it; a context that ends it."""

    def __init__(self, modules: list[str], environ: dict[str, str], folder: Path) -> None:
        self.socket = str(folder / f"warm-{os.getpid()}")
        command, pipe = [sys.executable, "-P", __file__], subprocess.PIPE
        self.process = subprocess.Popen(command, env=environ, stdin=pipe, stdout=pipe, text=True)
        self.settings = {"socket": self.socket, "modules": modules}
        self.seconds, self.why_not = 0.0, ""

    def __enter__(self) -> "Parent":
        self.process.stdin.write(json.dumps(self.settings) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        found = json.loads(said) if said else {"why_not": "it died while importing"}
        self.seconds, self.why_not = found.get("cpu_seconds", 0.0), found.get("why_not", "")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        Path(self.socket).unlink(missing_ok=True)


def main() -> None:
    """Import, say that all is ready, fork until the input closes."""
    settings = json.loads(sys.stdin.readline())
    said = warm_up(settings["modules"])
    Path(settings["socket"]).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(settings["socket"])
        door.listen(64)
        print(json.dumps(said), flush=True)
        if "why_not" not in said:
            serve(door)


def warm_up(modules: list[str]) -> dict[str, object]:
    """Import; CPU seconds that it took, or why forking would not be sound."""
    import importlib
    import tempfile

    with tempfile.TemporaryFile() as heard:
        os.dup2(heard.fileno(), 2)  # not another `sys.stderr`: what keeps it would speak to nobody in a fork
    for module in (*KERNEL, *modules, *(late for name in modules for late in LATER.get(name, ()))):
        try:
            importlib.import_module(module)
        except Exception:  # the chapter that needs it says so itself
            continue
    sys.stderr.flush()
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        return {"why_not": f"an import started {threads - 1} threads, and a fork would lose them"}
    if os.fstat(2).st_size:
        return {"why_not": "an import wrote to stderr"}  # then each chapter must hear it itself
    gc.collect()
    gc.freeze()
    return {"cpu_seconds": time.process_time()}


def serve(door: socket.socket) -> None:
    """Fork for each who asks, tell each how its kernel ended, until the build ends."""
    lines: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([door, sys.stdin], [], [], 0.01)
        if door in ready:
            line, _ = door.accept()
            asked = json.loads(line.makefile().readline())
            if (pid := os.fork()) == 0:
                for each in (door, line, *lines.values()):
                    each.close()
                become_kernel(asked)
            lines[pid] = line
            line.sendall(f"{pid}\n".encode())
        while lines and (found := os.wait4(-1, os.WNOHANG))[0]:
            pid, status, used = found
            measures = (
                os.waitstatus_to_exitcode(status),
                used.ru_utime + used.ru_stime,
                used.ru_maxrss / 2**10,
            )
            with lines.pop(pid) as line, contextlib.suppress(OSError):
                line.sendall(json.dumps(measures).encode() + b"\n")
        if sys.stdin in ready:  # closed: nothing is ever written to it after the settings
            for pid in lines:
                os.killpg(pid, signal.SIGKILL)
            return


def become_kernel(asked: dict[str, object]) -> None:
    """In the child: what a new process would have, then a kernel until its end."""
    code = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):  # what is written to the last two, the kernel itself takes up
            os.dup2(nothing, number)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(
            {name: value for name, value in asked["environ"].items() if name != "JPY_PARENT_PID"}
        )
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(None)  # or all kernels would share one unseeded stream
        sys.argv = ["ipykernel_launcher", "-f", asked["connection"], *OPTIONS]
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
