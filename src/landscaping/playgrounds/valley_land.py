"""The long valley of a linear model with two inputs of unequal size, as `valley_land.mjs` makes it."""

from math import cos, pi, sin

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.models import gabor
from landscaping.small_generator import DATA, SmallGenerator, thousandths

TRUTH = (0.0, 12.5)  # the middle of the map
WEAK = 0.2  # size of the second input where the first has 1: the valley is 1/WEAK² times as curved across
LOUD = 10.0  # how much larger an error is than on the Gabor model's land, whose answers are small


def examples(
    n: int, noise: float, draw: int, turn: float
) -> tuple[Float[Tensor, "n 2"], Float[Tensor, " n"]]:
    """Inputs `(n, 2)`, turned by `turn` degrees, and the true parameters' answers with errors, `(n,)`."""
    chance = SmallGenerator(draw, DATA)
    drawn = [[thousandths(chance.normal()) for _ in range(3)] for _ in range(n)]
    strong, weak, error = torch.tensor(drawn, dtype=torch.float64).T
    c, s = cos(turn * pi / 180), sin(turn * pi / 180)
    weak = WEAK * weak
    x = torch.stack([c * weak - s * strong, s * weak + c * strong], 1)
    return x, x @ torch.tensor(TRUTH, dtype=torch.float64) + LOUD * noise * error


def loss(
    phi: Float[Tensor, "*point 2"], x: Float[Tensor, "n 2"], y: Float[Tensor, " n"]
) -> Float[Tensor, "*point"]:
    """Mean squared residual of `φ₀x₀ + φ₁x₁`."""
    return (phi @ x.T - y).square().mean(-1)


def lowest(x: Float[Tensor, "n 2"], y: Float[Tensor, " n"]) -> Float[Tensor, "2"]:
    """The lowest point, by least squares."""
    return torch.linalg.lstsq(x, y[:, None]).solution[:, 0]


def surface(x: Float[Tensor, "n 2"], y: Float[Tensor, " n"], size: int) -> Float[Tensor, "size size"]:
    """The exact loss at the middles of the map's squares."""
    return loss(gabor.points(size), x, y)
