"""Charts of losses: the residuals that each believes in."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

LOSS_COLOURS = dict(
    zip(("squared", "absolute", "Student", "cross-entropy"), (*OTHERS, OPTIMIZER), strict=True)
)


def among(names: list[str]) -> dict[str, str]:
    """The colours of these losses, in this order."""
    return {name: LOSS_COLOURS[name] for name in names}


def loss_and_tweak(table: pd.DataFrame) -> alt.Chart:
    """What an error costs, or how hard it pulls, for each loss. Columns: loss, error, cost, tweak."""
    shown = {"cost": "what an error costs", "tweak": "how hard it pulls (size of the slope)"}
    show = alt.param(
        name="show",
        value="cost",
        bind=alt.binding_radio(options=list(shown), labels=[*shown.values()], name=" "),
    )
    return (
        alt.Chart(table)
        .transform_calculate(height="datum[show]")
        .mark_line(clip=True)
        .encode(
            alt.X("error:Q").title("error, in spreads of the noise"),
            alt.Y("height:Q").title("nats, or nats per spread").scale(domain=[0, 8]),
            alt.Color("loss:N").scale(scale(among(["squared", "absolute", "Student"]))).title(None),
            alt.StrokeDash("loss:N").title(None).legend(None),
        )
        .add_params(show)
    )


def tweak_of_sigmoid(table: pd.DataFrame) -> alt.Chart:
    """How hard a sigmoid's error pulls. Columns: loss, error, tweak."""
    return (
        alt.Chart(table)
        .mark_line()
        .encode(
            alt.X("error:Q").title("error of the probability, from right to sure and wrong"),
            alt.Y("tweak:Q").title("size of the slope before the sigmoid"),
            alt.Color("loss:N").scale(scale(among(["squared", "cross-entropy"]))).title(None),
            tooltip=["loss", alt.Tooltip("error", format=".2f"), alt.Tooltip("tweak", format=".3f")],
        )
    )


def over_own(table: pd.DataFrame) -> alt.LayerChart:
    """Every seed's error over that of the noise's own loss. Columns: noise, loss, seed, times."""
    losses = list(dict.fromkeys(table["loss"]))
    hue = alt.Color("loss:N").scale(scale(among(["squared", "absolute", "Student"]))).title("fitted with")
    row = alt.Y("noise:N").sort(list(dict.fromkeys(table["noise"]))).title("true noise")
    across = alt.X("times:Q").scale(type="log", domain=[0.9, 2.6], nice=False)
    title = "squared error of the line, over that of the noise's own loss"
    offset = alt.YOffset("loss:N").sort(losses)
    dots = alt.Chart(table).mark_circle(size=55, opacity=0.7)
    even = alt.Chart(alt.Data(values=[{"times": 1}])).mark_rule(color=INK, strokeDash=[6, 4])
    return even.encode(alt.X("times:Q")) + dots.encode(
        across.title(title), row, hue, offset, tooltip=["noise", "loss", alt.Tooltip("times", format=".2f")]
    )


def waves(drawn: pd.DataFrame, examples: pd.DataFrame) -> alt.LayerChart:
    """What networks drew, with the share of wrong targets as a slider.

    Columns: share, arm, x, y of what was drawn; share, x, y of the examples.
    """
    shares = sorted(drawn["share"].unique().tolist())
    share = alt.param(
        name="share", value=shares[1], bind=alt.binding_select(options=shares, name="share of wrong targets ")
    )
    colours = {"truth": INK, **among(["squared", "absolute", "Student"])}
    x, y = alt.X("x:Q").title("input"), alt.Y("y:Q").title("target")
    chosen = "datum.share === share"
    dots = alt.Chart(examples).transform_filter(chosen).mark_circle(color=DATA, size=30, opacity=0.5)
    curves = alt.Chart(drawn).transform_filter(chosen).mark_line(strokeWidth=2.5)
    dashes = alt.condition("datum.arm === 'truth'", alt.value([6, 4]), alt.value([1, 0]))
    return (
        dots.encode(x, y)
        + curves.encode(x, y, alt.Color("arm:N").scale(scale(colours)).title(None), strokeDash=dashes)
    ).add_params(share)


def distance_by_share(table: pd.DataFrame) -> alt.LayerChart:
    """Distance from the truth against the share of wrong targets. Columns: arm, step, low, median, high."""
    return bands(
        table,
        among(["squared", "absolute", "Student"]),
        x="share of wrong targets",
        y="distance from the true wave",
        y_scale=alt.Scale(type="log"),
    )


def accuracy_by_birth(table: pd.DataFrame) -> alt.LayerChart:
    """Accuracy after training, by sureness at birth. Columns: arm, step, low, median, high."""
    return bands(
        table,
        among(["squared", "cross-entropy"]),
        x="log-odds of “odd” at birth",
        y="share of new digits told right",
    )


def intervals(table: pd.DataFrame, seen: pd.DataFrame) -> alt.LayerChart:
    """A network's interval beside the true one, by examples and steps.

    Columns: examples, steps, arm, x, middle, low, high of the intervals; examples, x, y of what was seen.
    """
    counts, marks = (sorted(table[name].unique().tolist()) for name in ("examples", "steps"))
    count = alt.param(
        name="count", value=counts[-1], bind=alt.binding_select(options=counts, name="examples ")
    )
    mark = alt.param(name="mark", value=marks[-1], bind=alt.binding_select(options=marks, name="steps "))
    x = alt.X("x:Q").title("input")
    hue = alt.Color("arm:N").scale(scale({"network": MODEL, "truth": QUIET})).title(None)
    base = alt.Chart(table).transform_filter("datum.examples === count && datum.steps === mark")
    up = alt.Y("low:Q").title("target, and the interval for nine in ten").scale(domain=[-2.6, 2.6])
    band = base.transform_filter("datum.arm === 'network'").mark_area(opacity=BAND, clip=True)
    edges = base.transform_fold(["low", "high"], ["edge", "at"]).mark_line(strokeWidth=1.5, clip=True)
    dots = alt.Chart(seen).transform_filter("datum.examples === count").mark_circle(color=DATA, size=24)
    return (
        band.encode(x, up, alt.Y2("high:Q"), hue)
        + edges.encode(x, alt.Y("at:Q"), hue, alt.Detail("edge:N"), alt.StrokeDash("arm:N").legend(None))
        + base.mark_line(strokeWidth=2.5, clip=True).encode(x, alt.Y("middle:Q"), hue)
        + dots.encode(x, alt.Y("y:Q"))
    ).add_params(count, mark)


def coverage_by_step(table: pd.DataFrame, promised: float) -> alt.LayerChart:
    """Share of new examples within the interval. Columns: arm, step, low, median, high."""
    colours = dict(zip(dict.fromkeys(table["arm"]), OTHERS, strict=True))
    lines = bands(
        table, colours, x="gradient step", y="new examples within the interval", x_scale=alt.Scale(type="log")
    )
    return lines + alt.Chart().mark_rule(color=INK, strokeDash=[6, 4]).encode(y=alt.datum(promised))
