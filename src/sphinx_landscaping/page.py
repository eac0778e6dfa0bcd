"""The page around a chapter: the book's own theme, and what others would add to it and must not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_landscaping import assets

# Styles that the theme replaces, and scripts of a search that the book does not have.
STYLES = re.compile(r"basic\.css|pygments\.css|book\.css|mystnb\..*\.css|exercise\.css|proof\.css|design-")
UNUSED = re.compile(r"doctools\.js|sphinx_highlight\.js|documentation_options\.js")
TABLE = re.compile(r'<table class="docutils.*?</table>', re.DOTALL)  # a wide one scrolls, the page does not
CODE = re.compile(r'(<div class="highlight-(?!none|myst-ansi)[\w-]+[^>]*><div class="highlight">)(?=<pre)')
COPY = (
    '<button type="button" class="copy" data-opens="copy">Copy<span class="visually-hidden"> this code'
    "</span></button>"
)
DEFAULT = "Experiments that run while the book is built, for readers of Understanding Deep Learning."


def file_name(file: Any) -> str:
    """The file name of a style sheet or script; empty for one written inside the page."""
    return str(getattr(file, "filename", file) or "")


def own_scripts(files: list[Any]) -> list[Any]:
    """The scripts that a page keeps: files, not inline ones, and none of Sphinx's own."""
    return [f for f in files if file_name(f) and not UNUSED.search(file_name(f))]


def own_styles(files: list[Any]) -> list[Any]:
    """The style sheets that a page keeps."""
    return [f for f in files if file_name(f) and not STYLES.search(file_name(f))]


def cleaned(body: str) -> str:
    """The body without what the strict policy or the checkers refuse."""
    body = body.replace(' aria-label="Toggle hidden content"', "")
    body = re.sub(r' role="(?:doc-biblioentry|doc-backlink|list)"(?=[ >])', "", body)
    body = re.sub(
        r'(<summary[^>]*>)\s*<p class="(?:collapsed|expanded) admonition-title">(.*?)</p>', r"\1\2", body
    )
    body = CODE.sub(rf"\1{COPY}", body)
    body = TABLE.sub(r'<div class="scroll">\g<0></div>', body)
    return re.sub(r'<div class="(?:cell|cell_input|cell_output)[^"]*\bdocutils container', _plain_cell, body)


def _plain_cell(found: re.Match) -> str:
    return found[0].replace(" docutils container", "")


def description(context: dict[str, Any]) -> str:
    """What a search engine shows: the page's own sentence, or the book's."""
    own = (context.get("meta") or {}).get("description")
    title = nodes.unescape(re.sub(r"<[^>]+>", "", str(context.get("title") or "")))
    return str(own) if own else f"{title}. {DEFAULT}" if title else DEFAULT


def dress(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Give the layout what it asks for, and take from the page what it does not need."""
    body = cleaned(context.get("body") or "")
    if "body" in context:
        context["body"] = body
    context["script_files"] = own_scripts(context.get("script_files", []))
    context["css_files"] = own_styles(context.get("css_files", []))
    context["description"] = description(context)
    context["has_math"] = "<math" in body
    context["has_charts"] = " data-chart=" in body
    context["has_ledger"] = ' class="cards ledger"' in body
    context["has_offline"] = ' class="offline"' in body
    context["has_choosing"] = ' class="cards choosing"' in body
    context["has_playgrounds"] = " data-playground=" in body
    context["asset"] = lambda name: address(context["pathto"], name)


def address(pathto: Any, name: str) -> str:
    """The address of one of the book's files from this page; it changes when the file does."""
    mark = assets.version(name)
    return pathto(f"_static/{name}", True) + (f"?v={mark}" if mark else "")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme, its files and what dresses each page."""
    app.add_html_theme("landscaping", str(Path(__file__).parent / "theme"))
    app.setup_extension("sphinx_landscaping.reading")
    app.setup_extension("sphinx_landscaping.assets")
    if "comments_config" not in app.config:
        app.add_config_value("comments_config", {}, "html")
    app.connect("html-page-context", dress, priority=990)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
