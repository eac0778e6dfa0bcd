"""What a chapter's results depend on: its cells, the modules they import, data files, installed versions.

Wrong in the safe direction only: what cannot be decided counts as used, so that nothing stale is shown.
"""

import hashlib
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .syntax import IMPORTS_ANYTHING, LOOKS_AT_ITSELF, Code

NOT_DATA = {".py", ".pyc", ".pyi", ".md", ".bib", ".ipynb"}


def digest(*parts: bytes | str) -> str:
    """A short name for exactly these contents."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode("utf8") if isinstance(part, str) else part
        total.update(f"{len(content)}:".encode() + content)
    return total.hexdigest()[:24]


@dataclass
class Library:
    """The package that chapters import: its modules and its data files, read once a build."""

    source: Path
    package: str
    _codes: dict[str, Code] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every module by its dotted name."""
        found = {}
        for path in sorted((self.source / self.package).rglob("*.py")):
            parts = path.relative_to(self.source).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return found

    @cached_property
    def data(self) -> dict[Path, str]:
        """Every file that is not code, with what it belongs to: the module of its name, else its package."""
        packages = {path.parent for path in self.files.values()}
        modules = {path: module for module, path in self.files.items()}
        found = {}
        for path in sorted((self.source / self.package).rglob("*")):
            if path.is_file() and path.suffix not in NOT_DATA and "__pycache__" not in path.parts:
                owner = next((folder for folder in path.parents if folder in packages), self.source)
                package = ".".join(owner.relative_to(self.source).parts)
                found[path] = modules.get(path.with_suffix(".py"), package)
        return found

    def code(self, module: str) -> Code:
        """A module's code."""
        if module not in self._codes:
            path = self.files[module]
            parent = module if path.name == "__init__.py" else module.rpartition(".")[0]
            self._codes[module] = Code(path.read_text(encoding="utf8"), parent)
        return self._codes[module]

    def shown(self, module: str) -> str:
        """What a module is called on a `ran` line: its file."""
        return _shown(self.files[module], self.source)

    def used_by(self, code: Code) -> dict[str, str]:
        """The modules that run when `code` does, each with the one that brings it; empty: `code` itself."""
        used, waiting = {}, [(module, "") for module in self._named(code)]
        for module, through in waiting:  # grows meanwhile: nearest first, so the shortest way is kept
            if module not in used:
                used[module] = through
                waiting.extend((each, module) for each in self._named_by(module))
        return dict(sorted(used.items()))

    def _named_by(self, module: str) -> list[str]:
        if module not in self._names:
            self._names[module] = list(dict.fromkeys(self._named(self.code(module))))
        return self._names[module]

    def _named(self, code: Code) -> Iterator[str]:
        if code.words & IMPORTS_ANYTHING:
            yield from self.files
            return
        for name in code.imports:
            if name.endswith(".*"):  # may run every module that the package names in its __all__
                yield from (module for module in self.files if module.startswith(name[:-1]))
            parts = name.split(".")
            for length in range(1, len(parts) + 1):  # importing a.b.c runs a and a.b first
                if (module := ".".join(parts[:length])) in self.files:
                    yield module


def of_chapter(cells: Iterable[str], library: Library, folder: Path, versions: str) -> dict[str, str]:
    """All inputs of a chapter: what each is called on a `ran` line -> a digest of its content."""
    cells = list(cells)
    code = Code("\n".join(cells))
    modules = library.used_by(code)
    codes = [code, *map(library.code, modules)]
    exact = any(each.words & LOOKS_AT_ITSELF for each in codes)
    found = {"cells": digest(*cells), "locked versions": versions}
    for module in modules:
        text = library.code(module)
        found[library.shown(module)] = digest(text.text if exact else text.meaning)
    for path, owner in library.data.items():
        if owner in modules:
            found[_shown(path, library.source)] = digest(path.read_bytes())
    for path in sorted(folder.iterdir()):  # what a cell may open beside its own page
        if path.is_file() and path.suffix not in NOT_DATA - {".py"} and not path.name.startswith("."):
            found[path.name] = digest(path.read_bytes())
    return found


def _shown(path: Path, source: Path) -> str:
    return path.relative_to(source).as_posix()


def key(inputs: dict[str, str]) -> str:
    """One digest for all inputs."""
    return digest(*(part for item in sorted(inputs.items()) for part in item))


def reason(before: dict[str, str] | None, now: dict[str, str]) -> str:
    """Why a chapter runs: what differs between its last inputs and these."""
    if not before:
        return "first run"
    changed = [name for name in now if before.get(name) != now[name]]
    changed += [f"{name} no longer used" for name in before if name not in now]
    if not changed:
        return "result missing"
    first = changed[0] if changed[0].endswith("used") else f"{changed[0]} changed"
    return first if len(changed) == 1 else f"{first}, and {len(changed) - 1} more"


def installed(locked: Path) -> str:
    """A digest of the Python at work and of the installed versions of the packages that are locked."""
    names = {_plain(re.split(r"[=<>!~ @;\[]", line)[0]) for line in _lines(locked)}
    folders = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    found = set()
    for entry in (entry for folder in folders for entry in folder.glob("*.dist-info")):
        name, _, version = entry.name.removesuffix(".dist-info").rpartition("-")
        if _plain(name) in names:
            found.add(f"{_plain(name)}=={version}")
    return digest(sys.version, *sorted(found))


def _lines(locked: Path) -> list[str]:
    if not locked.exists():
        return []
    lines = (line.strip() for line in locked.read_text(encoding="utf8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
