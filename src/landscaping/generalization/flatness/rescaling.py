"""One layer times a factor, the next one over it: the same function, another sharpness (Dinh et al. 2017)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.ensemble import SGD, Ensemble, run, stack, train
from landscaping.generalization.flatness.matched import (
    CLASSES,
    LARGE,
    LARGE_BATCHED,
    NOISY_LEVELS,
    WIDTH,
    Examples,
    drawn,
    network,
    noisy,
)
from landscaping.optimization.curvature import sharpest
from landscaping.optimization.relative_curvature import relative_sharpest
from landscaping.optimization.speed_limit import squared_error
from landscaping.randomness import stream

FACTOR, GENTLE = 8.0, 4.0  # powers of two: not even the last digit of an answer changes
STEPS = 20


def rescaled(nets: Ensemble, by: float | Float[Tensor, "seed unit"]) -> Ensemble:
    """What enters each unit of the first hidden layer times a factor; what leaves it over the same."""
    twins = nets.copy()
    into, offset, out = (twins.params[name] for name in ("0.weight", "0.bias", "2.weight"))
    factor = torch.as_tensor(by, dtype=into.dtype).expand(offset.shape)
    twins.params |= {"0.weight": into * factor[:, :, None], "0.bias": offset * factor}
    twins.params["2.weight"] = out / factor[:, None, :]
    return twins


def smooth_network() -> nn.Sequential:
    """The same layers with tanh units, for which no rescaling leaves the function alone."""
    hidden = [nn.Linear(64, WIDTH), nn.Tanh(), nn.Linear(WIDTH, WIDTH), nn.Tanh()]
    return nn.Sequential(*hidden, nn.Linear(WIDTH, CLASSES))


def answers_apart(seeds: tuple[int, ...], make: Callable[[], nn.Module] = network) -> float:
    """Largest change of an answer, as a share of the largest, with a factor of its own for every unit."""
    nets = stack(lambda: make().double(), seeds)
    factors = 4 ** torch.randn(len(seeds), WIDTH, generator=stream("factors", seeds[0]), dtype=torch.float64)
    x = drawn(seeds, noise=False).test_x.double()
    before, after = nets(x, per_seed=True), rescaled(nets, factors)(x, per_seed=True)
    return ((after - before).abs().max() / before.abs().max()).item()


def smooth_answers_apart(seeds: tuple[int, ...]) -> float:
    """The same for tanh units."""
    return answers_apart(seeds, smooth_network)


def flat_ones(seeds: tuple[int, ...]) -> tuple[Ensemble, Examples]:
    """The flattest networks at the lowest training loss, with their examples."""
    met = noisy(seeds)[NOISY_LEVELS[-1]]
    return met.nets[LARGE_BATCHED], met.examples


def growth(seeds: tuple[int, ...], measure: Callable[..., Tensor]) -> Float[Tensor, "seed"]:
    """A measure of sharpness after rescaling the flat networks, over the same before."""
    nets, seen = flat_ones(seeds)
    before, after = (
        measure(n, squared_error, seen.x, seen.y, per_seed=True) for n in (nets, rescaled(nets, FACTOR))
    )
    return after / before


@lru_cache(maxsize=8)
def sharpness_growth(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """How many times sharper the rescaled networks are."""
    return growth(seeds, sharpest)


@lru_cache(maxsize=8)
def relative_growth(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same for relative sharpness."""
    return growth(seeds, relative_sharpest)


@dataclass(frozen=True)
class TrainedOn:
    """Training losses of networks that go on from where they stand, over the loss they had there."""

    loss: Float[Tensor, "step seed"]


@lru_cache(maxsize=8)
def trained_on(seeds: tuple[int, ...], by: float = GENTLE) -> TrainedOn:
    """Rescale the flat networks, then let them train on at the large rate with all examples."""
    nets, seen = flat_ones(seeds)
    twins = rescaled(nets, by)
    losses = run(train(twins, squared_error, seen.x, seen.y, SGD(LARGE.rate), steps=STEPS, per_seed=True))
    return TrainedOn(losses / losses[0])


def trained_on_as_they_are(seeds: tuple[int, ...]) -> TrainedOn:
    """The same without rescaling."""
    return trained_on(seeds, 1.0)
