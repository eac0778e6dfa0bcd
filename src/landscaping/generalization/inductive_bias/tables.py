"""The chapter's results as small tables for its charts."""

import pandas as pd

from landscaping.generalization.inductive_bias.arms import Arms
from landscaping.generalization.inductive_bias.positions import Positions

NAMES = {
    "dense": "dense, from random weights",
    "untied": "untied: zeros",
    "tied": "tied: zeros and ties",
    "grown": "dense, from the tied net's weights",
}


def by_arm(run: Arms) -> pd.DataFrame:
    """One row for each arm and seed: columns arm, seed, accuracy (points)."""
    return pd.DataFrame(
        {"arm": name, "seed": seed, "accuracy": value}
        for arm, name in NAMES.items()
        for seed, value in enumerate(getattr(run, arm).tolist())
    )


def by_position(**runs: Positions) -> pd.DataFrame:
    """One row for each net, order of positions and seed: columns net, positions, seed, accuracy (points)."""
    return pd.DataFrame(
        {"net": net, "positions": positions, "seed": seed, "accuracy": value}
        for net, run in runs.items()
        for positions, values in (("in order", run.in_order), ("shuffled", run.shuffled))
        for seed, value in enumerate(values.tolist())
    )
