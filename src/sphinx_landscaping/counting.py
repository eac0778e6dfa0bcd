"""Figures are counted again only where something that counts has changed: Sphinx opens every page for it.

What a page holds that is counted is noted when the page is read; the same notes give the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from sphinx_landscaping.inputs import digest

COUNT = TocTreeCollector.assign_figure_numbers
SETTINGS = ("root_doc", "numfig", "numfig_secnum_depth")


def notes(env: BuildEnvironment) -> dict[str, str]:
    """A digest of what each page holds that is counted."""
    if not hasattr(env, "landscaping_counted"):
        env.landscaping_counted, env.landscaping_numbers = {}, ("", {})
    return env.landscaping_counted


def assign(collector: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Count the figures, or take the numbers of last time; the pages on which a number has changed."""
    known = notes(env)
    for docname in sorted(env.found_docs - known.keys()):
        known[docname] = digest(repr(list(counted(env, env.get_doctree(docname), 0))))
    settings = [getattr(env.config, name) for name in SETTINGS]
    now = digest(repr((sorted(known.items()), sorted(env.toc_secnumbers.items()), settings)))
    before, numbers = env.landscaping_numbers
    if before == now:
        env.toc_fignumbers = dict(numbers)
        return []
    changed = COUNT(collector, env)
    env.landscaping_numbers = (now, dict(env.toc_fignumbers))  # Sphinx forgets a page's numbers in its own
    return changed


def counted(env: BuildEnvironment, node: nodes.Element, depth: int) -> Iterator[tuple[int, str, Any]]:
    """Yield what has a part in the counting, in the page's order: sections, contents, what has a number."""
    for child in node.children:
        if isinstance(child, addnodes.toctree):
            yield depth, "toctree", child["entries"]
        elif isinstance(child, nodes.Element):
            found = [domain.get_enumerable_node_type(child) for domain in env.domains.values()]
            if any(found) and child["ids"]:
                yield depth, str(found), (child["ids"][0], bool(env.domains["std"].get_numfig_title(child)))
            yield from counted(env, child, depth + 1)


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the note of a page that is read again or gone."""
    notes(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """A page that another process read is noted when figures are counted."""
    for docname in docnames:
        notes(env).pop(docname, None)
    notes(other)


def setup(app: Sphinx) -> dict[str, Any]:
    """Put the notes before the counting."""
    TocTreeCollector.assign_figure_numbers = assign
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
