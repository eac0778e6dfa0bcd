"""What many seeds say together: quartiles, ranges, intervals, paired differences."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from scipy import stats
from torch import Tensor


@dataclass(frozen=True)
class Spread:
    """How one measure is spread over seeds."""

    median: float
    low: float  # quartile
    high: float  # quartile
    minimum: float
    maximum: float
    n: int


@dataclass(frozen=True)
class PairedDifference:
    """Mean of a seed-by-seed difference with its 95 % interval (Student's t), and how many are positive."""

    mean: float
    low: float
    high: float
    positive: int
    n: int


def describe(values: Float[Tensor, "seed"]) -> Spread:
    """Median, quartiles and range over seeds."""
    low, median, high = torch.quantile(values.double(), torch.tensor([0.25, 0.5, 0.75]).double()).tolist()
    return Spread(median, low, high, values.min().item(), values.max().item(), len(values))


def paired_difference(a: Float[Tensor, "seed"], b: Float[Tensor, "seed"]) -> PairedDifference:
    """How `a - b` is spread when both were measured on the same seeds.

    Raises `ValueError` for fewer than two seeds: one difference has no interval.
    """
    if len(a) < 2:
        raise ValueError(f"paired_difference got {len(a)} seed(s), wants at least 2: run more seeds")
    gap = (a - b).double()
    half = float(stats.t.ppf(0.975, len(gap) - 1)) * gap.std().item() / len(gap) ** 0.5
    mean = gap.mean().item()
    return PairedDifference(mean, mean - half, mean + half, int((gap > 0).sum()), len(gap))


def quartiles(
    values: Float[Tensor, "step seed"], steps: Float[Tensor, "step"] | range | None = None
) -> pd.DataFrame:
    """Quartiles over seeds at each step: columns step, low, median, high."""
    low, median, high = torch.quantile(values.double(), torch.tensor([0.25, 0.5, 0.75]).double(), dim=1)
    at = torch.arange(len(values)) if steps is None else torch.as_tensor(list(steps))
    return pd.DataFrame(
        {"step": at.numpy(), "low": low.numpy(), "median": median.numpy(), "high": high.numpy()}
    )


def long_table(
    values: Float[Tensor, "step seed"], steps: range | None = None, value: str = "value"
) -> pd.DataFrame:
    """One row for each step and seed: columns step, seed (its position), and `value`."""
    at = list(range(len(values))) if steps is None else list(steps)
    index = pd.MultiIndex.from_product([at, range(values.shape[1])], names=["step", "seed"])
    return pd.DataFrame({value: values.double().flatten().numpy()}, index=index).reset_index()
