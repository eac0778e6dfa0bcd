"""The same number of examples from ever more things: network, loss, batches and steps stay."""

from dataclasses import dataclass, replace
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.data.few_shot import family
from landscaping.data.few_shot.episodes import right
from landscaping.data.few_shot.trainings import EACH, THINGS, cosines

EXAMPLES = THINGS * EACH
COUNTS = (5, 10, 20, THINGS, 200)


@dataclass(frozen=True)
class Many:
    """By number of things in training: right answers in a hundred on new things, and on those it knows."""

    counts: tuple[int, ...]
    new: Float[Tensor, "count seed"]
    known: Float[Tensor, "count seed"]


def measured(seeds: tuple[int, ...], trained: list[tuple[int, int]]) -> Many:
    """Train the cosine classifier on so many things with so many examples each, for each pair."""
    rows = []
    for count, each in trained:
        make = cosines(seeds, count, each)
        known = right(make(family.known(seeds, count)), seeds)
        rows.append((right(make(family.new(seeds)), seeds), known))
    new, known = (torch.stack(column) for column in zip(*rows, strict=True))
    return Many(tuple(count for count, _ in trained), new, known)


@lru_cache(maxsize=4)
def many(seeds: tuple[int, ...], counts: tuple[int, ...] = COUNTS) -> Many:
    """Two thousand examples in all, from ever more things."""
    return measured(seeds, [(count, EXAMPLES // count) for count in counts])


def few_and_many(seeds: tuple[int, ...]) -> Many:
    """Five things, and fifty."""
    return many(seeds, (COUNTS[0], THINGS))


@lru_cache(maxsize=4)
def more_of_the_same(seeds: tuple[int, ...]) -> Many:
    """The control: five things each time, then with ten times the examples of each."""
    few = COUNTS[0]
    return measured(seeds, [(few, EXAMPLES // few), (few, 10 * EXAMPLES // few)])


def many_as_if_few(seeds: tuple[int, ...]) -> Many:
    """The control: the network that was trained on the most things in the place of that on the fewest."""
    found = few_and_many(seeds)
    return replace(found, new=found.new.flip(0), known=found.known.flip(0))
