"""What a chapter may take, by default or by its front matter, and the watch over its memory."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psutil

from .report import Stopped

MIB = 1229  # 1.2 GiB: what a reader's notebook in Binder is sure to have
EVERY = 0.2  # seconds between two looks


@dataclass(frozen=True)
class Limits:
    """How long all cells of a chapter may take together, and how much memory its kernel may hold."""

    seconds: float
    mib: float = MIB


def stated(name: str, front_matter: Mapping[str, Any], seconds: float) -> Limits:
    """The limits of a chapter: `limits: {seconds: 90, mib: 800}` in its front matter, or the book's own."""
    found = front_matter.get("limits", {})
    known = {"seconds": seconds, "mib": MIB}
    if not isinstance(found, Mapping) or set(found) - set(known) or not all(map(_positive, found.values())):
        raise Stopped(
            f"book/{name}.md: `limits` is {found!r}: write numbers above 0, like {{seconds: 90, mib: 800}}"
        )
    return Limits(**known | dict(found))


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


async def watch(process: psutil.Process, mib: float, stop: Callable[[], None]) -> None:
    """Look at a kernel's memory until it ends; call `stop` when it holds more than it may."""
    while True:
        try:
            if holds_more(process, mib):
                return stop()
        except psutil.Error:  # it has ended
            return
        await asyncio.sleep(EVERY)


def holds_more(process: psutil.Process, mib: float) -> bool:
    """Whether a process and those that it started hold more; what is shared with others counts by its share.

    The share costs a walk through all pages, so it is asked only where all of them together are too many.
    """
    each, most = [process, *process.children(recursive=True)], mib * 2**20
    return sum(one.memory_info().rss for one in each) > most and sum(map(_share, each)) > most


def _share(process: psutil.Process) -> float:
    full = process.memory_full_info()
    return getattr(full, "pss", 0) or full.rss
