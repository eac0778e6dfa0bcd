"""Handwritten digits, 8 × 8 pixels: scikit-learn's copy of the set of Alpaydin and Kaynak (1998)."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float, Int
from sklearn.datasets import load_digits
from torch import Tensor

from landscaping.randomness import stream

SIDE, CLASSES = 8, 10


@dataclass(frozen=True)
class Digits:
    """Images as rows of 64 grey values in [0, 1], `(n, 64)`, with their digit `(n,)`."""

    x: Float[Tensor, "n 64"]
    y: Int[Tensor, "n"]


@cache
def everything() -> Digits:
    """All 1,797 images, in scikit-learn's order."""
    x, y = load_digits(return_X_y=True)
    return Digits(torch.tensor(x / 16, dtype=torch.float32), torch.tensor(y))


def split(n_train: int, seed: int) -> tuple[Digits, Digits]:
    """`n_train` images to learn from and all others to be tested on, drawn by the seed.

    Raises `ValueError` when nothing would be left for the test.
    """
    digits = everything()
    if not 0 < n_train < len(digits.y):
        raise ValueError(
            f"split got n_train={n_train}, wants 1 to {len(digits.y) - 1}: the rest is the test set"
        )
    order = torch.randperm(len(digits.y), generator=stream("split", seed))
    train, test = order[:n_train], order[n_train:]
    return Digits(digits.x[train], digits.y[train]), Digits(digits.x[test], digits.y[test])
