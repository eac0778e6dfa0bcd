"""Where a book keeps what: read from `[tool.deep-landscaping]` of its pyproject.toml."""

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .report import Stopped

ADDRESS = re.compile(r"dask://([^/\s:@]+|\[[0-9a-fA-F:]+\]):(\d{1,5})/?")


@dataclass(frozen=True)
class Project:
    """A book on disk: its root, its chapters, the package that they import, and what a build makes."""

    root: Path
    package: str = "landscaping"

    @property
    def book(self) -> Path:
        """The chapters."""
        return self.root / "book"

    @property
    def source(self) -> Path:
        """The folder that holds the package that chapters import."""
        return self.root / "src"

    @property
    def build(self) -> Path:
        """All that a build makes; nothing in it is precious."""
        return self.root / "_build"

    @property
    def html(self) -> Path:
        """The last good site."""
        return self.build / "html"

    @property
    def executed(self) -> Path:
        """The store of executed chapters."""
        return self.build / "executed"


def find(root: Path | None = None) -> Project:
    """The book that stands in `root`, by default in the folder where the command was typed."""
    root = (root or Path.cwd()).resolve()
    for needed in ("pyproject.toml", "_config.yml", "_toc.yml", "book"):
        if not (root / needed).exists():
            raise Stopped(f"there is no {needed} in this folder: go to the root of the book and try again")
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf8")).get("tool", {})
    return Project(root, settings.get("deep-landscaping", {}).get("package", "landscaping"))


def scheduler(executor: str) -> str:
    """Where the Dask scheduler of `dask://host:port` answers."""
    found = ADDRESS.fullmatch(executor)
    if not found or not 0 < int(found[2]) < 2**16:
        raise Stopped(
            f"EXECUTOR is {executor!r}: write dask://host:port, or leave it out to use this machine"
        )
    return f"tcp://{found[1]}:{found[2]}"


def cores() -> int:
    """How many kernels run side by side: the cores that this process may use, or LANDSCAPING_CORES."""
    wanted = os.environ.get("LANDSCAPING_CORES", "")
    if wanted and not (wanted.isdigit() and int(wanted)):
        raise Stopped(f"LANDSCAPING_CORES is {wanted!r}: give a whole number from 1 up, or leave it out")
    available = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    return int(wanted) if wanted else len(available)
