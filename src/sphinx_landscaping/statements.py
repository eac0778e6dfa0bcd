"""What the three essays say, in our words, and what the chapters found."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping.boxes import Box, line
from sphinx_landscaping.claim_record import STATEMENT
from sphinx_landscaping.claims import ordered
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.links import link, listed, row, table, title
from sphinx_landscaping.verdicts import WORDS, about

TABLE = Path(__file__).with_name("statements.toml")
OPEN = "not yet tested"
HEAD = ["Statement", "What it says", "Verdict", "Claims"]


@cache
def read() -> tuple[dict[str, str], dict[str, str]]:
    """The essays by their letters, as keys of the bibliography, and the statements by their numbers."""
    found = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    if wrong := [name for name in found["says"] if not STATEMENT.fullmatch(name)]:
        raise ValueError(f"{TABLE.name}: no statement is called {', '.join(wrong)}")
    return found["essays"], found["says"]


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the table: the sentences, the verdicts, and which claims answer what."""
    claims = [(claim["id"], claim["chapter"], claim["statements"]) for claim in ordered(env)]
    verdicts = {name: [plain(found) for found in about(env, name)] for name in read()[1]}
    return read(), verdicts, claims


def plain(verdict: dict[str, Any]) -> tuple[str, ...]:
    """A verdict without its reasons, which stand in the chapter."""
    return tuple(verdict[key] for key in ("statement", "verdict", "chapter", "section", "id"))


def made(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """The count in a sentence, then the table."""
    return [nodes.paragraph("", summary(env)), table(HEAD, rows(env, page), "cards statements")]


def summary(env: BuildEnvironment) -> str:
    """How many statements there are, and how many of each verdict; the worst of several counts."""
    worst = [verdict_of(env, name) for name in read()[1]]
    count = {word: worst.count(word) for word in (*WORDS, OPEN)}
    shown = f"{count[WORDS[0]]} held, {count[WORDS[1]]} held with conditions, {count[WORDS[2]]} did not hold"
    return (
        f"Of {len(worst)} statements {shown} in at least one of their parts, and {count[OPEN]} are {OPEN}:"
        " their chapters are still to be written."
    )


def verdict_of(env: BuildEnvironment, statement: str) -> str:
    """The severest of the verdicts on a statement."""
    found = {verdict["verdict"] for verdict in about(env, statement)}
    return next((word for word in reversed(WORDS) if word in found), OPEN)


def rows(env: BuildEnvironment, page: str) -> Iterator[Box]:
    """A row for every statement."""
    essays, says = read()
    for name, said in says.items():
        found = [passed(env, page, verdict) for verdict in about(env, name)]
        essay = line("span", cited(essays[name[0]], page), classes="beside")
        first = [nodes.Text(name), nodes.Text(" "), essay]
        shown = found or [[nodes.inline("", OPEN, classes=["open"])]]
        cells = [first, [nodes.Text(said)], listed(shown, "; "), claims(env, page, name)]
        yield row(HEAD, cells, id=f"statement-{name.lower()}")


def passed(env: BuildEnvironment, page: str, verdict: dict[str, Any]) -> list[nodes.Node]:
    """A verdict as a link to where it was passed."""
    place = verdict["id"] or verdict["section"]
    said = link(
        env, page, verdict["chapter"], place, f"{verdict['verdict']} in {title(env, verdict['chapter'])}"
    )
    return [said]


def claims(env: BuildEnvironment, page: str, statement: str) -> list[nodes.Node]:
    """How many claims answer a statement, by chapter, each a link to the first of them in the ledger."""
    found: dict[str, list[str]] = {}
    for claim in ordered(env):
        if statement in claim["statements"]:
            found.setdefault(claim["chapter"], []).append(claim["id"])
    return listed([[link(env, page, page, f"row-{ids[0]}", f"{len(ids)} in {title(env, chapter)}")]
                   for chapter, ids in found.items()])  # fmt: skip


def cited(key: str, page: str) -> addnodes.pending_xref:
    """A citation in the text, resolved by the bibliography."""
    return addnodes.pending_xref(
        "", nodes.inline("", ""), refdomain="cite", reftype="p", reftarget=key, refdoc=page, refwarn=True
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the table of statements."""
    app.setup_extension("sphinx_landscaping.gathered")
    register(app, "statements", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
