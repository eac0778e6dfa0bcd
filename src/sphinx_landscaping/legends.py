"""A legend that chooses, as the browser's own buttons: Vega's is reached by a mouse only. No Sphinx here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ASIDE = ("datasets", "data", "config")


def bound(spec: dict) -> list[dict]:
    """The selections that a chart binds to its legend."""
    return [param for param in spec.get("params", []) if is_legend(param.get("bind"))]


def is_legend(bind: Any) -> bool:
    """True for a binding to the legend."""
    return bind == "legend" or (isinstance(bind, dict) and "legend" in bind)


def chooses(spec: dict, param: dict) -> tuple[str, str, list[Any]]:
    """Field, words and values of a legend's choice; no values where none are known before it is drawn."""
    select = param.get("select")
    asked = select if isinstance(select, dict) else {}
    for name, channel in channels(spec):
        field = channel.get("field")
        if field and (name in asked.get("encodings", []) or field in asked.get("fields", [])):
            words = channel.get("title") or (channel.get("legend") or {}).get("title") or field
            return field, str(words), values(spec, field, channel)
    return "", "", []


def values(spec: dict, field: str, channel: dict) -> list[Any]:
    """What the scale says that it shows, or what the tables hold."""
    domain = (channel.get("scale") or {}).get("domain")
    if isinstance(domain, list):
        return domain
    found = [row[field] for table in tables(spec) for row in table if isinstance(row, dict) and field in row]
    return sorted(dict.fromkeys(found), key=lambda value: (isinstance(value, str), value))


def channels(part: Any) -> Iterator[tuple[str, dict]]:
    """Every channel of a chart: its name and what it encodes."""
    if isinstance(part, list):
        for item in part:
            yield from channels(item)
    elif isinstance(part, dict):
        yield from ((name, made) for name, made in part.get("encoding", {}).items() if isinstance(made, dict))
        for key, value in part.items():
            if key not in (*ASIDE, "encoding"):
                yield from channels(value)


def tables(spec: dict) -> Iterator[list]:
    """The chart's tables: those shared, and the one written into the chart itself."""
    yield from spec.get("datasets", {}).values()
    written = spec.get("data", {}).get("values") if isinstance(spec.get("data"), dict) else None
    if isinstance(written, list):
        yield written
