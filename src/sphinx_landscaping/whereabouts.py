"""Where a reader is: the part, which of its chapters this is, how long it takes; a line above the title."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, outline


def chapters(env: BuildEnvironment) -> dict[str, list[str]]:
    """The chapters of every part, by its caption, in the order of the book."""
    found: dict[str, list[str]] = {}
    parts = citable.parts(env)
    for docname in outline.pages(env):
        if isinstance(citable.pages_of(env).get(docname, {}).get("minutes"), dict):
            found.setdefault(parts.get(docname, ""), []).append(docname)
    return found


def line(env: BuildEnvironment, docname: str) -> str:
    """`Models, chapter 2 of 3 · 25 minutes to read`; nothing for a page that is no chapter."""
    for part, found in chapters(env).items():
        if docname in found:
            read = citable.pages_of(env)[docname]["minutes"]["read"]
            place = f"{part}, chapter {found.index(docname) + 1} of {len(found)}" if len(found) > 1 else part
            return " · ".join(filter(None, (place, f"{read} minute{'s' * (read != 1)} to read")))
    return ""


def add(app: Sphinx, docname: str, _template: str, context: dict[str, Any], document: Any) -> None:
    """Give the layout the line, and say beside the links before and after which part they lead to."""
    if document is None:
        return
    context["whereabouts"] = line(app.env, docname)
    parts, (_, before, after) = citable.parts(app.env), app.builder.relations.get(docname, (None,) * 3)
    for way, other in (("prev", before), ("next", after)):
        led = parts.get(other or "", "")
        context[f"{way}_part"] = led if led != parts.get(docname) else ""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the line."""
    app.setup_extension("sphinx_landscaping.outline")
    app.connect("html-page-context", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
