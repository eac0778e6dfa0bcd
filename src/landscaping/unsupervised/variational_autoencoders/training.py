"""Digits to learn a map from, and the descent that draws it."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets import digits
from landscaping.ensemble import Adam, Ensemble, Player, cosine, descend, stack
from landscaping.randomness import stream

EXAMPLES, BATCH = 1000, 100


@lru_cache(maxsize=4)
def images(seeds: tuple[int, ...]) -> tuple[Float[Tensor, "seed n 64"], Float[Tensor, "seed m 64"]]:
    """Digits to learn from and new ones, drawn by each seed."""
    return tuple(torch.stack([part.x for part in parts]) for parts in _parts(seeds))


@lru_cache(maxsize=4)
def labels(seeds: tuple[int, ...]) -> tuple[Tensor, Tensor]:
    """The digits that the images show, which no map ever sees: `(seed, n)` and `(seed, m)`."""
    return tuple(torch.stack([part.y for part in parts]) for parts in _parts(seeds))


def _parts(seeds: tuple[int, ...]) -> list[tuple[digits.Digits, ...]]:
    return list(zip(*(digits.split(EXAMPLES, seed) for seed in seeds), strict=True))


def trained(
    make: Callable[[], nn.Module],
    seeds: tuple[int, ...],
    *,
    latents: int,
    rate: float,
    steps: int,
    price: float = 1.0,
) -> Ensemble:
    """One autoencoder for each seed, trained on the images alone."""
    nets = stack(make, seeds)
    go_on(nets, latents=latents, rate=cosine(rate, steps), steps=steps, price=price)
    return nets


def go_on(nets: Ensemble, *, latents: int, rate: float | Callable, steps: int, price: float = 1.0) -> None:
    """Take more steps up the bound, in place, with the divergence at this price."""

    def loss(own, seen, noise):  # of one seed
        misfit, divergence = own[0](torch.cat([seen[0], noise], dim=-1)).mean(0)
        return misfit + price * divergence

    player = Player(nets, loss, Adam(rate))
    data = images(nets.seeds)[:1]
    for _ in descend([player], data, batch=BATCH, noise=(BATCH, latents), steps=steps, per_seed=True):
        pass


def drawn(shape: Sequence[int], purpose: str, seeds: Sequence[int]) -> Float[Tensor, "seed *shape"]:
    """Standard normal numbers, a stream for each seed."""
    return torch.stack([torch.randn(*shape, generator=stream(purpose, seed)) for seed in seeds])
