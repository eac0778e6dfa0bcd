"""What the three essays say, in our words, and what the chapters found."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
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
HEAD = ["Statement", "Verdict"]


@cache
def read() -> dict[str, str]:
    """The statements by their numbers."""
    found = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    if wrong := [name for name in found["says"] if not STATEMENT.fullmatch(name)]:
        raise ValueError(f"{TABLE.name}: no statement is called {', '.join(wrong)}")
    return found["says"]


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the table: the sentences, the verdicts, and which claims answer what."""
    claims = [(claim["id"], claim["chapter"], claim["statements"]) for claim in ordered(env)]
    verdicts = {name: [plain(found) for found in about(env, name)] for name in read()}
    return read(), verdicts, claims


def plain(verdict: dict[str, Any]) -> tuple[str, ...]:
    """A verdict without its reasons, which stand in the chapter."""
    return tuple(verdict[key] for key in ("statement", "verdict", "chapter", "section", "id"))


def made(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """The count in a sentence, then the table."""
    return [nodes.paragraph("", summary(env)), table(HEAD, rows(env, page), "cards statements")]


def summary(env: BuildEnvironment) -> str:
    """How many statements there are, and how many of each verdict."""
    worst = [verdict_of(env, name) for name in read()]
    count = {word: worst.count(word) for word in (*WORDS, OPEN)}
    return (
        f"Of the {len(worst)} statements, {count[WORDS[0]]} held, {count[WORDS[1]]} held with conditions, and"
        f" {count[WORDS[2]]} did not hold; where verdicts differ, the severest counts."
        f" The other {count[OPEN]} are {OPEN}: their chapters are still to be written."
    )


def verdict_of(env: BuildEnvironment, statement: str) -> str:
    """The severest of the verdicts on a statement."""
    found = {verdict["verdict"] for verdict in about(env, statement)}
    return next((word for word in reversed(WORDS) if word in found), OPEN)


def rows(env: BuildEnvironment, page: str) -> Iterator[Box]:
    """A row for every statement, with a line for each chapter that tests it."""
    for name, said in read().items():
        chapters = dict.fromkeys([found["chapter"] for found in about(env, name)] + list(claims(env, name)))
        found = [line("span", *tested(env, page, name, at), classes="answer") for at in chapters]
        first = [nodes.strong("", name), nodes.Text(f" {said}")]
        none = nodes.inline("", OPEN, classes=["open"])
        yield row(HEAD, [first, found or [none]], id=f"statement-{name.lower()}")


def tested(env: BuildEnvironment, page: str, name: str, chapter: str) -> list[nodes.Node]:
    """What a chapter found of a statement, each verdict a link, and by how many claims."""
    words = [[link(env, page, chapter, found["id"] or found["section"], found["verdict"])]
             for found in about(env, name) if found["chapter"] == chapter]  # fmt: skip
    first = claims(env, name).get(chapter, [])
    count = "1 claim" if len(first) == 1 else f"{len(first)} claims"
    counted = [nodes.Text(" · "), link(env, page, page, f"row-{first[0]}", count)] if first else []
    place = line("span", nodes.Text(title(env, chapter)), *counted, classes="beside")
    return [*(listed(words, " and ") or [nodes.Text("not yet judged")]), place]


def claims(env: BuildEnvironment, statement: str) -> dict[str, list[str]]:
    """The claims that answer a statement, by chapter, in the order of the book."""
    found: dict[str, list[str]] = {}
    for claim in ordered(env):
        if statement in claim["statements"]:
            found.setdefault(claim["chapter"], []).append(claim["id"])
    return found


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the table of statements."""
    app.setup_extension("sphinx_landscaping.gathered")
    register(app, "statements", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
