"""What is in a plan for a course, and what may be wrong with it; its minutes are added up. No Sphinx here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sphinx_landscaping import udl
from sphinx_landscaping.data_rules import unknown, wrong_keys

KEYS = ("title", "udl", "read", "show")
READ = ("chapter", "section", "exercise")  # what has minutes
Entries = Mapping[str, Mapping[str, Any]]  # label -> what `sections.json` says


def faults(rows: Any, entries: Entries) -> Iterator[str]:
    """Yield what is wrong with a plan, row by row, each a sentence."""
    if not isinstance(rows, list) or not rows:
        yield f"came {rows!r}; wanted a list of rows, each with {', '.join(KEYS)}"
        return
    before: dict[str, int] = {}
    for count, row in enumerate(rows, 1):
        for said in [wrong_keys(row, KEYS)] if wrong_keys(row, KEYS) else _in_row(row, entries):
            yield f"row {count}: {said}"
        for label in row.get("read") or () if isinstance(row, Mapping) else ():
            if label in before:
                yield f"row {count}: {label} is read in row {before[label]} already: take it out of one"
            before[label] = count


def _in_row(row: Mapping[str, Any], entries: Entries) -> Iterator[str]:
    if not isinstance(row["title"], str) or not row["title"].strip():
        yield f"`title` is {row['title']!r}; wanted words"
    for key in ("udl", "read", "show"):
        if not isinstance(row[key], list):
            yield f"`{key}` is {row[key]!r}; wanted a list, [] for nothing"
            return
    for number in row["udl"]:
        if "." in str(number) or str(number) not in udl.table() or not str(number).isdigit():
            yield f"UDL has no chapter {number!r}: write 1 to 21"
    for label in [*row["read"], *row["show"]]:
        if label not in entries:
            yield unknown(label, entries)
    for label in (label for label in row["read"] if label in entries):
        if entries[label]["kind"] not in READ or not entries[label]["minutes"]:
            yield f"`read` names {label}, which has no minutes: write a chapter, a section or an exercise"
    for label in (label for label in row["show"] if label in entries):
        if entries[label]["kind"] != "figure":
            yield f"`show` names {label}, a {entries[label]['kind']}: write a figure"


def around(label: str, entries: Entries) -> Iterator[str]:
    """The labels of what holds a thing, from the nearest to its chapter."""
    above = entries[label]["section"]
    while above and above in entries and above != label:
        yield above
        label, above = above, entries[above]["section"]


def minutes(labels: Iterable[str], entries: Entries) -> int:
    """How long all of these take: what stands inside another of them counts once."""
    chosen = set(labels)
    alone = (label for label in chosen if not chosen.intersection(around(label, entries)))
    return sum(entries[label]["minutes"] or 0 for label in alone)


def in_words(count: int) -> str:
    """Minutes, and about how many hours where they are many."""
    hours = f", about {round(count / 60)} hours" if count >= 150 else ""
    return f"{count} minutes{hours}"
