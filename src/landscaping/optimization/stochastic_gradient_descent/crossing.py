"""Whether the noise of minibatches brings more marbles home on the Gabor model's land."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from landscaping.models import gabor
from landscaping.optimization.clean_land import EXAMPLES, Fates, descend, gabor_slope, starts
from landscaping.randomness import stream

RATE, STEPS, BATCH = 1.0, 1000, 1
NOISE = 0.1
REST = 400.0  # rate × steps of full-batch descent at the end, so that all rest in a valley


@dataclass(frozen=True)
class Crossings:
    """The same marbles on the same land, without and with the noise of minibatches."""

    plain: Fates
    noisy: Fates

    @property
    def rescued(self) -> Float[Tensor, "seed"]:
        """Share of the marbles that only noise brings home."""
        return self._share(self.noisy.home & ~self.plain.home)

    @property
    def lost(self) -> Float[Tensor, "seed"]:
        """Share of the marbles that only noise keeps from home."""
        return self._share(self.plain.home & ~self.noisy.home)

    @staticmethod
    def _share(marbles: Bool[Tensor, "seed marble"]) -> Float[Tensor, "seed"]:
        return marbles.double().mean(1)


def crossings(seeds: tuple[int, ...], rate: float = RATE, batch: int = BATCH) -> Crossings:
    """Fifty marbles a seed, with all examples and with batches; a seed draws examples, starts, order."""
    drawn = [gabor.examples(EXAMPLES, NOISE, seed) for seed in seeds]
    x, y = map(torch.stack, zip(*drawn, strict=True))
    goal, start = torch.stack([gabor.lowest(*pair) for pair in drawn]), starts(seeds)
    plain = descend(start, gabor_slope, x, y, rate, rate * STEPS)
    noisy = start
    for rows in orders(seeds, batch):
        seen_x, seen_y = (values.gather(1, rows)[:, None] for values in (x, y))
        noisy = noisy - rate * gabor_slope(noisy, seen_x, seen_y)
    ends = [descend(marbles, gabor_slope, x, y, 1.0, REST) for marbles in (plain, noisy)]
    return Crossings(*(Fates(start, end, goal) for end in ends))


def orders(seeds: tuple[int, ...], batch: int) -> Iterator[Tensor]:
    """Which examples each step sees, `(seed, batch)`: shuffled epochs, a remainder dropped."""
    sources, done = [stream("batches", seed) for seed in seeds], 0
    while True:
        order = torch.stack([torch.randperm(EXAMPLES, generator=s) for s in sources])
        for rows in order[:, : EXAMPLES - EXAMPLES % batch].split(batch, dim=1):
            if done == STEPS:
                return
            done += 1
            yield rows
