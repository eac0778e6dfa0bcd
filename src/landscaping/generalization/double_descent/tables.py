"""The chapter's results as small tables for its charts."""

from math import comb, log10

import pandas as pd
import torch
from torch import Tensor

from landscaping.generalization.double_descent import nets, one_dimension
from landscaping.generalization.double_descent.one_dimension import COUNTS, WHERE
from landscaping.generalization.double_descent.widths import WIDTHS, Scores
from landscaping.spread import quartiles


def by_width(name: str, **arms: Scores) -> pd.DataFrame:
    """Quartiles of one score: columns arm, step (the features), low, median, high."""
    return stacked({arm: getattr(scores, name) for arm, scores in arms.items()}, WIDTHS)


def of_nets(run: nets.Trained, early: nets.Trained) -> pd.DataFrame:
    """Four scores of trained networks by width: columns score, arm, step (the width), low, median, high."""
    scores = {
        "test cross-entropy": {"trained to the end": run.cross_entropy, "stopped early": early.cross_entropy},
        "the same, tempered": {"trained to the end": run.tempered, "stopped early": early.tempered},
        "share of wrong test answers": {"trained to the end": run.wrong, "stopped early": early.wrong},
    }
    parts = [stacked(arms, nets.WIDTHS).assign(score=score) for score, arms in scores.items()]
    return pd.concat(parts, ignore_index=True)


def stacked(arms: dict[str, Tensor], widths: tuple[int, ...]) -> pd.DataFrame:
    """Quartiles over seeds of each arm's `(width, seed)`, one below the other."""
    tables = [quartiles(values, widths).assign(arm=arm) for arm, values in arms.items()]
    return pd.concat(tables, ignore_index=True)


def looked_at(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The explorer's curves (count, x, y) and the points they go through (x, y)."""
    fits = one_dimension.fits(seed)
    rows = [
        {"features": count, "x": round(x, 3), "y": round(y, 3)}
        for count, fit in zip(COUNTS, fits.tolist(), strict=True)
        for x, y in zip(WHERE.tolist(), fit, strict=True)
    ]
    x, y = one_dimension.points(seed)
    return pd.DataFrame(rows), pd.DataFrame({"x": x, "y": y})


def error_on_the_line(seed: int, seeds: tuple[int, ...]) -> pd.DataFrame:
    """Squared error by number of features: columns features, this, median (over `seeds`)."""
    everyone = torch.stack([one_dimension.errors(s) for s in seeds], 1)
    median = everyone.quantile(0.5, dim=1)
    return pd.DataFrame({"features": COUNTS, "this": one_dimension.errors(seed), "median": median})


def regions_at_most(hyperplanes: int, inputs: int) -> float:
    """Into how many regions so many hinges cut their inputs at most, as a power of ten (Zaslavsky)."""
    return log10(sum(comb(hyperplanes, j) for j in range(inputs + 1)))
