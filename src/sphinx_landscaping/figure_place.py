"""A figure's place in the book: its page, its cell, what its author says of it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import figure_files, figure_list
from sphinx_landscaping.warn import warn


class Place:
    """A figure's place in the book: its page, its cell, and what its author says of it."""

    def __init__(self, env: BuildEnvironment, data: Any) -> None:
        self.env, self.docname, self.line, self.cell = env, env.docname, data.line, data.cell_index
        metadata = data.cell_metadata or {}
        figure = (metadata.get("mystnb") or {}).get("figure") or {}
        self.name, self.caption = figure.get("name"), figure.get("caption")
        self.alt, self.code = metadata.get("alt"), ""
        self.label = nodes.make_id(self.name or f"{env.docname}-cell-{data.cell_index}-{data.output_index}")

    def warn(self, message: str) -> None:
        """A warning that names the figure, or its cell where it has no name."""
        who = f"figure {self.name}" if self.name else f"the figure of cell {self.cell + 1}"
        warn(f"{who}: {message}", "figure", (self.docname, self.line))

    def check(self) -> None:
        """Warn about what every figure must say."""
        wanted = {
            "a label, as `mystnb: {figure: {name: fig-<chapter>-<idea>}}`": self.name,
            "a caption, as `mystnb: {figure: {caption: What to see}}`": self.caption,
            "an alternative text, as `alt: What is there` beside `mystnb`": self.alt,
        }
        for what, said in wanted.items():
            if not said or not str(said).strip():
                self.warn(
                    f"it has no {what.removeprefix('an ').removeprefix('a ')}; add it to the cell's header"
                )

    def note(self, kind: str, spec: dict | None, markup: str, tables: list[list[dict]]) -> None:
        """Enter the figure in the book's list."""
        entry = {"label": self.label, "kind": kind, "caption": self.caption or "", "alt": self.alt or "",
                 "spec": spec, "svg": figure_files.first_drawing(markup),
                 "card": figure_files.on_a_card(markup), "code": self.code,
                 "csv": figure_files.as_csv(tables)}  # fmt: skip
        figure_list.listed(self.env).setdefault(self.docname, []).append(entry)
