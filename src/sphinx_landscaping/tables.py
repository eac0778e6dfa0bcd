"""A pandas table as clean HTML: no style, scopes on its headings, numbers to the right. No Sphinx here."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

NUMBER = re.compile(r"[-+−]?[\d.,]+(?:e[-+]?\d+)?\s*%?|NaN|nan|inf|-inf|")


class Cells(HTMLParser):
    """Collects the rows of the first table: `head` and `body`, each row a list of (tag, text, columns)."""

    def __init__(self) -> None:
        super().__init__()
        self.head: list[list[tuple[str, str, int]]] = []
        self.body: list[list[tuple[str, str, int]]] = []
        self._in_head = False
        self._cell: tuple[str, int] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a part, a row or a cell."""
        if tag in ("thead", "tbody"):
            self._in_head = tag == "thead"
        elif tag == "tr":
            (self.head if self._in_head else self.body).append([])
        elif tag in ("th", "td"):
            self._cell, self._text = (tag, int(dict(attrs).get("colspan") or 1)), ""

    def handle_data(self, data: str) -> None:
        """Keep the text of an open cell."""
        if self._cell:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Close a cell and put it in its row."""
        if self._cell and tag == self._cell[0]:
            rows = self.head if self._in_head else self.body
            rows[-1].append((tag, self._text.strip(), self._cell[1]))
            self._cell = None


def is_table(markup: str) -> bool:
    """True for what pandas writes for a table."""
    return "<table" in markup and 'class="dataframe"' in markup


def numeric(rows: list[list[tuple[str, str, int]]]) -> set[int]:
    """The columns that hold numbers only."""
    width = max((len(row) for row in rows), default=0)
    columns = {i: [row[i][1] for row in rows if len(row) > i] for i in range(width)}
    return {i for i, texts in columns.items() if any(texts) and all(NUMBER.fullmatch(text) for text in texts)}


def _counts(body: list[list[tuple[str, str, int]]]) -> bool:
    """True where the index is pandas' own 0, 1, 2 …, which tells the reader nothing."""
    return bool(body) and [row[0][:2] for row in body] == [("th", str(i)) for i in range(len(body))]


def _cell(tag: str, text: str, span: int, scope: str, number: bool) -> str:
    kind = f' scope="{scope}"' if tag == "th" and text else ""
    wide = f' colspan="{span}"' if span > 1 else ""
    right = ' class="number"' if number else ""
    tag = tag if text else "td"
    return f"<{tag}{kind}{wide}{right}>{html.escape(text)}</{tag}>"


def clean(markup: str) -> str:
    """The table of a data frame without pandas' style; its index only where it says something."""
    cells = Cells()
    cells.feed(markup)
    if _counts(cells.body):
        cells.head, cells.body = ([row[1:] for row in rows] for rows in (cells.head, cells.body))
    right = numeric(cells.body)

    def rows(part: list, scope: str) -> str:
        lines = (("".join(_cell(*cell, scope, i in right) for i, cell in enumerate(row))) for row in part)
        return "".join(f"<tr>{line}</tr>" for line in lines)

    head, body = rows(cells.head, "col"), rows(cells.body, "row")
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll">{table}</div>'
