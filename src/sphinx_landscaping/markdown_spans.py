"""The inside of a line of a page as plain Markdown: text, code, formulas, links."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from docutils import nodes

# Brackets stay as they are, for \[ opens a formula in some notebooks; only what would end a link is marked.
SIGNS = re.compile(r"([\\`*$]|~~|<(?=[\w/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)|\](?=[\[(:]))")
BLANK = re.compile(r"[ \t\n\xa0]+")
MARKS = {
    "strong": ("**", "**"),
    "emphasis": ("*", "*"),
    "subscript": ("<sub>", "</sub>"),
    "superscript": ("<sup>", "</sup>"),
}
UNSEEN = (nodes.target, nodes.comment, nodes.substitution_definition)


class Unknown(Exception):  # noqa: N818  (it is a sentence about a page, not a fault of the program)
    """A kind of node that no method of the writer turns into Markdown."""


class Spans:
    """Writes what stands inside a line.

    `site` is the book's address, `name` the page's below it, `numbers` what it counts, by kind and id.
    """

    def __init__(self, site: str, name: str, numbers: dict[str, dict[str, tuple]]) -> None:
        self.site, self.page, self.numbers = site, site + name, numbers
        self.in_table = False

    def inline(self, node: nodes.Element) -> str:
        """The text of a node, on one line."""
        return BLANK.sub(" ", "".join(map(self.span, node.children))).strip()

    def span(self, node: nodes.Node) -> str:
        """One piece of a line."""
        if isinstance(node, nodes.Text):
            return self._escaped(node.astext())
        if isinstance(node, UNSEEN) or "headerlink" in node.get("classes", ()):  # a ¶ is of the page
            return ""
        if marks := MARKS.get(node.tagname):
            return marks[0] + self._spans(node) + marks[1]
        return self._writer("span", node)(node)

    def span_inline(self, node: nodes.Element) -> str:
        """A piece that only its class tells from the rest: a value, a cross-reference."""
        return self._spans(node)

    span_abbreviation = span_title_reference = span_generated = span_inline

    def span_literal(self, node: nodes.Element) -> str:
        """Code in a sentence."""
        text = node.astext()
        mark = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        space = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{mark}{space}{text}{space}{mark}".replace("|", r"\|" if self.in_table else "|")

    def span_math(self, node: nodes.Element) -> str:
        """A formula in a sentence, and the punctuation that belongs to it."""
        tex = " ".join(node.astext().split())
        tex = tex.replace("|", r"\vert ") if self.in_table else tex
        return f"${tex}$" + self._escaped(node.get("after", ""))

    def span_reference(self, node: nodes.Element) -> str:
        """A link; inside the book it leads to the page."""
        return f"[{self._spans(node)}]({self.address(node)})"

    span_number_reference = span_Term = span_reference  # noqa: N815  (the node is named so)

    def span_footnote_reference(self, node: nodes.Element) -> str:
        """The number of a note."""
        return f"[{node.astext()}]"

    def address(self, node: nodes.Element) -> str:
        """Where a reference leads, as a whole address."""
        to = node["refuri"] if "refuri" in node else f"#{node['refid']}"
        return urljoin(self.page, to).replace(" ", "%20").replace(")", "%29")

    def _spans(self, node: nodes.Element) -> str:
        return "".join(map(self.span, node.children))

    def _escaped(self, text: str) -> str:
        text = SIGNS.sub(r"\\\1", text)
        return text.replace("|", r"\|") if self.in_table else text

    def number(self, kind: str, ids: list[str]) -> str:
        """The number that the page prints for something with one of these ids; empty where it has none."""
        found = self.numbers.get(kind, {})
        return next((".".join(map(str, found[name])) for name in ids if found.get(name)), "")

    def _writer(self, how: str, node: nodes.Node) -> Callable[[Any], str]:
        kind = type(node).__name__
        if how == "block" and kind == "Box":
            how, kind = "box", (node["classes"] or ["plain"])[0].replace("-", "_")
        method = getattr(self, f"{how}_{kind}", None)
        if method is None:
            what = " ".join([type(node).__name__, *getattr(node, "attributes", {}).get("classes", [])])
            said = node.astext()[:60].strip()
            raise Unknown(f"“{what}” ({said!r}) has no form in a notebook: write {how}_{kind} in markdown.py")
        return method
