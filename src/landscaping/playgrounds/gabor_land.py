"""The examples of a playground on the Gabor model's land, as its `gabor_land.mjs` draws them."""

import torch
from torch import Tensor

from landscaping.models import gabor
from landscaping.small_generator import DATA, SmallGenerator, thousandths


def examples(n: int, noise: float, draw: int, moved: list[list[float]]) -> tuple[Tensor, Tensor]:
    """Inputs and targets, both `(n,)`; a point that the reader moved stands where it was put."""
    chance = SmallGenerator(draw, DATA)
    points = [_example(chance, noise) for _ in range(n)]
    for number, x, y in moved:
        if number < n:
            points[number] = (x, y)
    x, y = torch.tensor(points, dtype=torch.float64).T
    return x, y


def _example(chance: SmallGenerator, noise: float) -> tuple[float, float]:
    low, high = gabor.INPUTS
    x = thousandths(low + (high - low) * chance.uniform())
    place = torch.tensor(gabor.TRUTH, dtype=torch.float64)
    true = gabor.gabor(torch.tensor([x], dtype=torch.float64), place).item()
    return x, thousandths(true + noise * chance.normal())
