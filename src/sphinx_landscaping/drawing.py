"""A Vega-Lite specification made ready for the page: coloured by variables, fitted to a width, drawn as SVG.

No Sphinx here. A chart is drawn twice, for the column and for a phone; the live chart takes the same two
specifications, so that drawing and live chart agree to the pixel.
"""

from __future__ import annotations

import copy
import html
import re
from typing import Any

import vl_convert

from sphinx_landscaping.palette import height, is_height, variables

VEGA_LITE = "6.4"
WIDE, NARROW = 640, 360  # the column; a phone
HEIGHT = {WIDE: 330, NARROW: 280}
COLOURS = ("color", "fill", "stroke")
CONTINUOUS = ("quantitative", "temporal")
COMPOSITE = ("hconcat", "vconcat", "concat", "facet", "repeat")
GREYS = [f"#{round(255 * i / 8):02x}" + f"{round(255 * i / 8):02x}" * 2 for i in range(9)]


def _config() -> dict[str, Any]:
    """What the page decides for every chart; a chart's own settings win, except for the type."""
    ink, quiet, grid = (f"var(--{name})" for name in ("ink", "quiet", "grid"))
    words = {
        "labelColor": quiet,
        "titleColor": ink,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "view": {"stroke": None},
        "axis": {
            **words,
            "gridColor": grid,
            "domainColor": quiet,
            "ticks": False,
            "labelPadding": 6,
            "labelOverlap": True,
        },
        "axisX": {"tickCount": 7},
        "axisY": {"minExtent": 32, "tickCount": 6},
        "legend": {**words, "labelColor": ink, "orient": "top", "symbolStrokeWidth": 2},
        "header": words,
        "title": {"color": ink, "fontSize": 13, "fontWeight": "normal", "anchor": "start"},
        "mark": {"color": ink},
        "text": {"color": ink, "fontSize": 12},
        "rule": {"color": quiet},
        "selection": {"interval": {"mark": {"fill": ink, "fillOpacity": 0.1, "stroke": quiet}}},
    }


FIXED = {"font": "Arial, Liberation Sans, Helvetica, sans-serif", "background": None, "aria": False}


def merged(under: dict, over: dict) -> dict:
    """Two nested settings as one; where both speak, `over` wins."""
    both = under.keys() & over.keys()
    deep = {
        k: merged(under[k], over[k]) for k in both if isinstance(under[k], dict) and isinstance(over[k], dict)
    }
    return {**under, **over, **deep}


def _is_continuous(channel: dict) -> bool:
    kind = channel.get("scale", {}).get("type") if isinstance(channel.get("scale"), dict) else None
    return channel.get("type") in CONTINUOUS and kind not in (
        "threshold",
        "quantize",
        "quantile",
        "bin-ordinal",
    )


def _height_scale(scale: dict, live: bool) -> dict:
    """A continuous scale of colour as the height ramp: a scheme that the page knows, or greys to be replaced."""
    way = is_height(scale.get("range"))
    rest = {k: v for k, v in scale.items() if k not in ("range", "interpolate", "scheme")}
    if live:
        return {**rest, "scheme": "landscaping-down" if way < 0 else "landscaping-up"}
    return {**rest, "range": GREYS[::-1] if way < 0 else GREYS, "interpolate": "rgb"}


def coloured(part: Any, live: bool) -> Any:
    """The specification with the palette's colours as variables, which follow the reader's scheme."""
    if isinstance(part, str):
        return variables(part)
    if isinstance(part, list):
        return [coloured(item, live) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: coloured(value, live) for key, value in part.items()}
    for name in COLOURS:
        channel = part.get(name)
        if isinstance(channel, dict) and "field" in channel and _is_continuous(channel):
            scale = channel.get("scale") or {}
            if is_height(scale.get("range")) or not {"range", "scheme"} & scale.keys():
                made[name]["scale"] = {**made[name].get("scale", {}), **_height_scale(scale, live)}
                made[name]["scale"].pop("interpolate" if live else "scheme", None)
                live and made[name]["scale"].pop("range", None)
            else:
                made[name]["scale"] = (
                    scale  # colours in between cannot be mixed from variables: they stay as written
                )
    return made


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
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])


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
    """Inner widths scaled until the whole is `width` wide: the outer width is a straight line in the factor."""
    full = outer_width(_svg(coloured(spec, live=False)))
    if full <= width:
        return spec
    less = outer_width(_svg(coloured(scaled(spec, 0.6), live=False)))
    slope = (full - less) / 0.4
    return scaled(spec, max(1 - (full - width) / slope, 0.15) if slope > 1 else 1)


def fitted(spec: dict, width: int) -> dict:
    """The specification at one of the two widths, with the page's settings, its colours still hexes."""
    made = copy.deepcopy(spec)
    made["config"] = merged(merged(_config(), made.get("config", {})), FIXED)
    made["config"].get("view", {}).setdefault("continuousWidth", 300)
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


def with_heights(svg: str) -> str:
    """The greys of the height ramp replaced by its variables."""
    grey = re.compile(r"rgb\((\d+), ?\1, ?\1\)")
    return grey.sub(lambda found: height(int(found[1]) / 255), svg)


def drawn(spec: dict, width: int, prefix: str, alt: str) -> str:
    """The drawing at one width. Raises `ValueError` with Vega's words where the specification does not compile."""
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
