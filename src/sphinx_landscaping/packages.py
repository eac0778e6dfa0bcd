"""Which installed packages a chapter can reach: those that the project declares, and what these need.

Only they count among a chapter's inputs; all others are hidden from its kernel (in_kernel/sitecustomize.py).
"""

import csv
import functools
import importlib
import re
import sys
import tomllib
from collections.abc import Container, Iterable, Iterator
from email import message_from_string
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

from .inputs import digest

ENGINE = ("ipykernel", "nbclient", "nbformat")  # what runs the cells and writes down what they show
TOOLS = Path(__file__).parent.name


@functools.cache
def reachable(root: Path) -> dict[str, str]:
    """The packages that a book's chapters can import, each with its installed version."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf8")).get("project", {})
    return needed((*project.get("dependencies", ()), *ENGINE))


def needed(named: Iterable[str], held: Container[str] = ()) -> dict[str, str]:
    """The installed versions of these packages and of all that they need, except what is `held` already."""
    found, seen = {}, set()
    waiting = [asked for wanted in named for asked in _asked(Requirement(wanted))]
    for name, extra in waiting:  # grows meanwhile
        if name not in held and (name, extra) not in seen and (head := _head(name)):
            seen.add((name, extra))
            found[name] = head["Version"]
            waiting.extend(asked for wanted in _needs(head, extra) for asked in _asked(wanted))
    return dict(sorted(found.items()))


def _asked(wanted: Requirement) -> list[tuple[str, str]]:
    return [(plain(wanted.name), extra) for extra in ("", *sorted(wanted.extras))]


@functools.cache
def _head(name: str) -> Message | None:
    """What a package says of itself, without the long description, which would cost most of the reading."""
    try:
        text = distribution(name).read_text("METADATA") or ""
    except PackageNotFoundError:  # an import of it fails, until it is installed and then counts
        return None
    return message_from_string(text.partition("\n\n")[0])


def _needs(head: Message, extra: str) -> Iterator[Requirement]:
    for line in head.get_all("Requires-Dist", ()):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
            yield wanted


def versions(root: Path) -> str:
    """A digest of this Python and of every package that a chapter can reach."""
    return digest(sys.version, *(f"{name}=={version}" for name, version in reachable(root).items()))


@functools.cache
def hidden(root: Path) -> tuple[str, ...]:
    """Top-level names that are installed and that no chapter can import; the site's tools are among them."""
    declared = reachable(root)
    names: dict[bool, set[str]] = {True: set(), False: {TOOLS}}
    for package in distributions():
        names[plain(package.name) in declared].update(_top_level(_paths(package)))
    return tuple(sorted(names[False] - names[True]))


def _paths(package: Distribution) -> Iterator[str]:
    """The files of a package as its installer noted them, without a look at each."""
    if record := package.read_text("RECORD"):
        return (row[0] for row in csv.reader(record.splitlines()) if row)
    return map(str, package.files or ())


def _top_level(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        first, inside, _ = path.partition("/")
        name = first.partition(".")[0]
        if name.isidentifier() and (inside or first.endswith((".py", ".so", ".pyd"))):
            yield name


def look_again() -> None:
    """Forget what is installed: in a process that lives longer than an installation."""
    importlib.invalidate_caches()
    for known in (reachable, hidden, _head):
        known.cache_clear()


def plain(name: str) -> str:
    """A package's name in the one spelling that compares."""
    return re.sub(r"[-_.]+", "-", name).lower()
