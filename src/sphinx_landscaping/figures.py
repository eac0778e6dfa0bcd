"""What a cell displays, as the page shows it: charts, playgrounds, tables.

Through MyST-NB's `mime_renderers` door. A chart becomes two drawings (column and phone), native controls, and
a file `figures/<label>.json` that the page fetches at the first touch; a playground its still picture and its
state; a pandas table (`text/html` of a data frame, displayed as it is) a clean table. All is drawn when read.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_landscaping import (
    controls,
    drawing,
    drawn_before,
    figure_files,
    figure_list,
    figure_menu,
    legends,
    stills,
    tables,
)
from sphinx_landscaping.figure_place import Place
from sphinx_landscaping.framing import framed

CHART = "application/vnd.vegalite.v6+json"
PLAYGROUND = "application/vnd.landscaping.playground+json"
STILL = "image/svg+xml"
SILENT = ("application/vnd.vegalite.v5+json", "application/vnd.jupyter.widget-view+json")
UNCLEAN = re.compile(r"<(style|script)\b|\s(style)\s*=", re.IGNORECASE)
MOST_ROWS = 5_000  # as Altair has it
FEWER = "give it a summary, as quartiles over the seeds or every tenth step"
NAMED = "give the selection `fields` or `encodings`, and the scale a domain that names each choice"
VERSION = 2  # raise it when what is kept in the environment changes


class FigureMime:
    """MyST-NB's door for charts, playgrounds and tables."""

    mime_priority_overrides: ClassVar = [("*", PLAYGROUND, 1), ("*", CHART, 2)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Node] | None:
        """Nodes for what this book shows in its own way; [] for what stays unseen; None for the rest."""
        if data.mime_type in SILENT:
            return []
        if inline or renderer.renderer.sphinx_env is None:
            return None
        place = Place(renderer.renderer.sphinx_env, data)
        place.code = renderer.renderer.nb_client.notebook.cells[data.cell_index].source
        if data.mime_type == CHART:
            return chart(place, data.content)
        if data.mime_type == PLAYGROUND:
            return playground(place, data.content, _sibling(renderer, data, STILL))
        if data.mime_type == STILL:
            return [] if _sibling(renderer, data, PLAYGROUND) is not None else still(place, data.string)
        return markup(place, data.string) if data.mime_type == "text/html" else None


def _sibling(renderer: Any, data: Any, mime_type: str) -> Any:
    """What the same output holds under another MIME type."""
    _, outputs = renderer.renderer.nb_client.code_cell_outputs(data.cell_index)
    return outputs[data.output_index].get("data", {}).get(mime_type)


def chart(place: Place, spec: dict) -> list[nodes.Node]:
    """A Vega-Lite specification as drawings, controls and a file to fetch."""
    place.check()
    rows = max(map(len, figure_files.tables_of(spec)), default=0)
    if rows > MOST_ROWS:
        place.warn(f"its chart has a table of {rows:,} rows, and {MOST_ROWS:,} are the most: {FEWER}")
        return []
    for address in drawing.addresses(spec):
        place.warn(
            f"it reads its data from {address}; give the chart a table: the page asks nothing of others"
        )
        return []
    for name in controls.taken(spec):
        place.warn(f"its parameter {name} has a name that Vega keeps for itself: call it {name}_chosen")
        return []
    alt = str(place.alt or "")
    try:
        pairs = [(name, drawing.drawn(spec, width, f"{place.label}-{name[0]}", alt))
                 for name, width in (("narrow", drawing.NARROW), ("wide", drawing.WIDE))]  # fmt: skip
    except ValueError as error:
        place.warn(
            f"its chart does not compile: {_first_line(error)}; see that every field and parameter exists"
        )
        return []
    for param in legends.bound(spec):
        if not legends.chooses(spec, param)[2]:
            place.warn(f"its legend ({param['name']}) works by mouse only: {NAMED}")
    live = drawing.is_live(spec)
    panel = controls.panel(spec, place.label)
    fill = " fill" if drawing.fills(spec) else ""
    inner = "".join(f'<div class="drawing {name}{fill}">{framed(svg)}</div>' for name, svg in pairs)
    name = f' data-chart="{place.label}"' if live else ""
    kind = "explorer" if panel else "chart" if live else "still"
    place.note(kind, drawing.live_files(spec), inner, figure_files.tables_of(spec))
    return [_raw(f'<div class="chart"{name}>{inner}{panel}</div>')]


def playground(place: Place, content: dict, still: str | None) -> list[nodes.Node]:
    """A playground as its still picture and its state; the host makes it alive."""
    place.check()
    missing = [key for key in ("module", "state") if key not in content]
    if missing or not still:
        place.warn(f"its playground gives no {' and no '.join(missing or ['still picture (image/svg+xml)'])}")
        return []
    state = json.dumps(content["state"], sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    picture = stills.tidied(still, place.label, str(place.alt or ""))
    if UNCLEAN.search(picture):
        place.warn("its still picture has a style or a script; use attributes like fill=")
    place.note("playground", None, picture, figure_files.settings_table(content["state"]))
    module, version = (html.escape(str(content.get(key, ""))) for key in ("module", "version"))
    names = f'id="{place.label}-playground" data-playground="{module}" data-version="{version}"'
    words = (
        f'role="group" aria-label="{html.escape(str(content.get("label") or place.caption or "Playground"))}"'
    )
    return [_raw(
        f'<div class="playground" {names} {words}><div class="still">'
        f'<div class="frame">{framed(picture)}</div></div>'
        f'<script type="application/json">{state}</script></div>'
    )]  # fmt: skip


def still(place: Place, svg: str) -> list[nodes.Node]:
    """A drawing that a cell made by itself, as an SVG."""
    place.check()
    picture = stills.sized(stills.tidied(svg, place.label, str(place.alt or "")))
    if UNCLEAN.search(picture):
        place.warn("its drawing has a style or a script; use attributes like fill=")
        return []
    place.note("still", None, picture, [])
    return [_raw(f'<div class="picture">{picture}</div>')]


def markup(place: Place, text: str) -> list[nodes.Node] | None:
    """HTML of a cell: a data frame made clean, anything with style or script refused."""
    if tables.is_table(text):
        return [_raw(tables.clean(text))]
    found = UNCLEAN.search(text)
    if not found:
        return None
    what = found[1] or found[2]
    place.warn(
        f"its HTML has `{what}`, which the page's policy forbids; display a chart, a table or plain text"
    )
    return []


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def add_menus(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the menu under every figure of the list, where its number is known."""
    mine = {figure["label"]: figure for figure in figure_list.listed(app.env).get(docname, [])}
    page = app.builder.get_target_uri(docname).rpartition("/")[2] if app.builder.format == "html" else ""
    root, address = "../" * docname.count("/"), app.config.html_baseurl
    for node in doctree.findall(nodes.figure) if app.builder.format == "html" else ():
        figure = next((mine[name] for name in node["ids"] if name in mine), None)
        if figure:
            title = figure_list.title(app.env, docname, figure)
            made = figure_menu.menu(figure["label"], root, address, title=title, figure=figure, page=page)
            node += nodes.legend("", _raw(made))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the list of figures, their menus and files; the door itself is an entry point."""
    app.setup_extension("sphinx_landscaping.figure_pages")
    app.connect("builder-inited", drawn_before.open_shelf)
    app.connect("env-purge-doc", figure_list.forget)
    app.connect("env-merge-info", figure_list.merge)
    app.connect("doctree-resolved", add_menus)
    app.connect("build-finished", figure_list.write)
    return {"version": "1", "env_version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
