"""What a build says: a line a chapter, a progress display, a sentence where it stops, `report.json`."""

import errno
import json
import os
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SIGNS_OF_FULL = [f"[Errno {number}]" for number in FULL] + ["disk is full", "disk I/O error"]
SIGNS_OF_FULL += map(os.strerror, FULL)  # as another program says it


class Stopped(Exception):  # noqa: N818  (what it says is a sentence, not an error)
    """A build or a command that cannot go on; its text says what, where, and what to do."""


def is_full(error: BaseException | None) -> bool:
    """Whether a failure comes from a disk, a quota or a file-size limit that is full."""
    if error is None:
        return False
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    if any(sign in str(error) for sign in SIGNS_OF_FULL):
        return True
    return any(is_full(inner) for inner in (error.__cause__, getattr(error, "orig", None)))


@dataclass(frozen=True)
class Line:
    """One chapter of `report.json`: whether it ran, why, and what its last run took."""

    name: str
    ran: bool
    reason: str
    wall_seconds: float
    cpu_seconds: float
    peak_mib: float
    start_cpu_seconds: float = 0.0  # starting its kernel and importing, measured apart from its cells

    def __str__(self) -> str:
        if not self.ran:
            return f"kept  {self.name}"
        return f"ran   {self.name}   {self.wall_seconds:.1f} s  ({self.reason})"


def write_json(path: Path, content: object) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        draft.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf8")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def read_json(path: Path) -> dict:
    """What `write_json` wrote; an empty dictionary where there is nothing readable."""
    try:
        content = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_report(path: Path, commit: str, edition: str, cores: int, wall: float, lines: list[Line]) -> None:
    """Write `report.json`: the only file of a build that holds times."""
    chapters = [asdict(line) for line in lines]
    head = {"commit": commit, "edition": edition, "cores": cores, "wall_seconds": round(wall, 2)}
    write_json(path, {**head, "chapters": chapters})


class Progress:
    """Which chapters run, how many of how many, how long: alive on a terminal, plain lines elsewhere."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.started = total, 0, {}
        self.live = _terminal()
        self.lock = threading.Lock()

    def __enter__(self) -> "Progress":
        if self.live:
            self.live.start()
            self._draw()
        return self

    def __exit__(self, *_: object) -> None:
        if self.live:
            self.live.update("")
            self.live.stop()

    def start(self, name: str) -> None:
        """Say that a chapter runs."""
        with self.lock:
            self.started[name] = time.monotonic()
            if not self.live:
                print(f"      {name} runs ({self.done + len(self.started)} of {self.total})", flush=True)

    def finish(self, name: str, line: object) -> None:
        """Say how a chapter ended."""
        with self.lock:
            self.started.pop(name, None)
            self.done += 1
            print(line, flush=True)

    def tick(self) -> None:
        """Draw the seconds again; called a few times a second while chapters run."""
        if self.live:
            self._draw()

    def _draw(self) -> None:
        now = time.monotonic()
        with self.lock:
            at_work = ", ".join(f"{name} {now - since:.0f} s" for name, since in self.started.items())
        self.live.update(f"{self.done} of {self.total} chapters done · now {at_work or 'starting'}")


def _terminal() -> object | None:
    """A line that redraws itself, where there is a terminal to redraw."""
    if not sys.stdout.isatty():
        return None
    from rich.live import Live

    return Live("", refresh_per_second=4, redirect_stdout=True, transient=True)
