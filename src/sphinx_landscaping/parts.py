"""The parts: a picture of each for the front door, and its chapters as questions with telling figures."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import chapter_head, figure_list, outline
from sphinx_landscaping.boxes import Box, box, line
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.links import link, listed, title
from sphinx_landscaping.page_heads import telling
from sphinx_landscaping.warn import warn


def parts(env: BuildEnvironment) -> list[str]:
    """The first pages of the parts, in the order of the book."""
    return [page for page in outline.pages(env) if chapter_head.is_part(page)]


def chapters(env: BuildEnvironment, part: str) -> list[str]:
    """The chapters of the part with this first page, in the order of the book: those that are written."""
    folder = part.removesuffix("index")
    return [page for page in outline.pages(env) if page.startswith(folder) and page != part]


def head(env: BuildEnvironment, page: str) -> dict[str, Any]:
    """What a page says of itself before it starts."""
    return chapter_head.read(source_of(env, page))


def question(env: BuildEnvironment, page: str) -> str:
    """What a chapter asks: its `question`, or else its title."""
    return str(head(env, page).get("question") or title(env, page))


def needed(env: BuildEnvironment, page: str) -> list[tuple[str, str]]:
    """What to read before a chapter: page and label of each of its needs that the book has."""
    labels = env.get_domain("std").anonlabels
    wanted = chapter_head.texts(head(env, page).get("needs"))
    return [labels[label][:2] for label in wanted if label in labels]


def picture_of(env: BuildEnvironment, part: str) -> tuple[str, dict] | None:
    """The figure that stands for a part, and its page: what `picture` names, else its first chapter's."""
    wanted = head(env, part).get("picture")
    for page in chapters(env, part):
        for figure in figure_list.listed(env).get(page, ()):
            if figure["label"] == wanted:
                return page, figure
    first = next(iter(chapters(env, part)), "")
    figure = telling(env, first) if first and not wanted else None
    return (first, figure) if figure else None


def chapter_facts(env: BuildEnvironment, part: str, _argument: str) -> Any:
    """What decides the list of a part's chapters."""
    return [(page, question(env, page), head(env, page), drawn(telling(env, page)),
             [(to, label, title(env, to)) for to, label in needed(env, page)])
            for page in chapters(env, part)]  # fmt: skip


def part_facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the pictures of the parts."""
    return [(part, title(env, part), head(env, part), (found := picture_of(env, part)) and drawn(found[1]))
            for part in parts(env)]  # fmt: skip


def drawn(figure: dict | None) -> tuple[str, str]:
    """What decides how a figure looks elsewhere."""
    return (figure["label"], figure["card"]) if figure else ("", "")


def chapter_cards(env: BuildEnvironment, part: str, _argument: str) -> list[nodes.Node]:
    """A part's chapters, one below the other."""
    return [box("div", *(chapter_card(env, part, page) for page in chapters(env, part)), classes="chapters")]


def chapter_card(env: BuildEnvironment, here: str, page: str) -> Box:
    """A chapter: its question, its figure, what it is about, what it takes and what to read before."""
    front, figure = head(env, page), telling(env, page)
    words = [
        line("h2", link(env, here, page, "", question(env, page))),
        line("p", str(front.get("description", ""))),
        line("p", *beside(env, here, page, front), classes="beside"),
    ]
    shown = [line("div", pictured(env, here, page, figure), classes="shown")] if figure else []
    return box("article", *shown, box("div", *words), classes="chapter-card")


def beside(env: BuildEnvironment, here: str, page: str, front: dict[str, Any]) -> list[nodes.Node]:
    """A chapter's title, its time, and what to read before."""
    minutes = front.get("minutes")
    time = f" · {minutes['read']} minutes" if isinstance(minutes, dict) and "read" in minutes else ""
    before = [[link(env, here, to, label, title(env, to))] for to, label in needed(env, page)]
    first = [nodes.Text(". Read first: "), *listed(before)] if before else []
    return [nodes.emphasis("", title(env, page)), nodes.Text(f"{time}"), *first]


def part_cards(env: BuildEnvironment, here: str, _argument: str) -> list[nodes.Node]:
    """The parts, side by side."""
    return [box("div", *(part_card(env, here, part) for part in parts(env)), classes="parts")]


def part_card(env: BuildEnvironment, here: str, part: str) -> Box:
    """A part: its picture, its name, and what it asks."""
    found, front = picture_of(env, part), head(env, part)
    shown = [line("div", pictured(env, here, part, found[1]), classes="shown")] if found else []
    name = line("h3", link(env, here, part, "", title(env, part)))
    return box("article", *shown, name, line("p", str(front.get("question", ""))), classes="part-card")


def pictured(env: BuildEnvironment, here: str, to: str, figure: dict) -> nodes.reference:
    """A figure's drawing as a link; the drawing has its alternative text with it."""
    uri = env.app.builder.get_relative_uri(here, to)
    drawing = nodes.raw("", figure["card"], format="html")
    return nodes.reference("", "", drawing, internal=True, refuri=uri)


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """What a part's `picture` names is a figure of one of its chapters."""
    for part in parts(env):
        wanted = head(env, part).get("picture")
        if wanted and picture_of(env, part) is None:
            warn(
                f"`picture` names {wanted!r}, no figure of this part's chapters: write one that is",
                "part",
                part,
            )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both lists."""
    for name in ("gathered", "outline"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    register(app, "chapters", Kind(chapter_facts, chapter_cards))
    register(app, "parts", Kind(part_facts, part_cards))
    app.connect("env-check-consistency", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
