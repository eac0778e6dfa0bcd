"""The ledger: every claim of the book in one table, plain without scripts, sorted and filtered with one."""

import html
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping.boxes import Box, line
from sphinx_landscaping.claims import ordered
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.links import link, moved, row, table, title
from sphinx_landscaping.verdicts import WORDS, about

HEAD = ["Claim", "Measured", "Seeds", "Gate", "Published", "Answers"]


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the table: the claims in their order, and what was found of the statements they answer."""
    return [(claim, verdicts(env, claim)) for claim in ordered(env)]


def verdicts(env: BuildEnvironment, claim: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    """For each statement that a claim answers: the verdicts of its chapter, or else of the others."""
    return {name: [(found["verdict"], found["chapter"], found["id"] or found["section"])
                   for found in about(env, name, claim["chapter"])]
            for name in claim["statements"]}  # fmt: skip


def made(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """Where the same is to be had as data, the form that a script wakes, and the table."""
    claims = ordered(env)
    boxes = spoken(env, {claim["chapter"] for claim in claims})
    rows = [claim_row(env, page, claim, boxes[claim["id"]]) for claim in claims]
    chapters = {claim["chapter"]: title(env, claim["chapter"]) for claim in claims}
    tools = nodes.raw("", form(chapters, len(claims)), format="html")
    return [as_data(page), tools, table(HEAD, rows, "cards ledger")]


def as_data(page: str) -> nodes.paragraph:
    """Links to the files with all claims."""
    root = "../" * page.count("/")
    files = [nodes.reference("", "", nodes.inline("", name), internal=True, refuri=f"{root}{name}")
             for name in ("claims.json", "claims.csv")]  # fmt: skip
    return nodes.paragraph(
        "", "", nodes.Text("The same as data: "), files[0], nodes.Text(", "), files[1], nodes.Text(".")
    )


def spoken(env: BuildEnvironment, chapters: set[str]) -> dict[str, Box]:
    """The boxes of all claims as their chapters show them, with maths and citations."""
    boxes = (node for chapter in sorted(chapters) for node in env.get_doctree(chapter).findall(Box))
    return {node["claim"]["label"]: node for node in boxes if "claim" in node}


def claim_row(env: BuildEnvironment, page: str, claim: dict[str, Any], box: Box) -> Box:
    """One claim: what it says and where, what was measured, and what others say."""
    sentence = moved(box[1].children, page)
    place = link(env, page, claim["chapter"], claim["id"], where(env, claim))
    measured = [nodes.Text(claim["measured"])]
    if claim["spread"] and claim["spread"] != claim["seeds"]:  # "exact" is said once
        measured.append(line("span", claim["spread"], classes="beside"))
    answers = [answer for name, found in verdicts(env, claim).items()
               for answer in passed(env, page, name, found)]  # fmt: skip
    seeds = "exact" if claim["seeds"] == "exact" else str(claim["seeds"])
    said, gate = [*sentence, line("span", place, classes="beside")], nodes.Text(claim["gate"])
    held = nodes.strong("", "Holds: " if claim["holds"] else "Does not hold: ")
    cells = [said, measured, [nodes.Text(seeds)], [held, gate], published(box, page), answers]
    words = sorted({word for found in verdicts(env, claim).values() for word, *_ in found})
    data = {"data-chapter": claim["chapter"], "data-found": "|".join(words)}
    return row(HEAD, cells, data, id=f"row-{claim['id']}")


def where(env: BuildEnvironment, claim: dict[str, Any]) -> str:
    """The chapter and the section of a claim, in words."""
    return f"{title(env, claim['chapter'])} · {section_title(env, claim)}"


def section_title(env: BuildEnvironment, claim: dict[str, Any]) -> str:
    """The heading under which a claim stands."""
    found = env.get_domain("std").labels.get(claim["section"])
    return found[2] if found else claim["section"]


def passed(
    env: BuildEnvironment, page: str, name: str, found: list[tuple[str, str, str]]
) -> Iterator[nodes.Node]:
    """The verdicts on one statement, each a link to where it was passed."""
    for word, chapter, label in found or [("not yet judged", page, f"statement-{name.lower()}")]:
        yield line("span", link(env, page, chapter, label, f"{name}: {word}"), classes="answer")


def published(box: Box, page: str) -> list[nodes.Node]:
    """The published value and its citation, as the claim's box has them."""
    for item in box.findall(nodes.definition_list_item):
        if item[0].astext() == "Published":
            return moved(item.next_node(nodes.paragraph).children, page)
    return []


def form(chapters: dict[str, str], count: int) -> str:
    """Words, chapter and verdict to choose rows by; hidden where no script runs."""
    named = "".join(
        f'<option value="{name}">{html.escape(words)}</option>' for name, words in chapters.items()
    )
    found = "".join(f"<option>{word}</option>" for word in WORDS)
    return (
        '<form class="ledger-tools" role="search" aria-label="Claims">'
        '<label for="ledger-words">Words</label><input id="ledger-words" name="words" type="search"'
        ' autocomplete="off" spellcheck="false">'
        '<label for="ledger-chapter">Chapter</label><select id="ledger-chapter" name="chapter">'
        f'<option value="">all</option>{named}</select>'
        '<label for="ledger-found">Verdict</label><select id="ledger-found" name="found">'
        f'<option value="">any, or none</option>{found}</select>'
        f'<output name="said" for="ledger-words ledger-chapter ledger-found">{count} claims</output></form>'
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the ledger."""
    app.setup_extension("sphinx_landscaping.gathered")
    register(app, "ledger", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
