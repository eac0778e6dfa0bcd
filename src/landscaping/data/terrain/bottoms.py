"""Where the bottom of the right valley comes to lie, and how many marbles come to it."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.func import grad, vmap

from landscaping.data.terrain.lands import EXAMPLES, NOISE, Lands, clean_and_noisy, draw, truth
from landscaping.models import gabor

RATE, STEPS = 4.0, 300
COUNTS = (28, 112, 448)
WANDERERS = 32  # lands for each seed and number of examples
MUCH = 0.3  # the noise of the lands on which marbles are thrown
FEW = 7  # examples of the control
LANDS, MARBLES = 6, 50  # for each seed
HOME = 1.0  # a marble has arrived when it rests within this distance of the bottom

slope = vmap(vmap(vmap(grad(gabor.loss), in_dims=(0, None, None))))


def roll(
    marbles: Float[Tensor, "seed land marble 2"], lands: Lands, steps: int = STEPS
) -> Float[Tensor, "seed land marble 2"]:
    """Plain descent of every marble on its own land."""
    for _ in range(steps):
        marbles = marbles - RATE * slope(marbles, lands.x, lands.y)
    return marbles


def bottom(lands: Lands) -> Float[Tensor, "seed land 2"]:
    """The bottom of the right valley: where a marble comes to rest that was dropped at the truth."""
    return roll(truth().expand(*lands.x.shape[:2], 1, 2), lands).squeeze(2)


@dataclass(frozen=True)
class Wander:
    """Bottoms of the right valley, seen from the truth, by number of examples."""

    counts: tuple[int, ...]
    offset: Float[Tensor, "count seed land 2"]

    @property
    def distance(self) -> Float[Tensor, "count seed"]:
        """Typical distance from the truth: root mean square over the lands of a seed."""
        return self.offset.square().sum(3).mean(2).sqrt()

    def table(self, lands: int = 12) -> pd.DataFrame:
        """Some of the bottoms: columns examples, seed, first, second (the place)."""
        shape = (self.counts, range(self.offset.shape[1]), range(lands))
        index = pd.MultiIndex.from_product(shape, names=["examples", "seed", "land"])
        places = (self.offset[:, :, :lands] + truth()).flatten(0, 2).round(decimals=3)
        return pd.DataFrame(places.numpy(), index, ["first", "second"]).reset_index().drop(columns="land")


def wander(seeds: tuple[int, ...], noise: float = NOISE, in_order: bool = False) -> Wander:
    """Fits by descent from the truth; `in_order` makes the errors grow with the answers."""
    lands = [clean_and_noisy(seeds, WANDERERS, n, noise, in_order)[1] for n in COUNTS]
    return Wander(COUNTS, torch.stack([bottom(some) - truth() for some in lands]))


@dataclass(frozen=True)
class Arrivals:
    """Of the same starts, the share that comes to the bottom of the right valley on two kinds of land."""

    before: Float[Tensor, "seed"]
    after: Float[Tensor, "seed"]
    near_truth: Float[Tensor, "seed"]  # that comes close to the truth itself, on the second kind

    @property
    def change(self) -> Float[Tensor, "seed"]:
        """How much the share grew."""
        return self.after - self.before


def within(marbles: Float[Tensor, "seed land marble 2"], goal: Tensor) -> Bool[Tensor, "seed land marble"]:
    """Which marbles lie within `HOME` of the goal."""
    return (marbles - goal).norm(dim=3) <= HOME


def arrivals(seeds: tuple[int, ...], noise: float = MUCH, n: int = EXAMPLES) -> Arrivals:
    """The same starts on clean land of `EXAMPLES` examples, and on land with other noise or number."""
    start = torch.stack([gabor.anywhere(MARBLES, seed) for seed in seeds])[:, None]
    start = start.expand(-1, LANDS, -1, -1)
    before, after = draw(seeds, LANDS), draw(seeds, LANDS, n, noise)
    ends = [roll(start, lands) for lands in (before, after)]
    home = [within(end, bottom(lands)[:, :, None]) for end, lands in zip(ends, (before, after), strict=True)]
    return Arrivals(*(some.double().mean((1, 2)) for some in (*home, within(ends[1], truth()))))
