"""Where marbles end on land made of clean examples: the Gabor model's, and a linear model's."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Bool, Float
from torch import Tensor

from landscaping.models import gabor
from landscaping.optimization.marbles import TARGET

FAST, SLOW = 4.0, 0.04  # learning rates a hundredfold apart
TIME = 400.0  # rate × steps of a run
STARTS = 50  # marbles for each land
EXAMPLES = 28

Slope = Callable[[Tensor, Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Fates:
    """Marbles on one land for each seed: where they started, where they ended, the target."""

    start: Float[Tensor, "seed marble 2"]
    end: Float[Tensor, "seed marble 2"]
    lowest: Float[Tensor, "seed 2"]

    @property
    def home(self) -> Bool[Tensor, "seed marble"]:
        """Which marbles ended in the target valley; one that flew off did not."""
        return (self.end - self.lowest[:, None]).norm(dim=2) <= TARGET

    @property
    def share(self) -> Float[Tensor, "seed"]:
        """Share of the starts that end in the target valley."""
        return self.home.double().mean(1)


def starts(seeds: tuple[int, ...]) -> Float[Tensor, "seed marble 2"]:
    """Random places on the map, drawn for each seed."""
    return torch.stack([gabor.anywhere(STARTS, seed) for seed in seeds])


def gabor_slope(
    phi: Float[Tensor, "seed marble 2"], x: Float[Tensor, "seed 1 n"], y: Float[Tensor, "seed 1 n"]
) -> Float[Tensor, "seed marble 2"]:
    """Slope of `gabor.loss`, written out, because the slow rate takes ten thousand steps."""
    phase = phi[..., :1] + 0.06 * phi[..., 1:] * x
    sine, envelope = phase.sin(), (-phase.square() / 32).exp()
    error = (sine * envelope - y) * (phase.cos() - phase * sine / 16) * envelope
    return torch.stack([2 * error.mean(2), 0.12 * (error * x).mean(2)], dim=2)


def linear_slope(
    phi: Float[Tensor, "seed marble 2"], x: Float[Tensor, "seed 1 n"], y: Float[Tensor, "seed 1 n"]
) -> Float[Tensor, "seed marble 2"]:
    """Slope of the mean squared residual of the line `φ₀ + 0.06 φ₁x`: the Gabor model without its wave."""
    error = phi[..., :1] + 0.06 * phi[..., 1:] * x - y
    return torch.stack([2 * error.mean(2), 0.12 * (error * x).mean(2)], dim=2)


def descend(
    marbles: Tensor, slope: Slope, x: Tensor, y: Tensor, rate: float, time: float = TIME
) -> Float[Tensor, "seed marble 2"]:
    """Plain descent for as much rate × steps, all lands and marbles at once."""
    for _ in range(round(time / rate)):
        marbles = marbles - rate * slope(marbles, x[:, None], y[:, None])
    return marbles


def on_gabor(seeds: tuple[int, ...], rate: float = FAST, n: int = EXAMPLES, time: float = TIME) -> Fates:
    """Marbles on the Gabor model's land from examples without noise; a seed draws examples and starts."""
    x, y = map(torch.stack, zip(*(gabor.examples(n, 0.0, seed) for seed in seeds), strict=True))
    goal = torch.stack([gabor.lowest(*pair) for pair in zip(x, y, strict=True)])
    start = starts(seeds)
    return Fates(start, descend(start, gabor_slope, x, y, rate, time), goal)


def on_line(seeds: tuple[int, ...], rate: float = 0.4, n: int = EXAMPLES) -> Fates:
    """The same starts, inputs and true parameters, but examples and model are a straight line."""
    x = torch.stack([gabor.examples(n, 0.0, seed)[0] for seed in seeds])
    truth = torch.tensor(gabor.TRUTH, dtype=torch.float64)
    start = starts(seeds)
    end = descend(start, linear_slope, x, truth[0] + 0.06 * truth[1] * x, rate)
    return Fates(start, end, truth.expand(len(seeds), 2))


@dataclass(frozen=True)
class Paces:
    """The same marbles on the same land at two learning rates."""

    slow: Fates
    fast: Fates


def slow_and_fast(seeds: tuple[int, ...], slow: float = SLOW, fast: float = FAST) -> Paces:
    """Two rates, the same rate × steps."""
    return Paces(on_gabor(seeds, slow), on_gabor(seeds, fast))


def on_the_map(lands: dict[str, Fates]) -> pd.DataFrame:
    """One row a start: columns first, second (the place), and for each land whether it came home."""
    first, second = next(iter(lands.values())).start.flatten(0, 1).round(decimals=2).unbind(1)
    homes = {land: fates.home.flatten().numpy() for land, fates in lands.items()}
    return pd.DataFrame({"first": first.numpy(), "second": second.numpy(), **homes})
