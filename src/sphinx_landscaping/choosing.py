"""The table from which teachers choose: chapters, sections, exercises and figures, with what each takes."""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, udl
from sphinx_landscaping.boxes import Box
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.links import row, table
from sphinx_landscaping.plan_pages import link

HEAD = ["Title", "Kind", "In UDL", "Minutes"]
KINDS = ("chapter", "section", "exercise", "figure")
NAMED = ("label", "number", "title", "kind", "chapter", "section", "page", "udl", "minutes", "also")


def offered(env: BuildEnvironment) -> list[dict[str, Any]]:
    """What can be chosen, in the order of the book: what stands in its chapters and on its first page."""
    first = env.app.builder.get_target_uri(env.config.root_doc)
    found = citable.listed(env.app)
    chapters = {entry["label"] for entry in found if entry["kind"] == "chapter" or entry["page"] == first}
    return [entry for entry in found if entry["chapter"] in chapters and entry["kind"] in KINDS]


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the table."""
    who: Identity = env.config.html_context["identity"]
    return who.edition_address, [[entry[key] for key in NAMED] for entry in offered(env)]


def made(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """The form that a script wakes, the table, and the bar that counts what is chosen."""
    who: Identity = env.config.html_context["identity"]
    things = offered(env)
    places = {entry["label"]: entry["udl"] for entry in things if entry["kind"] == "chapter"}
    rows = [choice_row(page, entry, places.get(entry["chapter"], [])) for entry in things]
    shown = table(HEAD, rows, "cards choosing")
    shown["html"] = {"data-address": f"{who.edition_address}{env.app.builder.get_target_uri(page)}",
                     "data-book": who.title, "data-edition": who.version}  # fmt: skip
    tools = nodes.raw("", form(things), format="html")
    return [tools, shown, nodes.raw("", BAR, format="html")]


def choice_row(page: str, entry: dict[str, Any], of_chapter: list[str]) -> Box:
    """One thing: its title, a link to it; what the script must know stands in its attributes."""
    there = dict.fromkeys(number.partition(".")[0] for number in entry["udl"] or of_chapter)
    data = {"data-label": entry["label"], "data-in": entry["section"], "data-udl": " ".join(there),
            "data-kind": entry["kind"], "data-chapter": entry["chapter"],
            "data-also": " ".join(entry["also"])}  # fmt: skip
    cells = [[link(page, entry)], [nodes.Text(entry["kind"])], texts(", ".join(entry["udl"])),
             texts(str(entry["minutes"] or ""))]  # fmt: skip
    made = row(HEAD, cells, {key: value for key, value in data.items() if value})
    made["classes"] = ["chapter" if entry["kind"] == "chapter" else "inside"]
    return made


def texts(words: str) -> list[nodes.Node]:
    """A text, or nothing where it is empty."""
    return [nodes.Text(words)] if words else []


def form(things: list[dict[str, Any]]) -> str:
    """What chooses rows by words, chapter, kind and chapter of UDL; hidden where no script runs."""
    chapters = {entry["label"]: entry["title"] for entry in things if entry["kind"] == "chapter"}
    named = {number.partition(".")[0] for entry in things for number in entry["udl"]}
    there = {number: f"{number} {udl.name_of(number)}" for number in sorted(named, key=int)}
    kinds = {kind: kind for kind in KINDS}
    selects = select("chapter", "Chapter", chapters) + select("kind", "Kind", kinds)
    ids = "choose-words choose-chapter choose-kind choose-udl"
    return (
        '<form class="ledger-tools choosing-tools" role="search" aria-label="Table">'
        '<label for="choose-words">Words</label><input id="choose-words" name="words" type="search"'
        f' autocomplete="off" spellcheck="false">{selects}{select("udl", "In UDL", there)}'
        f'<output name="said" for="{ids}">{len(things)} rows</output>'
        '</form><p class="choosing-unknown" role="status"></p>'
    )


def select(key: str, words: str, options: dict[str, str]) -> str:
    """One choice of the form."""
    found = "".join(f'<option value="{html.escape(value)}">{html.escape(said)}</option>'
                    for value, said in options.items())  # fmt: skip
    return (
        f'<label for="choose-{key}">{words}</label><select id="choose-{key}" name="{key}">'
        f'<option value="">all</option>{found}</select>'
    )


BAR = (
    '<div class="chosen" role="group" aria-label="Your choice"><output>Nothing chosen</output>'
    '<button type="button" class="chosen-list" disabled>Reading list</button>'
    '<button type="button" class="chosen-none" disabled>Clear</button></div>'
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the table."""
    app.setup_extension("sphinx_landscaping.gathered")
    register(app, "choosing", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
