"""A directive whose body is a definition list: terms, each with what is said of it."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_landscaping.boxes import Line, line
from sphinx_landscaping.warn import warn


class Pairs(SphinxDirective):
    """Reads its body as a definition list; what comes before the list is left for the directive."""

    has_content = True
    kind = "pairs"

    def read_pairs(self) -> tuple[list[nodes.Node], list[tuple[list[nodes.Node], list[nodes.Node]]]]:
        """Give what stands before the list, and for every term its own nodes and those of its definition."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        lists = [node for node in holder.children if isinstance(node, nodes.definition_list)]
        before = [node for node in holder.children if node not in lists]
        items = [item for found in lists for item in found]
        return before, [
            (item.next_node(nodes.term).children, item.next_node(nodes.definition).children) for item in items
        ]

    def stem(self, text: str, number: str) -> Line:
        """Make the line with which the directive opens: its number, then its words."""
        words, _ = self.state.inline_text(text, self.lineno)
        made = line("p", nodes.inline("", f"{number}.", classes=["question-number"]), " ", *words)
        made.line, made.source = self.lineno, self.get_source_info()[0]
        return made

    def complain(self, said: str) -> list[nodes.Node]:
        """Warn at this directive, and put nothing on the page."""
        warn(said, self.kind, self.get_location())
        return []
