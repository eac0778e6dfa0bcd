"""Charts of hinges that the reader sets: on a line, at powers, in the plane."""

import altair as alt
import pandas as pd

from landscaping.charts.theme import DATA, INK, MODEL, QUIET, height_scale

TARGETS = {"nothing": "null", "square root": "sqrt(datum.x)", "step": "datum.x < 0.5 ? 0 : 1"}
STARTS = ((0.1, 1.5), (0.4, -2.0), (0.7, 1.5))  # where each hinge bends, and by how much


def slider(name: str, value: float, low: float, high: float, step: float, words: str) -> alt.Parameter:
    """One number that the reader sets."""
    return alt.param(
        name=name, value=value, bind=alt.binding_range(min=low, max=high, step=step, name=f"{words} ")
    )


def three_hinges() -> alt.LayerChart:
    """A network of three hidden units whose joints and turns the reader sets; all computed in the browser."""
    params = [
        slider(f"{what}{i}", value, *limits, words=f"hinge {i} {verb}")
        for i, start in enumerate(STARTS, start=1)
        for what, value, limits, verb in zip(
            ("joint", "turn"),
            start,
            ((0, 1, 0.01), (-10, 10, 0.1)),
            ("bends at x =", "turns the slope by"),
            strict=True,
        )
    ]
    aim = alt.param(
        name="aim", value="square root", bind=alt.binding_select(options=list(TARGETS), name="compare with ")
    )
    hinges = {f"hinge{i}": f"turn{i} * max(0, datum.x - joint{i})" for i in (1, 2, 3)}
    choices = " : ".join(f"aim === '{name}' ? ({what})" for name, what in TARGETS.items())
    points = (
        alt.Chart(pd.DataFrame({"x": [i / 200 for i in range(201)]}))
        .transform_calculate(**hinges, target=f"{choices} : null")
        .transform_calculate(answer="datum.hinge1 + datum.hinge2 + datum.hinge3")
    )
    return alt.layer(
        three_regions(),
        *(drawn(points, name, QUIET, opacity=0.55, strokeDash=[3, 3]) for name in hinges),
        drawn(points.transform_filter("datum.target !== null"), "target", DATA, strokeWidth=2),
        drawn(points, "answer", MODEL, strokeWidth=3),
        how_close(points),
    ).add_params(*params, aim)


def drawn(points: alt.Chart, column: str, colour: str, **look) -> alt.Chart:
    """One column against x, inside the frame."""
    height = alt.Y(f"{column}:Q").title("answer f(x)").scale(domain=[-1, 2])
    return points.mark_line(color=colour, clip=True, **look).encode(alt.X("x:Q").title("x"), height)


def three_regions() -> alt.LayerChart:
    """The strips between the joints that turn at all, every other one shaded."""
    places = ", ".join(f"(turn{i} == 0 ? 2 : joint{i})" for i in (1, 2, 3))
    middle = f"(({places.replace(',', ' +')}) - min({places}) - max({places}))"
    ends = ("0", f"min({places})", middle, f"max({places})", "2")
    strips = (
        alt.Chart(pd.DataFrame({"strip": [1, 2, 3]}))
        .transform_calculate(
            left=" : ".join(f"datum.strip == {i} ? {ends[i]}" for i in (1, 2, 3)) + " : 0",
            right=" : ".join(f"datum.strip == {i} ? {ends[i + 1]}" for i in (1, 2, 3)) + " : 0",
        )
        .transform_calculate(left="min(1, datum.left)", right="min(1, datum.right)")
    )
    shade = strips.transform_filter("datum.strip != 2").mark_rect(color=QUIET, opacity=0.12, clip=True)
    joints = strips.transform_filter("datum.left < 1").mark_rule(color=QUIET, strokeWidth=1)
    return shade.encode(alt.X("left:Q"), alt.X2("right:Q")) + joints.encode(alt.X("left:Q"))


def how_close(points: alt.Chart) -> alt.Chart:
    """The largest distance from what is compared, in words."""
    return (
        points.transform_filter("datum.target !== null")
        .transform_calculate(gap="abs(datum.answer - datum.target)")
        .transform_aggregate(worst="max(gap)")
        .transform_calculate(words="'largest error ' + format(datum.worst, '.2f')")
        .mark_text(align="left", color=INK, fontSize=13)
        .encode(x=alt.datum(0.02), y=alt.datum(1.88), text="words:N")
    )


def root_by_hand(most: int = 32) -> alt.LayerChart:
    """The square root drawn by hinges whose number and crowding the reader sets."""
    units = slider("units", 4, 1, most, 1, "hidden units")
    crowding = slider("crowding", 1, 1, 6, 0.5, "joints at powers of")
    pieces = (
        alt.Chart(pd.DataFrame({"i": range(most + 1)}))
        .transform_filter("datum.i <= units")
        .transform_calculate(root="pow(datum.i / units, crowding / 2)")
        .transform_calculate(x="datum.root * datum.root", before="pow((datum.i - 1) / units, crowding / 2)")
    )
    # Between two joints with roots a and b the chord misses the root by (b - a)²/(4(a + b)).
    words = (
        pieces.transform_filter("datum.i > 0")
        .transform_calculate(gap="pow(datum.root - datum.before, 2) / (4 * (datum.root + datum.before))")
        .transform_aggregate(worst="max(gap)")
        .transform_calculate(words="'largest error ' + format(datum.worst, '.5f')")
        .mark_text(align="left", color=INK, fontSize=13)
        .encode(x=alt.datum(0.55), y=alt.datum(0.12), text="words:N")
    )
    where, height = alt.X("x:Q").title("x"), alt.Y("root:Q").title("square root of x")
    curve = alt.Chart(pd.DataFrame({"x": [(i / 100) ** 2 for i in range(101)]}))
    true = curve.transform_calculate(root="sqrt(datum.x)").mark_line(color=DATA, strokeWidth=2)
    net = pieces.encode(where, height, order="i:Q")
    return (
        true.encode(where, height)
        + net.mark_line(color=MODEL, strokeWidth=2)
        + net.mark_circle(color=MODEL, size=45, opacity=1)
        + words
    ).add_params(units, crowding)


def folds(lines: pd.DataFrame, reach: float = 4.0, cells: int = 24) -> alt.LayerChart:
    """A network on two inputs as a sheet that each unit folds once more; its height is computed on a grid.

    Columns: unit, first, second, bias, height, regions.
    """
    shown = slider("shown", 4, 1, len(lines), 1, "hidden units")
    heights = " + ".join(
        f"({row.unit} <= shown ? {row.height} * max(0, {row.first} * datum.x + {row.second} * datum.y"
        f" + {row.bias}) : 0)"
        for row in lines.itertuples()
    )
    side = 2 * reach / cells
    sheet = (
        alt.Chart(alt.Data(values=[{"all": 1}]))
        .transform_calculate(i=f"sequence({cells})", j=f"sequence({cells})")
        .transform_flatten(["i"])
        .transform_flatten(["j"])
        .transform_calculate(x=f"(datum.i + 0.5) * {side} - {reach}", y=f"(datum.j + 0.5) * {side} - {reach}")
        .transform_calculate(
            height=heights,
            left=f"datum.x - {side / 2}",
            right=f"datum.x + {side / 2}",
            low=f"datum.y - {side / 2}",
            high=f"datum.y + {side / 2}",
        )
        .mark_rect()
        .encode(
            alt.X("left:Q").title("x₁").scale(domain=[-reach, reach], nice=False),
            alt.Y("low:Q").title("x₂").scale(domain=[-reach, reach], nice=False),
            alt.X2("right:Q"),
            alt.Y2("high:Q"),
            alt.Color("height:Q").scale(height_scale()).legend(None),
        )
    )
    creases = (
        alt.Chart(lines)
        .transform_filter("datum.unit <= shown")
        .transform_calculate(
            x=f"-datum.bias * datum.first - {2 * reach} * datum.second",
            y=f"-datum.bias * datum.second + {2 * reach} * datum.first",
            x2=f"-datum.bias * datum.first + {2 * reach} * datum.second",
            y2=f"-datum.bias * datum.second - {2 * reach} * datum.first",
        )
        .mark_rule(color=MODEL, strokeWidth=1.5, clip=True)
        .encode(x="x:Q", y="y:Q", x2="x2:Q", y2="y2:Q")
    )
    words = (
        alt.Chart(lines)
        .transform_filter("datum.unit === shown")
        .transform_calculate(words="datum.regions + ' regions'")
        .mark_text(align="left", fontSize=15, fontWeight="bold", color=INK)
        .encode(x=alt.value(0), y=alt.value(-10), text="words:N")
    )
    return (sheet + creases + words).add_params(shown).properties(width=420, height=420)
