"""What rows of data that a page states may have wrong, in words. No Sphinx here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any


def wrong_keys(row: Any, keys: Iterable[str]) -> str:
    """What is wrong with the keys of a row; empty where it has exactly these."""
    wanted = list(keys)
    if not isinstance(row, Mapping):
        return f"came {row!r}; wanted a row with {', '.join(wanted)}"
    if sorted(map(str, row)) == sorted(wanted):
        return ""
    return f"has {', '.join(map(str, row)) or 'nothing'}; wanted exactly {', '.join(wanted)}"


def unknown(label: Any, known: Iterable[str]) -> str:
    """That the book has no such label, and which one may be meant."""
    near = get_close_matches(str(label), list(known), 1)
    return f"the book has no label {label!r}: write {near[0] if near else 'one that sections.json lists'}"
