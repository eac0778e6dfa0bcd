"""Sections that stand on another page than they did: their old page and fragment lead to the new one.

Without scripts a link stands at the old address; with them, `moved.mjs` follows it at once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, permalink_lock


def away(app: Sphinx) -> dict[str, list[dict[str, str]]]:
    """For every page that something moved away from: label, new address and title of each, pages first."""
    lock, places = permalink_lock.read(Path(app.srcdir).parent), citable.places(app)
    now, found = citable.addresses(app.env), {}
    for label, locked in sorted(lock.items(), key=lambda item: (not item[0].startswith("ch-"), item[0])):
        for page in locked.pages if label in now else ():
            if page != now[label][1]:
                own = app.builder.get_target_uri(page)
                href = posixpath.relpath(places[label][0], posixpath.dirname(own) or ".")
                thing = {"label": label, "href": href, "title": places[label][1]}
                found.setdefault(page, []).append(thing)
    return found


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have those pages written again whose list of what moved away is another than it was."""
    before, now = getattr(env, "landscaping_moved", {}), away(app)
    env.landscaping_moved = now
    changed = [page for page in now | before if now.get(page) != before.get(page)]
    return [page for page in changed if page in env.found_docs]


def show(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the layout what moved away from this page."""
    if doctree is not None:
        context["moved"] = app.env.landscaping_moved.get(page, [])


def gone(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page in the place of each that is no more."""
    for page, things in app.env.landscaping_moved.items():
        if page not in app.env.found_docs:
            to = posixpath.normpath(posixpath.join(posixpath.dirname(page), things[0]["href"]))
            context = {
                "gone": things,
                "title": things[0]["title"],
                "pageurl": f"{app.config.html_baseurl}{to}",
            }
            yield page, context, "moved.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what finds them and what shows them."""
    app.connect("env-updated", renew, priority=900)  # when all numbers are known
    app.connect("html-page-context", show)
    app.connect("html-collect-pages", lambda app: list(gone(app)))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
