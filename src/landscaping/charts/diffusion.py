"""Charts of the chapter on diffusion."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands, seeds_and_median
from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

SAMPLERS = dict(
    zip(
        (
            "network, no new noise",
            "network, new noise",
            "exact, no new noise",
            "exact, new noise",
        ),
        (MODEL, OPTIMIZER, *OTHERS[:2]),
        strict=True,
    )
)


def density_by_time(table: pd.DataFrame, spread: float, times: int) -> alt.LayerChart:
    """The data's density along one axis at a chosen time, by formula, and the bell that it becomes.

    Columns: x, and for each place that centres share: centre, weight. One row for each pair.
    """
    time = alt.param("t", value=16, bind=alt.binding_range(min=0, max=times, step=1, name="time "))
    angle = f"(PI / 2 * t / {times})"
    variance = f"(pow({spread} * cos({angle}), 2) + pow(sin({angle}), 2))"
    part = f"datum.weight * exp(-pow(datum.x - cos({angle}) * datum.centre, 2) / (2 * {variance}))"
    x = alt.X("x:Q").title("place along one axis")
    up = alt.Y("density:Q").title("density").scale(domain=[0, 1.5])
    area = (
        alt.Chart(table)
        .transform_calculate(part=f"{part} / sqrt(2 * PI * {variance})")
        .transform_aggregate(density="sum(part)", groupby=["x"])
        .mark_area(color=DATA, opacity=BAND, line={"color": DATA}, clip=True)
        .encode(x, up)
    )
    bell = (
        alt.Chart(table[["x"]].drop_duplicates())
        .transform_calculate(density="exp(-datum.x * datum.x / 2) / sqrt(2 * PI)")
        .mark_line(color=INK, strokeDash=[6, 4], strokeWidth=1.5)
        .encode(x, up)
    )
    return (area + bell).add_params(time)


def losses_by_time(table: pd.DataFrame) -> alt.LayerChart:
    """Squared error of the turn at each time. Columns: arm, step (the time), low, median, high."""
    return bands(
        table,
        dict(zip(dict.fromkeys(table["arm"]), (QUIET, MODEL, OTHERS[0]), strict=True)),
        x="time",
        y="squared error, on new points",
        y_scale=alt.Scale(zero=True),
    )


def by_training(table: pd.DataFrame) -> alt.LayerChart:
    """What a network learned, and what its points are like. Columns: arm, step, low, median, high."""
    return bands(
        table,
        dict(zip(dict.fromkeys(table["arm"]), (MODEL, OPTIMIZER), strict=True)),
        x="training steps",
        y="share",
        x_scale=alt.Scale(type="log"),
        y_scale=alt.Scale(domain=[0, 1]),
    )


def by_steps(table: pd.DataFrame) -> alt.LayerChart:
    """Each sampler's quality by its number of steps; a choice says which measure.

    Columns: measure, arm, step, low, median, high; the arm "fresh data" is the floor or the ceiling.
    """
    measures = list(dict.fromkeys(table["measure"]))
    chosen = alt.param("measure", value=measures[0], bind=alt.binding_radio(options=measures, name=" "))
    base = alt.Chart(table).transform_filter("datum.measure === measure")
    x = (
        alt.X("step:Q")
        .title("steps back")
        .scale(type="log", domain=[1, 64])
        .axis(values=sorted(table["step"].unique().tolist()))
    )
    hue = alt.Color("arm:N").scale(scale({**SAMPLERS, "fresh data": INK})).title(None)
    hue = hue.legend(columns=2, labelLimit=260)
    up = alt.Y("low:Q").title("measure").scale(type="symlog", constant=0.01, nice=False)
    band = base.mark_area(opacity=BAND).encode(x, up, alt.Y2("high:Q"), hue)
    dashes = alt.condition("datum.arm === 'fresh data'", alt.value([6, 4]), alt.value([1, 0]))
    line = base.mark_line(point=True).encode(
        x,
        alt.Y("median:Q").title("median, and middle half of the seeds"),
        hue,
        strokeDash=dashes,
        tooltip=["arm", "step", alt.Tooltip("median", format=".4f")],
    )
    return (band + line).add_params(chosen)


def memories(table: pd.DataFrame) -> alt.HConcatChart:
    """New points of several guesses over the examples. Columns: picture, kind (example, new point), x, y."""
    names = list(dict.fromkeys(table["picture"]))
    return alt.hconcat(*(_one_memory(table[table["picture"] == name], name) for name in names), spacing=14)


def _one_memory(table: pd.DataFrame, name: str) -> alt.LayerChart:
    side = alt.Scale(domain=[-2, 2], nice=False)
    plain = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    place = (
        alt.X("x:Q").scale(side).axis(plain).title(None),
        alt.Y("y:Q").scale(side).axis(plain).title(None),
    )
    made = alt.Chart(table).transform_filter("datum.kind === 'new point'").encode(*place)
    seen = alt.Chart(table).transform_filter("datum.kind === 'example'").encode(*place)
    dots = made.mark_circle(size=18, opacity=0.5, color=MODEL)
    crosses = seen.mark_point(shape="cross", size=80, color=DATA, strokeWidth=1.5)
    title = alt.TitleParams(name, fontWeight="normal", fontSize=13)
    return (dots + crosses).properties(width=172, height=172, title=title)


def closeness(table: pd.DataFrame) -> alt.LayerChart:
    """How close new points come to the examples, seed by seed. Columns: arm, seed, times."""
    colours = dict(zip(dict.fromkeys(table["arm"]), (OTHERS[0], OPTIMIZER, MODEL, OTHERS[1]), strict=True))
    return seeds_and_median(
        table, colours, value="times", title="distance to the nearest example, over that of fresh data"
    )
