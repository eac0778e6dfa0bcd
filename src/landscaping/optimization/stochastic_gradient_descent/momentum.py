"""What momentum does to the number of steps, and to the limit of the learning rate."""

from dataclasses import dataclass, replace
from functools import partial
from math import sqrt

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import SGD, stack, train
from landscaping.optimization.curvature import sharpest
from landscaping.optimization.speed_limit import examples, network, squared_error
from landscaping.optimization.stochastic_gradient_descent.bowls import bowls, first_at_most

CONDITION = 100.0
NEAR = 1e-6  # of the first distance
EARLY, LATE = 150, 300  # steps between which a factor is measured


def best_momentum(condition: float) -> tuple[float, float]:
    """Polyak's rate and momentum for curvatures from 1/κ to 1."""
    root = sqrt(condition)
    return (2 / (1 + 1 / root)) ** 2, ((root - 1) / (root + 1)) ** 2


def best_rate(condition: float) -> float:
    """Plain descent's best rate for curvatures from 1/κ to 1: the two ends shrink equally fast."""
    return 2 / (1 + 1 / condition)


@dataclass(frozen=True)
class Race:
    """Steps to a millionth of the distance, and what a late step multiplies the distance by."""

    plain_steps: Float[Tensor, "seed"]
    momentum_steps: Float[Tensor, "seed"]
    plain_factor: Float[Tensor, "seed"]
    momentum_factor: Float[Tensor, "seed"]
    foretold: float  # momentum's factor: (√κ − 1) / (√κ + 1)


def race(seeds: tuple[int, ...], condition: float = CONDITION) -> Race:
    """Both rules at the best constants that exist for them, in the same turned valleys."""
    made = bowls(seeds, condition)
    rate, momentum = best_momentum(condition)
    rules = (partial(_sgd, rate=best_rate(condition)), partial(_sgd, rate=rate, momentum=momentum))
    distances = [made.roll(rule, 1000).norm(dim=2) for rule in rules]
    steps = [first_at_most(d / d[0], NEAR) for d in distances]
    factors = [(d[LATE] / d[EARLY]) ** (1 / (LATE - EARLY)) for d in distances]
    return Race(*steps, *factors, sqrt(momentum))


def plain_in_its_place(seeds: tuple[int, ...]) -> Race:
    """The same race, with plain descent's factor in the place of momentum's."""
    seen = race(seeds)
    return replace(seen, momentum_factor=seen.plain_factor)


def _sgd(marbles: Tensor, rate: float, momentum: float = 0.0) -> torch.optim.Optimizer:
    return torch.optim.SGD([marbles], lr=rate, momentum=momentum)


RATE, MOMENTUM = 0.5, 0.5
TIME, MEASURED = 150.0, 7  # rate × steps / (1 − β); measurements in its second half


def late_curvature(
    seeds: tuple[int, ...], momentum: float = MOMENTUM, rate: float = RATE
) -> Float[Tensor, "seed"]:
    """Largest curvature of networks late in full-batch training, times the rate: the middle of a few.

    The networks and digits are those of the chapter on gradient descent.
    """
    nets, (x, y) = stack(network, seeds), examples(seeds)
    steps = round(TIME * (1 - momentum) / rate)
    training = train(nets, squared_error, x, y, SGD(rate, momentum), steps=steps, per_seed=True)
    found = []
    for step, _ in enumerate(training):
        if step >= steps // 2 and (step - steps // 2) % (steps // 2 // MEASURED) == 0:
            found.append(sharpest(nets, squared_error, x, y, per_seed=True))
    return rate * torch.stack(found).quantile(0.5, dim=0)
