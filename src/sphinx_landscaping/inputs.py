"""What a chapter's results depend on: its cells, the modules they import, data files, installed versions.

Wrong in the safe direction only: what cannot be decided counts as used, so that nothing stale is shown.
"""

import ast
import hashlib
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

# Code that looks at itself sees docstrings and line numbers: then bytes are compared, not syntax trees.
LOOKS_AT_ITSELF = {
    "__doc__", "__code__", "inspect", "linecache", "traceback", "doctest", "help", "getdoc", "getsource",
    "_getframe", "currentframe", "co_firstlineno", "f_lineno", "lineno", "tb_lineno", "pydoc", "tokenize",
}  # fmt: skip
# Code that imports what only a run can tell: then the whole package counts as used.
IMPORTS_ANYTHING = {
    "import_module", "__import__", "exec()", "eval()", "runpy", "walk_packages", "iter_modules", "find_spec",
    "entry_points", "get_ipython", "load_module", "__loader__",
}  # fmt: skip
NOT_DATA = {".py", ".pyc", ".pyi", ".md", ".bib", ".ipynb"}


def digest(*parts: bytes | str) -> str:
    """A short name for exactly these contents."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode("utf8") if isinstance(part, str) else part
        total.update(f"{len(content)}:".encode() + content)
    return total.hexdigest()[:24]


@dataclass(frozen=True)
class Code:
    """A piece of Python, as far as it matters here: what it imports, its words, what it does."""

    text: str
    package: str = ""  # the package that relative imports start from

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None where this is not plain Python."""
        try:
            return ast.parse(self.text)
        except SyntaxError:
            return None

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name and attribute; a bare `eval` is `eval()` too, a network's `.eval` is not."""
        if self.tree is None:
            return frozenset(re.findall(r"\w+", self.text)) | {"exec()"}
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name):
                found.update({node.id, f"{node.id}()"})
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                found.update(part for alias in node.names for part in alias.name.split("."))
                found.update((getattr(node, "module", None) or "").split("."))
        return frozenset(found)

    @property
    def meaning(self) -> str:
        """The syntax tree without docstrings, comments and places."""
        return ast.dump(_without_docstrings(ast.parse(self.text))) if self.tree else self.text

    def imports(self) -> Iterator[str]:
        """Dotted names that may be modules: `from a import b` gives `a` and `a.b`."""
        for node in ast.walk(self.tree) if self.tree else ():
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                start = self._absolute(node)
                yield start
                yield from (f"{start}.{alias.name}" for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.package.split(".")
        start = parts[: len(parts) - (node.level - 1)]
        return ".".join(start + ([node.module] if node.module else []))


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and body:
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                body[0] = ast.Pass() if isinstance(first.value.value, str) else first
    return tree


@dataclass
class Library:
    """The package that chapters import: its modules and its data files, read once a build."""

    source: Path
    package: str
    _codes: dict[str, Code] = field(default_factory=dict)

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
        """Every file of the package that is not code, with the package that it belongs to."""
        packages = {path.parent for path in self.files.values()}
        found = {}
        for path in sorted((self.source / self.package).rglob("*")):
            if path.is_file() and path.suffix not in NOT_DATA and "__pycache__" not in path.parts:
                owner = next((folder for folder in path.parents if folder in packages), self.source)
                found[path] = ".".join(owner.relative_to(self.source).parts)
        return found

    def code(self, module: str) -> Code:
        """A module's code."""
        if module not in self._codes:
            path = self.files[module]
            parent = module if path.name == "__init__.py" else module.rpartition(".")[0]
            self._codes[module] = Code(path.read_text(encoding="utf8"), parent)
        return self._codes[module]

    def used_by(self, code: Code) -> list[str]:
        """The modules that run when `code` does, directly or through others."""
        used, waiting = set(), list(self._named(code))
        while waiting:
            module = waiting.pop()
            if module not in used:
                used.add(module)
                waiting.extend(self._named(self.code(module)))
        return sorted(used)

    def _named(self, code: Code) -> Iterator[str]:
        if code.words & IMPORTS_ANYTHING:
            yield from self.files
            return
        for name in code.imports():
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
        found[_shown(library.files[module], library.source)] = digest(text.text if exact else text.meaning)
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
