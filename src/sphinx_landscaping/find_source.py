"""Find the source of a class, function or value of the library by its dotted name, reading files only."""

import ast
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """The source of one name, the file it stands in, and its first line there."""

    code: str
    file: Path
    line: int


def find(dotted: str) -> Found:
    """Find `package.module.Name` or `package.module.Class.method`; nothing is imported or run.

    Follows `from … import Name` to where the name is made. Raises `LookupError` with a sentence.
    """
    package, *rest = dotted.split(".")
    spec = find_spec(package)
    if spec is None or not spec.origin or not rest:
        raise LookupError(f"{dotted!r} is no name in an installed package: write package.module.Name")
    return _descend(Path(spec.origin), rest, dotted)


def _descend(file: Path, names: list[str], dotted: str) -> Found:
    name, *rest = names
    for module in (file.with_name(f"{name}.py"), file.parent / name / "__init__.py"):
        if file.name == "__init__.py" and module.is_file() and _is_module(file, name):
            if not rest:
                raise LookupError(f"{dotted!r} is a module: name something in it")
            return _descend(module, rest, dotted)
    if name in _made_in(file):
        return _cut(file, names, dotted)
    place = f"{file.parent.name}/{file.name}"
    raise LookupError(f"{dotted!r}: {place} has no {name!r}; it has {_list(_made_in(file))}")


def _is_module(file: Path, name: str) -> bool:
    """Tell whether a name of a package is one of its modules, and nothing of the same name from inside it."""
    made = _made_in(file).get(name)
    return not isinstance(made, ast.ImportFrom) or (made.module or "").split(".")[-1] != name


def _made_in(file: Path) -> dict[str, ast.stmt]:
    """Give every name that a module makes or imports at its top level, and the statement that does it."""
    return _made_by(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _made_by(text: str) -> dict[str, ast.stmt]:
    made: dict[str, ast.stmt] = {}
    for statement in ast.parse(text).body:
        made |= dict.fromkeys(_names(statement), statement)
    return made


def _names(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [statement.name]
        case ast.ImportFrom():
            return [alias.asname or alias.name for alias in statement.names]
        case ast.Assign():
            return [target.id for target in statement.targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _cut(file: Path, names: list[str], dotted: str) -> Found:
    name, *rest = names
    statement = _made_in(file)[name]
    if isinstance(statement, ast.ImportFrom):
        return _follow(file, statement, names, dotted)
    for inner in rest:
        members = {key: part for part in getattr(statement, "body", []) for key in _names(part)}
        if inner not in members:
            raise LookupError(f"{dotted!r}: {name} has no {inner!r}; it has {_list(members)}")
        statement, name = members[inner], inner
    first = min([statement.lineno, *(mark.lineno for mark in getattr(statement, "decorator_list", []))])
    lines = file.read_text(encoding="utf-8").splitlines()[first - 1 : statement.end_lineno]
    indent = len(lines[0]) - len(lines[0].lstrip())
    code = "\n".join(text[indent:] if text[:indent].isspace() else text for text in lines)
    return Found(code, file, first)


def _follow(file: Path, imported: ast.ImportFrom, names: list[str], dotted: str) -> Found:
    original = next(a.name for a in imported.names if (a.asname or a.name) == names[0])
    path = [*(imported.module or "").split("."), original, *names[1:]]
    if not imported.level:
        return find(".".join(path))
    above = file.parent
    for _ in range(imported.level - 1):
        above = above.parent
    return _descend(above / "__init__.py", [name for name in path if name], dotted)


def _list(names: dict[str, object]) -> str:
    return ", ".join(sorted(name for name in names if not name.startswith("_"))) or "nothing"
