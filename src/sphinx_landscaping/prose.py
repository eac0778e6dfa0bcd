"""The prose of a page: no decimal or percentage that is neither glued nor cited."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from sphinx_landscaping import chapter_head
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.typed_numbers import CITED, GLUED, MATHS, OPAQUE, nearest_line, typed
from sphinx_landscaping.warn import warn

SILENT = (nodes.literal, nodes.raw, nodes.image, nodes.abbreviation, nodes.footnote_reference, nodes.target)
# Checked in the front matter; an answer to type; drawn by the exercise's own record.
EXEMPT = {"chapter-head", "selfcheck-number", "assessment"}
SPOKEN = ("title", "description", "goals", "misconception", "udl_none")


class Prose(SphinxTransform):
    """Look at everything that a reader reads as text or maths, before it is rendered."""

    default_priority = 860  # glue is in place, citations and references are still marked as such

    def apply(self, **_: object) -> None:
        """Warn of every number that was typed, with its line and its sentence."""
        source = source_of(self.env, self.env.docname)
        for line, text in self.texts(source):
            for found in typed(text):
                warn(
                    f"{found.number.strip()!r} is typed by hand in “{found.sentence}”: glue it with"
                    " {glue:text}`name:.2f`, write a fraction, or cite its source in the same sentence",
                    "prose",
                    (self.env.docname, nearest_line(source, found.number, line + found.lines_down)),
                )

    def texts(self, source: str) -> Iterator[tuple[int, str]]:
        """Yield every text of the page with the line on which it starts."""
        yield from front_matter_texts(source)
        for node in self.document.findall(nodes.Element):
            if is_prose(node) and not is_exempt(node):
                yield line_of(node), flat(node)
            yield from ((line_of(node), alt) for alt in alternatives(node))


def front_matter_texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a front matter, each with the line of its key."""
    if not chapter_head.HEADER.match(source):
        return
    values, lines = chapter_head.read(source), chapter_head.lines_of(source)
    for key in SPOKEN:
        value = values.get(key)
        for text in [value] if isinstance(value, str) else chapter_head.texts(value):
            yield lines[key], text


def is_prose(node: nodes.Element) -> bool:
    """Tell whether a node is a whole text: a paragraph, a title, a caption, a displayed formula …"""
    if isinstance(node, nodes.math_block):
        return True
    if isinstance(node, nodes.Inline | nodes.FixedTextElement | nodes.Invisible):
        return False
    return isinstance(node, nodes.TextElement)


def is_exempt(node: nodes.Element) -> bool:
    """Tell whether a text is no prose of the page: cell output, settings, a row that cites."""
    for above in (node, *_ancestors(node)):
        if isinstance(above, nodes.legend):
            return False
        if isinstance(above, nodes.docinfo | nodes.field_list | nodes.system_message):
            return True
        if above.get("nb_element") and not isinstance(node, nodes.caption):
            return True
        if EXEMPT & {*above["classes"]} or (
            isinstance(above, nodes.row) and any(map(is_citation, above.findall()))
        ):
            return True
    return False


def flat(node: nodes.Element) -> str:
    """Turn a text with its maths, code, citations and glued values into one string with marks."""
    if isinstance(node, nodes.math_block):
        return node.astext()
    return "".join(map(mark, node.children))


def mark(node: nodes.Node) -> str:
    """Turn one piece of a text into words, or the mark that stands for it."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.math):
        return MATHS + re.sub(r"\s+", "", node.astext())
    if is_citation(node):
        return CITED
    if is_glued(node):
        return GLUED
    if isinstance(node, SILENT) or (isinstance(node, addnodes.pending_xref) and not node.get("refexplicit")):
        return OPAQUE
    return flat(node) or OPAQUE


def is_citation(node: nodes.Node) -> bool:
    """Tell whether a node is a citation that the bibliography will resolve."""
    return isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite"


def is_glued(node: nodes.Node) -> bool:
    """Tell whether a node shows a value that a cell computed, here or on another page."""
    if type(node).__name__ == "PendingGlueReference":
        return True
    return isinstance(node, nodes.Element) and ("pasted-text" in node["classes"] or "nb_element" in node)


def alternatives(node: nodes.Element) -> Iterator[str]:
    """Yield the alternative text of a picture, or of the figure that a cell draws."""
    if isinstance(node, nodes.image) and node.get("alt") and not is_exempt(node):
        yield node["alt"]
    if node.get("nb_element") == "cell_code" and isinstance(node["cell_metadata"].get("alt"), str):
        yield node["cell_metadata"]["alt"]


def line_of(node: nodes.Node) -> int:
    """Find the line of a node, or of the nearest one around it."""
    while node is not None:
        if node.line:
            return node.line
        node = node.parent
    return 1


def _ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the check."""
    app.add_transform(Prose)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
