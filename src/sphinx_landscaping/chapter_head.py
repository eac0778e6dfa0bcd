"""What every chapter says about itself before it starts, and what may be wrong with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from sphinx_landscaping import udl

PARTS = ("models", "data", "optimization", "supervised", "unsupervised", "generalization")
FRONT = ("first-fit",)  # chapters that come before all parts
LEVELS = ("core", "further", "research")
TIMES = ("read", "run", "exercises")
HEADER = re.compile(r"\A---\s*\n(.*?)^---\s*$", re.S | re.M)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same answers, several times sooner
CODE_CELL = re.compile(r"^(`{3,}|:{3,})\s*\{code-cell\}", re.M)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a front matter: the line it stands on, and a sentence that says what to write."""

    line: int
    message: str


def is_chapter(docname: str, text: str) -> bool:
    """Tell whether a page is a chapter: it stands in one of the six parts, or before them, and runs code."""
    in_part = docname.split("/")[0] in PARTS and "/" in docname and not is_part(docname)
    return (in_part or docname in FRONT) and bool(CODE_CELL.search(text))


def is_part(docname: str) -> bool:
    """Tell whether a page is the first of a part, which says what the part is about."""
    part, _, page = docname.partition("/")
    return part in PARTS and page == "index"


def read(text: str) -> dict[str, Any]:
    """Read the front matter of a page; empty where there is none or it is no mapping."""
    header = HEADER.match(text)
    values = yaml.load(header[1], LOADER) if header else None
    return values if isinstance(values, dict) else {}


def lines_of(text: str) -> dict[str, int]:
    """Give the line on which each top-level key of the front matter stands."""
    header = HEADER.match(text)
    tree = yaml.compose(header[1]) if header else None
    pairs = tree.value if isinstance(tree, yaml.MappingNode) else []
    return {key.value: key.start_mark.line + 2 for key, _ in pairs}


def faults(text: str) -> Iterator[Fault]:
    """Yield everything that is missing or wrong in a chapter's front matter, key by key."""
    values, lines = read(text), lines_of(text)
    for key, (check, wanted) in KEYS.items():
        if key not in values:
            yield Fault(1, f"the front matter has no `{key}`: write {wanted}")
        elif not check(values[key], values):
            yield Fault(lines[key], f"`{key}` is {values[key]!r}: wanted {wanted}")
    for section in texts(values.get("udl")):
        if not udl.is_section(section):
            yield Fault(lines["udl"], f"`udl` names {section!r}, no section of UDL: see udl_sections.toml")


def circle(needs: dict[str, list[str]]) -> list[str]:
    """Find pages that need each other in a circle: the pages of one, first and last the same; or nothing."""
    done: set[str] = set()
    for page in sorted(needs):
        found = _follow(page, needs, [], done)
        if found:
            return found
    return []


def _follow(page: str, needs: dict[str, list[str]], path: list[str], done: set[str]) -> list[str]:
    if page in path:
        return [*path[path.index(page) :], page]
    if page in done:
        return []
    for other in needs.get(page, []):
        found = _follow(other, needs, [*path, page], done)
        if found:
            return found
    done.add(page)
    return []


def texts(value: Any) -> list[str]:
    """Keep the texts of what should be a list of texts."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _is_text(value: Any, _: dict[str, Any]) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _is_times(value: Any, _: dict[str, Any]) -> bool:
    return (
        isinstance(value, dict)
        and sorted(value) == sorted(TIMES)
        and all(type(count) is int and count >= 0 for count in value.values())
    )


def _is_udl(value: Any, values: dict[str, Any]) -> bool:
    return _is_texts(value) and bool(value or _is_text(values.get("udl_none"), values))


KEYS: dict[str, tuple[Callable[[Any, dict[str, Any]], bool], str]] = {
    "description": (_is_text, "one sentence for search engines"),
    "goals": (lambda value, _: _is_texts(value) and len(value) == 3, "a list of three testable sentences"),
    "needs": (lambda value, _: _is_texts(value), "a list of labels like ch-spectrum, or [] for none"),
    "level": (lambda value, _: value in LEVELS, f"one of {', '.join(LEVELS)}"),
    "minutes": (_is_times, "whole numbers for all three, like {read: 20, run: 1, exercises: 40}"),
    "misconception": (_is_text, "the wrong idea that the chapter meets, as a sentence"),
    "udl": (_is_udl, 'sections in quotes, like ["6.1", "6.2"], or [] together with udl_none: "why none"'),
}
