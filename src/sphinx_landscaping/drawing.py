"""A Vega-Lite specification made ready for the page: coloured by variables, fitted to a width, drawn as SVG.

No Sphinx here. A chart is drawn twice, for the column and for a phone; the live chart takes the same two
specifications, so that drawing and live chart agree to the pixel.
"""

from __future__ import annotations

import copy
import html
import json
import re
from typing import Any

import vl_convert

from sphinx_landscaping import drawn_before
from sphinx_landscaping.chart_look import coloured, dressed, with_heights

VEGA_LITE = "6.4"
WIDE, NARROW = 640, 360  # the column; a phone
HEIGHT = {WIDE: 330, NARROW: 280}
COMPOSITE = ("hconcat", "vconcat", "concat", "facet", "repeat")


def is_composite(spec: dict) -> bool:
    """True where views stand beside each other; a single or layered view is fitted by Vega itself."""
    return any(k in spec for k in COMPOSITE) or bool(
        {"row", "column", "facet"} & spec.get("encoding", {}).keys()
    )


def stacked(part: Any) -> Any:
    """For a phone: what stood side by side stands one below the other, facets in at most two columns."""
    if isinstance(part, list):
        return [stacked(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {
        "vconcat" if k == "hconcat" else k: stacked(v)
        for k, v in part.items()
        if k not in ("datasets", "data")
    }
    made |= {k: part[k] for k in ("datasets", "data") if k in part}
    if isinstance(part.get("columns"), int):
        made["columns"] = 1 if "concat" in part else min(part["columns"], 2)
    return made


def scaled(part: Any, factor: float) -> Any:
    """Every inner width of a specification times `factor`."""
    if isinstance(part, list):
        return [scaled(item, factor) for item in part]
    if not isinstance(part, dict):
        return part
    keep = ("datasets", "data", "mark", "encoding", "transform", "params")
    made = {k: v if k in keep else scaled(v, factor) for k, v in part.items()}
    for key in ("width", "continuousWidth", "step"):
        if isinstance(made.get(key), int | float):
            made[key] = round(made[key] * factor, 1)
    return made


def outer_width(svg: str) -> float:
    """The width that an SVG says of itself."""
    return float(re.search(r'<svg[^>]*?\bwidth="([\d.]+)"', svg)[1])


def _svg(spec: dict) -> str:
    def draw() -> str:
        return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])

    return drawn_before.kept(draw, vl_convert.__version__, VEGA_LITE, json.dumps(spec))


def _discrete(spec: dict, axis: str) -> bool:
    views = [spec, *spec.get("layer", [])]
    kinds = [view.get("encoding", {}).get(axis, {}) for view in views]
    return any(kind.get("type") in ("nominal", "ordinal") for kind in kinds)


def _filled(spec: dict, width: int) -> dict:
    """A single view that takes the whole width, axes included; its own height, where it has one, is kept."""
    made = {**spec, "width": width, "autosize": {"type": "fit", "contains": "padding"}}
    if "height" not in spec and _discrete(spec, "y"):
        made["autosize"]["type"] = "fit-x"
    else:
        made["height"] = spec.get("height", HEIGHT[width])
    return made


def _shrunk(spec: dict, width: int) -> dict:
    """Inner widths scaled until the whole is `width` wide: outer width is a straight line in the factor."""
    full = outer_width(_svg(coloured(spec, live=False)))
    if full <= width:
        return spec
    less = outer_width(_svg(coloured(scaled(spec, 0.6), live=False)))
    slope = (full - less) / 0.4
    return scaled(spec, max(1 - (full - width) / slope, 0.15) if slope > 1 else 1)


def fitted(spec: dict, width: int) -> dict:
    """The specification at one of the two widths, with the page's settings, its colours still hexes."""
    made = copy.deepcopy(spec)
    made["config"] = dressed(made.get("config", {}))
    if not is_composite(made) and "width" not in made:
        return _filled(made, width)
    return _shrunk(stacked(made) if width == NARROW else made, width)


def fills(spec: dict) -> bool:
    """True where the drawing takes the column's whole width."""
    return not is_composite(spec) and "width" not in spec


def tidy(svg: str, prefix: str, alt: str) -> str:
    """An SVG for inside a page: stable ids of its own, the page's type, one description for the whole."""
    for count, old in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))):
        svg = re.sub(rf'(\bid="|url\(#|href="#){re.escape(old)}(?=["\)])', rf"\g<1>{prefix}-{count}", svg)
    svg = re.sub(
        r'class="mark-rect role-mark[^"]*"', 'shape-rendering="crispEdges"', svg
    )  # no seams in a heat map
    svg = re.sub(r' (?:xmlns(?::\w+)?|version|font-family|class|role|aria-[a-z]+)="[^"]*"', "", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(alt)}"', 1)


def drawn(spec: dict, width: int, prefix: str, alt: str) -> str:
    """The drawing at one width. Raises `ValueError` with Vega's words where the chart does not compile."""
    return tidy(with_heights(_svg(coloured(fitted(spec, width), live=False))), prefix, alt)


def live_files(spec: dict) -> dict[str, Any]:
    """What the live chart fetches: both widths, and once the data of both."""
    shared = {key: spec[key] for key in ("datasets",) if key in spec}
    rest = {key: value for key, value in spec.items() if key not in shared}
    sizes = {
        name: _bare(fitted({**rest, **shared}, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))
    }
    return {**sizes, **coloured(shared, live=True)}


def _bare(spec: dict) -> dict:
    return coloured({key: value for key, value in spec.items() if key != "datasets"}, live=True)


def is_live(spec: Any) -> bool:
    """True where there is something to touch: a parameter or a tooltip anywhere in the specification."""
    if isinstance(spec, list):
        return any(is_live(item) for item in spec)
    if not isinstance(spec, dict):
        return False
    own = bool(spec.get("params")) or bool(spec.get("tooltip"))
    return own or any(is_live(value) for key, value in spec.items() if key not in ("datasets", "data"))


def addresses(part: Any) -> list[str]:
    """Every address that a specification would read data from: there should be none."""
    if isinstance(part, list):
        return [found for item in part for found in addresses(item)]
    if not isinstance(part, dict):
        return []
    data = part.get("data")
    own = [str(data["url"])] if isinstance(data, dict) and "url" in data else []
    return own + [found for key, value in part.items() if key != "datasets" for found in addresses(value)]
