"""What a cell showed, as a notebook on a shelf needs it: pictures that every viewer draws. No Sphinx."""

from __future__ import annotations

import base64
import hashlib
import io
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sphinx_landscaping import figure_files
from sphinx_landscaping.keeping import keep

SITE, JUPYTERLAB = "application/vnd.vegalite.v6+json", "application/vnd.vegalite.v5+json"
PLAYGROUND = "application/vnd.landscaping.playground+json"
CLAIM = "application/vnd.landscaping.claim+json"
GLUED = "application/papermill.record/"
PLAIN = ("text/plain", "text/markdown", "text/html", "text/latex", "image/png")
COLOURS = 128  # of a picture: a sixth of the bytes, and no difference to see
Picture = Callable[[], bytes]


class Unshown(Exception):  # noqa: N818  (it is a sentence about a chapter)
    """An output that the notebook has no form for."""


def small(svg: str, kept: Path) -> bytes:
    """A figure's drawing as a PNG of few colours, twice as fine as it is shown; made once for each."""
    whole = figure_files.picture(figure_files.standalone(svg), kept)
    path = kept / f"small-{COLOURS}-{hashlib.sha256(whole).hexdigest()[:16]}"
    if not path.exists():
        from PIL import Image  # a build that draws nothing new does not pay for it

        out = io.BytesIO()
        few = Image.open(io.BytesIO(whole)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        return keep(path, out.getvalue())
    return path.read_bytes()


def published(outputs: list[dict], count: int, picture: Picture, alt: str) -> Iterator[dict[str, Any]]:
    """A cell's outputs as the notebook keeps them; `picture` draws its figure, `alt` says what is on it."""
    for output in outputs:
        if output["output_type"] == "stream":
            yield output
            continue
        if output["output_type"] not in ("display_data", "execute_result"):
            raise Unshown(f"an output of the kind {output['output_type']!r} has no form in a notebook")
        data, metadata = shown(output["data"], picture, alt)
        if data:
            kept = {"output_type": output["output_type"], "data": data, "metadata": metadata}
            numbered = output["output_type"] == "execute_result"
            yield kept | ({"execution_count": count} if numbered else {})


def shown(data: dict[str, Any], picture: Picture, alt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """One output: a chart for JupyterLab, a picture for all others, text; nothing for a glued value."""
    if data and all(kind.startswith(GLUED) for kind in data):
        return {}, {}
    if CLAIM in data:
        return {kind: data[kind] for kind in ("text/markdown", "text/plain")}, {}
    if {SITE, PLAYGROUND, "image/svg+xml"} & set(data):
        live = {JUPYTERLAB: data[JUPYTERLAB]} if JUPYTERLAB in data else {}
        return drawn(picture(), live, alt)
    if unknown := sorted(set(data) - set(PLAIN)):
        raise Unshown(f"an output of the type {unknown[0]} has no form in a notebook: add one to {__name__}")
    return data, {}


def drawn(png: bytes, live: dict[str, Any], alt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A picture with its size and its words, beside what a viewer may draw itself."""
    wide, high = struct.unpack(">II", png[16:24])
    text = {"image/png": base64.b64encode(png).decode(), "text/plain": alt}
    return live | text, {"image/png": {"alt": alt, "width": wide // 2, "height": high // 2}}
