"""Charts of the chapter on variational autoencoders: prices, pictures, and directions that tell something."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, height_scale, scale

KINDS = {"digits": DATA, "means": MODEL, "samples": OTHERS[1]}
NAMES = {"digits": "new digits", "means": "decoded means", "samples": "samples"}
STARTS = {"full price": OPTIMIZER, "cheap start": MODEL}


def price_by_draws(table: pd.DataFrame, best: float) -> alt.LayerChart:
    """The price left by so many draws, and the best single guess. Columns: step, low, median, high, arm."""
    drawn = bands(
        table,
        {"weighted draws": MODEL},
        x="draws for each bound",
        y="price of a new digit, nats",
        x_scale=alt.Scale(type="log"),
        y_scale=alt.Scale(zero=True),
    )
    return drawn + marked(best, "best single guess for each digit", table["step"].max())


def marked(at: float, words: str, x: float) -> alt.LayerChart:
    """A dashed line across, with its name at the right end."""
    level = alt.Chart(pd.DataFrame({"at": [at], "words": [words], "x": [x]})).encode(alt.Y("at:Q"))
    name = level.mark_text(color=INK, align="right", dy=-9, fontSize=12).encode(alt.X("x:Q"), text="words:N")
    return level.mark_rule(color=INK, strokeDash=[6, 4]) + name


def strip(table: pd.DataFrame) -> alt.VConcatChart:
    """A row of pictures for each kind. Columns: kind, picture, x, y, grey."""
    return alt.vconcat(*(_row(table[table["kind"] == kind], name) for kind, name in NAMES.items()), spacing=6)


def _row(table: pd.DataFrame, name: str) -> alt.Chart:
    """Pictures side by side, with a pixel's room between them."""
    place = table.assign(across=table["x"] + 9 * table["picture"])
    none = alt.Axis(labels=False, ticks=False, grid=False, domain=False, titleAngle=0, titleAlign="right")
    return (
        alt.Chart(place)
        .mark_rect()
        .encode(
            alt.X("across:O").axis(None).scale(domain=list(range(int(place["across"].max()) + 1))),
            alt.Y("y:O").axis(none).title(name),
            alt.Color("grey:Q").scale(height_scale(domain=[0, 1], clamp=True)).legend(None),
        )
        .properties(width=430, height=56)
    )


def clouds(table: pd.DataFrame) -> alt.Chart:
    """Every picture a dot; a legend's press keeps one kind. Columns: kind, roughness, likelihood."""
    chosen = alt.selection_point(fields=["kind"], bind="legend")
    hue = alt.Color("kind:N").scale(scale(KINDS)).title(None)
    return (
        alt.Chart(table)
        .mark_circle(size=45)
        .encode(
            alt.X("roughness:Q").title("mean difference of pixels that touch").scale(zero=False),
            alt.Y("likelihood:Q").title("log-likelihood, nats"),
            hue,
            opacity=alt.condition(chosen, alt.value(0.65), alt.value(0.06)),
        )
        .add_params(chosen)
    )


def ladder(table: pd.DataFrame, curved: float) -> alt.LayerChart:
    """Straight maps of more directions, and the curved one of two. Columns: step, low, median, high, arm."""
    straight = bands(
        table,
        {"straight maps": QUIET},
        x="directions of the straight map",
        y="log-likelihood of a new digit, nats",
    )
    return straight + marked(curved, "two curved directions", table["step"].max())


def told_by_noise(variances: pd.DataFrame, measured: pd.DataFrame, noise: float) -> alt.LayerChart:
    """What directions tell under a noise that a slider sets; dots where networks were trained.

    Columns: variances direction, variance; measured step, low, median, high.
    """
    control = alt.binding_range(min=0.1, max=0.9, step=0.02, name="noise of a pixel ")
    slider = alt.param(name="noise", value=noise, bind=control)
    x = alt.X("direction:O").title("principal direction").axis(labelAngle=0)
    y = alt.Y("told:Q").title("nats told of a digit").scale(domain=[0, 2.2])
    formula = "max(0, log(datum.variance / (noise * noise)) / 2)"
    bars = alt.Chart(variances).transform_calculate(told=formula).mark_bar(color=MODEL, opacity=0.45)
    here = f"abs(noise - {noise}) < 0.001"
    dots = alt.Chart(measured.rename(columns={"step": "direction"})).transform_filter(here)
    count = (
        alt.Chart(variances)
        .transform_filter("datum.variance > noise * noise")
        .transform_aggregate(used="count()")
        .transform_calculate(words="datum.used + ' of 20 tell something'")
        .mark_text(color=INK, align="right", fontSize=13)
        .encode(x=alt.value(550), y=alt.value(14), text="words:N")
    )
    spread = dots.mark_rule(color=INK, strokeWidth=2).encode(x, alt.Y("low:Q"), alt.Y2("high:Q"))
    middle = dots.mark_circle(color=INK, size=50, opacity=1).encode(x, alt.Y("median:Q"))
    return (bars.encode(x, y) + spread + middle + count).add_params(slider)


def told_by_start(table: pd.DataFrame) -> alt.LayerChart:
    """What each of ten directions tells, by start. Columns: step (rank), low, median, high, arm."""
    return bands(table, STARTS, x="direction, most telling first", y="nats told of a digit")
