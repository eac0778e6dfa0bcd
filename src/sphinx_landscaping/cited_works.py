"""The bibliography and the book agree: every work is cited somewhere, and every citation has its work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping.warn import warn


def faults(cited: dict[str, tuple[str, int]], listed: list[str], file: str) -> Iterator[tuple[str, Any]]:
    """Yield what does not agree, each a sentence with its place; `cited` says where each key is met first."""
    for key in sorted(cited.keys() - set(listed)):
        said = f"`{key}` is cited, and {file} has no such entry: look the work up and add it"
        yield said, cited[key]
    for key in listed:
        if key not in cited:
            yield f"{file}: nobody cites `{key}`: cite it where it belongs, or take the entry out", None


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """Over the whole book, once all pages are read."""
    domain = env.get_domain("cite")
    cited: dict[str, tuple[str, int]] = {}
    for ref in sorted(domain.citation_refs, key=lambda ref: (ref.docname, ref.line)):
        for key in (target.key for target in ref.targets):
            cited.setdefault(key, (ref.docname, ref.line))
    files = ", ".join(env.config.bibtex_bibfiles)
    for said, place in faults(cited, list(domain.bibdata.data.entries), files):
        warn(said, "bibliography", place)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the check."""
    app.connect("env-check-consistency", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
