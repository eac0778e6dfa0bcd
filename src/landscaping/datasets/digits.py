"""Handwritten digits, 8 × 8 pixels: scikit-learn's copy of the set of Alpaydin and Kaynak (1998)."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float, Int
from sklearn.datasets import load_digits
from torch import Tensor

from landscaping.datasets.splitting import split_rows

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
    """`n_train` images to learn from and all others to be tested on, drawn by the seed."""
    digits = everything()
    train, test = split_rows(len(digits.y), n_train, seed)
    return Digits(digits.x[train], digits.y[train]), Digits(digits.x[test], digits.y[test])
