"""Charts of the part on models: what a model can be."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

POINTS = 60  # on each half of a ray


def along_a_ray(hinges: pd.DataFrame) -> alt.LayerChart:
    """What adding networks answer along a line through the origin, with the test range as a slider.

    Columns: network, seed, first, second, bias, height. The answers are computed from the weights anew
    for every setting.
    """
    names = list(dict.fromkeys(hinges["network"]))
    reach = alt.param(
        "reach",
        value=10,
        bind=alt.binding_range(min=1, max=100, step=1, name="test range, in training ranges "),
    )
    turn = alt.param(
        "turn", value=45, bind=alt.binding_range(min=-180, max=180, step=5, name="direction, in degrees ")
    )
    which = alt.param("which", value=names[0], bind=alt.binding_select(options=names, name="network "))
    where = alt.X("at:Q").title("distance from the origin, in training ranges")
    answer = alt.Y("sum(part):Q").title("answer")
    networks = (
        alt.Chart(hinges)
        .transform_filter("datum.network === which")
        .transform_calculate(steps=f"sequence(-{POINTS}, {POINTS + 1})")
        .transform_flatten(["steps"], as_=["step"])
        .transform_calculate(at=f"datum.step / {POINTS} * reach * {edge()}")
        .transform_calculate(
            part="datum.height * max(0, datum.bias + datum.at * (datum.first * cos(turn * PI / 180)"
            " + datum.second * sin(turn * PI / 180)))"
        )
        .mark_line(opacity=0.7, strokeWidth=1.5)
        .encode(where, answer, alt.Detail("seed:N"), color=alt.Color("who:N").scale(who_scale()).title(None))
    )
    networks.transform.append(alt.CalculateTransform(calculate="'networks'", **{"as": "who"}))
    return (training_range() + networks + truth(where)).add_params(reach, turn, which)


def edge() -> str:
    """How far the unit square's edge is from the origin in the chosen direction, as an expression."""
    return "1 / max(abs(cos(turn * PI / 180)), abs(sin(turn * PI / 180)))"


def who_scale() -> alt.Scale:
    """Green for the networks, ink for those that cannot go wrong."""
    return scale({"program and regression": INK, "networks": MODEL})


def truth(where: alt.X) -> alt.Chart:
    """The sum itself along the ray."""
    ends = alt.Chart(alt.Data(values=[{"end": -1}, {"end": 1}]))
    return (
        ends.transform_calculate(at=f"datum.end * reach * {edge()}")
        .transform_calculate(sum="datum.at * (cos(turn * PI / 180) + sin(turn * PI / 180))")
        .transform_calculate(who="'program and regression'")
        .mark_line(strokeDash=[6, 4])
        .encode(where, alt.Y("sum:Q").title("answer"), alt.Color("who:N").scale(who_scale()).title(None))
    )


def training_range() -> alt.Chart:
    """The stretch of the ray that the networks saw."""
    return (
        alt.Chart(alt.Data(values=[{"end": 1}]))
        .transform_calculate(at=f"-{edge()}", until=edge())
        .mark_rect(color=DATA, opacity=BAND)
        .encode(alt.X("at:Q"), alt.X2("until:Q"))
    )


def error_by_reach(table: pd.DataFrame) -> alt.LayerChart:
    """Relative error on wider and wider squares. Columns: arm, step (the reach), low, median, high."""
    colours = dict(zip(dict.fromkeys(table["arm"]), (MODEL, OTHERS[0], OPTIMIZER, OTHERS[1]), strict=False))
    return bands(
        table,
        colours,
        x="test range, in training ranges",
        y="mean error, relative to the range",
        x_scale=alt.Scale(type="log"),
        y_scale=alt.Scale(type="log"),
    )


def error_by_step(table: pd.DataFrame) -> alt.LayerChart:
    """Relative error while training. Columns: arm, step, low, median, high."""
    colours = dict(zip(dict.fromkeys(table["arm"]), (DATA, OTHERS[0]), strict=True))
    return bands(
        table,
        colours,
        x="gradient step",
        y="mean error, relative to the range",
        x_scale=alt.Scale(type="log"),
        y_scale=alt.Scale(type="log"),
    )


def zeros_and_error(table: pd.DataFrame) -> alt.Chart:
    """Every network a dot: how many weights are zero, how far it errs. Columns: push, seed, zeros, error."""
    colours = dict(zip(dict.fromkeys(table["push"]), (MODEL, OTHERS[1], OPTIMIZER), strict=True))
    return (
        alt.Chart(table)
        .mark_circle(size=90, opacity=0.6)
        .encode(
            alt.X("zeros:Q").title("share of weights that are exactly zero").axis(format="%"),
            alt.Y("error:Q").scale(type="log").title("error at a hundred times the range"),
            alt.Color("push:N").scale(scale(colours)).title(None),
            tooltip=["push", "seed", alt.Tooltip("zeros", format=".0%"), alt.Tooltip("error", format=".2g")],
        )
    )


def unexplained_by_count(table: pd.DataFrame) -> alt.LayerChart:
    """Error on held-back patients by examples seen. Columns: arm, step (the examples), low, median, high."""
    colours = dict(zip(dict.fromkeys(table["arm"]), (INK, OPTIMIZER, MODEL), strict=True))
    lines = bands(
        table,
        colours,
        x="patients to learn from",
        y="squared error, relative to guessing the mean",
        x_scale=alt.Scale(type="log", nice=False),
        y_scale=alt.Scale(type="log"),
    )
    return lines + alt.Chart().mark_rule(color=QUIET, strokeDash=[4, 4]).encode(y=alt.datum(1))
