"""Charts of what real landscapes look like: slices, ways between minima, saddles left, curvatures by rank."""

import altair as alt
import pandas as pd

from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

WAYS = {
    "straight": INK,
    "straight, to its own copy": OTHERS[1],
    "straight, renumbered to fit": MODEL,
    "bent": OPTIMIZER,
}


def slices(table: pd.DataFrame) -> alt.LayerChart:
    """Both kinds of slice, at the rescaling that the reader chooses. Columns: kind, scale, step, loss."""
    scales = sorted(table["scale"].unique().tolist())
    chosen = alt.param(
        name="scale", value=scales[0], bind=alt.binding_radio(options=scales, name="incoming weights times ")
    )
    hues = {"raw": DATA, "filter-normalized": MODEL}
    base = alt.Chart(table).encode(
        alt.X("step:Q").title("step along the random direction"),
        alt.Y("loss:Q").title("loss, nats").scale(type="log", domain=[0.05, 12], nice=False),
    )
    dashes = alt.StrokeDash("kind:N").scale(domain=list(hues), range=[[6, 4], [1, 0]]).title(None)
    shown = base.transform_filter("datum.scale == scale").mark_line(strokeWidth=2.5, clip=True)
    return alt.layer(
        base.mark_line(color=QUIET, opacity=0.3, strokeWidth=1, clip=True).encode(
            detail=["kind:N", "scale:N"]
        ),
        shown.encode(color=alt.Color("kind:N").scale(scale(hues)).title(None), strokeDash=dashes),
    ).add_params(chosen)


def heights(table: pd.DataFrame, width: int) -> alt.LayerChart:
    """The loss on every way between two networks, by width. Columns: width, way, step, low, median, high."""
    chosen = alt.param(
        name="units",
        value=width,
        bind=alt.binding_select(options=sorted(table["width"].unique().tolist()), name="hidden units "),
    )
    base = alt.Chart(table).transform_filter("datum.width == units")
    x = alt.X("step:Q").title("share of the way").scale(nice=False)
    up = alt.Scale(domain=[0, table["high"].max() * 1.05], nice=False)
    hue = alt.Color("way:N").scale(scale(WAYS)).title(None).legend(columns=2, labelLimit=300)
    y = alt.Y("median:Q").title("training loss, nats; middle half of the pairs").scale(up)
    return alt.layer(
        base.mark_area(opacity=BAND).encode(x, alt.Y("low:Q").scale(up), alt.Y2("high:Q"), hue),
        base.mark_line(strokeWidth=2.5).encode(x, y, hue, tooltip=["way", "step", "median"]),
    ).add_params(chosen)


def escapes(table: pd.DataFrame) -> alt.LayerChart:
    """Loss after a nudge off the saddle, one line a seed. Columns: nudge, step, seed, loss."""
    nudges = sorted(table["nudge"].unique().tolist(), reverse=True)
    chosen = alt.param(
        name="nudge", value=nudges[0], bind=alt.binding_select(options=nudges, name="nudge off the saddle ")
    )
    base = alt.Chart(table).encode(
        alt.X("step:Q").title("step of descent").scale(nice=False),
        alt.Y("loss:Q").title("loss, in units of the narrow network's valley").scale(domain=[0.4, 1.05]),
        detail=["seed:N", "nudge:N"],
    )
    valley = alt.Chart(pd.DataFrame({"loss": [1.0]})).mark_rule(color=MODEL, strokeDash=[6, 4])
    return alt.layer(
        base.mark_line(color=QUIET, opacity=0.15, strokeWidth=1),
        base.transform_filter("datum.nudge == nudge").mark_line(color=OPTIMIZER, strokeWidth=2),
        valley.encode(alt.Y("loss:Q")),
    ).add_params(chosen)


def ranks(table: pd.DataFrame, classes: int) -> alt.LayerChart:
    """Curvatures by rank, at birth and at the bottom. Columns: place, step (rank), low, median, high."""
    hues = {"at birth": QUIET, "at the bottom": OPTIMIZER}
    base = alt.Chart(table).encode(
        alt.X("step:Q").title("rank of the curvature, largest first").scale(type="log", nice=False),
        alt.Color("place:N").scale(scale(hues)).title(None),
    )
    classes_rule = alt.Chart(pd.DataFrame({"step": [classes - 1]})).mark_rule(color=DATA, strokeDash=[6, 4])
    y = alt.Y("median:Q").title("curvature, middle half of the seeds")
    return alt.layer(
        base.mark_area(opacity=BAND).encode(alt.Y("low:Q"), alt.Y2("high:Q")),
        base.mark_line().encode(y),
        base.mark_circle(size=28, opacity=1).encode(y, tooltip=["place", "step", "median"]),
        classes_rule.encode(alt.X("step:Q")),
    )
