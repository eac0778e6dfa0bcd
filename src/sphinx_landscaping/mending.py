"""The ways to a better page: its source to edit, and an issue to write in which the place is filled in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from sphinx.application import Sphinx

from sphinx_landscaping import citable
from sphinx_landscaping.identity import Identity

BRANCH = "main"  # what is mended is the next edition, never the one that is read
UNNAMED = "Label (of the section, figure or claim)"
ASKED = "What it says:\n\n\nWhat it should say, and how you know:\n\n"


def edit(who: Identity, docname: str) -> str:
    """Where GitHub opens the source of a page; of a fork's site, the fork's."""
    return f"{who.source}/edit/{BRANCH}/book/{quote(docname)}.md"


def report(who: Identity, label: str = "", name: str = "") -> str:
    """A new issue that says which thing of which edition it is about, and leaves the rest to its writer."""
    thing = f"{name}\n{who.address}at/{label}/\nLabel {label}" if label else UNNAMED
    told = {"title": f"Mistake in {label}", "body": f"{thing}, edition {who.version}\n\n{ASKED}"}
    return f"{who.source}/issues/new?{urlencode(told, quote_via=quote)}"


def add(app: Sphinx, docname: str, _template: str, context: dict[str, Any], document: Any) -> None:
    """Give the layout both addresses for a page that has a source."""
    things = citable.pages_of(app.env).get(docname, {}).get("things", [])
    if document is None or not things:
        return
    who: Identity = app.config.html_context["identity"]
    context["edit_address"] = edit(who, docname)
    context["report_address"] = report(who, things[0]["label"], app.env.titles[docname].astext())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the two links of the foot."""
    app.connect("html-page-context", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
