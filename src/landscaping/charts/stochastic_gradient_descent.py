"""Charts of noise, momentum and Adam. Each rule has the colour that its marble has in the playground."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

POWERS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]  # marked on an axis; more would run into one another on a phone
RULES = {"plain": INK, "momentum": OPTIMIZER, "Adam": OTHERS[0]}


def noise_against_batch(table: pd.DataFrame) -> alt.LayerChart:
    """Variance of a batch's slope against its size. Columns: size, measured, foretold, replaced."""
    x = alt.X("size:Q").title("batch size B").scale(type="log", domain=[1, 100], nice=False)
    y = alt.Scale(type="log")
    base = alt.Chart(table)
    law = base.mark_line(color=OPTIMIZER).encode(x, alt.Y("foretold:Q").scale(y))
    twice = base.mark_line(color=QUIET, strokeDash=[6, 4]).encode(x, alt.Y("replaced:Q").scale(y))
    seen = base.mark_point(color=INK, size=70, filled=True).encode(
        x,
        alt.Y("measured:Q").scale(y).title("variance, one example's = 1"),
        tooltip=["size", "measured", "foretold"],
    )
    ends = table[table["size"] == table["size"].max()]
    words = [
        alt.Chart(ends)
        .mark_text(color=colour, align="right", dx=-14, dy=dy)
        .encode(x, alt.Y(f"{column}:Q").scale(y), text=alt.value(text))
        for column, colour, dy, text in (
            ("foretold", OPTIMIZER, 4, "no example twice"),
            ("replaced", QUIET, -14, "1/B"),
        )
    ]
    return alt.layer(twice, law, seen, *words)


def heights(table: pd.DataFrame) -> alt.LayerChart:
    """Height above the bottom, every seed a dot, the median a bar. Columns: arm, seed, height."""
    arms = table["arm"].unique().tolist()
    row = alt.Y("arm:N").sort(arms).title(None).axis(labelLimit=260)
    across = alt.Scale(type="log", nice=False, padding=14)
    base = alt.Chart(table).encode(row)
    dots = base.mark_circle(size=60, opacity=0.6, color=OTHERS[1]).encode(
        alt.X("height:Q").scale(across).axis(values=POWERS), tooltip=["arm", "seed", "height"]
    )
    title = "height above full-batch descent (loss)"
    middle = base.mark_tick(thickness=3, size=24, color=INK).encode(
        alt.X("median(height):Q").scale(across).axis(values=POWERS).title(title)
    )
    return (dots + middle).properties(height=36 * len(arms))


def shrinking(condition: float) -> alt.LayerChart:
    """What a late step multiplies the distance by, for every curvature, at the reader's rate and momentum."""
    rate = alt.param(
        name="rate",
        value=1.9,
        bind=alt.binding_range(min=0.1, max=3.9, step=0.01, name="learning rate α"),
    )
    momentum = alt.param(
        name="beta", value=0.0, bind=alt.binding_range(min=0, max=0.99, step=0.01, name="momentum β")
    )
    curvatures = pd.DataFrame({"curvature": [condition ** (k / 60 - 1) for k in range(61)]})
    x = alt.X("curvature:Q").title("curvature λ").scale(type="log", domain=[1 / condition, 1], nice=False)
    y = alt.Y("factor:Q").title("late factor of a step").scale(domain=[0, 1.25])
    curve = alt.Chart(curvatures).transform_calculate(factor=_factor("datum.curvature"))
    edge = alt.Chart(pd.DataFrame({"factor": [1.0]})).mark_rule(color=MODEL, strokeDash=[6, 4]).encode(y)
    return alt.layer(
        edge, curve.mark_line(color=OPTIMIZER, strokeWidth=3, clip=True).encode(x, y), _needed(condition)
    ).add_params(rate, momentum)


def _factor(curvature: str) -> str:
    """Size of the larger root of `r² − (1 + β − αλ) r + β`, in the browser's words."""
    middle = f"(1+beta-rate*{curvature})"
    inside = f"({middle}*{middle}-4*beta)"
    return f"({inside} < 0 ? sqrt(beta) : (abs({middle})+sqrt({inside}))/2)"


def _needed(condition: float) -> alt.Chart:
    """How many steps to a millionth, from the worse of the two extreme curvatures."""
    worst = f"max({_factor(str(1 / condition))}, {_factor('1')})"
    words = (
        f"{worst} > 0.999999 ? 'the marble never comes to the bottom'"
        f" : 'about ' + format(log(0.000001)/log({worst}), ',.0f') + ' steps to a millionth of the distance'"
    )
    at = pd.DataFrame({"curvature": [condition**-0.5], "factor": [1.15]})
    said = alt.Chart(at).transform_calculate(words=words)
    return said.mark_text(color=INK, fontSize=13).encode(
        alt.X("curvature:Q"), alt.Y("factor:Q"), text="words:N"
    )


def steps_needed(table: pd.DataFrame) -> alt.LayerChart:
    """Steps of each rule in each valley, every seed a dot, the median a bar. Columns: arm, seed, steps."""
    arms = table["arm"].unique().tolist()
    row = alt.Y("arm:N").sort(arms).title(None).axis(labelLimit=260)
    colours = {arm: RULES[arm.split(",")[0]] for arm in arms}
    across = alt.Scale(type="log", nice=False, padding=14)
    base = alt.Chart(table).encode(row, color=alt.Color("arm:N").scale(scale(colours)).legend(None))
    dots = base.mark_circle(size=60, opacity=0.6).encode(
        alt.X("steps:Q").scale(across), tooltip=["arm", "seed", "steps"]
    )
    title = "steps to a millionth of the loss"
    middle = base.mark_tick(thickness=3, size=24).encode(alt.X("median(steps):Q").scale(across).title(title))
    return (dots + middle).properties(height=32 * len(arms))


def loss_against_rate(table: pd.DataFrame) -> alt.LayerChart:
    """Loss at the end against learning rate, a band a rule. Columns: arm, step (rate), low, median, high."""
    return bands(
        table,
        RULES,
        x="learning rate α",
        y="training loss at the end, middle half of the seeds",
        x_scale=alt.Scale(type="log", nice=False),
        y_scale=alt.Scale(type="log"),
    )
