"""A class at once: a table of answers in, the same table with verdicts out; no bad row spoils the others."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from landscaping.assessment import shelf

WANTED = ("student", "exercise", "answer")
ADDED = ("verdict", "hint")
UNREAD = "unread"


class Unusable(Exception):  # noqa: N818  (what it says is a sentence for a teacher)
    """A file that is no table of answers."""


@dataclass(frozen=True)
class Judged:
    """A row with its verdict: right, wrong, or unread with the reason."""

    line: int
    cells: dict[str, str]
    verdict: str
    hint: str


def judged(path: Path) -> tuple[list[str], list[Judged]]:
    """The columns of a file of answers, and a verdict for each of its rows."""
    text = text_of(path)
    head = text.partition("\n")[0]
    rows = csv.reader(
        text.splitlines(keepends=True), delimiter=";" if ";" in head and "," not in head else ","
    )
    try:
        columns = [name.strip() for name in next(rows, [])]
        refuse(columns, path)
        return columns, list(verdicts(rows, columns))
    except csv.Error as broken:
        raise Unusable(f"{path}, line {rows.line_num}: {broken}: save the table as CSV again") from None


def text_of(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as missing:
        raise Unusable(f"{path} cannot be read ({missing.strerror}): give a CSV file") from None
    except UnicodeDecodeError:
        raise Unusable(f"{path} is not UTF-8 text: save the table as CSV in UTF-8") from None


def refuse(columns: list[str], path: Path) -> None:
    """Stop where the columns are not those of a table of answers."""
    if missing := [name for name in WANTED if columns.count(name) != 1]:
        came = ", ".join(columns)[:80] or "nothing"
        raise Unusable(
            f"{path}, line 1: the columns are {came}: wanted one each of {', '.join(WANTED)};"
            f" mend {', '.join(missing)}"
        )


def verdicts(rows: Iterator[list[str]], columns: list[str]) -> Iterator[Judged]:
    """Judge row after row; empty lines are skipped."""
    for row in rows:  # the reader's line_num is the last line of a row
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(columns, row, strict=False))
        try:
            if len(row) != len(columns):
                raise ValueError(
                    f"{len(row)} cells came, {len(columns)} were wanted: put quotation marks around an answer"
                    " with commas, or use spaces"
                )
            yield Judged(rows.line_num, cells, *verdict(cells))
        except ValueError as unread:
            yield Judged(rows.line_num, cells, UNREAD, str(unread))


def verdict(cells: dict[str, str]) -> tuple[str, str]:
    """What is said of one answer."""
    found = shelf.find(cells["exercise"].strip()).check(cells["student"], cells["answer"])
    return ("right" if found.right else "wrong"), found.hint


def written(columns: list[str], rows: list[Judged]) -> str:
    """The table with two columns more."""
    kept, out = [name for name in columns if name not in ADDED], StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*kept, *ADDED])
    table.writerows([*(row.cells.get(name, "") for name in kept), row.verdict, row.hint] for row in rows)
    return out.getvalue()


def complaints(path: Path, rows: list[Judged]) -> list[str]:
    """A sentence for each row that could not be read."""
    return [f"{path}, line {row.line}: {row.hint}" for row in rows if row.verdict == UNREAD]
