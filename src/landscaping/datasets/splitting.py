"""Which examples are learned from, and which are kept for the test."""

import torch
from jaxtyping import Int
from torch import Tensor

from landscaping.randomness import stream


def split_rows(n: int, n_train: int, seed: int) -> tuple[Int[Tensor, "train"], Int[Tensor, "test"]]:
    """`n_train` of `n` rows, drawn by the seed, and all the others.

    Raises `ValueError` when nothing would be left for the test.
    """
    if not 0 < n_train < n:
        raise ValueError(f"split got n_train={n_train}, wants 1 to {n - 1}: the rest is the test set")
    order = torch.randperm(n, generator=stream("split", seed))
    return order[:n_train], order[n_train:]
