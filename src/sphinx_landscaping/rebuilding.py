"""A build in a process of its own, which has imported what a build needs before anybody asks for it."""

import contextlib
import importlib
import multiprocessing
import os
import runpy
import sys
import sysconfig
import weakref
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path

from .project import Project

# What the first build imports and nobody edits here: another version is taken when `make serve` starts again.
BEFORE = (
    "sphinx.application",
    "sphinx.builders.html",
    "sphinx.environment.collectors.toctree",
    "myst_nb",
    "jupyter_cache",
    "nbclient",
    "sphinx_external_toc",
    "sphinx_multitoc_numbering",
    "sphinxcontrib.bibtex",
    "pygments.lexers.python",
    "packaging.requirements",
)


class Builder:
    """Builds the site again and again, each time with the tools as they are then."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(list(BEFORE))
        self.imported: list[str] = []
        self.ready = Ready(self)

    def build(self) -> bool:
        """Build once; whether it worked. While its words are read, the process of the next one gets ready."""
        if self.ready.tools != tools(self.project.root):
            self.ready.leave()
            self.ready = Ready(self)
        worked = self.ready.build()
        self.imported = self.ready.imported or self.imported
        self.ready = Ready(self)
        return worked


class Ready:
    """A process that imports what the last build had imported, then waits for a word."""

    def __init__(self, builder: Builder) -> None:
        self.tools, self.imported = tools(builder.project.root), []
        self.door, far = builder.context.Pipe()
        words = (str(builder.project.root), builder.imported, far)
        self.process = builder.context.Process(target=_wait_and_build, args=words)
        self.process.start()
        far.close()
        self.leave = weakref.finalize(self, self.door.close)  # it ends by itself when nobody can call it

    def build(self) -> bool:
        """Say the word; whether the build worked."""
        with contextlib.suppress(OSError, EOFError):  # ended meanwhile: its exit says so
            self.door.send("build")
            self.imported = self.door.recv()
        self.process.join()
        return self.process.exitcode == 0


def tools(root: Path) -> dict[Path, int]:
    """When each file of the site's tools was last written, and a package last declared or installed."""
    own = Path(__file__).parent.rglob("*.py")
    places = (*own, root / "pyproject.toml", Path(sysconfig.get_path("purelib")))
    return {path: path.stat().st_mtime_ns for path in places if path.exists()}


def _wait_and_build(root: str, imported: list[str], door: Connection) -> None:
    try:
        _prepare(Path(root), imported)
        door.recv()
    except (EOFError, KeyboardInterrupt):  # `make serve` has ended
        return
    from .__main__ import main

    os.chdir(root)
    failed = main(["build"])
    door.send(sorted(name for name, module in sys.modules.items() if _can_be_imported(name, module)))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(failed)  # nothing is left to put away but memory, and an author waits


def _prepare(root: Path, imported: list[str]) -> None:
    """Do what every build does first and no edit of the book changes."""
    from . import maths, npm, packages

    packages.versions(root)
    _import(imported or _likely(root))
    with contextlib.suppress(Exception):  # a book without formulas, or without npm: the build says it
        maths.engine(npm.under(root / "book", "temml") / maths.SCRIPT)


def _likely(root: Path) -> list[str]:
    """What a build that writes pages imports, where none has told yet: the site's tools and extensions."""
    own = [f"{__package__}.{path.stem}" for path in Path(__file__).parent.glob("[a-z]*.py")]
    conf = root / "_build" / "conf" / "conf.py"
    return own + (runpy.run_path(str(conf)).get("extensions", []) if conf.exists() else [])


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):  # a module that is there in passing: the build needs it, or not
            importlib.import_module(name)


def _can_be_imported(name: str, module: object) -> bool:
    spec = getattr(module, "__spec__", None)
    return bool(spec and spec.origin) and spec.name == name and not name.startswith("landscaping")
