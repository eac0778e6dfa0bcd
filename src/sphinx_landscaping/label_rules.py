"""Which label a heading must carry: it is the heading's address for ever."""

import re

from sphinx_landscaping.chapter_head import PARTS

DEEPEST = 3
FIT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

PREFIXES = {"exercise": "ex", "table": "tab", "listing": "code", "theorem": "thm", "definition": "def"}
ABOVE = ("table", "listing")  # what takes its label from the line above


def wanted(docname: str, level: int, title: str) -> str:
    """Propose the label of a heading: `ch-spectrum` for a title, `sec-spectrum-test-range` below."""
    page = _slug(_named(docname))
    return _own(docname, page) if level == 1 else f"sec-{page}-{_slug(title)}"


def fits(label: str, docname: str, level: int) -> bool:
    """Tell whether an explicit label may name this heading; outside the six parts any explicit label may."""
    if docname.split("/")[0] not in PARTS:
        return True
    page = _named(docname)
    return label == _own(docname, page) if level == 1 else label.startswith(f"sec-{page}-")


def _named(docname: str) -> str:
    """What a page's labels call it: its own name, or that of the part whose first page it is."""
    part, _, page = docname.rpartition("/")
    return part if part and page == "index" else page


def _own(docname: str, page: str) -> str:
    return f"part-{page}" if docname.endswith("/index") else f"ch-{page}"


def complaint(labels: list[str], docname: str, level: int, title: str) -> str:
    """Say what is wrong with a heading's explicit labels; empty when one of them fits."""
    proposal = f"write ({wanted(docname, level, title)})= on the line above it"
    if not labels:
        return f"the heading {title!r} has no label: {proposal}"
    if not any(fits(label, docname, level) for label in labels):
        return f"the heading {title!r} has the label {labels[0]!r}, which does not name its page: {proposal}"
    return ""


def unnamed(kind: str, docname: str, words: str) -> str:
    """Say that something numbered has no label, and how to give it one."""
    page = _slug(_named(docname))
    label = f"{PREFIXES.get(kind, kind)}-{page}-{_slug(words)}"
    how = f"write ({label})= on the line above it" if kind in ABOVE else f"give it :label: {label}"
    return f"the {kind} {words!r} has no label, so nobody can cite it: {how}"


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    telling = [word for word in words if word not in STOP] or words or ["idea"]
    return "-".join(telling[:3])


STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by do does for from has how in is it its of on or that the this to was we"
        " what when where which who why with you your",
    )
)
