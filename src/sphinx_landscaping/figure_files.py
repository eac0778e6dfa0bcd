"""What a reader may take away from a figure: a drawing for paper, its picture, its data. No Sphinx here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import vl_convert

from sphinx_landscaping.keeping import keep
from sphinx_landscaping.palette import palette, ramp

VARIABLE = re.compile(r"var\(--([\w-]+)(?:,(?:[^()]|\([^()]*\))*)?\)")
SIZE = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
LARGE = 1000  # characters; smaller tables stay inside the chart's own file
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"


def on_paper() -> dict[str, str]:
    """Variable -> its colour in the light scheme."""
    light = palette()["light"]
    plain = {name: value for name, value in light.items() if isinstance(value, str)}
    fine = {f"h{i}": value for i, value in enumerate(ramp(light["height"]))}
    return plain | fine | {f"height{i}": value for i, value in enumerate(light["height"])}


def first_drawing(markup: str) -> str:
    """The widest drawing of a figure's HTML."""
    wide = markup.find('class="drawing wide')
    start = markup.index("<svg", max(wide, 0))
    depth = 0
    for tag in re.finditer(r"<(/?)svg\b", markup[start:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return markup[start : start + markup[start + tag.start() :].index(">") + tag.start() + 1]
    raise ValueError("the figure's drawing has no end: its SVG does not close")


def on_a_card(markup: str) -> str:
    """The drawing for a narrow column; the widest where that one stands upright: a card is wide."""
    narrow = first_drawing(markup.partition('<div class="drawing wide')[0])
    size = SIZE.search(narrow)
    return first_drawing(markup) if size and float(size[1]) < float(size[2]) else narrow


def standalone(svg: str) -> str:
    """A drawing of the page as a file of its own: light colours, its own type, paper behind it."""
    colours = on_paper()
    svg = VARIABLE.sub(lambda found: colours.get(found[1], colours["ink"]), svg)
    names = ' xmlns="http://www.w3.org/2000/svg"' + (
        ' xmlns:xlink="http://www.w3.org/1999/xlink"' if "xlink:" in svg else ""
    )
    head, _, rest = svg.partition(">")
    svg = re.sub(r' (?:font-family|color)="[^"]*"', "", head) + ">" + rest
    svg = svg.replace("<svg", f'<svg{names} font-family="{FONT}" color="{colours["ink"]}"', 1)
    paper = f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>'
    return re.sub(r"(<svg[^>]*>)", lambda found: found[0] + paper, svg, count=1)


def picture(svg: str, kept: Path, scale: float = 2) -> bytes:
    """The drawing as PNG, twice as fine as the page; made once for each drawing."""
    finer = "" if scale == 2 else f" {scale}"
    key = hashlib.sha256(f"{vl_convert.__version__}{finer} {svg}".encode()).hexdigest()[:16]
    path = kept / f"png-{key}"
    if not path.exists():
        return keep(path, vl_convert.svg_to_png(svg, scale=scale))
    return path.read_bytes()


def tables_of(spec: dict) -> list[list[dict]]:
    """Every table that a chart holds, the longest first."""
    found = [rows for rows in spec.get("datasets", {}).values() if isinstance(rows, list)]
    found += _inline({key: value for key, value in spec.items() if key != "datasets"})
    rows = [[row if isinstance(row, dict) else {"value": row} for row in table] for table in found if table]
    return sorted(rows, key=len, reverse=True)


def _inline(part: Any) -> list[list]:
    if isinstance(part, list):
        return [found for item in part for found in _inline(item)]
    if not isinstance(part, dict):
        return []
    data = part.get("data")
    values = data.get("values") if isinstance(data, dict) else None
    own = [values] if isinstance(values, list) else []
    return own + [found for key, value in part.items() if key != "data" for found in _inline(value)]


def as_csv(tables: list[list[dict]]) -> str:
    """Tables one after the other, each under its own heading row, a blank line between them."""
    return "\n".join(_one_csv(table) for table in tables)


def _one_csv(rows: list[dict]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def settings_table(state: dict) -> list[list[dict]]:
    """A playground's start as a table: setting and value."""
    return [[{"setting": name, "value": value} for name, value in sorted(state.items())]]


def split(files: dict) -> tuple[dict, dict[str, str]]:
    """A live chart's file with its large tables taken out, and those tables: name (by content) -> JSON."""
    kept, apart, taken = {}, {}, {}
    for name, rows in files.get("datasets", {}).items():
        text = compact(rows)
        if len(text) < LARGE:
            kept[name] = rows
        else:
            apart[name] = hashlib.sha256(text.encode()).hexdigest()[:16]
            taken[apart[name]] = text
    rest = {key: value for key, value in files.items() if key != "datasets"}
    return rest | ({"datasets": kept} if kept else {}) | ({"tables": apart} if apart else {}), taken


def compact(content: Any) -> str:
    """JSON without a needless blank."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)
