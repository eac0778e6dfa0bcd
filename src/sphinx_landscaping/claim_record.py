"""What a checked claim says of itself when it reaches the page, and the list that the site publishes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

MIME = "application/vnd.landscaping.claim+json"
TEXTS = ("label", "sentence", "measured", "spread", "gate", "control", "published", "citation")
KEYS = (*TEXTS, "statements", "holds", "seeds")
PRINTED = ("measured", "spread", "gate", "holds", "published", "citation", "seeds")
MAY_BE_EMPTY = ("spread", "published", "citation")
STATEMENT = re.compile(r"A(1[0-3]|[1-9])|B(1[0-4]|[0-9])|C(1[0-3]|[0-9])")


def faults(payload: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is missing or wrong in a claim's payload, each a sentence that names the claim."""
    name = payload.get("label") or "a claim without a label"
    for key in KEYS:
        if key not in payload:
            yield f"{name}: the claim came without `{key}`; wanted all of {', '.join(KEYS)}"
    for key in TEXTS:
        text = payload.get(key, "")
        if not isinstance(text, str) or (key in payload and not text.strip() and key not in MAY_BE_EMPTY):
            yield f"{name}: `{key}` is {text!r}; wanted words ready for print"
    yield from (f"{name}: {said}" for said in _wrong_values(payload))


def _wrong_values(payload: Mapping[str, Any]) -> Iterator[str]:
    for statement in payload.get("statements", ()):
        if not STATEMENT.fullmatch(str(statement)):
            yield f"answers {statement!r}, which no source says; wanted A1 to A13, B0 to B14, C0 to C13"
    seeds = payload.get("seeds", "exact")
    if seeds != "exact" and (type(seeds) is not int or seeds < 1):
        yield f'`seeds` is {seeds!r}; wanted their number, or "exact"'
    if payload.get("holds", True) is not True:
        yield f"does not hold: measured {payload.get('measured')}, gate {payload.get('gate')}"
    if payload.get("published") and not payload.get("citation"):
        yield "gives a published value without its `citation`; wanted a key of references.bib"
    if not str(payload.get("label", "claim-")).startswith("claim-"):
        yield "its label must begin with claim-, like claim-spectrum-inside"


def entry(payload: Mapping[str, Any], chapter: str, section: str) -> dict[str, Any]:
    """Make the object that stands for a claim in `claims.json`."""
    return {
        "id": payload["label"],
        "sentence": payload["sentence"],
        "chapter": chapter,
        "section": section,
        "statements": list(payload["statements"]),
        **{key: payload[key] for key in PRINTED},
    }


def seeds_in_words(seeds: int | str) -> str:
    """Say how many seeds were run."""
    if seeds == "exact":
        return "none needed: exact"
    return "1 seed" if seeds == 1 else f"{seeds} seeds"


def reading_order(root: str, includes: Mapping[str, Iterable[str]], pages: Iterable[str]) -> list[str]:
    """Put pages in the order of the contents, from `root` down; pages that stand in no contents come last."""
    order: dict[str, None] = {}

    def walk(page: str) -> None:
        if page not in order:
            order[page] = None
            for below in includes.get(page, ()):
                walk(below)

    walk(root)
    wanted = set(pages)
    return [page for page in order if page in wanted] + sorted(wanted - order.keys())
