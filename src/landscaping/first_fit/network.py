"""A small network fitted to twelve points: training and test data, and what a seed decides."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets import toys
from landscaping.ensemble import SGD, Ensemble, stack, train
from landscaping.models.shallow import Shallow
from landscaping.scores import mean_squared_error

SEEN, FRESH, NOISE = 12, 200, 0.2
WIDTH, RATE = 16, 0.1
MARKS = (0, 10, 30, 100, 300, 1000, 3000)  # steps after which we look
OTHER = 10_000  # the second of two starts has this much larger a seed

Numbers = Float[Tensor, "seed _ 1"]
Points = tuple[Numbers, Numbers]  # inputs and answers


def wave(x: Tensor) -> Tensor:
    """The curve near which the points lie."""
    return (torch.pi * x).sin()


def points(seeds: tuple[int, ...], n: int, purpose: str) -> Points:
    """Points near the wave, each seed its own."""
    x, y = zip(*(toys.near_curve(wave, n, NOISE, seed, purpose) for seed in seeds), strict=True)
    return torch.stack(x), torch.stack(y)


@dataclass(frozen=True)
class Fit:
    """Networks after training, and the losses that they had at the marks."""

    nets: Ensemble
    seen: Points
    fresh: Points
    training: Float[Tensor, "mark seed"]
    test: Float[Tensor, "mark seed"]
    curves: Float[Tensor, "mark seed x"]  # answers on PLACES


PLACES: Float[Tensor, "61 1"] = torch.linspace(-1, 1, 61).unsqueeze(1)


@torch.no_grad()
def look(nets: Ensemble, seen: Points, fresh: Points) -> tuple[Tensor, Tensor, Tensor]:
    """Training loss and test loss, each `(seed,)`, and the curve that every network draws."""
    losses = [mean_squared_error(nets(x, per_seed=True), y) for x, y in (seen, fresh)]
    return *losses, nets(PLACES).squeeze(2)


def fit_anew(seeds: tuple[int, ...], start: int = 0, steps: int = MARKS[-1]) -> Fit:
    """Train one network on each seed's points; `start` is added to the seed of the initial weights."""
    seen, fresh = points(seeds, SEEN, "training points"), points(seeds, FRESH, "test points")
    nets = stack(lambda: Shallow(WIDTH), tuple(seed + start for seed in seeds))
    training = train(nets, nn.functional.mse_loss, *seen, SGD(RATE), per_seed=True)
    looks = []
    for step in range(steps + 1):
        if step in MARKS:
            looks.append(look(nets, seen, fresh))
        if step < steps:
            next(training)
    return Fit(nets, seen, fresh, *(torch.stack(column) for column in zip(*looks, strict=True)))


fit = cache(fit_anew)


@dataclass(frozen=True)
class Pair:
    """Two fits to the same points."""

    one: Fit
    other: Fit

    def distance(self) -> Float[Tensor, "seed"]:
        """How far the weights are apart, relative to their own size."""
        one, other = self.one.nets.flat(), self.other.nets.flat()
        return (one - other).norm(dim=1) / ((one.norm(dim=1) + other.norm(dim=1)) / 2)

    def contrast(self) -> Float[Tensor, "seed"]:
        """The larger of the two test losses, divided by the smaller."""
        one, other = self.one.test[-1], self.other.test[-1]
        return torch.maximum(one / other, other / one)


def two_starts(seeds: tuple[int, ...]) -> Pair:
    """The same points, two seeds for the initial weights."""
    return Pair(fit(seeds), fit(seeds, start=OTHER))


def same_start(seeds: tuple[int, ...]) -> Pair:
    """The same points and the same seed for the initial weights, trained twice."""
    return Pair(fit_anew(seeds, steps=300), fit_anew(seeds, steps=300))


def two_short_starts(seeds: tuple[int, ...]) -> Pair:
    """As briefly, with two seeds."""
    return Pair(fit_anew(seeds, steps=300), fit_anew(seeds, start=OTHER, steps=300))


def one_untrained(seeds: tuple[int, ...]) -> Pair:
    """The same points; one of the two networks takes no step."""
    return Pair(fit(seeds), fit_anew(seeds, start=OTHER, steps=0))


def untrained(seeds: tuple[int, ...]) -> Fit:
    """Networks as they are born."""
    return fit_anew(seeds, steps=0)
