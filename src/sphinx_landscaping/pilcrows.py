"""The ¶ of claims, questions, verdicts, exercises and theorems; the others have Sphinx's."""

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_landscaping.boxes import Box
from sphinx_landscaping.citable_nodes import EXERCISES, PROOFS


def title_of(node: nodes.Element) -> nodes.Element | None:
    """The line that a ¶ ends; nothing for a node that has none of ours."""
    if isinstance(node, Box) and node["names"]:
        ours = "claim" in node or "verdict" in node or "question" in node["classes"]
        return node.children[0] if ours else None
    return node.next_node(nodes.title) if isinstance(node, (*EXERCISES, *PROOFS)) else None


def kind_of(node: nodes.Element) -> str:
    """What a reader calls it."""
    if not isinstance(node, Box):
        return node.get("realtype", "exercise")
    return next((kind for kind in ("claim", "verdict") if kind in node), "question")


def add(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Put the ¶ at the end of each title; a claim's line goes on with its verdict."""
    for node in list(doctree.findall(nodes.Element)) if app.builder.format == "html" else ():
        if title := title_of(node):
            link = (
                f'<a class="headerlink" href="#{node["ids"][0]}" title="Link to this {kind_of(node)}">¶</a>'
            )
            mark = nodes.raw("", link, format="html", classes=["headerlink"])
            title.insert(1 if "claim-name" in title["classes"] else len(title), mark)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the marks."""
    app.connect("doctree-resolved", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
