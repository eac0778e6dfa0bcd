"""Numbered things without a label of their own: nobody can cite them, so they stop the build."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_landscaping import label_rules
from sphinx_landscaping.citable_nodes import EXERCISES, PROOFS
from sphinx_landscaping.warn import warn
from sphinx_landscaping.wording import written


def found(document: nodes.document, docname: str) -> Iterator[tuple[nodes.Element, str, str]]:
    """Yield each exercise, theorem, table or listing that is numbered and has no label: node, kind, words."""
    for node in document.findall(nodes.Element):
        kind = made_up(node, docname) or captioned(node, document)
        if kind:
            yield node, kind, words_of(node)


def made_up(node: nodes.Element, docname: str) -> str:
    """The kind of an exercise or theorem whose label was made of its place, which the next edit moves."""
    if isinstance(node, EXERCISES):
        return "exercise" if node["label"].startswith(f"{docname}-exercise-") else ""
    kind = node.get("realtype", "")
    return kind if isinstance(node, PROOFS) and re.fullmatch(rf"{kind}-\d+", node["label"]) else ""


def captioned(node: nodes.Element, document: nodes.document) -> str:
    """The kind of a table or listing that has a caption, hence a number, and no label."""
    is_listing = isinstance(node, nodes.container) and "literal-block-wrapper" in node["classes"]
    is_table = isinstance(node, nodes.table) and isinstance(node.children[0], nodes.title)
    if not (is_listing or is_table) or any(document.nametypes.get(name) for name in node["names"]):
        return ""
    return "table" if is_table else "listing"


def words_of(node: nodes.Element) -> str:
    """Its title or caption, else how it begins."""
    title = node.next_node(lambda n: isinstance(n, nodes.title | nodes.caption))
    return " ".join(written(title if title is not None else node).split()[:6]).removeprefix("Exercise ")


def check(app: Sphinx, document: nodes.document) -> None:
    """Warn of each, with the label that would fit."""
    for node, kind, words in found(document, app.env.docname):
        warn(label_rules.unnamed(kind, app.env.docname, words), "permalinks", node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at every page when it was read."""
    app.connect("doctree-read", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
