"""The only colours of the book's charts, and how a chart reaches the page and the notebook."""

import sys
from typing import Any

import altair as alt

# Their meaning never changes: data, model (trees, constraints), optimizer (marbles, paths).
DATA, MODEL, OPTIMIZER = "#34439f", "#127a66", "#c2440a"
INK, QUIET, GRID = "#1d1c1a", "#5d5952", "#e4e0d8"
# For comparisons that are none of the three.
OTHERS = ("#591f47", "#8b6900", "#5b6775")
HEIGHT = ("#f8f1f7", "#e5d9e5", "#d3c1d4", "#c0aac4", "#ac93b4", "#987ea6", "#846897", "#705489", "#5d407b")
BAND = 0.22  # opacity of the band over seeds, in its line's hue

SITE = "application/vnd.vegalite.v6+json"
JUPYTERLAB = "application/vnd.vegalite.v5+json"


def scale(colours: dict[str, str]) -> alt.Scale:
    """A colour for each named category, in this order."""
    return alt.Scale(domain=list(colours), range=list(colours.values()))


def height_scale(**options: Any) -> alt.Scale:
    """The ramp of the land, from low to high."""
    return alt.Scale(range=list(HEIGHT), interpolate="lab", **options)


@alt.theme.register("landscaping", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Size and colours where a chart does not say its own."""
    return alt.theme.ThemeConfig(
        config={
            "view": {"stroke": None, "continuousWidth": 560, "continuousHeight": 300},
            "mark": {"color": INK},
            "range": {"category": [MODEL, DATA, OPTIMIZER, *OTHERS], "heatmap": list(HEIGHT)},
            "axis": {"gridColor": GRID, "labelColor": QUIET, "titleColor": INK, "titleFontWeight": "normal"},
            "legend": {"labelColor": INK, "titleColor": INK, "titleFontWeight": "normal", "orient": "top"},
        }
    )


def bundle(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """One chart for two readers: the site's builder, and JupyterLab, which draws an older type itself."""
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    return {SITE: spec, JUPYTERLAB: {**spec, "$schema": schema}, "text/plain": "a chart"}


def use_book_charts() -> None:
    """Make cells show charts in both forms; Colab keeps the renderer that works there."""
    if "google.colab" not in sys.modules:
        alt.renderers.register("landscaping", bundle)
        alt.renderers.enable("landscaping")
