"""A page of its own for every figure: cut out of its chapter's page, so that the two cannot differ."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from sphinx_landscaping import figure_list

LINK = re.compile(r'\b(href|src)="([^"]*)"')
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
HEADING = re.compile(r'<section\b[^>]*\bid="([^"]+)"|</section>')
TITLE = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)


def cut(page: str, label: str) -> str:
    """The `<figure>` with this label."""
    start = re.search(rf'<figure\b[^>]*\bid="{re.escape(label)}"[^>]*>', page)
    if not start:
        raise ValueError(f"figure {label} is not in its page: a label stands once, above one figure")
    return page[start.start() : page.index("</figure>", start.end()) + len("</figure>")]


def moved(markup: str, page: str, own: str) -> str:
    """`markup` of the page at `page`, its links as seen from the page at `own`."""
    here = set(re.findall(r'\bid="([^"]+)"', markup))

    def link(found: re.Match) -> str:
        name, to = found[1], html.unescape(found[2])
        if ELSEWHERE.match(to) or (to.startswith("#") and to[1:] in here):
            return found[0]
        path, mark, fragment = to.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        near = posixpath.relpath(target, posixpath.dirname(own) or ".")
        return f'{name}="{html.escape(near + mark + fragment)}"'

    return LINK.sub(link, markup)


def section(page: str, label: str) -> tuple[str, str]:
    """The label and the title of the section that holds a figure."""
    open_sections: list[tuple[str, int]] = []
    end = page.index(f'id="{label}"')
    for found in HEADING.finditer(page, 0, end):
        open_sections = [*open_sections, (found[1], found.end())] if found[1] else open_sections[:-1]
    name, after = open_sections[-1] if open_sections else ("", 0)
    title = TITLE.search(page, after)
    words = re.sub(r'<a class="headerlink".*?</a>|<[^>]+>', "", title[1]) if title else ""
    return name, html.unescape(words).strip()


def note_written(app: Sphinx, name: str, _template: str, _context: dict, doctree: object) -> None:
    """Remember the chapters' pages that this build writes."""
    if doctree is not None:
        app.builder.landscaping_written = {*getattr(app.builder, "landscaping_written", ()), name}


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Name, context and template of the page of every figure whose chapter was written just now."""
    written = getattr(app.builder, "landscaping_written", ())
    for docname, figures in sorted(figure_list.listed(app.env).items()):
        path = Path(app.builder.get_outfilename(docname))
        page = path.read_text("utf-8") if docname in written else ""
        for figure in figures if page else []:
            label, home = figure["label"], app.builder.get_target_uri(docname)
            where, title = section(page, label)
            body = moved(cut(page, label), home, f"figures/{label}.html")
            context = {
                "title": figure_list.title(app.env, docname, figure),
                "meta": {"description": figure["alt"]},
                "body": body,
                "code": figure.get("code", ""),
                "label": label,
                "home": f"../{home}#{label}",
                "section": title,
                "pageurl": f"{app.config.html_baseurl}{home}" + (f"#{where}" if where else ""),
            }
            yield f"figures/{label}", context, "figure.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the pages."""
    app.connect("html-page-context", note_written)
    app.connect("html-collect-pages", lambda app: list(pages(app)))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
