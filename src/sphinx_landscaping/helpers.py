"""The helpers that cells use: which names of the library a cell reads, and what each is; nothing is run."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx_landscaping.find_source import find
from sphinx_landscaping.syntax import parse

CELL = re.compile(r"^(`{3,}|:{3,})\s*\{code-cell\}[^\n]*\n(.*?)^\1\s*$", re.S | re.M)
OPTIONS = re.compile(r"\A(?:---\n.*?^---\n|(?::[^\n]*\n)+)", re.S | re.M)


def cells_of(text: str) -> list[str]:
    """The code of every cell of a page as its author wrote it, hidden ones too."""
    return [OPTIONS.sub("", found[2]) for found in CELL.finditer(text)]


@dataclass(frozen=True)
class Helper:
    """A function or class of the library."""

    module: str
    name: str
    signature: str
    words: str  # its docstring
    about: str = ""  # what its module is about

    @property
    def dotted(self) -> str:
        """Its full name, where it is made."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True)
class Use:
    """A place in a cell's code where a name of the library stands: as its author wrote it, and in full."""

    start: int
    end: int
    dotted: str


@dataclass
class Cells:
    """The cells of a page in their order: an import holds from its cell on."""

    package: str

    def __post_init__(self) -> None:
        self.names: dict[str, str] = {}

    def uses(self, code: str) -> list[Use]:
        """The names of the library that a cell reads, in order; none if it is not Python."""
        try:
            tree = parse(code)
        except SyntaxError:
            return []
        self.names |= dict(imported(tree, self.package))
        starts = line_starts(code)
        found = (
            self.use(node, starts) for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)
        )
        return sorted((use for use in found if use), key=lambda use: use.start)

    def use(self, node: ast.Name | ast.Attribute, starts: list[bytes]) -> Use | None:
        """The use that a name or a chain of attributes is, where it begins at an import."""
        parts, first = chain(node)
        if not first or first.id not in self.names or not isinstance(node.ctx, ast.Load):
            return None
        end = offset(starts, node.end_lineno, node.end_col_offset)
        last = parts[-1] if parts else first.id
        return Use(end - len(last), end, ".".join([self.names[first.id], *parts]))


def chain(node: ast.expr) -> tuple[list[str], ast.Name | None]:
    """The attributes of `a.b.c`, and the name that they begin at."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts, node = [node.attr, *parts], node.value
    return parts, node if isinstance(node, ast.Name) else None


def imported(tree: ast.Module, package: str) -> Iterator[tuple[str, str]]:
    """The names that a cell imports from the package, and what they stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def line_starts(code: str) -> list[bytes]:
    """The lines of a cell as bytes: the syntax tree counts columns in bytes."""
    return [line.encode() for line in code.splitlines(keepends=True)]


def offset(lines: list[bytes], line: int, column: int) -> int:
    """Where a line and a column stand in the text, in characters."""
    return sum(len(text.decode()) for text in lines[: line - 1]) + len(lines[line - 1][:column].decode())


def helper(dotted: str) -> Helper | None:
    """The function or class that a dotted name stands for; None for anything else."""
    try:
        found = find(dotted)
    except LookupError:
        return None
    made = next(iter(ast.parse(found.code).body), None)
    if not isinstance(made, ast.FunctionDef | ast.ClassDef):
        return None
    module, words = module_of(found.file, dotted.split(".")[0]), ast.get_docstring(made) or ""
    return Helper(module, made.name, signature(made), words, about(module))


def module_of(file: Path, package: str) -> str:
    """The dotted name of a module's file."""
    parts = file.with_suffix("").parts
    named = parts[len(parts) - 1 - parts[::-1].index(package) :]
    return ".".join(named[:-1] if named[-1] == "__init__" else named)


def signature(made: ast.FunctionDef | ast.ClassDef) -> str:
    """What a helper takes and gives back; for a class what its fields or its `__init__` say."""
    if isinstance(made, ast.FunctionDef):
        gives = f" -> {ast.unparse(made.returns)}" if made.returns else ""
        return f"({arguments(made)}){gives}"
    born = next((part for part in made.body if getattr(part, "name", "") == "__init__"), None)
    if isinstance(born, ast.FunctionDef):
        return f"({arguments(born)})"
    fields = (ast.unparse(part) for part in made.body if isinstance(part, ast.AnnAssign))
    return f"({', '.join(fields)})" if made.decorator_list else ""


def arguments(made: ast.FunctionDef) -> str:
    """The arguments as they are written, without `self`."""
    words = ast.unparse(made.args)
    return words.removeprefix("self").removeprefix(", ")


def about(module: str) -> str:
    """The first sentence of a module's docstring; nothing where it cannot be found."""
    file = file_of(module)
    words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) if file else None
    return (words or "").split("\n\n")[0].replace("\n", " ")


def file_of(module: str) -> Path | None:
    """The file of a module of an installed package, found without importing anything."""
    from importlib.util import find_spec

    package, *rest = module.split(".")
    spec = find_spec(package)
    folder = Path(spec.origin).parent.joinpath(*rest) if spec and spec.origin else None
    tried = (folder.with_suffix(".py"), folder / "__init__.py") if folder else ()
    return next((path for path in tried if path.is_file()), None)


def resolved(names: Iterable[str], known: dict[str, Helper | None]) -> dict[str, Helper | None]:
    """What each name stands for; what is known is not looked for again."""
    return {name: known[name] if name in known else helper(name) for name in names}
