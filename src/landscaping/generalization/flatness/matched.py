"""Networks trained by several rates and batches down to one training loss, and how sharp they are there."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import one_hot

from landscaping.ensemble import SGD, Ensemble, stack, train
from landscaping.generalization.double_descent.features import CLASSES, images, redrawn
from landscaping.optimization.curvature import sharpest
from landscaping.optimization.speed_limit import squared_error

EXAMPLES, WIDTH = 300, 50
NOISY_LEVELS, TRUE_LEVELS = (0.3, 0.2, 0.14, 0.1, 0.07), (0.2, 0.1, 0.05, 0.02)
LOOK, LONGEST = 1.0, 600.0  # rate × steps from one look at the training loss to the next, and at most


@dataclass(frozen=True)
class Way:
    """A way of training: learning rate, and how many examples a step sees (all, where it says none)."""

    rate: float
    batch: int | None = None

    def __str__(self) -> str:
        return f"rate {self.rate}, {'all examples' if self.batch is None else f'batches of {self.batch}'}"


SMALL, SMALL_BATCHED, LARGE, LARGE_BATCHED = WAYS = (Way(0.1), Way(0.1, 10), Way(0.4), Way(0.4, 10))


@dataclass(frozen=True)
class Examples:
    """Digits to learn from with one-hot targets, and digits to be tested on with true labels."""

    x: Float[Tensor, "seed n 64"]
    y: Float[Tensor, "seed n 10"]
    test_x: Float[Tensor, "seed test 64"]
    test_y: Int[Tensor, "seed test"]


@dataclass(frozen=True)
class Matched:
    """Networks that came down to the same training loss by different ways; errors in points of a hundred."""

    nets: dict[Way, Ensemble]
    sharpness: dict[Way, Float[Tensor, "seed"]]
    wrong: dict[Way, Float[Tensor, "seed"]]
    examples: Examples


def network() -> nn.Sequential:
    """Two hidden layers of ReLU units, with torch's own initial weights."""
    hidden = [nn.Linear(64, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU()]
    return nn.Sequential(*hidden, nn.Linear(WIDTH, CLASSES))


@lru_cache(maxsize=8)
def drawn(seeds: tuple[int, ...], noise: bool) -> Examples:
    """Each seed's own digits; with noise, a fifth of the training labels is drawn anew."""
    tasks = [images(seed, EXAMPLES) for seed in seeds]
    labels = [redrawn(t.y, s) if noise else t.y for t, s in zip(tasks, seeds, strict=True)]
    return Examples(
        torch.stack([task.x for task in tasks]).float(),
        torch.stack([one_hot(y, CLASSES) for y in labels]).float(),
        torch.stack([task.test_x for task in tasks]).float(),
        torch.stack([task.test_y for task in tasks]),
    )


@lru_cache(maxsize=8)
def noisy(seeds: tuple[int, ...]) -> dict[float, Matched]:
    """All four ways, a fifth of the labels drawn anew, compared at every level of the training loss."""
    return compared(WAYS, NOISY_LEVELS, drawn(seeds, noise=True), seeds)


@lru_cache(maxsize=8)
def true(seeds: tuple[int, ...]) -> dict[float, Matched]:
    """The two ways that differ most, on true labels."""
    return compared((SMALL, LARGE_BATCHED), TRUE_LEVELS, drawn(seeds, noise=False), seeds)


def compared(
    ways: tuple[Way, ...], levels: tuple[float, ...], examples: Examples, seeds: tuple[int, ...]
) -> dict[float, Matched]:
    """Train by every way from the same initial weights; measure at each level."""
    nets = {way: stops(way, levels, examples, seeds) for way in ways}
    return {level: measured({way: nets[way][level] for way in ways}, examples) for level in levels}


def measured(nets: dict[Way, Ensemble], examples: Examples) -> Matched:
    """How sharp the networks are where they stand, and how many test digits they read wrongly."""
    sharp = {
        way: sharpest(n, squared_error, examples.x, examples.y, per_seed=True) for way, n in nets.items()
    }
    return Matched(nets, sharp, {way: wrong(n, examples) for way, n in nets.items()}, examples)


def wrong(
    nets: Ensemble, examples: Examples, x: Float[Tensor, "seed test 64"] | None = None
) -> Float[Tensor, "seed"]:
    """How many of a hundred test digits are read wrongly; `x` are other pictures of the same digits."""
    answers = nets(examples.test_x if x is None else x, per_seed=True)
    return 100 * (answers.argmax(-1) != examples.test_y).float().mean(1)


def loss_of(nets: Ensemble, examples: Examples) -> Float[Tensor, "seed"]:
    """The training loss of every network, over all its examples."""
    return 0.5 * (nets(examples.x, per_seed=True) - examples.y).square().sum(-1).mean(-1)


def stops(
    way: Way, levels: tuple[float, ...], examples: Examples, seeds: tuple[int, ...]
) -> dict[float, Ensemble]:
    """The networks as each first came down to each level of the training loss."""
    nets = stack(network, seeds)
    found = {level: nets.copy() for level in levels}
    reached = torch.zeros(len(levels), len(seeds), dtype=torch.bool)
    training = train(
        nets, squared_error, examples.x, examples.y, SGD(way.rate), batch=way.batch, per_seed=True
    )
    for _ in range(round(LONGEST / LOOK)):
        for _ in range(round(LOOK / way.rate)):
            next(training)
        new = (loss_of(nets, examples) <= torch.tensor(levels)[:, None]) & ~reached
        for level, arrived in zip(levels, new, strict=True):
            keep(nets, found[level], arrived)
        reached |= new
        if reached.all():
            return found
    late = [seed for seed, there in zip(seeds, reached.all(0), strict=True) if not there]
    raise RuntimeError(
        f"{way}: seeds {late} did not come down to a training loss of {min(levels)} in "
        f"{LONGEST:.0f} rate × steps: ask for a higher loss"
    )


def keep(nets: Ensemble, found: Ensemble, arrived: Tensor) -> None:
    """Write down the weights of the networks that have just arrived."""
    for name, weights in nets.params.items():
        found.params[name][arrived] = weights[arrived]
