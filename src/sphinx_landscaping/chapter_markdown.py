"""What only this book's pages have, as Markdown: heads, predictions, exercises, questions, verdicts."""

from __future__ import annotations

import html

from docutils import nodes

from sphinx_landscaping.markdown import Markdown, fold, quoted, spaced

HTML = {"strong": "strong", "emphasis": "em", "literal": "code", "subscript": "sub", "superscript": "sup"}


class ChapterMarkdown(Markdown):
    """Adds the book's own boxes to the common nodes."""

    def block_admonition(self, node: nodes.Element) -> str:
        """A box with a name, as a quotation that begins with it."""
        title, *rest = node.children
        return quoted(spaced([f"**{self.inline(title)}**", self.blocks(rest)]))

    def _named_by_kind(self, node: nodes.Element) -> str:
        return quoted(spaced([f"**{type(node).__name__.capitalize()}**", self.blocks(node.children)]))

    block_note = block_tip = block_hint = block_important = block_warning = _named_by_kind
    block_caution = block_danger = block_attention = _named_by_kind

    def block_Note(self, node: nodes.Element) -> str:  # noqa: N802  (named after the node)
        """A note in the margin."""
        return quoted(self.blocks(node.children))

    def block_Line(self, node: nodes.Element) -> str:  # noqa: N802
        """A line of a box."""
        return self.inline(node)

    def block_figure(self, node: nodes.Element) -> str:
        """A drawing that no cell made: the picture that the site serves, and its caption."""
        label = node["ids"][0]
        picture = f"![]({self.site}figures/{label}.png)"
        return spaced([picture, self.caption(node)])

    def caption(self, node: nodes.Element) -> str:
        """The number of a figure as a link to the live one, and its words."""
        label = node["ids"][0]
        number = self.number("figure", [label])
        words = next((self.inline(part) for part in node.children if isinstance(part, nodes.caption)), "")
        name = f"Figure {number}" if number else "Figure"
        return f"**[{name}]({self.page}#{label}).** {words} [See it live in the book.]({self.page}#{label})"

    def block_exercise_enumerable_node(self, node: nodes.Element) -> str:
        """An exercise: its number, its name, its text."""
        title, *rest = node.children
        name = f"Exercise {self.number('exercise', node['ids'])}".strip()
        return spaced([f"**{name}** {self.inline(title)}".strip(), self.blocks(rest)])

    block_exercise_node = block_exercise_enumerable_node

    def block_solution_node(self, node: nodes.Element) -> str:
        """A solution, folded."""
        return fold("Solution", self.blocks(node.children))

    def box_chapter_head(self, node: nodes.Element) -> str:
        """What the chapter says of itself."""
        return self.blocks(node.children)

    def box_source(self, node: nodes.Element) -> str:
        """A helper's own source, under its name."""
        return self.blocks(node.children)

    def box_verdict(self, node: nodes.Element) -> str:
        """A statement of the essays, the verdict on it, and why."""
        name, *rest = node.children
        return quoted(spaced([f"**{self.inline(name)}.**", self.blocks(rest)]))

    def box_question(self, node: nodes.Element) -> str:
        """A question, and its choices, each folded over its reason."""
        stem, *rest = node.children
        return spaced([f"**{self.inline(stem)}**", self.blocks(rest)])

    def box_selfcheck(self, node: nodes.Element) -> str:
        """A number to check: likely wrong ones and the answer, folded."""
        return self.blocks(node.children)

    def box_question_choice(self, node: nodes.Element) -> str:
        """A fold under its own words."""
        summary, *rest = node.children
        return fold("".join(map(self.in_html, summary.children)).strip(), self.blocks(rest))

    box_selfcheck_likely = box_selfcheck_answer = box_question_choice

    def box_question_reason(self, node: nodes.Element) -> str:
        """Why a choice is right or wrong."""
        return self.blocks(node.children)

    def in_html(self, node: nodes.Node) -> str:
        """A piece of a summary: HTML, since no Markdown is read there; a formula is found all the same."""
        if isinstance(node, nodes.Text):
            return html.escape(node.astext(), quote=False)
        if isinstance(node, nodes.math):
            return html.escape(self.span_math(node), quote=False)
        inside = "".join(map(self.in_html, node.children))
        if isinstance(node, nodes.reference):
            return f'<a href="{html.escape(self.address(node))}">{inside}</a>'
        if tag := HTML.get(node.tagname):
            return f"<{tag}>{inside}</{tag}>"
        if isinstance(node, nodes.inline | nodes.abbreviation):
            return inside
        return self.span(node)
