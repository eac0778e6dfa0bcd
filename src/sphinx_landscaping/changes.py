"""Which labels each edition brought, changed or moved: from `permalinks.lock` and the book as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, permalink_lock
from sphinx_landscaping.boxes import Box, line
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.links import row, table
from sphinx_landscaping.permalink_lock import Lock
from sphinx_landscaping.plan_pages import link

HEAD = ["What", "Label", "In this edition"]
WORDS = ("new", "changed", "moved")
History = dict[str, dict[str, list[str]]]  # edition, newest first -> word -> labels in the book's order


def age(edition: str) -> tuple[int, ...]:
    """What editions are ordered by."""
    return tuple(int(part) for part in edition.split(".") if part.isdigit())


def history(entries: Iterable[dict[str, Any]], lock: Lock, edition: str) -> History:
    """What each edition brought; `edition` is the one being built, of which the lock may know nothing yet."""
    found: History = {edition: {word: [] for word in WORDS}}
    for entry in entries:
        known = lock.get(entry["label"])
        at = {"new": entry["first_edition"]}
        if entry["changed"] != entry["first_edition"]:
            at["changed"] = entry["changed"]
        if moved := moved_in(known, entry["page"], edition):
            at["moved"] = moved
        for word, when in at.items():
            found.setdefault(when, {word: [] for word in WORDS})[word].append(entry["label"])
    return dict(sorted(found.items(), key=lambda item: age(item[0]), reverse=True))


def moved_in(known: permalink_lock.Locked | None, page: str, edition: str) -> str:
    """The edition that last moved a thing to another page; empty where none did."""
    if not known:
        return ""
    here = page.partition("#")[0].removesuffix(".html")
    return known.moved if here == known.pages[-1] else edition


def told(env: BuildEnvironment) -> tuple[History, Identity]:
    """The history of this book, and who it is."""
    who: Identity = env.config.html_context["identity"]
    lock = permalink_lock.read(Path(env.srcdir).parent)
    return history(citable.listed(env.app), lock, who.version), who


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the page: the history, and the names of what it lists."""
    found, who = told(env)
    names = [
        (entry["label"], entry["number"], entry["title"], entry["page"]) for entry in citable.listed(env.app)
    ]
    return found, who.tag, names if len(found) > 1 else []


def made(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """A sentence for each edition, newest first, and a table where there was an edition before it."""
    found, who = told(env)
    entries = {entry["label"]: entry for entry in citable.listed(env.app)}
    shown: list[nodes.Node] = []
    editions = list(found)
    for edition in editions:
        draft, first = edition == who.version and not who.tag, edition == editions[-1]
        shown.append(nodes.paragraph("", summary(edition, found[edition], draft=draft, first=first)))
        rows = [] if first else [change_row(page, word, entries[label])
                                 for word in WORDS for label in found[edition][word]]  # fmt: skip
        shown += [table(HEAD, rows, "cards changes", f"Edition {edition}")] * bool(rows)
    return shown


def summary(edition: str, found: dict[str, list[str]], *, draft: bool, first: bool) -> str:
    """What an edition brought, as a sentence."""
    if first and draft:
        return (
            f"No edition is published yet. Edition {edition} is being prepared; it will be the first, "
            f"and its {len(found['new'])} labels are all new."
        )
    if first:
        return f"Edition {edition} was the first: its {len(found['new'])} labels were all new."
    counts = ", ".join(f"{len(found[word])} {word}" for word in WORDS)
    return f"Edition {edition}{' is being prepared; so far' if draft else ''}: {counts}."


def change_row(page: str, word: str, entry: dict[str, Any]) -> Box:
    """One label: where it leads, and what happened to it."""
    label = line("code", entry["label"])
    return row(HEAD, [[link(page, entry)], [label], [nodes.Text(word)]])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the page's list."""
    app.setup_extension("sphinx_landscaping.gathered")
    register(app, "changes", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
