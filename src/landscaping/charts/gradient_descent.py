"""Charts of how the marble moves."""

import altair as alt
import pandas as pd

from landscaping.charts.theme import BAND, INK, MODEL, OPTIMIZER, QUIET, scale


def hops(curvature: float, start: float = 2.0, steps: int = 25) -> alt.LayerChart:
    """Descent in the valley `½λφ²`, computed in the browser for the rate that the reader sets."""
    top = round(2.4 / curvature, 2)
    rate = alt.param(
        value=round(0.3 / curvature, 2),
        bind=alt.binding_range(min=0.01, max=top, step=0.01, name="learning rate α"),
        name="rate",
    )
    x = alt.X("phi:Q").title("φ, the marble's place").scale(domain=[-2.6, 2.6], nice=False)
    y = alt.Y("loss:Q").title("loss L(φ)").scale(domain=[0, 3.4 * curvature])
    ground = pd.DataFrame({"phi": [i / 20 for i in range(-52, 53)]})
    valley = alt.Chart(ground).transform_calculate(loss=f"{curvature / 2}*datum.phi*datum.phi")
    marble = (
        alt.Chart(pd.DataFrame({"step": range(steps + 1)}))
        .transform_calculate(phi=f"{start}*pow(1-rate*{curvature}, datum.step)")
        .transform_calculate(loss=f"{curvature / 2}*datum.phi*datum.phi")
        .encode(x, y, order="step:Q", tooltip=["step:Q", "phi:Q", "loss:Q"])
    )
    return alt.layer(
        valley.mark_line(color=QUIET, strokeWidth=3).encode(x, y),
        marble.mark_line(color=OPTIMIZER, opacity=0.5, clip=True),
        marble.mark_circle(color=OPTIMIZER, size=70, opacity=0.9, clip=True),
        _steps_needed(curvature),
    ).add_params(rate)


def _steps_needed(curvature: float) -> alt.Chart:
    """How many steps bring the marble to a hundredth of its distance, in words at the top."""
    factor = f"abs(1-rate*{curvature})"
    few = f"{factor} < 0.01 ? 'one step' : ceil(log(0.01)/log({factor}) - 0.0000001) + ' steps'"
    words = (
        f"{factor} > 0.999999 ? 'the marble never comes to the bottom'"
        f" : ({few}) + ' to a hundredth of the distance'"
    )
    said = alt.Chart(pd.DataFrame({"phi": [0.0], "loss": [3.2 * curvature]})).transform_calculate(words=words)
    return said.mark_text(color=INK, fontSize=13).encode(alt.X("phi:Q"), alt.Y("loss:Q"), text="words:N")


def curvature_against_time(table: pd.DataFrame, chosen: float) -> alt.LayerChart:
    """Largest curvature against rate × steps, one rate at a time before all others.

    Columns: rate, step (rate × steps), low, median, high.
    """
    rates = sorted(table["rate"].unique().tolist())
    rate = alt.param(
        name="rate", value=chosen, bind=alt.binding_select(options=rates, name="learning rate α")
    )
    x = alt.X("step:Q").title("learning rate × steps").scale(nice=False)
    up = alt.Scale(domain=[0, 14])
    every = alt.Chart(table).encode(x, detail="rate:N")
    one = alt.Chart(table).transform_filter("datum.rate == rate").encode(x)
    limit = alt.Chart(pd.DataFrame({"rate": rates})).transform_filter("datum.rate == rate")
    limit = limit.transform_calculate(limit="2/datum.rate")
    height = alt.Y("limit:Q").scale(up)
    words = limit.mark_text(color=MODEL, align="right", dy=14, clip=True).encode(
        alt.X(datum=table["step"].max()), height, text=alt.value("limit 2/α")
    )
    curvature = "largest curvature λ, middle half of the seeds"
    return alt.layer(
        every.mark_line(color=QUIET, opacity=0.45, strokeWidth=1.2).encode(alt.Y("median:Q").scale(up)),
        one.mark_area(color=OPTIMIZER, opacity=BAND, clip=True).encode(
            alt.Y("low:Q").title(curvature).scale(up), alt.Y2("high:Q")
        ),
        one.mark_line(color=OPTIMIZER, strokeWidth=2.5).encode(alt.Y("median:Q").scale(up)),
        limit.mark_rule(color=MODEL, strokeDash=[6, 4], strokeWidth=2, clip=True).encode(height),
        words,
    ).add_params(rate)


def two_overshoots(table: pd.DataFrame) -> alt.LayerChart:
    """Place against step for each way to move. Columns: step, place, how."""
    colours = dict(zip(table["how"].unique(), (OPTIMIZER, QUIET, INK), strict=True))
    lines = alt.Chart(table).encode(
        alt.X("step:Q").title("step"),
        alt.Y("place:Q").title("distance from the bottom, with its side"),
        alt.Color("how:N").scale(scale(colours)).title(None).legend(orient="top", columns=1, labelLimit=500),
        tooltip=["how", "step", "place"],
    )
    bottom = alt.Chart(pd.DataFrame({"place": [0]})).mark_rule(color=MODEL, strokeDash=[6, 4])
    return bottom.encode(alt.Y("place:Q")) + lines.mark_line(point=True)


def fates(table: pd.DataFrame, target: tuple[float, float]) -> alt.LayerChart:
    """Every start on the map, and whether it came home. Columns: first, second, and one for each land."""
    lands = [name for name in table.columns if name not in ("first", "second")]
    land = alt.param(
        name="land", value=lands[0], bind=alt.binding_select(options=lands, name="land and pace")
    )
    words = {"ends in the target valley": OPTIMIZER, "ends elsewhere": QUIET}
    starts = alt.Chart(table).transform_calculate(
        fate="datum[land] ? 'ends in the target valley' : 'ends elsewhere'"
    )
    x = alt.X("first:Q").title("φ₀ at the start").scale(domain=[-10, 10])
    y = alt.Y("second:Q").title("φ₁ at the start").scale(domain=[2.5, 22.5])
    dots = starts.mark_point(filled=True, size=55, opacity=0.8).encode(
        x,
        y,
        color=alt.Color("fate:N").scale(scale(words)).title(None),
        shape=alt.Shape("fate:N").scale(domain=list(words), range=["circle", "cross"]).title(None),
        tooltip=["first:Q", "second:Q", "fate:N"],
    )
    spot = pd.DataFrame({"first": [target[0]], "second": [target[1]]})
    cross = alt.Chart(spot).mark_point(shape="diamond", size=220, color=INK, strokeWidth=2.5)
    return (dots + cross.encode(x, y)).add_params(land).properties(width=440, height=440)
