"""Charts of the chapter on shallow networks: what descent draws."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import BAND, DATA, MODEL, OPTIMIZER, scale


def error_by_width(table: pd.DataFrame) -> alt.LayerChart:
    """Error on the square root by number of units. Columns: arm, step (the units), low, median, high."""
    colours = dict(zip(dict.fromkeys(table["arm"]), (OPTIMIZER, MODEL), strict=True))
    axis = alt.Scale(type="log", base=2)
    return bands(
        table,
        colours,
        x="hidden units",
        y="root mean squared error",
        x_scale=axis,
        y_scale=alt.Scale(type="log"),
    )


def joint_places(table: pd.DataFrame) -> alt.LayerChart:
    """Where the hinges of every network bend, before or after training. Columns: arm, when, seed, joint."""
    moments = list(dict.fromkeys(table["when"]))
    when = alt.param(
        name="moment", value=moments[-1], bind=alt.binding_radio(options=moments, name="joints ")
    )
    arms = list(dict.fromkeys(table["arm"]))
    colours = dict(zip(arms, (OPTIMIZER, MODEL), strict=True))
    dots = (
        alt.Chart(table)
        .transform_filter("datum.when === moment")
        .mark_tick(thickness=2, size=13)
        .encode(
            alt.X("joint:Q").title("where the hinge bends").scale(domain=[-1, 2]),
            alt.Y("seed:O").title("seed"),
            alt.Color("arm:N").scale(scale(colours)).legend(None),
            tooltip=["seed", "joint"],
        )
    )
    span = alt.Chart(pd.DataFrame({"start": [0], "end": [1]})).mark_rect(color=DATA, opacity=BAND / 2)
    seen = span.encode(alt.X("start:Q"), alt.X2("end:Q"))
    panels = [
        (seen + dots.transform_filter(alt.datum.arm == arm)).properties(title=arm, width=560, height=150)
        for arm in arms
    ]
    return alt.vconcat(*panels).add_params(when)


def step_curves(table: pd.DataFrame) -> alt.LayerChart:
    """Networks near the step after as many steps of descent as the reader chooses.

    Columns: mark (steps taken), seed, x, answer.
    """
    marks = sorted(table["mark"].unique().tolist())
    mark = alt.param(
        name="mark", value=marks[-2], bind=alt.binding_select(options=marks, name="steps taken ")
    )
    lines = (
        alt.Chart(table)
        .transform_filter("datum.mark == mark")
        .mark_line(color=OPTIMIZER, opacity=0.6, strokeWidth=1.5)
        .encode(
            alt.X("x:Q").title("x"),
            alt.Y("answer:Q").title("answer f(x)").scale(domain=[-0.4, 1.4]),
            alt.Detail("seed:N"),
        )
    )
    ends = pd.DataFrame({"x": [-0.25, 0, 0, 0.25], "answer": [0, 0, 1, 1], "order": range(4)})
    truth = (
        alt.Chart(ends)
        .mark_line(color=DATA, strokeDash=[6, 4])
        .encode(x="x:Q", y="answer:Q", order="order:Q")
    )
    return (truth + lines).add_params(mark)
