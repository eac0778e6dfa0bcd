"""Charts of the chapter on convolution."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands, seeds_and_median
from landscaping.charts.theme import DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, scale

CELL = 25
ARMS = {
    "designed": MODEL,
    "drawn at random": QUIET,
    "learned, from random ones": OPTIMIZER,
    "learned, from designed ones": OTHERS[0],
}
LAYERS = {
    "on a ring": MODEL,
    "zeros beyond the edge": OTHERS[0],
    "stride of two": OPTIMIZER,
    "pooling": OTHERS[1],
    "dense": QUIET,
}
READERS = {"plain": QUIET, "convolutions on a ring": MODEL, "the same with a stride of two": OPTIMIZER}
KINDS = {
    "signals with edges": MODEL,
    "Gaussian signals": DATA,
    "elliptical signals": OTHERS[0],
    "before training": QUIET,
}
SIGNS = {"above zero": MODEL, "below zero": OPTIMIZER}


def kernel_and_matrix(cells: pd.DataFrame, signal: list[float]) -> alt.VConcatChart:
    """A kernel of three weights, the matrix that it is, and a signal before and after it.

    Columns of `cells`: row, column. Sliders set the weights, the roll and the edge; the matrix and the
    answer are computed anew for every setting.
    """
    known = with_weights(alt.Chart(cells), signal)
    lower = alt.hconcat(matrix_of(known, len(signal)), answer_beside(known, len(signal)), spacing=14)
    drawn = alt.vconcat(signal_above(cells, len(signal)), lower, spacing=6)
    return drawn.add_params(*sliders(len(signal)))


def sliders(places: int) -> list[alt.Parameter]:
    """Three weights, a roll, and the edges."""
    weights = (("before", "place before", -1), ("here", "place itself", 0), ("after", "place after", 1))
    turn = lambda words: alt.binding_range(min=-1, max=1, step=0.25, name=f"weight of the {words} ")  # noqa: E731
    turning = [alt.param(name, value=value, bind=turn(words)) for name, words, value in weights]
    along = alt.binding_range(min=0, max=places - 1, step=1, name="roll the signal by ")
    edges = alt.binding_select(options=["zeros", "the other end"], name="beyond the edges ")
    return [*turning, alt.param("roll", value=0, bind=along), alt.param("edge", value="zeros", bind=edges)]


def with_weights(chart: alt.Chart, signal: list[float]) -> alt.Chart:
    """For every cell its weight, the rolled signal at its column, and where its row is once rolled."""
    places, half = len(signal), len(signal) // 2
    ring = f"(datum.column - datum.row + {places + half}) % {places} - {half}"
    steps = f"edge === 'the other end' ? {ring} : datum.column - datum.row"
    return chart.transform_calculate(step=steps).transform_calculate(
        weight="datum.step === -1 ? before : datum.step === 0 ? here : datum.step === 1 ? after : 0",
        value=f"{signal}[(datum.column - roll + {places}) % {places}]",
        still=f"{signal}[datum.column]",
        moved=f"(datum.row + roll) % {places}",
    )


def matrix_of(known: alt.Chart, places: int) -> alt.Chart:
    """The matrix: colour where a weight stands, paper where there is a zero."""
    strength = alt.Opacity("size:Q").scale(domain=[0, 1], range=[0, 0.9]).legend(None)
    return (
        known.transform_calculate(
            sign="datum.weight < 0 ? 'below zero' : 'above zero'", size="abs(datum.weight)"
        )
        .mark_rect(stroke=QUIET, strokeOpacity=0.4)
        .encode(
            alt.X("column:O").title("input place").axis(labelAngle=0),
            alt.Y("row:O").title("output place"),
            alt.Color("sign:N").scale(scale(SIGNS)).title("weight").legend(orient="bottom"),
            strength,
            tooltip=["row", "column", "weight:Q"],
        )
        .properties(width=CELL * places, height=CELL * places)
    )


def signal_above(cells: pd.DataFrame, places: int) -> alt.Chart:
    """The rolled signal, each bar above its column of the matrix."""
    return (
        alt.Chart(cells[cells["row"] == 0])
        .transform_calculate(at=f"(datum.column + roll) % {places}")
        .mark_bar(color=DATA)
        .encode(
            alt.X("at:O").title(None).axis(labels=False, ticks=False),
            alt.Y("signal:Q").title("signal").scale(domain=[0, 1]).axis(tickCount=2),
        )
        .properties(width=CELL * places, height=60)
    )


def answer_beside(known: alt.Chart, places: int) -> alt.LayerChart:
    """The answers, a bar beside each row; a tick where the rolled answer to the unrolled signal ends."""
    ends = alt.Scale(domain=[-3, 3])
    bars = (
        known.transform_calculate(part="datum.weight * datum.value")
        .mark_bar(color=MODEL)
        .encode(
            alt.Y("row:O").title(None).axis(labels=False, ticks=False),
            alt.X("sum(part):Q").title("answer").scale(ends).axis(tickCount=3),
        )
    )
    ticks = (
        known.transform_calculate(part="datum.weight * datum.still")
        .mark_tick(color=INK, thickness=3, size=CELL - 4)
        .encode(alt.Y("moved:O"), alt.X("sum(part):Q").title("answer").scale(ends))
    )
    return alt.layer(bars, ticks).properties(width=110, height=CELL * places)


def breaks_by_roll(table: pd.DataFrame) -> alt.Chart:
    """How far layers are from following a roll. Columns: layer, roll, gap."""
    return (
        alt.Chart(table)
        .mark_line(point=True)
        .encode(
            alt.X("roll:Q").title("rolled by, columns").axis(tickCount=8),
            alt.Y("gap:Q").title("what does not follow, relative to the answer"),
            alt.Color("layer:N").scale(scale(LAYERS)).title(None).legend(columns=3),
            tooltip=["layer", "roll", alt.Tooltip("gap:Q").format(".2f")],
        )
    )


def accuracy_by_roll(table: pd.DataFrame) -> alt.LayerChart:
    """Test accuracy of three readers by roll. Columns: arm, step (the roll), low, median, high."""
    chart = bands(table, READERS, x="rolled by, columns", y="test accuracy, %")
    for layer in chart.layer:
        layer.encoding.x.axis = alt.Axis(tickMinStep=1, format="d")
    return chart


def accuracy_by_read_out(table: pd.DataFrame) -> alt.LayerChart:
    """Every network a dot, medians a line. Columns: arm, numbers, seed, accuracy."""
    numbers = sorted(int(n) for n in table["numbers"].unique())
    base = alt.Chart(table).encode(
        alt.X("numbers:Q")
        .scale(type="log", domain=[0.8, 80], nice=False)
        .title("numbers that the read-out gets from each kernel")
        .axis(values=numbers, format="d"),
        color=alt.Color("arm:N").scale(scale(ARMS)).title(None).legend(columns=2),
    )
    dots = base.mark_circle(opacity=0.45, size=40).encode(
        alt.Y("accuracy:Q").title("test accuracy, %").scale(zero=False),
        tooltip=["arm", "numbers", "seed", alt.Tooltip("accuracy:Q").format(".1f")],
    )
    return dots + base.mark_line().encode(alt.Y("median(accuracy):Q").title("test accuracy, %"))


def pictures(table: pd.DataFrame) -> alt.FacetChart:
    """Kernels as pictures, a row for each arm. Columns: arm, kernel, row, column, weight."""
    return (
        alt.Chart(table)
        .transform_calculate(sign="datum.weight < 0 ? 'below zero' : 'above zero'", size="abs(datum.weight)")
        .mark_rect(stroke=QUIET, strokeOpacity=0.4)
        .encode(
            alt.X("column:O").axis(None),
            alt.Y("row:O").axis(None),
            alt.Color("sign:N").scale(scale(SIGNS)).title("weight"),
            alt.Opacity("size:Q").scale(domain=[0, 1], range=[0, 0.9]).legend(None),
            alt.Row("arm:N").sort(list(ARMS)).title(None).header(labelAngle=0, labelAlign="left"),
            alt.Column("kernel:O").title(None).header(labels=False),
            tooltip=["arm", "kernel", "weight"],
        )
        .properties(width=40, height=40)
        .configure_facet(spacing=6)
    )


def first_weights(table: pd.DataFrame) -> alt.FacetChart:
    """What units look at, place by place. Columns: kind, unit, place, weight."""
    return (
        alt.Chart(table)
        .mark_line(strokeWidth=1.5, color=MODEL)
        .encode(
            alt.X("place:Q").title("place on the ring").axis(tickCount=4),
            alt.Y("weight:Q").title(None).axis(None),
            alt.Row("unit:O").title(None).header(labels=False),
            alt.Column("kind:N")
            .sort(["signals with edges", "Gaussian signals", "before training"])
            .title(None),
        )
        .properties(width=165, height=42)
        .configure_facet(spacing=6)
    )


def places_used(table: pd.DataFrame) -> alt.LayerChart:
    """Every network a dot, the median a bar. Columns: arm, seed, places."""
    return seeds_and_median(table, KINDS, value="places", title="places that a unit uses, on average")
