"""Permalinks: a heading's label is its address, before any address made from its words."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from sphinx_landscaping import label_rules
from sphinx_landscaping.warn import warn


class Permalinks(SphinxTransform):
    """Make each heading's explicit label its first id, so that ¶, contents and index agree."""

    default_priority = 870  # after labels have reached their sections, before contents are collected (880)

    def apply(self, **_: object) -> None:
        """Treat every section, table and listing; ask for a heading's label down to the third level."""
        for section in self.document.findall(is_heading):
            labels = labels_of(section, self.document)
            put_first(section["ids"], labels)
            level = depth(section)
            if level <= label_rules.DEEPEST:
                title = section.next_node(nodes.title)
                said = label_rules.complaint(labels, self.env.docname, level, title.astext() if title else "")
                if said:
                    warn(said, "permalinks", title or section)
        for node in self.document.findall(lambda n: isinstance(n, nodes.table | nodes.container)):
            put_first(node["ids"], labels_of(node, self.document))


def labels_of(node: nodes.Element, document: nodes.document) -> list[str]:
    """Give the ids of a node that its author chose, the nearest to a heading first."""
    chosen = [name for name in node["names"] if document.nametypes.get(name)]
    return [document.nameids[name] for name in chosen if document.nameids.get(name)]


def is_heading(node: nodes.Node) -> bool:
    """Tell whether a node is a section of the page; directives make sections for their own use too."""
    return isinstance(node, nodes.section) and isinstance(node.parent, nodes.section | nodes.document)


def put_first(ids: list[str], labels: list[str]) -> None:
    """Move the label nearest to the heading to the front of its ids, the others after it."""
    ids[:] = [*labels, *(other for other in ids if other not in labels)]


def depth(section: nodes.section) -> int:
    """Count how deep a section stands: 1 is the page's title."""
    level, above = 1, section.parent
    while above is not None:
        level, above = level + isinstance(above, nodes.section), above.parent
    return level


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_transform(Permalinks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
