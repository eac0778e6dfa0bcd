"""Give every page of the book what machines read of it, and write the pictures that links to it show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import chapter_head, citing, drawing_ahead, figure_list, preview
from sphinx_landscaping.citation import Citation
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.page import description
from sphinx_landscaping.page_head import Page, head
from sphinx_landscaping.warn import warn


def telling(env: BuildEnvironment, docname: str) -> dict | None:
    """The figure that stands for a page; the book's first page lends its own where a page has none."""
    figures = figure_list.listed(env)
    wanted = str(chapter_head.read(source_of(env, docname)).get("preview", ""))
    own = preview.chosen(figures.get(docname, []), wanted)
    return own or preview.chosen(figures.get(env.config.root_doc, []))


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """Over the whole book: what `preview` names is a figure of its page."""
    for docname in sorted(env.found_docs):
        wanted = chapter_head.read(source_of(env, docname)).get("preview")
        labels = [figure["label"] for figure in figure_list.listed(env).get(docname, [])]
        if wanted and wanted not in labels:
            said = f"`preview` names {wanted!r}, no figure of this page: write one of {', '.join(labels)}"
            warn(said, "preview", docname)


def cited(app: Sphinx) -> dict[str, Any]:
    """Address of a page in the site -> how to cite it; looked up once a build."""
    if not hasattr(app.builder, "landscaping_cited"):
        found = citing.things(app).values()
        app.builder.landscaping_cited = {entry["page"]: it for entry, it in found if "#" not in entry["page"]}
    return app.builder.landscaping_cited


def dress(app: Sphinx, docname: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the lines to a page's head, and the way to its records."""
    it = cited(app).get(app.builder.get_target_uri(docname)) if doctree is not None else None
    if it is None:
        return
    who: Identity = app.config.html_context["identity"]
    figure = telling(app.env, docname)
    context["cite_page"] = f"cite/{it.label}.html"
    page = Page(
        description(context),
        chapter_head.read(source_of(app.env, docname)),
        who.title,
        who.edition_address,
        f"{who.edition_address}previews/{it.label}.png" if figure else "",
        figure["alt"] if figure else "",
    )
    context["head_extra"] = [*context.get("head_extra", []), *head(it, page)]
    if figure:
        drawing_ahead.submit(app, preview.png, linked(it, who, figure), kept(app))


def linked(it: Citation, who: Identity, figure: dict) -> str:
    """What a link to a page shows: its title over its figure."""
    return preview.drawing(it.title, f"{who.title}, edition {who.version}", figure["svg"])


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the picture of every page; drop those of pages that are gone."""
    if error or app.builder.format != "html":
        return
    who: Identity = app.config.html_context["identity"]
    folder, wanted = Path(app.outdir, "previews"), set()
    for docname in sorted(app.env.found_docs):
        it = cited(app).get(app.builder.get_target_uri(docname))
        figure = telling(app.env, docname) if it else None
        if figure:
            put(folder / f"{it.label}.png", preview.png(linked(it, who, figure), kept(app)))
            wanted.add(f"{it.label}.png")
    for path in folder.iterdir() if folder.exists() else ():
        if path.name not in wanted:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the heads and the pictures."""
    app.setup_extension("sphinx_landscaping.citing")
    app.connect("env-check-consistency", check)
    app.connect("html-page-context", dress)
    app.connect("build-finished", write, priority=drawing_ahead.LATE + 1)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
