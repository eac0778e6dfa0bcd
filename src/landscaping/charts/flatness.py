"""Charts of the chapter on flatness: sharpness against test error, and two kinds of error."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import INK, MODEL, OPTIMIZER, OTHERS, scale

PAIR = {"sharp": OTHERS[0], "flat": OPTIMIZER, "flat, rescaled": MODEL}
WRONG = "wrong in a hundred test digits"


def sharpness_and_error(table: pd.DataFrame) -> alt.LayerChart:
    """Every network at one training loss, and each way's middle. Columns: level, way, seed, sharpness, wrong.

    The slider chooses the training loss at which the ways are compared.
    """
    levels = sorted(table["level"].unique(), reverse=True)
    step = alt.param(
        "stop",
        value=len(levels),
        bind=alt.binding_range(min=1, max=len(levels), step=1, name="training loss, high to low "),
    )
    ranks = {level: rank for rank, level in enumerate(levels, 1)}
    ways = dict(zip(dict.fromkeys(table["way"]), (*OTHERS[:2], MODEL, OPTIMIZER), strict=True))
    ranked = alt.Chart(table.assign(stop_at=table["level"].map(ranks))).transform_filter(
        "datum.stop_at == stop"
    )
    hue = alt.Color("way:N").scale(scale(ways)).title(None).legend(columns=2)
    dots = ranked.mark_circle(size=55, opacity=0.5).encode(
        across(table, "sharpness"), up(table, "wrong"), hue, tooltip=["way", "seed", "sharpness", "wrong"]
    )
    middle = ranked.transform_aggregate(
        sharp="median(sharpness)", error="median(wrong)", groupby=["way"]
    ).mark_point(size=260, strokeWidth=3, shape="cross", filled=True, opacity=1)
    crosses = middle.encode(across(table, "sharpness", "sharp"), up(table, "wrong", "error"), hue)
    return (dots + crosses + said(ranked)).add_params(step)


def across(table: pd.DataFrame, column: str, field: str = "") -> alt.X:
    """Sharpness on a logarithmic axis that does not move with the slider."""
    ends = [0.95 * table[column].min(), 1.05 * table[column].max()]
    return alt.X(f"{field or column}:Q").title("sharpness").scale(type="log", domain=ends, nice=False)


def up(table: pd.DataFrame, column: str, field: str = "") -> alt.Y:
    """Test error on an axis that does not move with the slider."""
    return (
        alt.Y(f"{field or column}:Q").title(WRONG).scale(domain=[0, 1.02 * table[column].max()], nice=False)
    )


def said(ranked: alt.Chart) -> alt.Chart:
    """The training loss in words."""
    words = ranked.transform_aggregate(loss="max(level)").transform_calculate(
        words="'training loss ' + datum.loss"
    )
    return words.mark_text(align="left", color=INK, fontSize=13).encode(
        x=alt.value(8), y=alt.value(10), text="words:N"
    )


def two_kinds_of_error(table: pd.DataFrame) -> alt.HConcatChart:
    """Left errors in the weights, right errors in the pixels. Columns: kind, arm, step, low, median, high."""
    panels = []
    for kind, part in table.groupby("kind", sort=False):
        x = f"size of the {kind}"
        drawn = bands(part, PAIR, x=x, y=WRONG, y_scale=alt.Scale(domain=[0, 80]))
        panels.append(drawn.properties(width=250, height=260))
    return alt.hconcat(*panels)
