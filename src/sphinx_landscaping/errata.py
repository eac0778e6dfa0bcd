"""What was found wrong in an edition and where it is mended: data, held against labels and editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, mending, page_data, permalink_lock
from sphinx_landscaping.boxes import Box, line
from sphinx_landscaping.changes import age
from sphinx_landscaping.data_rules import unknown, wrong_keys
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.links import row, table
from sphinx_landscaping.warn import warn

KEYS = ("label", "found", "mended", "wrong")
HEAD = ["Where", "What was wrong", "Found in", "Mended in"]
OPEN = "not yet"


def faults(rows: Any, labels: Iterable[str], editions: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with the list, entry by entry, each a sentence."""
    if not isinstance(rows, list):
        yield f"came {rows!r}; wanted a list of entries, [] for none"
        return
    known, published = list(labels), list(editions)
    for count, entry in enumerate(rows, 1):
        said = [wrong_keys(entry, KEYS)] if wrong_keys(entry, KEYS) else _in_entry(entry, known, published)
        yield from (f"entry {count}: {words}" for words in said)


def _in_entry(entry: dict[str, Any], labels: list[str], editions: list[str]) -> Iterator[str]:
    if entry["label"] not in labels:
        yield unknown(entry["label"], labels)
    if not isinstance(entry["wrong"], str) or not entry["wrong"].strip():
        yield f"`wrong` is {entry['wrong']!r}; wanted a sentence that says what was wrong"
    some = ", ".join(editions)
    if entry["found"] not in editions:
        yield f"`found` is {entry['found']!r}; wanted an edition of this book in quotes, one of: {some}"
    elif entry["mended"] not in (*editions, OPEN):
        yield f'`mended` is {entry["mended"]!r}; wanted "{OPEN}" or an edition in quotes, one of: {some}'
    elif entry["mended"] != OPEN and age(entry["mended"]) <= age(entry["found"]):
        yield (
            f"`mended` is {entry['mended']}, no later than `found`, {entry['found']}: a published edition "
            "never changes, so write the edition that came after it"
        )


def editions(env: BuildEnvironment) -> list[str]:
    """Every edition that the lock knows, and the one being built."""
    who: Identity = env.config.html_context["identity"]
    lock = permalink_lock.read(Path(env.srcdir).parent)
    named = {edition for known in lock.values() for edition in (known.first, known.changed)}
    return sorted({*named, who.version}, key=age)


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of everything that is wrong with the list."""
    for _, rows, where in page_data.every(env, "errata"):
        for said in faults(rows, citable.places(app), editions(env)):
            warn(f"errata: {said}", "errata", where)


def facts(env: BuildEnvironment, page: str, argument: str) -> Any:
    """What decides the list: the entries and where their labels stand."""
    rows = page_data.of(env, page, "errata", argument)
    who: Identity = env.config.html_context["identity"]
    places = citable.places(env.app) if rows else {}
    return rows, who, [places.get(entry.get("label")) for entry in rows or () if isinstance(entry, dict)]


def made(env: BuildEnvironment, page: str, argument: str) -> list[nodes.Node]:
    """The table, or that there is nothing to tell, and where to report what is missing."""
    rows, who = page_data.of(env, page, "errata", argument), env.config.html_context["identity"]
    places = citable.places(env.app)
    if any(faults(rows, places, editions(env))):  # told, and the build stops
        return []
    address = mending.report(who)
    latest = f"{who.latest_address}{env.app.builder.get_target_uri(page)}"
    newer = nodes.reference("", "The latest edition’s list", refuri=latest)
    told = nodes.reference("", "Report an error on GitHub", refuri=address)
    report = nodes.paragraph("", "", newer, nodes.Text(" · "), told)
    if not rows:
        return [nodes.paragraph("", NONE), report]
    return [table(HEAD, [entry_row(page, entry, places) for entry in rows], "cards errata"), report]


NONE = "The list is empty: nobody has reported an error so far. That does not mean that there is none."


def entry_row(page: str, entry: dict[str, Any], places: dict[str, tuple[str, str]]) -> Box:
    """One error."""
    to, title = places[entry["label"]]
    link = nodes.reference(
        "", "", nodes.inline("", title), internal=True, refuri="../" * page.count("/") + to
    )
    first = [link, line("span", entry["label"], classes="beside")]
    return row(HEAD, [first, *([nodes.Text(entry[key])] for key in ("wrong", "found", "mended"))])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the list."""
    app.setup_extension("sphinx_landscaping.page_data")
    app.add_directive("errata", page_data.Data)
    register(app, "errata", Kind(facts, made), directive=False)
    app.connect("env-check-consistency", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
