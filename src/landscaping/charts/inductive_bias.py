"""Charts of what zeros and ties are worth."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import seeds_and_median
from landscaping.charts.theme import DATA, INK, MODEL, OPTIMIZER, QUIET, scale

# Green where the model carries trees; what descent did without them is the optimizer's colour.
ARMS = {
    "dense, from random weights": OPTIMIZER,
    "untied: zeros": MODEL,
    "tied: zeros and ties": MODEL,
    "dense, from the tied net's weights": OPTIMIZER,
}
NETS = {"plain": OPTIMIZER, "untied": QUIET, "tied": MODEL}
ACCURACY = "test accuracy, %"


def four_arms(table: pd.DataFrame) -> alt.LayerChart:
    """Every seed a dot, the median a bar, one row for each arm. Columns: arm, seed, accuracy."""
    return seeds_and_median(table, ARMS, value="accuracy", title=ACCURACY)


def moved_positions(table: pd.DataFrame) -> alt.FacetChart:
    """One line for each seed from ordered to shuffled positions. Columns: net, positions, seed, accuracy."""
    return (
        alt.Chart(table)
        .mark_line(point=True, opacity=0.7)
        .encode(
            alt.X("positions:N").title("positions").axis(labelAngle=0),
            alt.Y("accuracy:Q").title(ACCURACY).scale(zero=False),
            alt.Detail("seed:N"),
            alt.Color("net:N").scale(scale({"convolution": MODEL, "plain": OPTIMIZER})).legend(None),
            alt.Column("net:N").title(None),
            tooltip=["net", "positions", "seed", alt.Tooltip("accuracy:Q").format(".1f")],
        )
        .properties(width=220, height=240)
    )


def constraint_against_data(table: pd.DataFrame) -> alt.LayerChart:
    """Accuracy by number of examples, and an accuracy to ask for. Columns: arm, examples, seed, accuracy.

    The slider sets the accuracy; a ring marks each arm's smallest number of examples whose median reaches it.
    """
    asked = alt.param(
        "asked", value=60, bind=alt.binding_range(min=30, max=85, step=1, name="accuracy asked for, % ")
    )
    hue = alt.Color("arm:N").scale(scale(NETS)).title(None)
    ends = alt.Scale(type="log", domain=[0.7 * sizes(table)[0], 1.2 * sizes(table)[-1]], nice=False)
    across = alt.X("examples:Q").scale(ends).title("training examples").axis(values=sizes(table))
    base = alt.Chart(table).encode(across, color=hue)
    dots = base.mark_circle(opacity=0.5, size=40).encode(
        alt.Y("accuracy:Q").title(ACCURACY).scale(zero=False),
        tooltip=["arm", "examples", "seed", alt.Tooltip("accuracy:Q").format(".1f")],
    )
    lines = base.mark_line().encode(alt.Y("median(accuracy):Q").title(ACCURACY))
    return (dots + lines + first_to_reach(table, across) + wanted()).add_params(asked)


def sizes(table: pd.DataFrame) -> list[int]:
    """The tested numbers of examples: the axis says these and no others."""
    return sorted(int(n) for n in table["examples"].unique())


def first_to_reach(table: pd.DataFrame, across: alt.X) -> alt.LayerChart:
    """A ring and a label at each arm's smallest number of examples that reaches what is asked for."""
    reached = (
        alt.Chart(table)
        .transform_aggregate(middle="median(accuracy)", groupby=["arm", "examples"])
        .transform_filter("datum.middle >= asked")
        .transform_window(
            rank="row_number()", groupby=["arm"], sort=[alt.SortField("examples", order="ascending")]
        )
        .transform_filter("datum.rank === 1")
        .transform_calculate(words="datum.arm + ': ' + format(datum.examples, ',')")
        .encode(across, alt.Y("middle:Q").title(ACCURACY))
    )
    ring = reached.mark_point(size=240, strokeWidth=2, color=INK)
    return ring + reached.mark_text(align="right", dx=-16, dy=-6, color=INK).encode(text="words:N")


def wanted() -> alt.Chart:
    """The accuracy asked for, as a dashed line across."""
    row = alt.Chart(alt.Data(values=[{}])).transform_calculate(asked_for="asked")
    return row.mark_rule(strokeDash=[6, 4], color=DATA).encode(alt.Y("asked_for:Q").title(ACCURACY))
