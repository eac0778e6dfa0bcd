"""The chapters of a book: which there are, and their cells as MyST-NB reads them."""

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import nbformat
import yaml
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from .project import Project
from .report import Stopped

DECIDES_EXECUTION = ("skip-execution", "raises-exception")


@dataclass(frozen=True)
class Chapter:
    """A page with cells: its name is its address."""

    name: str
    path: Path
    notebook: nbformat.NotebookNode

    @property
    def cells(self) -> list[nbformat.NotebookNode]:
        """Its code cells."""
        return [cell for cell in self.notebook.cells if cell.cell_type == "code"]

    def sources(self) -> list[str]:
        """The cells' code; a tag that decides whether or how a cell runs stands above it as a comment."""
        return [_marks(cell) + cell.source for cell in self.cells]


def _marks(cell: nbformat.NotebookNode) -> str:
    tags = sorted(set(cell.metadata.get("tags", [])) & set(DECIDES_EXECUTION))
    return f"# {tags}\n" if tags else ""


def listed(project: Project) -> list[str]:
    """The pages of `_toc.yml`, in its order."""
    try:
        site = parse_toc_yaml(project.root / "_toc.yml")
    except (MalformedError, yaml.YAMLError) as error:
        raise Stopped(f"_toc.yml cannot be read: {error}") from None
    names = [str(name).removesuffix(".md") for name in site]
    for name in names:
        if not (project.book / f"{name}.md").exists():
            raise Stopped(
                f"_toc.yml lists {name}, but there is no book/{name}.md: write it or take the line out"
            )
    return names


def refuse_unlisted(project: Project, names: list[str], excluded: list[str]) -> None:
    """Stop where a page of the book stands in no table of contents."""
    for path in sorted(project.book.rglob("*.md")):
        inside = path.relative_to(project.book)
        name = inside.with_suffix("").as_posix()
        if name in names or any(fnmatch(inside.as_posix(), pattern) for pattern in excluded):
            continue
        raise Stopped(
            f"book/{name}.md is missing from _toc.yml: add the line `- file: {name}` where it belongs"
        )


def read(project: Project, name: str, extensions: list[str]) -> Chapter | None:
    """A page as MyST-NB reads it, so that its cells have the same name in the store; None without cells."""
    path = project.book / f"{name}.md"
    text = path.read_text(encoding="utf8")
    reader = create_nb_reader(
        str(path), MdParserConfig(enable_extensions=set(extensions)), NbParserConfig(), text
    )
    if reader is None:
        return None
    try:
        notebook = reader.read(text)
    except Exception as error:  # the reader's own exceptions share no class
        raise Stopped(f"book/{name}.md cannot be read as a notebook: {error}") from error
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"c{number}"  # random otherwise, and part of the notebook that readers can download
    chapter = Chapter(name, path, notebook)
    if chapter.cells and "name" not in notebook.metadata.get("kernelspec", {}):
        raise Stopped(f"book/{name}.md has code cells and no kernelspec: copy the header of another chapter")
    return chapter
