"""Two kinds of error: in the weights of a network, and in the pictures that it is tested on."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble
from landscaping.generalization.flatness.matched import (
    LARGE_BATCHED,
    NOISY_LEVELS,
    SMALL,
    TRUE_LEVELS,
    Examples,
    Matched,
    noisy,
    true,
    wrong,
)
from landscaping.generalization.flatness.rescaling import rescaled
from landscaping.randomness import stream
from landscaping.spread import quartiles

DRAWS = 4  # of each disturbance; a seed's number is their mean
IN_WEIGHTS, IN_PIXELS = 0.05, 0.5  # standard deviations at which the claims are read
WEIGHT_SIZES, PIXEL_SIZES = (0.0, 0.02, 0.035, IN_WEIGHTS, 0.07), (0.0, 0.25, IN_PIXELS, 0.75, 1.0)
RESCALED = 4.0


@dataclass(frozen=True)
class Pair:
    """Wrong answers in a hundred of each seed's sharpest and flattest network at one training loss."""

    sharp: Float[Tensor, "seed"]
    flat: Float[Tensor, "seed"]

    @property
    def flat_more(self) -> Float[Tensor, "seed"]:
        """How many more the flat network gives: below zero, it is better."""
        return self.flat - self.sharp


def with_errors(nets: Ensemble, size: float, draw: int) -> Ensemble:
    """The same networks with a Gaussian error of one size added to every weight."""
    sources = [stream(f"errors in weights {draw}", seed) for seed in nets.seeds]
    moved = nets.copy()
    for name, weights in nets.params.items():
        shape = weights.shape[1:]
        moved.params[name] = weights + size * torch.stack([torch.randn(shape, generator=s) for s in sources])
    return moved


def with_noise(
    pictures: Float[Tensor, "seed test 64"], seeds: tuple[int, ...], size: float, draw: int
) -> Float[Tensor, "seed test 64"]:
    """The same pictures with a Gaussian error of one size added to every pixel."""
    sources = [stream(f"errors in pixels {draw}", seed) for seed in seeds]
    return pictures + size * torch.stack([torch.randn(pictures.shape[1:], generator=s) for s in sources])


def wrong_by_weights(nets: Ensemble, examples: Examples, size: float) -> Float[Tensor, "seed"]:
    """Wrong answers in a hundred with errors of this size in the weights."""
    return torch.stack([wrong(with_errors(nets, size, d), examples) for d in range(DRAWS)]).mean(0)


def wrong_by_pixels(nets: Ensemble, examples: Examples, size: float) -> Float[Tensor, "seed"]:
    """Wrong answers in a hundred with errors of this size in the test pictures."""
    noise = [with_noise(examples.test_x, nets.seeds, size, draw) for draw in range(DRAWS)]
    return torch.stack([wrong(nets, examples, pictures) for pictures in noise]).mean(0)


def ends(seeds: tuple[int, ...]) -> Matched:
    """The ways at the lowest training loss on noisy labels."""
    return noisy(seeds)[NOISY_LEVELS[-1]]


def on_new_digits(seeds: tuple[int, ...]) -> Pair:
    """No error but the one that they make: digits never seen, trained on noisy labels."""
    met = ends(seeds)
    return Pair(met.wrong[SMALL], met.wrong[LARGE_BATCHED])


def on_new_digits_after_true_labels(seeds: tuple[int, ...], flat_at: float = TRUE_LEVELS[-1]) -> Pair:
    """The same, trained on true labels; the flat networks may be stopped at another training loss."""
    met = true(seeds)
    return Pair(met[TRUE_LEVELS[-1]].wrong[SMALL], met[flat_at].wrong[LARGE_BATCHED])


def unmatched(seeds: tuple[int, ...]) -> Pair:
    """The flat networks stopped at a higher training loss than the sharp ones."""
    return on_new_digits_after_true_labels(seeds, TRUE_LEVELS[-2])


@lru_cache(maxsize=8)
def in_weights(seeds: tuple[int, ...], by: float = 1.0) -> Pair:
    """Both with errors in their weights; the flat ones may be rescaled before, which changes no answer."""
    met = ends(seeds)
    flat = rescaled(met.nets[LARGE_BATCHED], by)
    return Pair(*(wrong_by_weights(n, met.examples, IN_WEIGHTS) for n in (met.nets[SMALL], flat)))


def in_rescaled_weights(seeds: tuple[int, ...]) -> Pair:
    """The flat networks rescaled, and then errors of the same size as before."""
    return in_weights(seeds, RESCALED)


@lru_cache(maxsize=8)
def in_pixels(seeds: tuple[int, ...]) -> Pair:
    """Both on pictures with errors in the pixels."""
    met = ends(seeds)
    both = (met.nets[way] for way in (SMALL, LARGE_BATCHED))
    return Pair(*(wrong_by_pixels(nets, met.examples, IN_PIXELS) for nets in both))


def by_size(seeds: tuple[int, ...]) -> pd.DataFrame:
    """Wrong answers by the size of the error: columns kind, arm, step (the size), low, median, high."""
    met = ends(seeds)
    arms = {"sharp": met.nets[SMALL], "flat": met.nets[LARGE_BATCHED]}
    rescaled_too = arms | {"flat, rescaled": rescaled(arms["flat"], RESCALED)}
    kinds = {
        "errors in the weights": (wrong_by_weights, WEIGHT_SIZES, rescaled_too),
        "errors in the pixels": (wrong_by_pixels, PIXEL_SIZES, arms),
    }
    tables = []
    for kind, (disturbed, sizes, nets) in kinds.items():
        for arm, each in nets.items():
            found = torch.stack([disturbed(each, met.examples, size) for size in sizes])
            tables.append(quartiles(found, torch.tensor(sizes)).assign(kind=kind, arm=arm))
    return pd.concat(tables, ignore_index=True)
