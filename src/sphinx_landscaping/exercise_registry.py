"""Let what sphinx-exercise notes of exercises and solutions be these alone.

It keeps nodes that know their page: two thirds of the notes that every build reads and writes again were
whole pages.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def cut_out(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put a copy that belongs to no page in the place of every node; no page changes by it."""
    for entry in getattr(env, "sphinx_exercise_registry", {}).values():
        entry["node"] = entry["node"].deepcopy()
        for node in entry["node"].findall():
            node.document = None
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the cut, before Sphinx writes its notes."""
    app.connect("env-updated", cut_out)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
