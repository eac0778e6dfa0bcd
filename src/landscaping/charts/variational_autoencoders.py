"""Charts of *A latent map, and the price of its bound*."""

import altair as alt
import pandas as pd

from landscaping.charts import spread
from landscaping.charts.theme import DATA, OPTIMIZER


def errors(table: pd.DataFrame) -> alt.LayerChart:
    """Error on new examples while networks train. Columns: arm, step, low, median, high; two arms."""
    arms = table["arm"].unique().tolist()
    colours = dict(zip(arms, (OPTIMIZER, DATA), strict=True))
    return spread.bands(
        table, colours, x="gradient step", y="error on new examples, middle half of the seeds"
    )
