"""Charts of what many seeds say together; every part uses them."""

import altair as alt
import pandas as pd

from landscaping.charts.theme import BAND, scale


def bands(
    table: pd.DataFrame,
    colours: dict[str, str],
    *,
    x: str,
    y: str,
    by: str = "arm",
    x_scale: alt.Scale | None = None,
    y_scale: alt.Scale | None = None,
) -> alt.LayerChart:
    """Median line and the band that holds the middle half of the seeds, one hue for each `by`.

    Columns: step, low, median, high and `by`. `x` and `y` are the axes' titles.
    """
    across = alt.X("step:Q").title(x).scale(x_scale or alt.Scale())
    up = y_scale or alt.Scale(zero=False)
    hue = alt.Color(f"{by}:N").scale(scale(colours)).title(None)
    base = alt.Chart(table).encode(across, color=hue)
    band = base.mark_area(opacity=BAND).encode(alt.Y("low:Q").title(y).scale(up), alt.Y2("high:Q"))
    return band + base.mark_line().encode(alt.Y("median:Q").title(y))


def seeds_and_median(
    table: pd.DataFrame, colours: dict[str, str], *, value: str, title: str, by: str = "arm"
) -> alt.LayerChart:
    """Every seed a dot, the median a bar: one row for each `by`. Columns: `by`, seed, `value`."""
    row = alt.Y(f"{by}:N").sort(list(colours)).title(None).axis(labelLimit=260)
    base = alt.Chart(table).encode(row, color=alt.Color(f"{by}:N").scale(scale(colours)).legend(None))
    across = alt.X(f"{value}:Q").title(title).scale(zero=False)
    dots = base.mark_circle(size=60, opacity=0.6).encode(across, tooltip=[by, "seed", value])
    return dots + base.mark_tick(thickness=3, size=24).encode(alt.X(f"median({value}):Q").title(title))
