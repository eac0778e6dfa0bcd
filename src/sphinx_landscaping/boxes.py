"""Two nodes that stand for any HTML element, and what other builders make of them.

A box holds blocks (`aside`, `details`, `div` …), a line holds text (`p`, `summary`). Only the HTML writers
know the tags; for paper, plain text and the rest a transform leaves containers and paragraphs.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxTranslator


class Box(nodes.General, nodes.Element):
    """A block element of the page; `tag`, `classes`, `ids` and `html` (more attributes) say which."""


class Line(nodes.Part, nodes.TextElement):
    """An element that holds text; the same attributes as a box."""


def box(tag: str, *children: nodes.Node, classes: str = "", html: dict[str, str] | None = None) -> Box:
    """Make a block element: `box("details", summary, reason, classes="question-choice")`."""
    return Box("", *children, tag=tag, classes=classes.split(), html=html or {})


def line(
    tag: str, *children: nodes.Node | str, classes: str = "", html: dict[str, str] | None = None
) -> Line:
    """Make an element that holds text; a plain string among the children becomes a text node."""
    kept = [nodes.Text(child) if isinstance(child, str) else child for child in children]
    return Line("", "", *kept, tag=tag, classes=classes.split(), html=html or {})


def name_box(node: Box, label: str, document: nodes.document) -> None:
    """Give a box its label: the explicit target of this document, and the id on the page."""
    node["names"].append(nodes.fully_normalize_name(label))
    node["ids"].append(nodes.make_id(label))
    document.note_explicit_target(node, node)


def visit(translator: SphinxTranslator, node: Box | Line) -> None:
    """Open the element in HTML."""
    translator.body.append(translator.starttag(node, node["tag"], "", **node["html"]))


def depart(translator: SphinxTranslator, node: Box | Line) -> None:
    """Close the element in HTML."""
    translator.body.append(f"</{node['tag']}>\n")


class PlainBoxes(SphinxPostTransform):
    """For every builder but HTML: boxes become containers, lines become paragraphs."""

    default_priority = 900

    def run(self, **_: object) -> None:
        """Replace every box and line of the document, innermost first."""
        if self.app.builder.format == "html":
            return
        for node in reversed(list(self.document.findall(lambda n: isinstance(n, Box | Line)))):
            made = nodes.paragraph if isinstance(node, Line) else nodes.container
            plain = made("", "", *node.children) if made is nodes.paragraph else made("", *node.children)
            plain["ids"], plain["names"], plain["classes"] = node["ids"], node["names"], node["classes"]
            node.replace_self(plain)


def give_titles(app: Sphinx, doctree: nodes.document) -> None:
    """Let {ref} print a box's `title` (a claim's sentence, "Question 2") for its label."""
    std = app.env.get_domain("std")
    for node in doctree.findall(Box):
        if node.get("title") and node["names"]:
            std.labels[node["names"][0]] = (app.env.docname, node["ids"][0], node["title"])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the two nodes, their plain form, and their titles."""
    app.add_node(Box, html=(visit, depart))
    app.add_node(Line, html=(visit, depart))
    app.add_post_transform(PlainBoxes)
    app.connect("doctree-read", give_titles)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
