"""Data that a page states in YAML: kept when the page is read, shown where its directive stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from sphinx_landscaping.chapter_head import LOADER
from sphinx_landscaping.gathered import Place, note
from sphinx_landscaping.warn import warn


class Data(SphinxDirective):
    """Keeps its content; the directive's name is the kind, its argument tells several apart."""

    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Leave a mark where the data will be shown."""
        argument = self.arguments[0] if self.arguments else ""
        try:
            value = yaml.load("\n".join(self.content), LOADER)
        except yaml.YAMLError as broken:
            warn(f"{self.name} {argument}: its content is not YAML: {broken}", "data", self.get_location())
            return []
        where = (self.env.docname, self.lineno)
        kept(self.env).setdefault(self.env.docname, {})[self.name, argument] = (value, where)
        note(self.env, self.name, argument)
        return [Place("", kind=self.name, argument=argument)]


def kept(env: BuildEnvironment) -> dict[str, dict[tuple[str, str], tuple[Any, tuple[str, int]]]]:
    """What each page states: page -> kind and argument -> the data, and where it stands."""
    if not hasattr(env, "landscaping_data"):
        env.landscaping_data = {}
    return env.landscaping_data


def of(env: BuildEnvironment, page: str, kind: str, argument: str) -> Any:
    """The data of one directive."""
    return kept(env)[page][kind, argument][0]


def every(env: BuildEnvironment, kind: str) -> list[tuple[str, Any, tuple[str, int]]]:
    """All data of a kind: argument, data, place."""
    return [(argument, value, where) for page in sorted(kept(env))
            for (name, argument), (value, where) in kept(env)[page].items() if name == kind]  # fmt: skip


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page stated that is read again or gone."""
    kept(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what pages state that another process read."""
    kept(env).update({page: found for page, found in kept(other).items() if page in docnames})


def setup(app: Sphinx) -> dict[str, Any]:
    """Keep the data in step with the pages."""
    app.setup_extension("sphinx_landscaping.gathered")
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
