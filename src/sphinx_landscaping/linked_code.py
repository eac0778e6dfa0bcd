"""Code whose names lead to the page of the library."""

import html
import re
from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator

from sphinx_landscaping.helpers import Use

PIECE = re.compile(r"<[^>]*>|[^<]+")


class LinkedCode(nodes.literal_block):
    """A cell's code; `uses` says where names of the library stand in it."""


def linked(markup: str, uses: list[Use], address: Callable[[str], str]) -> str:
    """Put links around names: the text between the tags is the code itself, and each name one piece of it."""
    leads = {use.start: (use.end, address(use.dotted)) for use in uses}
    at, made = 0, []
    for piece in PIECE.findall(markup):
        text = "" if piece.startswith("<") else html.unescape(piece)
        end, href = leads.get(at, (0, "")) if text else (0, "")
        made.append(f'<a href="{href}">{piece}</a>' if href and end == at + len(text) else piece)
        at += len(text)
    return "".join(made)


def visit(translator: SphinxTranslator, node: LinkedCode) -> None:
    """Let the code be highlighted as any other, then link it."""
    from sphinx_landscaping.library import address

    env, page, before = translator.builder.env, translator.builder.current_docname, len(translator.body)
    try:
        translator.visit_literal_block(node)
    except nodes.SkipNode:
        written = "".join(translator.body[before:])
        translator.body[before:] = [linked(written, node["uses"], lambda name: address(env, page, name))]
        raise


def as_any_other(translator: SphinxTranslator, node: LinkedCode) -> None:
    """For writers without links in code."""
    translator.visit_literal_block(node)


def depart(translator: SphinxTranslator, node: LinkedCode) -> None:
    """Close the block where it was not written whole."""
    translator.depart_literal_block(node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the code with links."""
    plain = (as_any_other, depart)
    app.add_node(LinkedCode, html=(visit, depart), latex=plain, text=plain, man=plain, texinfo=plain)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
