"""`search/names.json`: the name of everything that the search leads to, a small file for the first answer.

A row is kind, number, title, label, place of its page in `pages`, and for a term its definition.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from sphinx_landscaping import citable, terms
from sphinx_landscaping.keeping import put

Row = list[Any]
Names = tuple[dict[str, tuple[str, str, str]], list[Row]]


def pages(app: Sphinx, things: list[dict]) -> dict[str, tuple[str, str, str]]:
    """Address of every page -> the label of the whole, its number and title, the part it stands in."""
    found: dict[str, tuple[str, str, str]] = {}
    for thing in things:
        own = thing["page"].partition("#")[0]
        name = f"{thing['number']}. {thing['title']}" if thing["number"] else thing["title"]
        if own == thing["page"]:
            found[own] = (thing["label"], name, thing["part"])
        elif own not in found:  # its title has no label
            docname = own.removesuffix(app.builder.out_suffix)
            found[own] = ("", app.env.titles[docname].astext(), thing["part"])
    return found


def rows(app: Sphinx) -> Names:
    """The pages, and a row for everything on them in the book's order; worked out once a build."""
    if not hasattr(app.builder, "landscaping_names"):
        app.builder.landscaping_names = _rows(app)
    return app.builder.landscaping_names


def _rows(app: Sphinx) -> Names:
    things = citable.listed(app)
    on, said = pages(app, things), terms.definitions(app.env)
    place = {page: number for number, page in enumerate(on)}
    made = []
    for thing in things:
        row = [thing[key] for key in ("kind", "number", "title", "label")]
        more = [said.get(thing["label"], "")] if thing["kind"] == "term" else []
        made.append([*row, place[thing["page"].partition("#")[0]], *more])
    return on, made


def publish(app: Sphinx, failed: Exception | None) -> None:
    """Write the names beside the texts of the pages."""
    if failed is None and app.builder.format == "html":
        on, things = rows(app)
        made = {"pages": [[page, *told] for page, told in on.items()], "things": things}
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        put(Path(app.outdir, "search", "names.json"), f"{text}\n".encode())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the file."""
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
