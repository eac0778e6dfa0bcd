"""Charts of the chapter on classification."""

import altair as alt
import pandas as pd

from landscaping.charts.spread import bands, seeds_and_median
from landscaping.charts.theme import INK, MODEL, OPTIMIZER, OTHERS, height_scale

LOSSES = {"squared": OTHERS[0], "cross-entropy": OPTIMIZER}
FILTERS = dict(zip(("naive Bayes", "logistic regression", "with a penalty"), OTHERS, strict=True))
STEPS = {"as trained": OTHERS[0], "with a temperature": MODEL}


def pull_by_sureness(table: pd.DataFrame) -> alt.LayerChart:
    """How hard a wrong label pulls, by sureness. Columns: arm, step, low, median, high."""
    return bands(
        table,
        LOSSES,
        x="tenth of the digits, from least sure to surest",
        y="slope, over that of the least sure tenth",
        y_scale=alt.Scale(type="log"),
    )


def readers(table: pd.DataFrame) -> alt.LayerChart:
    """Digits read right by each reader. Columns: reader, seed, right."""
    names = list(dict.fromkeys(table["reader"]))
    colours = {name: MODEL if name == "network" else OTHERS[2] for name in names}
    return seeds_and_median(
        table, colours, value="right", title="new digits read right, in points", by="reader"
    )


def confusions(table: pd.DataFrame) -> alt.LayerChart:
    """Which digit was taken for which. Columns: reader, digit, said, times."""
    names = list(dict.fromkeys(table["reader"]))
    who = alt.param(name="who", value=names[0], bind=alt.binding_select(options=names, name="reader "))
    most = int(table["times"].max())
    base = alt.Chart(table).transform_filter("datum.reader === who")
    across, down = (
        alt.X("said:O").title("was read as").axis(labelAngle=0),
        alt.Y("digit:O").title("the digit"),
    )
    squares = base.mark_rect().encode(
        across,
        down,
        alt.Color("times:Q").scale(height_scale(domain=[0, most])).title("times, all seeds"),
        tooltip=["digit", "said", "times"],
    )
    words = base.transform_filter("datum.times > 0").mark_text(fontSize=11)
    pale = alt.condition(f"datum.times > {most / 2}", alt.value("white"), alt.value(INK))
    return (squares + words.encode(across, down, alt.Text("times:Q"), color=pale)).add_params(who)


def right_by_amount(table: pd.DataFrame) -> alt.LayerChart:
    """Three filters, by the mail that they learned from. Columns: mail, arm, step, low, median, high."""
    kinds = list(dict.fromkeys(table["mail"]))
    kind = alt.param(name="kind", value=kinds[0], bind=alt.binding_radio(options=kinds, name="words "))
    lines = bands(
        table,
        FILTERS,
        x="messages to learn from",
        y="new messages told right",
        x_scale=alt.Scale(type="log", domain=[20, 2000], nice=False),
    )
    return lines.transform_filter("datum.mail === kind").add_params(kind)


def promises(table: pd.DataFrame) -> alt.LayerChart:
    """A reliability diagram with a temperature. Columns: who, temperature, promised, kept, share."""
    names = list(dict.fromkeys(table["who"]))
    low, high = table["temperature"].min(), table["temperature"].max()
    who = alt.param(name="who", value=names[-2], bind=alt.binding_select(options=names, name="answers of "))
    heat = alt.param(
        name="heat", value=1, bind=alt.binding_range(min=low, max=high, step=0.25, name="temperature ")
    )
    here = alt.Chart(table).transform_filter("datum.who === who && datum.temperature === heat")
    x = alt.X("promised:Q").title("promised: mean probability of the answers").scale(domain=[0, 1])
    y = alt.Y("kept:Q").title("kept: share of them that was right").scale(domain=[0, 1])
    honest = alt.Chart(pd.DataFrame({"promised": [0, 1], "kept": [0, 1]})).mark_line(
        color=INK, strokeDash=[6, 4], strokeWidth=1
    )
    tips = [alt.Tooltip(name, format=".2f") for name in ("promised", "kept", "share")]
    size = alt.Size("share:Q").scale(domain=[0, 1], range=[20, 900]).title("share of the answers")
    line = here.mark_line(color=MODEL, strokeWidth=1.5).encode(x, y)
    dots = here.mark_circle(color=MODEL, opacity=0.8).encode(x, y, size, tooltip=tips)
    missing = (
        here.transform_calculate(off="datum.share * abs(datum.promised - datum.kept)")
        .transform_aggregate(gap="sum(off)")
        .transform_calculate(words="'calibration error: ' + format(datum.gap, '.3f')")
        .mark_text(align="left", fontSize=13, color=INK)
        .encode(x=alt.datum(0.03), y=alt.datum(0.95), text="words:N")
    )
    return (honest.encode(x, y) + line + dots + missing).add_params(who, heat)


def loss_by_step(table: pd.DataFrame) -> alt.LayerChart:
    """Cross-entropy on new digits while training goes on. Columns: arm, step, low, median, high."""
    return bands(
        table, STEPS, x="gradient step", y="cross-entropy on new digits", x_scale=alt.Scale(type="log")
    )
