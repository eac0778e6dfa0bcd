"""A network of 25 weights that learns one wave, with its whole Hessian: what the playground computes."""

from functools import lru_cache
from math import pi

import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import grad, hessian

from landscaping.small_generator import WEIGHTS, SmallGenerator

UNITS, POINTS = 8, 16
RATE, MOMENTUM, STEPS = 0.04, 0.9, 1500  # of the training before the reader comes
Weights = Float[Tensor, "25"]  # into the units, their offsets, out of the units, the output's offset


def wave() -> tuple[Float[Tensor, "point"], Float[Tensor, "point"]]:
    """Inputs from −1 to 1, and a period of a sine."""
    x = torch.linspace(-1, 1, POINTS, dtype=torch.float64)
    return x, (pi * x).sin()


def answer(weights: Weights, x: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    """One hidden layer of ReLU units, one input, one output."""
    into, offset, out = weights[: 3 * UNITS].view(3, UNITS)
    return (x[:, None] * into + offset).relu() @ out + weights[-1]


def loss(weights: Weights) -> Float[Tensor, ""]:
    """Mean squared error on the wave."""
    x, y = wave()
    return (answer(weights, x) - y).square().mean()


def born(network: int) -> Weights:
    """Initial weights within ±1/√inputs of each layer, as torch has them, from the small generator."""
    chance = SmallGenerator(network, WEIGHTS)
    drawn = torch.tensor([2 * chance.uniform() - 1 for _ in range(3 * UNITS + 1)], dtype=torch.float64)
    return torch.cat([drawn[: 2 * UNITS], drawn[2 * UNITS :] / UNITS**0.5])


@lru_cache(maxsize=32)
def trained(network: int) -> Weights:
    """The network after full-batch descent with momentum."""
    weights, speed = born(network), torch.zeros(3 * UNITS + 1, dtype=torch.float64)
    slope = grad(loss)
    for _ in range(STEPS):
        speed = MOMENTUM * speed + slope(weights)
        weights = weights - RATE * speed
    return weights


def rescaled(weights: Weights, factor: float) -> Weights:
    """What enters the units times the factor, what leaves them over it."""
    stretch = torch.ones_like(weights)
    stretch[: 2 * UNITS], stretch[2 * UNITS : 3 * UNITS] = factor, 1 / factor
    return weights * stretch


def sharpest(weights: Weights, relative: bool = False) -> tuple[float, Weights]:
    """Largest curvature and the step of length one along it; `relative`: in shares of each weight."""
    size = weights.abs() if relative else torch.ones_like(weights)
    values, vectors = torch.linalg.eigh(size[:, None] * hessian(loss)(weights) * size)
    return values[-1].item(), size * vectors[:, -1]


def cut(weights: Weights, along: Weights, steps: Float[Tensor, "step"]) -> Float[Tensor, "step"]:
    """The loss at so many steps along a direction."""
    return torch.stack([loss(weights + step * along) for step in steps])


def descent(weights: Weights, rate: float, steps: int) -> Float[Tensor, "place 25"]:
    """Where plain descent goes from here: this place, and the one after each step."""
    places, slope = [weights], grad(loss)
    for _ in range(steps):
        places.append(places[-1] - rate * slope(places[-1]))
    return torch.stack(places)
