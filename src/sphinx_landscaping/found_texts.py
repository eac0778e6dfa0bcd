"""`search/<page>.json`: the words of a page under the label of the section, figure or box they stand in.

Written with its page and only then, so a changed paragraph costs the words of one page. The words are those
that a reader sees: numbers and results are filled in, what cells print and the table of claims are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_landscaping import citable, figure_list
from sphinx_landscaping.boxes import Box
from sphinx_landscaping.citable_nodes import EXERCISES, PROOFS
from sphinx_landscaping.keeping import put

TEX = re.compile(r"\\(?:operatorname|text|mathrm|mathbf|boldsymbol|bm|left|right|,|;|!|quad)|[\\{}$]")
Spoken = tuple[str, str]
NAMED = (nodes.section, *EXERCISES, *PROOFS)  # their titles are names
UNSAID = (nodes.raw, nodes.math_block, nodes.comment, nodes.substitution_definition, nodes.image)


def words(document: nodes.Element, labels: set[str], alts: dict[str, str]) -> dict[str, str]:
    """Label -> all words that stand under it, up to the next label."""
    found: dict[str, list[str]] = {}
    for label, said in spoken(document, "", labels, alts):
        found.setdefault(label, []).append(said)
    said = {label: " ".join(" ".join(parts).split()) for label, parts in found.items()}
    return {label: text for label, text in said.items() if label and text}


def spoken(node: nodes.Element, label: str, labels: set[str], alts: dict[str, str]) -> Iterator[Spoken]:
    """Every piece of text below a node, after the label under which it stands."""
    own = next((one for one in node.get("ids", ()) if one in labels), "")
    label = own or label
    if own in alts:
        yield label, alts[own]
    for child in node.children:
        if isinstance(child, nodes.TextElement):
            if not is_unsaid(child):
                named = (
                    () if isinstance(child, nodes.term) else child["ids"]
                )  # its definition stands beside it
                yield next((one for one in named if one in labels), label), plain(child)
        elif isinstance(child, nodes.Element) and not is_unsaid(child):
            yield from spoken(child, label, labels, alts)


def is_unsaid(node: nodes.Element) -> bool:
    """Tell whether a node is no text of the page: markup, what a cell printed, a gathered table."""
    heading = isinstance(node, nodes.title) and isinstance(node.parent, NAMED)
    printed = isinstance(node, nodes.literal_block) and "cell_output" in node.parent.get("classes", ())
    gathered = isinstance(node, Box) and "cards" in node["classes"]
    return heading or printed or gathered or isinstance(node, UNSAID)


def plain(node: nodes.Node) -> str:
    """The text of a node; a formula as letters, without the signs that set it."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, nodes.math):
        return TEX.sub("", node.astext())
    return "" if isinstance(node, UNSAID) else "".join(map(plain, node.children))


def write(app: Sphinx, docname: str, _template: str, _context: dict[str, Any], document: Any) -> None:
    """Write the words of a page when the page is written; a page without a source has none."""
    if document is None or docname not in app.env.found_docs:
        return
    things = citable.pages_of(app.env)[docname]["things"]
    labels = {thing["id"]: thing["label"] for thing in things}
    alts = {figure["label"]: figure["alt"] for figure in figure_list.listed(app.env).get(docname, ())}
    found = words(document, set(labels), alts)
    text = json.dumps({labels[one]: said for one, said in found.items()}, ensure_ascii=False, indent=0)
    put(Path(app.outdir, "search", f"{docname}.json"), f"{text}\n".encode())


def drop(app: Sphinx, failed: Exception | None) -> None:
    """Take away the words of pages that are gone."""
    folder = Path(app.outdir, "search")
    if failed is None and app.builder.format == "html":
        wanted = {folder / f"{docname}.json" for docname in app.env.found_docs} | {folder / "names.json"}
        for path in set(folder.rglob("*.json")) - wanted:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the files."""
    app.connect("html-page-context", write)
    app.connect("build-finished", drop)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
