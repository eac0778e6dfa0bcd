"""The chapter's results as small tables for its charts."""

import pandas as pd

from landscaping.models.convolution.fields import Fields, places_used
from landscaping.models.convolution.following import broken
from landscaping.models.convolution.kernels import Compared
from landscaping.models.convolution.rolls import ROLLS, ByRoll
from landscaping.spread import quartiles

# A signal to slide a kernel over: a plateau, a slope, a spike.
SIGNAL = [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.3, 0.6, 0.9, 0.0, 0.0, 1.0]

ARMS = {
    "designed": "designed",
    "random": "drawn at random",
    "learned": "learned, from random ones",
    "improved": "learned, from designed ones",
}
KINDS = {"here": "signals with edges", "gaussian": "Gaussian signals", "before": "before training"}


def cells() -> pd.DataFrame:
    """Every cell of the matrix that the explorer draws: columns row, column, signal (at the column)."""
    places = range(len(SIGNAL))
    return pd.DataFrame(
        {"row": row, "column": column, "signal": SIGNAL[column]} for row in places for column in places
    )


def breaks(seed: int) -> pd.DataFrame:
    """How far each layer is from following a roll: columns layer, roll, gap."""
    return pd.DataFrame(
        {"layer": layer, "roll": roll, "gap": gap}
        for layer, gaps in broken(seed).items()
        for roll, gap in zip(ROLLS, gaps, strict=True)
    )


def by_roll(run: ByRoll) -> pd.DataFrame:
    """Quartiles of each reader's accuracy by roll: columns arm, step (the roll), low, median, high."""
    names = {"plain": "plain", "ring": "convolutions on a ring", "strided": "the same with a stride of two"}
    tables = [quartiles(getattr(run, key), ROLLS).assign(arm=name) for key, name in names.items()]
    return pd.concat(tables, ignore_index=True)


def by_read_out(run: Compared) -> pd.DataFrame:
    """Every network a row: columns arm, numbers (to the read-out from each kernel), seed, accuracy."""
    return pd.DataFrame(
        {"arm": ARMS[arm], "numbers": sides**2, "seed": seed, "accuracy": round(value, 3)}
        for (arm, sides), values in run.accuracy.items()
        for seed, value in enumerate(values.tolist())
    )


def pictures(run: Compared) -> pd.DataFrame:
    """The kernels of the first seed as pictures: columns arm, kernel, row, column, weight (largest: one)."""
    return pd.DataFrame(
        {"arm": ARMS[arm], "kernel": kernel, "row": at // 3, "column": at % 3, "weight": round(weight, 3)}
        for arm in ARMS
        for kernel, weights in enumerate(run.kernels[arm][0].T)
        for at, weight in enumerate((weights / weights.abs().max()).tolist())
    )


def first_weights(run: Fields, units: int = 6) -> pd.DataFrame:
    """Weights of some units of the first seed: columns kind, unit, place, weight (largest: one)."""
    return pd.DataFrame(
        {"kind": name, "unit": unit, "place": place, "weight": round(weight, 3)}
        for key, name in KINDS.items()
        for unit, weights in enumerate(getattr(run, key)[0, :units])
        for place, weight in enumerate((weights / weights.abs().max()).tolist())
    )


def widths(run: Fields, control: Fields) -> pd.DataFrame:
    """Places that the units of each network use, on average: columns arm, seed, places."""
    found = {name: getattr(run, key) for key, name in KINDS.items()} | {"elliptical signals": control.here}
    return pd.DataFrame(
        {"arm": name, "seed": seed, "places": round(value, 3)}
        for name, weights in found.items()
        for seed, value in enumerate(places_used(weights).mean(1).tolist())
    )
