"""The search without its script: one page that lists all it can find, and the page for lost addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.application import Sphinx

from sphinx_landscaping import found_names
from sphinx_landscaping.keeping import put
from sphinx_landscaping.npm import package
from sphinx_landscaping.slimming import bundle

SCRIPTS = Path(__file__).parent / "live" / "search"
ASKED_FOR = ("search.mjs", "lost.mjs")  # each with all that it imports


class Page(NamedTuple):
    """A page of the book: its address, its name, its part, and rows of what stands on it."""

    address: str
    name: str
    part: str
    things: list[tuple[str, str]]  # address and words


def words(row: found_names.Row) -> str:
    """How a thing is listed: sections by number and title, all else by what it is as well."""
    kind, number, title = row[:3]
    if kind == "section":
        return f"{number} {title}".strip()
    name = f"{kind.capitalize()} {number}".strip()
    return title if title.startswith(name) else f"{name}: {title}"


def pages(app: Sphinx) -> list[Page]:
    """Every page with everything on it."""
    on, things = found_names.rows(app)
    made = [Page(address, name, part, []) for address, (_, name, part) in on.items()]
    whole = {label for label, _, _ in on.values()}
    for row in things:
        if row[3] not in whole:
            page = made[row[4]]
            page.things.append((f"{page.address}#{row[3]}", row[2] if row[0] == "term" else words(row)))
    return made


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The two pages."""
    found = [(part, list(inside)) for part, inside in groupby(pages(app), key=lambda page: page.part)]
    yield "search", {"title": "Search, and all there is", "everything": found}, "search.html"
    yield "404", {"title": "There is no such page", "everything": found}, "lost.html"


def without_sphinxs(app: Sphinx) -> None:
    """No other index of words is made and served."""
    if app.builder.format == "html":
        app.builder.search = False


def write(app: Sphinx, failed: Exception | None) -> None:
    """Put the scripts beside the others."""
    if failed is None and app.builder.format == "html":
        for name in ASKED_FOR:
            content = bundle(app, SCRIPTS / name, package(app, "minisearch"))
            put(Path(app.outdir, "_static", name), content)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the pages, the files that they and the search read, and the scripts."""
    for name in ("found_names", "found_texts"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    app.connect("builder-inited", without_sphinxs)
    app.connect("html-collect-pages", lambda app: list(collect(app)))
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
