"""Plans for a course as tables: what to read, what to show, and minutes that the build has added up."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, page_data, plans, udl, udl_map
from sphinx_landscaping.boxes import Box, line
from sphinx_landscaping.citation import name
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.links import row, table
from sphinx_landscaping.outline import outlines
from sphinx_landscaping.warn import warn

GAPS = ["UDL’s chapter", "Taken up here"]
HEAD = ["Part", "In UDL", "Read and do", "Show in class", "Minutes"]
NAMED = ("number", "title", "kind", "minutes", "page", "section")


def entries(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Every citable thing by its label, older ones too."""
    found = citable.listed(env.app)
    older = {label: entry for entry in found for label in entry["also"]}
    return older | {entry["label"]: entry for entry in found}


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of everything that is wrong with a plan of the book."""
    for argument, rows, where in page_data.every(env, "plan"):
        for said in plans.faults(rows, entries(env)):
            warn(f"plan {argument}: {said}", "plan", where)


def facts(env: BuildEnvironment, page: str, argument: str) -> Any:
    """What decides a plan's table: its rows, what is known of their things, what of UDL is taken up."""
    rows, known = page_data.of(env, page, "plan", argument), entries(env)
    if any(plans.faults(rows, known)):
        return None
    named = [known[label] for at in rows for label in (*at["read"], *at["show"])]
    return rows, [[entry[key] for key in NAMED] for entry in named], sorted(taken_up(env))


def made(env: BuildEnvironment, page: str, argument: str) -> list[nodes.Node]:
    """The table, its total, and what puts all of it into the choice above."""
    rows, known = page_data.of(env, page, "plan", argument), entries(env)
    if any(plans.faults(rows, known)):  # told, and the build stops
        return []
    labels = [label for at in rows for label in at["read"]]
    total = nodes.paragraph("", f"In all {plans.in_words(plans.minutes(labels, known))}. ")
    shown = [label for at in rows for label in at["show"]]
    chosen = {"type": "button", "data-pick": ",".join([*labels, *dict.fromkeys(shown)])}
    total += line("button", "Choose all of this", classes="picks", html=chosen)
    made = (plan_row(env, page, count, at, known) for count, at in enumerate(rows, 1))
    return [table(HEAD, made, "cards plan"), total]


def plan_row(env: BuildEnvironment, page: str, count: int, at: dict[str, Any], known: dict) -> Box:
    """A week or a step."""
    numbers = [str(number) for number in at["udl"]]
    there = [line("span", udl_words(env, number), classes="answer") for number in numbers]
    read = [line("span", link(page, known[label]), classes="answer") for label in at["read"]]
    show = [line("span", link(page, known[label], "present"), classes="answer") for label in at["show"]]
    long = [nodes.Text(str(plans.minutes(at["read"], known)))] if read else []
    first = [nodes.Text(f"{count}. {at['title']}")]
    return row(HEAD, [first, there, read, show, long])


def udl_words(env: BuildEnvironment, number: str) -> str:
    """A chapter of UDL by number and name; one that nothing here takes up is said to stand alone."""
    alone = "" if number in taken_up(env) else " (UDL alone: nothing here yet)"
    return f"{number} {udl.name_of(number)}{alone}"


def link(page: str, entry: dict[str, Any], query: str = "") -> nodes.reference:
    """A link to a thing, by its number and title; with a query for a picture in large type."""
    to, mark, fragment = entry["page"].partition("#")
    words = name(entry)
    if entry["kind"] in ("chapter", "section"):
        words = f"{entry['number']} {words}".strip()
    uri = f"{'../' * page.count('/')}{to}{f'?{query}' * bool(query)}{mark}{fragment}"
    return nodes.reference("", "", nodes.inline("", words), internal=True, refuri=uri)


def sections_taken_up(env: BuildEnvironment) -> set[str]:
    """The sections of UDL into which some chapter or section of ours points."""
    found: set[str] = set()
    for page, named in udl_map.chapters(env).items():
        near = (section for section in outlines(env)[page] if not section.label.endswith(udl_map.ONWARD))
        found.update(named, *(section.udl for section in near))
    return found


def taken_up(env: BuildEnvironment) -> set[str]:
    """The chapters of UDL of which something is taken up here."""
    return {number.partition(".")[0] for number in sections_taken_up(env) if "." in number}


def gaps(env: BuildEnvironment, _page: str, _argument: str) -> list[nodes.Node]:
    """How many sections of each of UDL's chapters are taken up here."""
    ours, numbers = sections_taken_up(env), [number for number in udl.table() if number.isdigit()]
    rows, empty = [], 0
    for number in numbers:
        whole = [key for key, words in udl.table().items()
                 if key.startswith(f"{number}.") and words != udl_map.LEFT_OUT]  # fmt: skip
        here = len(ours.intersection(whole))
        empty += not here
        said = f"{here} of {len(whole)} sections" if here else "nothing yet"
        cells = [
            [nodes.Text(f"{number} {udl.name_of(number)}")],
            [nodes.inline("", said, classes=[] if here else ["open"])],
        ]
        rows.append(row(GAPS, cells))
    return [
        nodes.paragraph("", f"Of UDL's {len(numbers)} chapters, {empty} have nothing here."),
        table(GAPS, rows, "cards"),
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register plans and gaps."""
    for concern in ("page_data", "udl_map"):
        app.setup_extension(f"sphinx_landscaping.{concern}")
    app.add_directive("plan", page_data.Data)
    register(app, "plan", Kind(facts, made), directive=False)
    register(app, "udl-gaps", Kind(lambda env, *_: sorted(sections_taken_up(env)), gaps))
    app.connect("env-check-consistency", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
