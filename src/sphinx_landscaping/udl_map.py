"""Where UDL's chapters are taken up in this book, and the other way; gaps are shown."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import chapter_head, figure_list, outline, udl
from sphinx_landscaping.boxes import Box, line
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.links import link, listed, row, table, title
from sphinx_landscaping.outline import Section, outlines

THERE = ["In UDL", "Here"]
BACK = ["Here", "In UDL"]
LEDGER = "reference/claims"  # where a number of claims leads
LEFT_OUT = "Summary"  # of UDL's own chapters
ONWARD = "-further"  # the end of a chapter, which points to all that the chapter takes up


def chapters(env: BuildEnvironment) -> dict[str, list[str]]:
    """Every chapter and the sections of UDL that its front matter names, in the order of the book."""
    if not hasattr(env, "landscaping_udl"):
        env.landscaping_udl = {}
    known = env.landscaping_udl
    return {page: known[page] for page in outline.pages(env) if page in known}


def collect(app: Sphinx, _doctree: nodes.document) -> None:
    """Keep what the front matter of a chapter names."""
    page, text = app.env.docname, source_of(app.env, app.env.docname)
    chapters(app.env)
    if chapter_head.is_chapter(page, text):
        app.env.landscaping_udl[page] = chapter_head.texts(chapter_head.read(text).get("udl"))


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page named that is read again or gone."""
    getattr(env, "landscaping_udl", {}).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Any, other: BuildEnvironment) -> None:
    """Take over what pages name that another process read."""
    theirs = getattr(other, "landscaping_udl", {})
    chapters(env)
    env.landscaping_udl.update({page: found for page, found in theirs.items() if page in docnames})


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the map: front matters, and the sections with their pointers, figures and claims."""
    found = chapters(env)
    return udl.table(), found, [outlines(env)[page] for page in found]


def pointing(env: BuildEnvironment, number: str) -> list[tuple[str, Section]]:
    """The places that take up a section of UDL: sections that point to it, or else whole chapters."""
    found = []
    for page, named in chapters(env).items():
        first, *others = outlines(env)[page]
        close = [
            section for section in others if number in section.udl and not section.label.endswith(ONWARD)
        ]
        if close or number in named or number in first.udl:
            found += [(page, section) for section in close or [first]]
    return found


def there(env: BuildEnvironment, page: str, chapter: str) -> list[nodes.Node]:
    """A chapter of UDL: each of its sections, where it is taken up here, and what stands there."""
    numbers = [key for key, name in udl.table().items() if key.startswith(f"{chapter}.") and name != LEFT_OUT]
    return [table(THERE, (section_row(env, page, number) for number in numbers), "cards")]


def section_row(env: BuildEnvironment, page: str, number: str) -> Box:
    """A section of UDL, and its places here."""
    places = [line("span", *named(env, page, at, section), classes="answer")
              for at, section in pointing(env, number)]  # fmt: skip
    none = nodes.inline("", "no section yet", classes=["open"])
    return row(THERE, [[nodes.Text(f"{number} {udl.name_of(number)}")], places or [none]])


def named(env: BuildEnvironment, page: str, at: str, section: Section) -> list[nodes.Node]:
    """A link to a section, with its chapter's title before its own, and what stands there."""
    words = title(env, at) if section.level == 1 else f"{title(env, at)} · {section.title}"
    things = stock(env, page, at, section)
    beside = [line("span", *things, classes="beside")] if things else []
    return [link(env, page, at, section.label, words), *beside]


def stock(env: BuildEnvironment, page: str, at: str, section: Section) -> list[nodes.Node]:
    """The figures of a section, and how many claims, a link to the first in the ledger."""
    inside = outline.under(env, at, section.label)
    figures = [label for part in inside for label in part.figures]
    claims = [label for part in inside for label in part.claims]
    if section.level == 1:
        parts = [[link(env, page, at, section.label, counted(figures, "figure"))]] if figures else []
    else:
        parts = [
            [link(env, page, at, label, figure_list.title(env, at, {"label": label}))] for label in figures
        ]
    if claims and LEDGER in env.found_docs:
        parts.append([link(env, page, LEDGER, f"row-{claims[0]}", counted(claims, "claim"))])
    return listed(parts)


def counted(found: list[str], word: str) -> str:
    """How many of something."""
    return f"1 {word}" if len(found) == 1 else f"{len(found)} {word}s"


def back(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """Our chapters and those sections that point into UDL, with where they point."""
    return [table(BACK, back_rows(env, page), "cards")]


def back_rows(env: BuildEnvironment, page: str) -> Iterator[Box]:
    """A row for every chapter, and for each of its sections that points into UDL."""
    for at, numbers in chapters(env).items():
        first, *others = outlines(env)[at]
        yield back_row(env, page, at, first, numbers)
        for section in others:
            if section.udl and not section.label.endswith(ONWARD):
                yield back_row(env, page, at, section, list(dict.fromkeys(section.udl)))


def back_row(env: BuildEnvironment, page: str, at: str, section: Section, numbers: list[str]) -> Box:
    """A chapter or a section of ours, and its sections of UDL."""
    names = "; ".join(f"{number} {udl.name_of(number)}" for number in numbers) or "no section of UDL"
    things = stock(env, page, at, section)
    beside = [line("span", *things, classes="beside")] if things else []
    heading = title(env, at) if section.level == 1 else section.title
    made = row(BACK, [[link(env, page, at, section.label, heading), *beside], [nodes.Text(names)]])
    made["classes"].append("chapter" if section.level == 1 else "inside")
    return made


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both directions."""
    for name in ("gathered", "outline"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    register(app, "udl-map", Kind(facts, there))
    register(app, "udl-map-back", Kind(facts, back))
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
