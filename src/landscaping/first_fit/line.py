"""A line fitted to ten points: a loss, its slope, and the walk down."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.datasets import toys
from landscaping.models.spectrum.told import least_squares

POINTS, NOISE = 10, 0.3
RATE, STEPS, MANY_STEPS = 0.3, 40, 400
SMALL_RATE = 0.01  # for one step that the slope foretells
START = (-1.0, -1.0)

Place = Float[Tensor, "*places 2"]
Numbers = Float[Tensor, "*seed n"]


def line(place: Place, x: Numbers) -> Float[Tensor, "*places n"]:
    """The model: a height at zero, and a tilt."""
    return place[..., :1] + place[..., 1:] * x


def loss(place: Place, x: Numbers, y: Numbers) -> Float[Tensor, "*places"]:
    """The mean of the squared misses."""
    return (line(place, x) - y).square().mean(-1)


def slope(height: Callable[[Tensor], Tensor], place: Tensor) -> Tensor:
    """How steeply the height rises along each number of a place."""
    return torch.func.grad(lambda p: height(p).sum())(place)


def descend(height: Callable[[Tensor], Tensor], place: Tensor, rate: float, steps: int) -> Tensor:
    """Step against the slope again and again; every place on the way."""
    walk = [place]
    for _ in range(steps):
        walk.append(walk[-1] - rate * slope(height, walk[-1]))
    return torch.stack(walk)


def upward(x: Tensor) -> Tensor:
    """The line near which the points lie."""
    return 0.5 + x


def points(seeds: tuple[int, ...]) -> tuple[Float[Tensor, "seed n"], Float[Tensor, "seed n"]]:
    """Ten points near a line for each seed."""
    drawn = [toys.near_curve(upward, POINTS, NOISE, seed, "line") for seed in seeds]
    x, y = (torch.stack(column).squeeze(2).double() for column in zip(*drawn, strict=True))
    return x, y


@dataclass(frozen=True)
class Walk:
    """A walk for each seed on the land of its own points."""

    x: Float[Tensor, "seed n"]
    y: Float[Tensor, "seed n"]
    places: Float[Tensor, "step seed 2"]
    rate: float

    def losses(self) -> Float[Tensor, "step seed"]:
        """The height of every place."""
        return loss(self.places, self.x, self.y)

    def slopes(self) -> Float[Tensor, "seed 2"]:
        """The slope where the walk began."""
        return slope(lambda place: loss(place, self.x, self.y), self.places[0])

    def drop_over_foretold(self) -> Float[Tensor, "seed"]:
        """How much the first step lowered the loss, as a share of rate × slope²."""
        losses = self.losses()
        return (losses[0] - losses[1]) / (self.rate * self.slopes().square().sum(1))

    def from_algebra(self) -> Float[Tensor, "seed"]:
        """How far the last height and tilt are from those of least squares, at most."""
        lines = [least_squares(x.unsqueeze(1), y) for x, y in zip(self.x, self.y, strict=True)]
        best = torch.stack([torch.stack([found.intercept, found.weights[0]]) for found in lines])
        return (self.places[-1] - best).abs().amax(1)


def walk(seeds: tuple[int, ...], rate: float = RATE, steps: int = STEPS) -> Walk:
    """Descent from a bad guess, on each seed's points."""
    x, y = points(seeds)
    start = torch.tensor(START, dtype=torch.float64).expand(len(seeds), 2)
    return Walk(x, y, descend(lambda place: loss(place, x, y), start, rate, steps), rate)


small_step = partial(walk, rate=SMALL_RATE, steps=1)
large_step = partial(walk, rate=1.0, steps=1)
long_walk = partial(walk, steps=MANY_STEPS)
short_walk = partial(walk, steps=10)
