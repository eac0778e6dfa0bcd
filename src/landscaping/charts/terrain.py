"""Charts of the terrain: what examples do to the hills."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands, seeds_and_median
from landscaping.charts.theme import BAND, DATA, INK, MODEL, OPTIMIZER, OTHERS, QUIET, height_scale, scale

DISTANCE = "distance of the lowest point from the truth"


def parts_of_land(table: pd.DataFrame) -> alt.HConcatChart:
    """Maps side by side, with one scale of heights for all. Columns: picture, first, second, height."""
    names = list(dict.fromkeys(table["picture"]))
    return alt.hconcat(*(one_map(table[table["picture"] == name], name) for name in names), spacing=14)


def one_map(table: pd.DataFrame, name: str) -> alt.Chart:
    """One square for each place, darker where it is higher."""
    step = 20 / table["first"].nunique()
    ends = {"a2": f"datum.first + {step / 2}", "b2": f"datum.second + {step / 2}"}
    return (
        alt.Chart(table)
        .transform_calculate(a=f"datum.first - {step / 2}", b=f"datum.second - {step / 2}", **ends)
        .mark_rect()
        .encode(
            alt.X("a:Q")
            .title("φ₀")
            .scale(domain=[-10, 10], nice=False)
            .axis(values=[-10, 0, 10], grid=False),
            alt.X2("a2:Q"),
            alt.Y("b:Q")
            .title("φ₁")
            .scale(domain=[2.5, 22.5], nice=False)
            .axis(values=[5, 10, 15, 20], grid=False),
            alt.Y2("b2:Q"),
            alt.Color("height:Q").scale(height_scale()).legend(gradientLength=130, title=None, tickCount=3),
            tooltip=["first", "second", alt.Tooltip("height", format=".3f")],
        )
        .properties(width=165, height=165, title=alt.TitleParams(name, fontWeight="normal", fontSize=13))
    )


def ripples_by_count(table: pd.DataFrame, noise: float) -> alt.LayerChart:
    """Both ripples by number of examples; the slider sets the noise, to which its ripple is proportional.

    Columns: arm, step (the number), low, median, high, measured at this `noise`.
    """
    slider = alt.binding_range(min=0.05, max=1, step=0.05, name="noise σ ")
    sigma = alt.param("sigma", value=noise, bind=slider)
    colours = dict(zip(dict.fromkeys(table["arm"]), (DATA, OTHERS[1]), strict=True))
    times = f"(datum.arm === 'noise' ? sigma / {noise} : 1)"
    base = (
        alt.Chart(table)
        .transform_calculate(at=f"datum.median * {times}", least=f"datum.low * {times}")
        .transform_calculate(most=f"datum.high * {times}")
        .encode(
            alt.X("step:Q")
            .scale(type="log", domain=[6, 520], nice=False)
            .title("examples")
            .axis(values=sorted(table["step"].unique().tolist())),
            color=alt.Color("arm:N").scale(scale(colours)).title(None),
        )
    )
    up = alt.Scale(type="log", domain=[0.002, 0.5])
    title = "typical size of the ripple, middle half of the seeds"
    area = base.mark_area(opacity=BAND, clip=True).encode(
        alt.Y("least:Q").title(title).scale(up), alt.Y2("most:Q")
    )
    line = base.mark_line(point=True, clip=True).encode(alt.Y("at:Q").title(title).scale(up))
    return (area + line).add_params(sigma)


def valleys(table: pd.DataFrame) -> alt.LayerChart:
    """Every seed a dot, the median a bar, one row for each kind of land. Columns: land, seed, valleys."""
    colours = {land: OTHERS[1] if "noise" in land else DATA for land in dict.fromkeys(table["land"])}
    title = "valleys on the map, mean over the lands of a seed"
    return seeds_and_median(table, colours, value="valleys", title=title, by="land")


def bottoms(table: pd.DataFrame, truth: tuple[float, float]) -> alt.LayerChart:
    """Where the valley's bottom came to lie, one number of examples before the others; both axes alike.

    Columns: examples, seed, first, second.
    """
    counts = sorted(table["examples"].unique().tolist())
    chosen = alt.param("count", value=counts[0], bind=alt.binding_select(options=counts, name="examples "))
    x = alt.X("second:Q").title("φ₁ of the bottom").scale(domain=[15, 18.5], nice=False)
    y = alt.Y("first:Q").title("φ₀ of the bottom").scale(domain=[-0.7, 0.7], nice=False)
    base = alt.Chart(table).encode(x, y, tooltip=["examples", "seed", "first", "second"])
    others = base.transform_filter("datum.examples !== count").mark_circle(color=QUIET, opacity=0.25, size=18)
    these = base.transform_filter("datum.examples === count").mark_circle(
        color=DATA, opacity=0.8, size=40, clip=True
    )
    spot = pd.DataFrame({"first": [truth[0]], "second": [truth[1]]})
    goal = alt.Chart(spot).mark_point(shape="diamond", size=200, color=INK, strokeWidth=2.5).encode(x, y)
    return (others + these + goal).add_params(chosen).properties(width=560, height=224)


def wrong_example(table: pd.DataFrame) -> alt.LayerChart:
    """How far one wrong example moves the lowest point. Columns: arm (the loss), step, low, median, high."""
    return bands(
        table,
        {"squared": OPTIMIZER, "absolute": MODEL},
        x="how much too high one example was recorded",
        y=DISTANCE,
        y_scale=alt.Scale(type="log"),
    )
