"""A piece of Python as far as its inputs go: what it imports, its words, and what no cell may do."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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


def parse(text: str) -> ast.Module:
    """The syntax tree; a cell may wait at its top level, as IPython allows."""
    return compile(text, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@dataclass(frozen=True)
class Code:
    """A piece of Python, as far as it matters here: what it imports, its words, what it does."""

    text: str
    package: str = ""  # the package that relative imports start from

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None where this is not plain Python."""
        try:
            return parse(self.text)
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
            elif isinstance(node, ast.Constant) and str(node.value).startswith("__"):
                found.add(node.value)  # getattr(height, "__doc__")
            elif isinstance(node, ast.Import | ast.ImportFrom):
                found.update(part for alias in node.names for part in alias.name.split("."))
                found.update((getattr(node, "module", None) or "").split("."))
        return frozenset(found)

    @cached_property
    def meaning(self) -> str:
        """The syntax tree without docstrings, comments and places."""
        return ast.dump(_without_docstrings(parse(self.text))) if self.tree else self.text

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """Dotted names that may be modules: `from a import b` gives `a` and `a.b`."""
        return tuple(dict.fromkeys(self._imports()))

    def _imports(self) -> Iterator[str]:
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


def fault(cell: str) -> str:
    """Why a cell is refused, as the end of a sentence; empty where nothing is wrong with it."""
    try:
        parse(cell)
    except SyntaxError as error:
        return (
            f"is not plain Python (its line {error.lineno}: {error.msg}): write Python alone, for "
            "magic commands, `?` and `!` show what no build can follow"
        )
    if seen := sorted(Code(cell).words & LOOKS_AT_ITSELF):
        return (
            f"looks at code with {', '.join(map(repr, seen))}, "
            "so a comment or a docstring could change the page: "
            "take it out, and show source by the directive {source}, which is followed"
        )
    return ""
