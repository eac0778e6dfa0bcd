"""Charts of what a model was told, and how far that carries it."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

ENDS = (-1, 1)  # of a ray


def along_a_ray(hinges: pd.DataFrame) -> alt.LayerChart:
    """What adding networks answer along a line through the origin, with the test range as a slider.

    Columns: network, seed, first, second, bias, height. The answers are computed from the weights anew for
    every setting, exactly: a sum of hinges is straight between the places where they bend.
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
    networks = (
        bends(alt.Chart(with_ends(hinges)).transform_filter("datum.network === which"))
        .transform_calculate(who="'networks'")
        .mark_line(opacity=0.7, strokeWidth=1.5)
        .encode(
            where,
            alt.Y("answer:Q").title("answer"),
            alt.Detail("seed:N"),
            color=alt.Color("who:N").scale(who_scale()).title(None),
        )
    )
    return (training_range() + networks + truth(where)).add_params(reach, turn, which, *ray())


def ray() -> list[alt.Parameter]:
    """The ray's direction, and how far the edges of the training and of the test square are along it."""
    formulas = {
        "along": "cos(turn * PI / 180)",
        "up": "sin(turn * PI / 180)",
        "edge": "1 / max(abs(along), abs(up))",
        "far": "reach * edge",
    }
    return [alt.param(name, expr=formula) for name, formula in formulas.items()]


def with_ends(hinges: pd.DataFrame) -> pd.DataFrame:
    """The hinges, and for every network two rows more: the ends of its line (column end: -1, 1; else 0)."""
    networks = hinges[["network", "seed"]].drop_duplicates()
    ends = [networks.assign(first=0, second=0, bias=0, height=0, end=end) for end in ENDS]
    return pd.concat([hinges.assign(end=0), *ends], ignore_index=True)


def bends(chart: alt.Chart) -> alt.Chart:
    """Columns at and answer, one row a bend or an end: the answer far to the left, and what each bend adds.

    A hinge adds height · max(0, bias + slope · at). Where it bends the answer's slope grows by
    height · |slope|, whichever way the hinge opens.
    """
    return (
        chart.transform_calculate(slope="datum.first * along + datum.second * up")
        .transform_calculate(
            at="datum.end ? datum.end * far : -datum.bias / datum.slope",
            open="datum.slope < 0 || (!datum.slope && datum.bias > 0)",
            way="datum.slope > 0 ? 1 : datum.slope < 0 ? -1 : 0",
        )
        .transform_calculate(
            level="datum.open ? datum.height * datum.bias : 0",
            tilt="datum.open ? datum.height * datum.slope : 0",
            bend="datum.height * abs(datum.slope)",
            shift="datum.way * datum.height * datum.bias",
        )
        .transform_joinaggregate(levels="sum(level)", tilts="sum(tilt)", groupby=["seed"])
        .transform_filter("datum.end || datum.slope")
        .transform_window(
            [{"op": "sum", "field": name, "as": f"{name}s"} for name in ("bend", "shift")],
            sort=[{"field": "at"}],
            groupby=["seed"],
        )
        .transform_filter("abs(datum.at) <= far")
        .transform_calculate(answer="datum.levels + datum.shifts + datum.at * (datum.tilts + datum.bends)")
    )


def who_scale() -> alt.Scale:
    """Green for the networks, ink for those that cannot go wrong."""
    return scale({"program and regression": INK, "networks": MODEL})


def truth(where: alt.X) -> alt.Chart:
    """The sum itself along the ray."""
    ends = alt.Chart(alt.Data(values=[{"end": end} for end in ENDS]))
    return (
        ends.transform_calculate(at="datum.end * far")
        .transform_calculate(sum="datum.at * (along + up)")
        .transform_calculate(who="'program and regression'")
        .mark_line(strokeDash=[6, 4])
        .encode(where, alt.Y("sum:Q").title("answer"), alt.Color("who:N").scale(who_scale()).title(None))
    )


def training_range() -> alt.Chart:
    """The stretch of the ray that the networks saw."""
    return (
        alt.Chart(alt.Data(values=[{"end": 1}]))
        .transform_calculate(at="-edge", until="edge")
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
