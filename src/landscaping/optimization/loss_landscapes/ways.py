"""Ways from one trained network to another, by width: straight, straight after renumbering, and bent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import vmap

from landscaping.ensemble import Ensemble
from landscaping.optimization.loss_landscapes import copies, paths
from landscaping.optimization.loss_landscapes.pairs import (
    ELSEWHERE,
    STEPS,
    WIDTH,
    Pairs,
    Way,
    barrier,
    handwriting,
    learn,
    learned,
    pairs,
    profile,
    straight,
)
from landscaping.scores import accuracy

WIDTHS = (16, 32, 64, 128)
STRAIGHT, OWN_COPY, RENUMBERED, BENT = WAYS = (
    "straight",
    "straight, to its own copy",
    "straight, renumbered to fit",
    "bent",
)
Renumber = Callable[[Ensemble, Ensemble, Tensor], Ensemble]


@dataclass(frozen=True)
class Crossing:
    """The loss along each way, and the test accuracy of the network in its middle and at its start."""

    heights: dict[str, Float[Tensor, "point seed"]]
    middle: dict[str, Float[Tensor, "seed"]]
    end: Float[Tensor, "seed"]

    def barrier(self, way: str) -> Float[Tensor, "seed"]:
        """How far the loss rises on this way above the line that joins its ends."""
        return barrier(self.heights[way])

    def relative(self, way: str) -> Float[Tensor, "seed"]:
        """The barrier of this way as a share of the straight way's."""
        return self.barrier(way) / self.barrier(STRAIGHT)


def crossings(
    seeds: tuple[int, ...],
    widths: tuple[int, ...] = WIDTHS,
    renumber: Renumber = copies.matched,
    bending: int = paths.STEPS,
) -> dict[int, Crossing]:
    """Train pairs of every width and walk every way; a seed decides digits, weights and batches."""
    return {width: cross(pairs(seeds, width), renumber, bending) for width in widths}


def cross(ends: Pairs, renumber: Renumber = copies.matched, bending: int = paths.STEPS) -> Crossing:
    """The ways between these pairs, and from each first network to a renumbered copy of itself."""
    first, second, seen = ends.first, ends.second, ends.seen
    other = renumber(first, second, seen.x)
    middle = paths.trained_middle(ends, bending)
    ways = {
        STRAIGHT: straight(first, second),
        OWN_COPY: straight(first, shuffled(first, first, seen.x)),
        RENUMBERED: straight(first, other),
        BENT: paths.bent(first.params, middle.params, second.params),
    }
    scored = partial(test_accuracy, ends)
    return Crossing(
        {name: profile(first, way, seen.x, seen.y) for name, way in ways.items()},
        {name: scored(way, 0.5) for name, way in ways.items()},
        scored(ways[STRAIGHT], 0.0),
    )


@torch.no_grad()
def test_accuracy(ends: Pairs, way: Way, share: float) -> Float[Tensor, "seed"]:
    """Accuracy on the digits held back of the network at this place of the way."""
    return accuracy(vmap(ends.first.answer)(way(share), ends.seen.test_x), ends.seen.test_y)


def shuffled(first: Ensemble, second: Ensemble, _: Tensor) -> Ensemble:
    """The second network with its units in random order: a renumbering that fits nothing."""
    return copies.renumbered(second, copies.shuffles(first.seeds, first.params["0.bias"].shape[1]))


def parted(seeds: tuple[int, ...]) -> dict[int, Crossing]:
    """Pairs that are one network for half of the training, and then see other batches."""
    seen = handwriting(seeds)
    first = learned(seeds, seen, steps=STEPS // 2)
    second = Ensemble(first.net, first.copy().params, tuple(seed + ELSEWHERE for seed in seeds))
    for nets in (first, second):
        learn(nets, seen, STEPS // 2)
    return {WIDTH: cross(Pairs(first, second, seen), bending=0)}
