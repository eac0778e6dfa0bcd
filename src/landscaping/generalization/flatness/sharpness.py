"""What rate and batch do to the sharpness of networks that have come down to one training loss."""

from functools import lru_cache

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.generalization.flatness.matched import (
    LARGE,
    LARGE_BATCHED,
    NOISY_LEVELS,
    SMALL,
    SMALL_BATCHED,
    WAYS,
    Way,
    noisy,
)
from landscaping.optimization.relative_curvature import relative_sharpest
from landscaping.optimization.speed_limit import squared_error

EARLY, LATE = NOISY_LEVELS[0], NOISY_LEVELS[-1]


def times_flatter(seeds: tuple[int, ...], way: Way, level: float = LATE) -> Float[Tensor, "seed"]:
    """Sharpness at the small rate with all examples, over that of another way at the same training loss."""
    sharpness = noisy(seeds)[level].sharpness
    return sharpness[SMALL] / sharpness[way]


def by_rate(seeds: tuple[int, ...], level: float = LATE) -> Float[Tensor, "seed"]:
    """How many times flatter the large rate ends, both with all examples."""
    return times_flatter(seeds, LARGE, level)


def by_batch(seeds: tuple[int, ...], level: float = LATE) -> Float[Tensor, "seed"]:
    """How many times flatter small batches end, both at the small rate."""
    return times_flatter(seeds, SMALL_BATCHED, level)


def by_rate_early(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same comparison soon after birth."""
    return by_rate(seeds, EARLY)


def by_batch_early(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same comparison soon after birth."""
    return by_batch(seeds, EARLY)


def share_of_limit(seeds: tuple[int, ...], way: Way = LARGE) -> Float[Tensor, "seed"]:
    """Sharpness as a share of 2/α at the lowest training loss."""
    return noisy(seeds)[LATE].sharpness[way] * way.rate / 2


def share_with_small_rate(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same at the small rate, all examples."""
    return share_of_limit(seeds, SMALL)


def share_with_batches(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same at the large rate, in small batches."""
    return share_of_limit(seeds, LARGE_BATCHED)


@lru_cache(maxsize=8)
def relatively_flatter(seeds: tuple[int, ...], level: float = LATE) -> Float[Tensor, "seed"]:
    """How many times flatter the flattest way is in relative sharpness, which no rescaling changes."""
    met = noisy(seeds)[level]
    both = (
        relative_sharpest(met.nets[way], squared_error, met.examples.x, met.examples.y, per_seed=True)
        for way in (SMALL, LARGE_BATCHED)
    )
    return torch.div(*both)


def relatively_flatter_early(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same soon after birth."""
    return relatively_flatter(seeds, EARLY)


def by_level(seeds: tuple[int, ...]) -> pd.DataFrame:
    """One row a network: columns level (of the training loss), way, seed, sharpness, wrong (in a hundred)."""
    rows = []
    for level, met in noisy(seeds).items():
        for way in WAYS:
            pairs = zip(seeds, met.sharpness[way].tolist(), met.wrong[way].tolist(), strict=True)
            rows += [
                {"level": level, "way": str(way), "seed": seed, "sharpness": sharp, "wrong": wrong}
                for seed, sharp, wrong in pairs
            ]
    return pd.DataFrame(rows)
