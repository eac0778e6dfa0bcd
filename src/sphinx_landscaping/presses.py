"""Presses: links to settings of a playground on the same page, which it takes at once and plays.

```{presses} fig-index-landscape
- {kind: data, words: Raise the terrain, means: data, setting: {noise: 0.4}}
```

A setting is what a teacher would put into an address. Without scripts nothing would happen: none are shown.
"""

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

KINDS = ("data", "model", "optimizer")  # the three meanings of the book's colours
KEYS = {"kind", "words", "means", "setting"}
WANTED = "- {kind: data, words: Raise the terrain, means: data, setting: {noise: 0.4}}"


def faults(rows: Any) -> Iterator[str]:
    """Yield what is wrong with the list of presses."""
    if not isinstance(rows, list) or not rows:
        yield f"there is no list of presses: write lines like {WANTED}"
        return
    for row in rows:
        if not isinstance(row, dict) or set(row) != KEYS:
            yield f"the press {row!r} is none: write a line like {WANTED}"
        elif row["kind"] not in KINDS or not isinstance(row["setting"], dict):
            yield f"the press {row['words']!r} has the kind {row['kind']!r}: take one of {', '.join(KINDS)}"


def address(label: str, setting: dict[str, Any]) -> str:
    """The address of a setting on its own page, as the host of playgrounds writes it."""
    pairs = [
        f"{key}={quote(json.dumps(value, separators=(',', ':')), safe=',')}" for key, value in setting.items()
    ]
    return f"#{label}&" + "&".join(pairs)


def markup(label: str, rows: list[dict[str, Any]]) -> str:
    """All presses in a row."""
    links = "".join(
        f'<a class="press {row["kind"]}" href="{escape(address(label, row["setting"]))}">'
        f"{escape(row['words'])} <span>{escape(row['means'])}</span></a>"
        for row in rows
    )
    return f'<div class="presses" role="group" aria-label="Change the landscape">{links}</div>'


class Presses(SphinxDirective):
    """A row of presses for the playground whose label is the argument."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Write the links, or say what is wrong with the list."""
        rows = yaml.safe_load("\n".join(self.content))
        wrong = list(faults(rows))
        if wrong:
            raise self.error("; ".join(wrong))
        return [nodes.raw("", markup(self.arguments[0], rows), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("presses", Presses)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
