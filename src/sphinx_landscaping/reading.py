"""Small things a long text needs: notes in the margin, solutions that fold, clean exercises."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.nodes import solution_node


class Note(nodes.General, nodes.Element):
    """An aside: beside the text where there is room, inside it where there is none."""


class Margin(SphinxDirective):
    """`{margin}`, with an optional title as its argument."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The note with its parsed content."""
        note = Note(classes=["margin"])
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            note += [nodes.paragraph("", "", nodes.strong("", "", *text)), *messages]
        self.state.nested_parse(self.content, self.content_offset, note)
        return [note]


def visit_note(translator: Any, node: Note) -> None:
    """Open the aside."""
    translator.body.append(translator.starttag(node, "aside", CLASS="margin"))


def depart_note(translator: Any, _node: Note) -> None:
    """Close the aside."""
    translator.body.append("</aside>\n")


def visit_solution(translator: Any, node: solution_node) -> None:
    """Open a fold in place of the box; its title becomes the summary."""
    translator.body.append(translator.starttag(node, "details", CLASS="solution"))
    translator.body.append("<summary>Solution</summary>\n")


def depart_solution(translator: Any, _node: solution_node) -> None:
    """Close the fold."""
    translator.body.append("</details>\n")


def clean_exercises(_app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Take out sphinx-exercise's inner sections, whose id is the same for all, and the solutions' titles."""
    for section in list(doctree.findall(nodes.section)):
        if section["ids"] in (["exercise-content"], ["solution-content"], ["proof-content"]):
            section["ids"] = []  # or the first child would inherit it
            section.replace_self(section.children)
    for node in doctree.findall(solution_node):
        if node.children and isinstance(node.children[0], nodes.title):
            node.pop(0)


def pass_through(translator: Any, node: nodes.Node) -> None:
    """For writers that know no margins: the content stays where it stands."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the margin and the folds."""
    app.add_directive("margin", Margin)
    plain = (pass_through, pass_through)
    app.add_node(Note, html=(visit_note, depart_note), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_node(solution_node, override=True, html=(visit_solution, depart_solution))
    app.connect("doctree-resolved", clean_exercises)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
