"""Links and tables that are made in Python; the tables turn into cards where there is no room."""

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from sphinx_landscaping.boxes import Box, Line, box, line


def link(env: BuildEnvironment, page: str, to: str, label: str, words: str) -> nodes.reference:
    """A link from one page to a label of another, with words of our own."""
    uri = env.app.builder.get_relative_uri(page, to) if to != page else ""
    inner = nodes.inline("", words)
    return nodes.reference("", "", inner, internal=True, refuri=f"{uri}#{label}" if label else uri)


def title(env: BuildEnvironment, page: str) -> str:
    """The title of a page."""
    return env.titles[page].astext()


def moved(children: Iterable[nodes.Node], page: str) -> list[nodes.Node]:
    """Copies of nodes for another page: without their ids, and with their links starting there."""
    made = [child.deepcopy() for child in children]
    for child in made:
        for node in child.findall(nodes.Element):
            node["ids"], node["names"] = [], []
            if isinstance(node, addnodes.pending_xref):
                node["refdoc"] = page
    return made


def listed(parts: Iterable[list[nodes.Node]], between: str = ", ") -> list[nodes.Node]:
    """Pieces of text in a row, with something between them."""
    made: list[nodes.Node] = []
    for part in parts:
        made += [nodes.Text(between)] * bool(made) + part
    return made


def table(head: list[str], rows: Iterable[Box], classes: str, caption: str = "") -> Box:
    """A table with a head; on a narrow screen its rows become cards, whose cells say what they are."""
    cells = [line("th", name, html={"scope": "col"}) for name in head]
    above = [line("caption", caption)] if caption else []
    body = box("tbody", *rows)
    return box("table", *above, box("thead", box("tr", *cells)), body, classes=classes)


def row(
    head: list[str], cells: list[list[nodes.Node]], html: dict[str, str] | None = None, id: str = ""
) -> Box:
    """A row: its first cell is its heading; an empty cell is left out of a card."""
    first, *others = cells
    made = box("tr", line("th", *first, html={"scope": "row"}), html=html)
    for name, content in zip(head[1:], others, strict=True):
        made += cell(name, content)
    made["ids"] = [id] if id else []
    return made


def cell(name: str, content: list[nodes.Node]) -> Line:
    """A cell that knows the name of its column."""
    return line("td", *content, html={"data-is": name} if content else {})
