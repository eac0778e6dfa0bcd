"""What an author wrote in a part of a page, and a few letters that change with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from docutils import nodes

from sphinx_landscaping.boxes import Box

OF_A_CLAIM = ("sentence", "gate", "control")  # what its author wrote; the measure is the machine's
GLUED = "pasted-text"  # as MyST-NB marks a value that a cell measured
UNSEEN = (nodes.raw, nodes.comment, nodes.system_message)


def texts(node: nodes.Node, without: tuple[type, ...] = ()) -> Iterator[str]:
    """Yield what an author wrote; a cell's results are left out, or a last digit would be a change."""
    if isinstance(node, nodes.Text):
        yield " ".join(node.astext().split())
    elif isinstance(node, Box) and "claim" in node:
        yield from (node["claim"][key] for key in OF_A_CLAIM)
    elif isinstance(node, (*UNSEEN, *without)) or GLUED in node.get("classes", ()):
        return
    elif "cell_output" in node.get("classes", ()):
        for part in node.findall(lambda n: isinstance(n, nodes.caption | Box)):
            yield from texts(part) if isinstance(part, nodes.caption) or "claim" in part else ()
    else:
        for child in node.children:
            yield from texts(child, without)


def written(node: nodes.Node, without: tuple[type, ...] = ()) -> str:
    """The words of a node as one line."""
    return " ".join(" ".join(texts(node, without)).split())


def digest(text: str) -> str:
    """A few letters that change with the words."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:10]
