"""Charts of the chapter on double descent: scores against the number of features or the width."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

LABELS = {"true labels": DATA, "noisy labels": OTHERS[1]}
WAYS = {"no ridge": OTHERS[0], "ridge": MODEL}
TASKS = {"digits": DATA, "MNIST-1D": OTHERS[0]}
MOMENTS = {"trained to the end": OPTIMIZER, "stopped early": INK}


def width_and_fit(
    curves: pd.DataFrame, points: pd.DataFrame, errors: pd.DataFrame, first: int
) -> alt.HConcatChart:
    """Left the fit with so many features, right the error; one slider.

    Columns: curves features, x, y; points x, y; errors features, this, median.
    """
    counts = errors["features"]
    slider = alt.binding_range(
        min=int(counts.min()), max=int(counts.max()), step=int(counts.diff().min()), name="waves "
    )
    features = alt.param("features", value=first, bind=slider)
    size = {"width": 240, "height": 260}
    panels = the_fit(curves, points).properties(**size) | the_error(errors, len(points)).properties(**size)
    return panels.add_params(features)


def the_fit(curves: pd.DataFrame, points: pd.DataFrame) -> alt.LayerChart:
    """The points, and the curve with the chosen number of waves."""
    x = alt.X("x:Q").title("input").scale(domain=[-1, 1])
    y = alt.Y("y:Q").title("output").scale(domain=[-3, 3])
    chosen = alt.Chart(curves).transform_filter("datum.features == features")
    fit = chosen.mark_line(color=MODEL, strokeWidth=2.5, clip=True).encode(x, y)
    return fit + alt.Chart(points).mark_circle(color=DATA, size=70, opacity=1).encode(x, y)


def the_error(errors: pd.DataFrame, threshold: int) -> alt.LayerChart:
    """The error of this seed and the median, the threshold, and where the slider stands."""
    x = alt.X("features:Q").title("random waves")
    up = alt.Scale(type="log")
    base = alt.Chart(errors).encode(x)
    this, median = (alt.Y(f"{name}:Q").scale(up).title("squared error") for name in ("this", "median"))
    here = base.transform_filter("datum.features == features")
    words = here.transform_calculate(words="datum.features + ' waves'").encode(
        alt.X(datum=int(errors["features"].max())), y=alt.value(12), text="words:N"
    )
    return alt.layer(
        threshold_rule(threshold),
        base.mark_line(color=QUIET, strokeWidth=1.5, strokeDash=[2, 2]).encode(median),
        base.mark_line(color=MODEL, strokeWidth=2).encode(this),
        here.mark_circle(color=INK, size=130, opacity=1).encode(this),
        words.mark_text(color=INK, align="right", fontSize=13),
    )


def threshold_rule(at: int) -> alt.Chart:
    """An upright dashed line where there are as many features as examples."""
    rule = alt.Chart(pd.DataFrame({"features": [at]})).mark_rule(color=DATA, strokeDash=[6, 4])
    return rule.encode(alt.X("features:Q"))


def wrong_by_features(table: pd.DataFrame, threshold: int) -> alt.LayerChart:
    """Share of wrong answers. Columns: arm, step (the features), low, median, high."""
    return with_rule(table, LABELS | WAYS, threshold, "share of wrong test answers", alt.Scale(domain=[0, 1]))


def squared_by_features(table: pd.DataFrame, threshold: int) -> alt.LayerChart:
    """Squared error of two tasks. Columns: arm, step (the features), low, median, high."""
    return with_rule(table, TASKS, threshold, "squared error on the test", alt.Scale(type="log"))


def smallest_and_length(table: pd.DataFrame, threshold: int) -> alt.LayerChart:
    """Smallest singular value and length of the coefficients. Columns: arm, step, low, median, high."""
    colours = dict(zip(dict.fromkeys(table["arm"]), (MODEL, OPTIMIZER), strict=True))
    return with_rule(table, colours, threshold, "length, and singular value", alt.Scale(type="log"))


def with_rule(table, colours: dict[str, str], threshold: int, y: str, up: alt.Scale) -> alt.LayerChart:
    """Bands over the number of features on a logarithmic axis, and the threshold."""
    shown = {arm: colours[arm] for arm in dict.fromkeys(table["arm"])}
    across = alt.Scale(type="log", nice=False, domain=[int(table["step"].min()), int(table["step"].max())])
    lines = bands(table, shown, x="random features", y=y, x_scale=across, y_scale=up)
    rule = alt.Chart(pd.DataFrame({"step": [threshold]})).mark_rule(color=QUIET, strokeDash=[6, 4])
    return rule.encode(alt.X("step:Q").title("random features").scale(across)) + lines


def trained_nets(table: pd.DataFrame) -> alt.LayerChart:
    """One score of trained nets at a time. Columns: score, arm, step (the width), low, median, high."""
    scores = list(dict.fromkeys(table["score"]))
    score = alt.param("score", value=scores[0], bind=alt.binding_select(options=scores, name="score "))
    widths = sorted(int(width) for width in table["step"].unique())
    across = alt.Scale(type="log", nice=False, domain=[widths[0], widths[-1]])
    x = alt.X("step:Q").title("hidden units").scale(across).axis(values=widths)
    hue = alt.Color("arm:N").scale(scale(MOMENTS)).title(None)
    base = alt.Chart(table).transform_filter("datum.score == score").encode(x, color=hue)
    low = alt.Y("low:Q").title("score, middle half of the seeds").scale(zero=False)
    band = base.mark_area(opacity=BAND).encode(low, alt.Y2("high:Q"))
    return (band + base.mark_line(point=True).encode(alt.Y("median:Q"))).add_params(score)
