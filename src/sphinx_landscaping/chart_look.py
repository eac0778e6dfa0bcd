"""What the page decides for every chart: type, lines, and colours that follow the reader's scheme.

No Sphinx here.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx_landscaping.palette import height, is_height, variables

# On a logarithmic axis only the powers of ten have full lines; the eight between them are faint.
POWERS = {"condition": {"test": "indexof(format(datum.value, '.0e'), '1e') == 0", "value": 1}, "value": 0.35}
COLOURS = ("color", "fill", "stroke")
CONTINUOUS = ("quantitative", "temporal")
STEPS = [round(255 * i / 8) for i in range(9)]
GREYS = [f"#{step:02x}{step:02x}{step:02x}" for step in STEPS]  # stand for the ramp until the drawing is made


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
        "legend": {**words, "labelColor": ink, "orient": "top", "symbolStrokeWidth": 2, "symbolOpacity": 1},
        "header": words,
        "title": {"color": ink, "fontSize": 13, "fontWeight": "normal", "anchor": "start"},
        "mark": {"color": ink},
        "text": {"color": ink, "fontSize": 12},
        "rule": {"color": quiet},
        "selection": {"interval": {"mark": {"fill": ink, "fillOpacity": 0.1, "stroke": quiet}}},
    }


FIXED = {"font": "Arial, Liberation Sans, Helvetica, sans-serif", "background": None, "aria": False}


def dressed(config: dict) -> dict:
    """A chart's settings with the page's under them, and over them what the page must decide."""
    made = merged(merged(_config(), config), FIXED)
    made["view"] = {"continuousWidth": 300, **made["view"]}
    return made


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


def _is_logarithmic(channel: Any) -> bool:
    """True for a position on a logarithmic scale whose axis is shown."""
    scale = channel.get("scale") if isinstance(channel, dict) else None
    return isinstance(scale, dict) and scale.get("type") == "log" and channel.get("axis", {}) is not None


def _height_scale(scale: dict, live: bool) -> dict:
    """A continuous scale of colour as the height ramp: a scheme that the page knows, or greys to replace."""
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
    for name in ("x", "y"):
        if _is_logarithmic(part.get(name)):
            made[name]["axis"] = {"gridOpacity": POWERS, **(made[name].get("axis") or {})}
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


def with_heights(svg: str) -> str:
    """The greys of the height ramp replaced by its variables."""
    grey = re.compile(r"rgb\((\d+), ?\1, ?\1\)")
    return grey.sub(lambda found: height(int(found[1]) / 255), svg)
