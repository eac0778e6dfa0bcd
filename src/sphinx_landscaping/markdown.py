"""A resolved page as plain Markdown: what GitHub, Colab and JupyterLab all show. No Sphinx application here.

One method for each kind of node; a kind without one is refused by name, so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

from sphinx_landscaping import maths
from sphinx_landscaping.markdown_spans import UNSEEN, Spans

OPENING = re.compile(r"^(\d*)([.)](?=\s)|>|(?:#+|[+-])(?=\s))")  # of a quotation, a heading, a list


def spaced(parts: Iterable[str]) -> str:
    """Blocks with a blank line between them."""
    return "\n\n".join(part for part in parts if part.strip())


def indented(text: str, by: str, first: str = "") -> str:
    """Every line but the first moved in by `by`; the first begins with `first`."""
    head, *rest = text.splitlines() or [""]
    return "\n".join([first + head, *(by + line if line else "" for line in rest)])


def quoted(text: str) -> str:
    """A block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def fold(summary: str, inside: str) -> str:
    """What opens at a click; the blank lines let Markdown be read inside."""
    return f"<details><summary>{summary}</summary>\n\n{inside}\n\n</details>"


class Markdown(Spans):
    """Writes what stands on lines of its own."""

    def block(self, node: nodes.Node) -> str:
        """One block, without a blank line around it."""
        if isinstance(node, UNSEEN):
            return ""
        return self._writer("block", node)(node)

    def blocks(self, parts: Iterable[nodes.Node]) -> str:
        """Blocks one after another."""
        return spaced(map(self.block, parts))

    def block_paragraph(self, node: nodes.Element) -> str:
        """A paragraph whose first sign opens no list and no heading."""
        return OPENING.sub(r"\1\\\2", self.inline(node))

    def block_bullet_list(self, node: nodes.Element) -> str:
        """Items under their sign."""
        return "\n".join(indented(self._item(item), "  ", "- ") for item in node.children)

    def block_enumerated_list(self, node: nodes.Element) -> str:
        """Items under their number."""
        start = node.get("start", 1)
        return "\n".join(
            indented(self._item(item), "   ", f"{start + at}. ") for at, item in enumerate(node.children)
        )

    def block_definition_list(self, node: nodes.Element) -> str:
        """Terms as the first words of an item: plain Markdown has no list of definitions."""
        return "\n".join(indented(self._definition(item), "  ", "- ") for item in node.children)

    def block_block_quote(self, node: nodes.Element) -> str:
        """A quotation."""
        return quoted(self.blocks(node.children))

    def block_literal_block(self, node: nodes.Element) -> str:
        """Code, fenced by more backticks than stand inside."""
        text = node.astext().rstrip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        return f"{fence}{node.get('language', '')}\n{text}\n{fence}"

    def block_math_block(self, node: nodes.Element) -> str:
        """A formula, with the number that the page gives it."""
        number = self.number("displaymath", node["ids"])
        tag = rf"\tag{{{number}}}" if number else ""
        return f"$$\n{maths.prepared(node.astext(), block=True)}{tag}\n$$"

    def block_transition(self, _: nodes.Element) -> str:
        """A line across."""
        return "---"

    def block_compound(self, node: nodes.Element) -> str:
        """What only holds others together."""
        return self.blocks(node.children)

    block_container = block_compound

    def block_rubric(self, node: nodes.Element) -> str:
        """A heading outside the contents."""
        return f"**{self.inline(node)}**"

    def block_table(self, node: nodes.Element) -> str:
        """A table, its title above it."""
        self.in_table = True
        rows = [[self._cell(entry) for entry in row.children] for row in node.findall(nodes.row)]
        self.in_table = False
        title = next(
            (f"**{self.inline(part)}**" for part in node.children if isinstance(part, nodes.title)), ""
        )
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return spaced([title, "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])])

    def block_citation(self, node: nodes.Element) -> str:
        """A work of the bibliography, without the letters that stand for it."""
        text = self.blocks(part for part in node.children if not isinstance(part, nodes.label))
        return indented(text, "  ", "- ")

    def block_footnote(self, node: nodes.Element) -> str:
        """A note under its number."""
        label, *rest = node.children
        return f"[{label.astext()}] {self.blocks(rest)}"

    def _item(self, item: nodes.Element) -> str:
        parts = [self.block(part) for part in item.children]
        return "\n\n".join(parts) if len(parts) > 1 else "".join(parts)

    def _definition(self, item: nodes.Element) -> str:
        terms = [self.inline(part) for part in item.children if isinstance(part, nodes.term)]
        meanings = [part for part in item.children if isinstance(part, nodes.definition)]
        text = self.blocks(child for part in meanings for child in part.children)
        first = next((child for part in meanings for child in part.children), None)
        return f"**{', '.join(terms)}:**" + (" " if isinstance(first, nodes.paragraph) else "\n\n") + text

    def _cell(self, entry: nodes.Element) -> str:
        return " ".join(self.block(part) for part in entry.children).replace("\n", " ")
