"""Every citable thing can be cited: its records as files and a page, written when all pages are done."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from sphinx_landscaping import assets, citable, citation_styles, figure_list, figure_menu, mending
from sphinx_landscaping.citation import Citation, citation, name
from sphinx_landscaping.citation_page import Around, files, page
from sphinx_landscaping.citation_records import bibtex, for_text
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.inputs import digest
from sphinx_landscaping.keeping import made_before, put

Entry = dict[str, Any]


def things(app: Sphinx) -> dict[str, tuple[Entry, Citation]]:
    """Label -> what `sections.json` says of a thing, and how to cite it; worked out once a build."""
    if not hasattr(app.builder, "landscaping_things"):
        app.builder.landscaping_things = _things(app)
    return app.builder.landscaping_things


def _things(app: Sphinx) -> dict[str, tuple[Entry, Citation]]:
    who: Identity = app.config.html_context["identity"]
    root = app.builder.get_target_uri(app.config.root_doc)
    entries = {entry["label"]: entry for entry in citable.listed(app)}
    pages = {entry["page"]: entry for entry in entries.values() if "#" not in entry["page"]}
    found = {}
    for label, entry in entries.items():
        at = entry["page"].partition("#")[0]
        found[label] = (entry, citation(entry, pages.get(at, entry), who, whole=at == root))
    return found


def what(entry: Entry) -> str:
    """`section 6.2`, `figure 2.1`, `this page`: what a reader cites."""
    return f"{entry['kind']} {entry['number']}" if entry["number"] else f"this {entry['kind']}"


def embeds(app: Sphinx, who: Identity) -> dict[str, str]:
    """Label -> the line that shows a figure in a course page."""
    env = app.env
    return {
        figure["label"]: figure_menu.embed_line(
            who.edition_address,
            figure["label"],
            figure_list.title(env, docname, figure),
            figure_menu.frame_height(figure),
        )
        for docname, figures in figure_list.listed(env).items()
        for figure in figures
    }


def arounds(app: Sphinx, found: dict[str, tuple[Entry, Citation]]) -> dict[str, Around]:
    """Label -> what the page of a thing says besides its record."""
    who: Identity = app.config.html_context["identity"]
    lines, below = embeds(app, who), parts(found)
    served = [f"../_static/{file}?v={assets.version(file)}"
              for file in ("book.css", "early.js", "card.mjs", "icon.svg")]  # fmt: skip
    return {
        label: Around(
            who.title, who.repository, who.language, what(entry), posixpath.join("..", entry["page"]),
            not who.tag, lines.get(label, ""), below.get(entry["page"], ()), *served,
            mending.report(who, label, f"{what(entry)}: {entry['title']}"),
        )
        for label, (entry, _) in found.items()
    }  # fmt: skip


def parts(found: dict[str, tuple[Entry, Citation]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Page -> label and name of each thing on it."""
    below: dict[str, tuple[tuple[str, str], ...]] = {}
    for label, (entry, _) in found.items():
        page, mark, _ = entry["page"].partition("#")
        if mark:
            below[page] = (*below.get(page, ()), (label, name(entry)))
    return below


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the page and the files of every thing; drop those of things that are gone."""
    if error or app.builder.format != "html":
        return
    folder, found = Path(app.outdir, "cite"), things(app)
    texts = citation_styles.texts(app, {label: for_text(it) for label, (_, it) in found.items()})
    rounds = arounds(app, found)
    makers = [Path(made.__code__.co_filename).read_bytes() for made in (page, files, bibtex)]
    if made_before(app, "cite", digest(*makers, repr((found, texts, rounds)))):
        return
    for label, (_, it) in found.items():
        made = {**files(it), "html": page(it, texts[label], rounds[label])}
        for suffix, text in made.items():
            put(folder / f"{label}.{suffix}", text.encode())
    for path in folder.iterdir():
        if path.name.partition(".")[0] not in found:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the writing of the records."""
    app.setup_extension("sphinx_landscaping.citable")
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
