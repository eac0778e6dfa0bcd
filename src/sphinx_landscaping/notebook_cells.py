"""A chapter as the cells of a notebook: words between code, captions under figures. No Sphinx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

from sphinx_landscaping.chapter_markdown import ChapterMarkdown
from sphinx_landscaping.markdown import spaced
from sphinx_landscaping.notebook_outputs import Unshown, published

FOLDED = {"remove-cell", "hide-cell", "hide-input", "remove-input"}  # what the page folds, the notebook folds
Words = tuple[str, list[str]]  # a section's label, and blocks of Markdown


@dataclass(frozen=True)
class Code:
    """A code cell of the page: its text, and the figure that it shows, if any."""

    source: str
    figure: nodes.figure | None


@dataclass(frozen=True)
class Figure:
    """How a figure is drawn for those who see no live one, and what is on it."""

    picture: Callable[[], bytes]
    alt: str


def is_code(node: nodes.Node) -> bool:
    """Tell whether a node is a code cell with its outputs."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def is_left_out(cell: dict[str, Any]) -> bool:
    """Tell whether the page shows nothing of a cell."""
    return "remove-cell" in cell["metadata"].get("tags", [])


def source_of(node: nodes.container) -> str:
    """The code of a cell of the page."""
    shown = (part for part in node.children if part.get("nb_element") == "cell_code_source")
    return "".join(part.astext() for part in shown)


def pieces(
    section: nodes.Element,
    writer: ChapterMarkdown,
    numbers: dict[str, tuple],
    under_title: str,
    depth: int = 1,
) -> Iterator[Words | Code]:
    """The words and the code cells of a section in their order; a heading begins new words."""
    label = section["ids"][0]
    words: list[str] = []
    for node in section.children:
        if isinstance(node, nodes.title):
            words += [
                heading(node, writer, numbers.get("" if depth == 1 else f"#{label}"), depth),
                under_title,
            ]
        elif isinstance(node, nodes.section):
            yield label, words
            words = []
            yield from pieces(node, writer, numbers, "", depth + 1)
        elif is_code(node):
            yield label, words
            words = []
            yield Code(source_of(node), next(node.findall(nodes.figure), None))
        else:
            words.append(writer.block(node))
    yield label, words


def heading(title: nodes.title, writer: ChapterMarkdown, number: tuple | None, depth: int) -> str:
    """A heading with the number that the page gives it."""
    counted = "".join(f"{part}." for part in number or ())
    return " ".join(part for part in ("#" * depth, counted, writer.inline(title)) if part)


@dataclass
class Cells:
    """Cells in the order of the page; each has an id that other edits leave as it is."""

    run: list[dict[str, Any]]  # the code cells that ran, in their order
    figures: dict[str, Figure]
    made: list[dict[str, Any]] = field(default_factory=list)
    _names: Counter = field(default_factory=Counter)
    _count: int = 0

    def lay(self, parts: Iterator[Words | Code], writer: ChapterMarkdown) -> None:
        """Put all pieces of a chapter; a cell that the page leaves out follows the code before it."""
        label, left = "", list(self.run)
        for part in parts:
            if isinstance(part, Code):
                while left and is_left_out(left[0]):
                    self.code(label, left.pop(0))
                if not left or part.source.strip() not in ("", "".join(left[0]["source"]).strip()):
                    raise Unshown(f"a cell under {label} is not the one that ran: run `make book` again")
                self.code(label, left.pop(0), part.figure)
                if part.figure:
                    self.words(label, [writer.caption(part.figure)])
                while left and is_left_out(left[0]):
                    self.code(label, left.pop(0))
            else:
                label = part[0]
                self.words(*part)

    def words(self, label: str, blocks: list[str]) -> None:
        """Put a Markdown cell."""
        if text := spaced(blocks):
            self.made.append(
                {"cell_type": "markdown", "id": self.name(label), "metadata": {}, "source": text}
            )

    def code(self, label: str, cell: dict[str, Any], figure: nodes.figure | None = None) -> None:
        """Put a code cell with what it showed."""
        self._count += 1
        shows = figure["ids"][0] if figure else ""
        known = self.figures.get(shows) or Figure(lambda: _lost(label), "")
        outputs = list(published(cell.get("outputs", []), self._count, known.picture, known.alt))
        folded = FOLDED & set(cell["metadata"].get("tags", []))
        self.made.append(
            {
                "cell_type": "code",
                "execution_count": self._count,
                "id": self.name(f"{shows or label}-code"),
                "metadata": {"jupyter": {"source_hidden": True}} if folded else {},
                "outputs": outputs,
                "source": "".join(cell["source"]),
            }
        )

    def name(self, wanted: str) -> str:
        """An id that no other cell has: the label of the section or figure, counted from the second on."""
        self._names[wanted] += 1
        count = f"-{self._names[wanted]}" if self._names[wanted] > 1 else ""
        return wanted[: 64 - len(count)] + count


def _lost(label: str) -> bytes:
    raise Unshown(f"a cell under {label} draws something that is no figure of its page: give it a caption")
