"""The picture that a link to a chapter shows elsewhere: its title above its most telling figure, as a PNG."""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
from html import escape
from pathlib import Path

import PIL
import vl_convert
from PIL import Image

from sphinx_landscaping import figure_files
from sphinx_landscaping.keeping import keep

SIZE = (600, 315)  # drawn twice as fine: 1200 by 630, as those who show links want it
COLOURS = 256
LETTERS = 44  # of the title on one line
BOX = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')


def chosen(figures: list[dict], wanted: str = "") -> dict | None:
    """The figure that stands for a page: the one that its front matter names, else its first chart."""
    drawn = [figure for figure in figures if figure["svg"]]
    named = [figure for figure in drawn if figure["label"] == wanted]
    charts = [figure for figure in drawn if figure["kind"] != "playground"]
    return next(iter([*named, *charts, *drawn]), None)


def placed(svg: str, x: float, y: float, width: float, height: float) -> str:
    """A drawing as a part of another, as large as its room allows."""
    head, _, rest = svg.partition(">")
    box = BOX.search(head)
    size = [re.search(rf'\b{name}="([\d.]+)', head) for name in ("width", "height")]
    view = box[0] if box else f'viewBox="0 0 {size[0][1]} {size[1][1]}"'
    head = re.sub(r'\s(?:width|height|viewBox)="[^"]*"', "", head)
    return f'{head} x="{x}" y="{y}" width="{width}" height="{height}" {view}>{rest}'


def drawing(title: str, book: str, svg: str) -> str:
    """The whole picture: title, figure, and whose it is."""
    colours, (width, height) = figure_files.on_paper(), SIZE
    lines = textwrap.wrap(title, LETTERS)[:3]
    words = "".join(f'<text x="24" y="{38 + 26 * i}" font-size="22" font-weight="bold">{escape(line)}</text>'
                    for i, line in enumerate(lines))  # fmt: skip
    top = 30 + 26 * len(lines)
    figure = placed(figure_files.standalone(svg), 24, top, width - 48, height - top - 36)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{figure_files.FONT}" fill="{colours["ink"]}">'
        f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>{words}{figure}'
        f'<text x="24" y="{height - 12}" font-size="14" fill="{colours["quiet"]}">{escape(book)}</text></svg>'
    )


def png(svg: str, kept: Path) -> bytes:
    """The picture with a palette of its own, a tenth as heavy as without; made once for each drawing."""
    key = hashlib.sha256(f"{vl_convert.__version__} {PIL.__version__} {svg}".encode()).hexdigest()[:16]
    path = kept / f"preview-{key}"
    if not path.exists():
        return keep(path, _fewer_colours(vl_convert.svg_to_png(svg, scale=2)))
    return path.read_bytes()


def _fewer_colours(content: bytes) -> bytes:
    drawn, out = Image.open(io.BytesIO(content)).convert("RGB"), io.BytesIO()
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
