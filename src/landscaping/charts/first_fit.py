"""Charts of the first chapter: a guess, a walk, a network on its way, two seeds."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands
from landscaping.charts.theme import DATA, INK, MODEL, OPTIMIZER, OTHERS, height_scale, scale

CELLS = 26  # of the map, along each side
LOWEST, HIGHEST = -1.5, 2.5  # of both numbers of the line


def points_of(table: pd.DataFrame, **look) -> alt.Chart:
    """The examples. Columns: x, y."""
    base = alt.Chart(table).encode(alt.X("x:Q").title("input x"), alt.Y("y:Q").title("answer y"))
    return base.mark_circle(color=DATA, size=60, opacity=1, **look)


def misses(table: pd.DataFrame, line: str) -> alt.Chart:
    """An upright stroke from every point to the line, which is an expression in `datum.x`."""
    strokes = alt.Chart(table).transform_calculate(said=line).mark_rule(color=OPTIMIZER, clip=True)
    return strokes.encode(alt.X("x:Q"), alt.Y("y:Q"), alt.Y2("said:Q"))


def drawn_line(line: str) -> alt.Chart:
    """The line from one end of the figure to the other."""
    ends = alt.Chart(pd.DataFrame({"x": [-1.0, 1.0]})).transform_calculate(said=line)
    height = alt.Y("said:Q").scale(domain=[-2, 3]).title("answer y")
    return ends.mark_line(color=MODEL, strokeWidth=3, clip=True).encode(alt.X("x:Q"), height)


def guess(table: pd.DataFrame) -> alt.LayerChart:
    """A line that the reader sets by two sliders, its misses, and its loss. Columns: x, y."""
    height, tilt = (
        alt.param(
            name=name,
            value=start,
            bind=alt.binding_range(min=LOWEST, max=HIGHEST, step=0.05, name=f"{words} "),
        )
        for name, start, words in (("phi0", -1.0, "height φ₀"), ("phi1", -1.0, "tilt φ₁"))
    )
    line = "phi0 + phi1 * datum.x"
    words = (
        alt.Chart(table)
        .transform_calculate(square=f"pow(datum.y - ({line}), 2)")
        .transform_aggregate(loss="mean(square)")
        .transform_calculate(words="'loss ' + format(datum.loss, '.3f')")
        .mark_text(align="left", color=INK, fontSize=15, fontWeight="bold")
        .encode(x=alt.datum(-0.97), y=alt.datum(2.75), text="words:N")
    )
    return (misses(table, line) + drawn_line(line) + points_of(table) + words).add_params(height, tilt)


def walk(table: pd.DataFrame, steps: pd.DataFrame) -> alt.VConcatChart:
    """The walk down, step by step: the line above, its place on the map below.

    Columns: x, y; and step, height, tilt, loss.
    """
    step = alt.param(
        name="step",
        value=3,
        bind=alt.binding_range(min=0, max=int(steps["step"].max()), step=1, name="step "),
    )
    here = alt.Chart(steps).transform_filter("datum.step === step")
    line = (
        here.transform_calculate(x="[-1, 1]")
        .transform_flatten(["x"])
        .transform_calculate(said="datum.height + datum.tilt * datum.x")
        .mark_line(color=MODEL, strokeWidth=3, clip=True)
        .encode(alt.X("x:Q"), alt.Y("said:Q").scale(domain=[-2, 3]).title("answer y"))
    )
    words = (
        here.transform_calculate(words="'step ' + datum.step + ': loss ' + format(datum.loss, '.3f')")
        .mark_text(align="left", color=INK, fontSize=14, fontWeight="bold")
        .encode(x=alt.datum(-0.97), y=alt.datum(2.7), text="words:N")
    )
    above = (line + points_of(table) + words).properties(width=420, height=200)
    return alt.vconcat(above, ground(table) + path(steps)).add_params(step)


def path(steps: pd.DataFrame) -> alt.LayerChart:
    """The places of the walk up to the step, on the map."""
    sofar = alt.Chart(steps).transform_filter("datum.step <= step")
    sofar = sofar.encode(alt.X("tilt:Q"), alt.Y("height:Q"), order="step:Q")
    return sofar.mark_line(color=OPTIMIZER, strokeWidth=1.5) + sofar.mark_circle(
        color=OPTIMIZER, size=45, opacity=1
    )


def ground(table: pd.DataFrame) -> alt.Chart:
    """The loss of every line, computed from the points in the browser: dark is high. Columns: x, y."""
    x, y = table["x"], table["y"]
    loss = (
        f"{(y * y).mean():.6f} + pow(datum.b, 2) + {(x * x).mean():.6f} * pow(datum.a, 2)"
        f" + 2 * {x.mean():.6f} * datum.a * datum.b - 2 * {y.mean():.6f} * datum.b"
        f" - 2 * {(x * y).mean():.6f} * datum.a"
    )
    side = (HIGHEST - LOWEST) / CELLS
    places = {name: f"{LOWEST} + (datum.{i} + 0.5) * {side:.6f}" for name, i in (("a", "i"), ("b", "j"))}
    edges = {
        f"{name}{end}": f"datum.{name} {sign} {side / 2:.6f}"
        for name in ("a", "b")
        for end, sign in ((1, "-"), (2, "+"))
    }
    frame = alt.Scale(domain=[LOWEST, HIGHEST], nice=False)
    return (
        alt.Chart(alt.Data(values=[{"all": 1}]))
        .transform_calculate(i=f"sequence({CELLS})", j=f"sequence({CELLS})")
        .transform_flatten(["i"])
        .transform_flatten(["j"])
        .transform_calculate(**places)
        .transform_calculate(loss=loss, **edges)
        .mark_rect()
        .encode(
            alt.X("a1:Q").scale(frame).title("tilt φ₁"),
            alt.Y("b1:Q").scale(frame).title("height φ₀"),
            alt.X2("a2:Q"),
            alt.Y2("b2:Q"),
            alt.Color("loss:Q").scale(height_scale(type="sqrt")).legend(None),
        )
        .properties(width=420, height=320)
    )


def network(curves: pd.DataFrame, points: pd.DataFrame) -> alt.LayerChart:
    """A network on its way, with the points that it sees and some that it does not.

    Columns: mark (steps taken), x, answer, training, test; and x, y, kind.
    """
    marks = sorted(curves["mark"].unique().tolist())
    mark = alt.param(name="mark", value=300, bind=alt.binding_select(options=marks, name="steps taken "))
    now = alt.Chart(curves).transform_filter("datum.mark == mark")
    x, y = alt.X("x:Q").title("input x"), alt.Y("y:Q").title("answer y").scale(domain=[-2, 2])
    kinds = scale({"training point": DATA, "test point": OTHERS[1]})
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=55, opacity=0.9, clip=True)
        .encode(
            x,
            y,
            alt.Color("kind:N").scale(kinds).title(None),
            alt.Shape("kind:N")
            .scale(domain=["training point", "test point"], range=["circle", "cross"])
            .title(None),
        )
    )
    words = (
        now.transform_filter("datum.x === -1")
        .transform_calculate(
            words="'training loss ' + format(datum.training, '.3f')"
            " + ', test loss ' + format(datum.test, '.3f')"
        )
        .mark_text(align="left", color=INK, fontSize=14)
        .encode(x=alt.datum(-0.97), y=alt.datum(1.85), text="words:N")
    )
    curve = now.mark_line(color=MODEL, strokeWidth=3, clip=True).encode(x, alt.Y("answer:Q"))
    return (dots + curve + words).add_params(mark)


def losses(table: pd.DataFrame) -> alt.LayerChart:
    """Training and test loss by step. Columns: arm, step, low, median, high."""
    return bands(
        table,
        {"training loss": DATA, "test loss": OTHERS[1]},
        x="steps taken",
        y="loss",
        x_scale=alt.Scale(type="log"),
        y_scale=alt.Scale(type="log"),
    )


def two_seeds(curves: pd.DataFrame, points: pd.DataFrame) -> alt.LayerChart:
    """Two networks on the same points. Columns: points, network, x, answer; and x, y, points."""
    which = alt.param(
        name="which",
        value=0,
        bind=alt.binding_range(min=0, max=int(points["points"].max()), step=1, name="set of points "),
    )
    colours = dict(zip(dict.fromkeys(curves["network"]), (MODEL, OPTIMIZER), strict=True))
    lines = (
        alt.Chart(curves)
        .transform_filter("datum.points === which")
        .mark_line(strokeWidth=2.5, clip=True)
        .encode(
            alt.X("x:Q").title("input x"),
            alt.Y("answer:Q").title("answer y").scale(domain=[-2, 2]),
            alt.Color("network:N").scale(scale(colours)).title(None),
            alt.StrokeDash("network:N").legend(None),
        )
    )
    return (lines + points_of(points).transform_filter("datum.points === which")).add_params(which)
