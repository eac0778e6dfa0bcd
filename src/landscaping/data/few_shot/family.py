"""Each seed has a family of things of its own: some to learn from, others that no training ever sees."""

from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.datasets import things
from landscaping.randomness import stream

LEARNT, NEW = 200, 50  # things of a family: to learn from, and kept for the test
EACH = 40  # examples of each thing in a test
Curves = Float[Tensor, "seed thing each 40"]


def knots(seed: int) -> Float[Tensor, "thing 12"]:
    """All things of a family; the new ones stand last."""
    return things.things(LEARNT + NEW, stream("things", seed))


def to_learn(seeds: tuple[int, ...], count: int, each: int) -> Curves:
    """Examples of the first `count` things of each family."""
    return _examples(seeds, slice(0, count), each, "examples")


@lru_cache(maxsize=16)
def known(seeds: tuple[int, ...], count: int) -> Curves:
    """Other examples of the same things: for how well a network knows what it was trained on."""
    return _examples(seeds, slice(0, count), EACH, "other examples")


@lru_cache(maxsize=4)
def new(seeds: tuple[int, ...]) -> Curves:
    """Examples of the things that no training sees."""
    return _examples(seeds, slice(LEARNT, None), EACH, "new things")


@lru_cache(maxsize=4)
def places(seeds: tuple[int, ...]) -> Curves:
    """Another kind of task: every thing is the same curve, and what tells them apart is where it stands."""
    return torch.stack([_standing(seed) for seed in seeds])


def _standing(seed: int) -> Float[Tensor, "thing each 40"]:
    source = stream("places", seed)
    drawing = things.drawn((NEW, EACH), source)
    start = things.REACH * torch.rand(NEW, 1, generator=source)
    one = knots(seed)[LEARNT].expand(NEW, EACH, things.KNOTS)
    return drawing.standing(start.expand(NEW, EACH)).of(one)


def _examples(seeds: tuple[int, ...], which: slice, each: int, purpose: str) -> Curves:
    made = (things.examples(knots(seed)[which], each, stream(purpose, seed)) for seed in seeds)
    return torch.stack(list(made))
