"""Charts of the chapter on few-shot learning."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands, seeds_and_median
from landscaping.charts.theme import DATA, INK, MODEL, OTHERS, QUIET, scale

WITHOUT, WITH = OTHERS[0], OTHERS[1]  # trained without episodes, and with
COLOURS = {
    "raw samples": QUIET,
    "untrained": QUIET,
    "made by hand": MODEL,
    "plain classifier": WITHOUT,
    "cosine classifier": WITHOUT,
    "neighbours": WITHOUT,
    "prototypes": WITH,
}
RIGHT = "right answers in a hundred"


def embeddings(table: pd.DataFrame) -> alt.LayerChart:
    """Every seed a dot, the median a bar, a row for each embedding. Columns: arm, seed, right."""
    return seeds_and_median(table, COLOURS, value="right", title=f"{RIGHT}, on new things")


def things(table: pd.DataFrame) -> alt.LayerChart:
    """By the number of things in training. Columns: arm (which things), step, low, median, high."""
    axis = alt.Scale(type="log", domain=[4.5, 220], nice=False)
    chart = bands(
        table, {"new things": DATA, "its own things": QUIET}, x="things in training", y=RIGHT, x_scale=axis
    )
    counts = sorted(table["step"].unique().tolist())
    chart.layer[0].encoding.x.axis = alt.Axis(values=counts)
    return chart


def shots(table: pd.DataFrame, ways: int) -> alt.LayerChart:
    """By the number of shots, for the ways chosen. Columns: arm, ways, step (shots), low, median, high."""
    counts = sorted(table["ways"].unique().tolist())
    chosen = alt.param("ways", value=ways, bind=alt.binding_select(options=counts, name="ways "))
    names = list(dict.fromkeys(table["arm"]))
    colours = dict(zip(names, (WITH, WITHOUT, MODEL, QUIET), strict=True))
    axis = alt.Scale(type="log", domain=[0.9, 22], nice=False)
    lines = bands(table, colours, x="shots", y=RIGHT, x_scale=axis, y_scale=alt.Scale(domain=[0, 100]))
    lines.layer[0].encoding.x.axis = alt.Axis(values=sorted(table["step"].unique().tolist()))
    for layer in lines.layer:
        layer.encoding.color.legend = alt.Legend(columns=2)  # four names are wider than a phone
    chance = alt.Chart(pd.DataFrame({"one": [100]})).transform_calculate(chance="datum.one / ways")
    rule = chance.mark_rule(color=INK, strokeDash=[5, 4]).encode(alt.Y("chance:Q"))
    return (lines.transform_filter("datum.ways === ways") + rule).add_params(chosen)


def two_tests(table: pd.DataFrame) -> alt.LayerChart:
    """A line for each embedding between two kinds of task. Columns: arm, test, low, median, high."""
    names = list(dict.fromkeys(table["arm"]))
    colours = dict(zip(names, (QUIET, MODEL, WITHOUT, WITH), strict=True))
    base = alt.Chart(table).encode(
        alt.X("test:N").title(None).sort(list(dict.fromkeys(table["test"]))).axis(labelAngle=0),
        alt.Color("arm:N").scale(scale(colours)).title(None).legend(columns=2),
    )
    up = alt.Scale(domain=[0, 100])
    spread = base.mark_rule(strokeWidth=6, opacity=0.25).encode(
        alt.Y("low:Q").title(RIGHT).scale(up), alt.Y2("high:Q")
    )
    return spread + base.mark_line(point=True).encode(alt.Y("median:Q").title(RIGHT).scale(up))
