"""How far a training is, for a reader who waits: a line under the cell, from the fourth second on.

Only in a notebook. While the site is built nobody waits, and nothing printed may hang on a machine's speed.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator

from IPython.display import display

PATIENCE, PACE = 3.0, 0.5  # seconds: until the first line, and between two


def watched() -> bool:
    """Whether somebody looks at the output: there is a kernel, and it does not build the site."""
    kernel = sys.modules.get("ipykernel.kernelapp")  # the shell can run anything, so whoever asks it, too
    return bool(kernel and kernel.IPKernelApp.initialized()) and os.environ.get("LANDSCAPING_SITE") != "1"


def told(steps: Iterable[int], of: int | None = None) -> Iterator[int]:
    """The same steps, counted under the cell where they take long; `of` is how many there will be."""
    if not watched():
        yield from steps
        return
    line, start, last, done = Line(), time.monotonic(), 0.0, 0
    try:
        for step in steps:
            done = step + 1
            yield step
            took = time.monotonic() - start
            if took > PATIENCE and took - last > PACE:
                last = took
                line.say(f"step {done:,}{f' of {of:,}' if of else ''} · {took:.0f} s")
    finally:  # also where the caller stops it
        if last:
            line.say(f"{done:,} steps in {time.monotonic() - start:.0f} s")


class Line:
    """One line of a cell's output, written over again and again."""

    def __init__(self) -> None:
        self.shown = None

    def say(self, words: str) -> None:
        """Write the line."""
        if self.shown:
            self.shown.update({"text/plain": words}, raw=True)
        else:
            self.shown = display({"text/plain": words}, raw=True, display_id=True)
