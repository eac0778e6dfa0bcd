"""Lines fitted by descent: each loss on each noise."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.ensemble import Adam, cosine, run, stack, train
from landscaping.randomness import stream
from landscaping.supervised.losses.errors import FREEDOM, LOSSES, OWN

EXAMPLES, FITS, STEPS, RATE = 400, 200, 120, 0.2  # examples of a line, and lines of a seed
FEW = 12
TRUTH = (1.0, 2.0)  # intercept and slope
SHARE, FAR = 0.1, 10.0  # of outliers, and how far up they are moved


class Lines(nn.Module):
    """`y = φ₀ + φ₁x`, many at once, that share nothing."""

    def __init__(self, fits: int = FITS) -> None:
        super().__init__()
        self.intercept, self.slope = nn.Parameter(torch.zeros(fits)), nn.Parameter(torch.zeros(fits))

    def forward(self, x: Float[Tensor, "n fits"]) -> Float[Tensor, "n fits"]:
        """Each column's line at its inputs."""
        return self.intercept + self.slope * x


@dataclass(frozen=True)
class Fits:
    """Mean squared error of intercept plus that of slope, over the lines of a seed."""

    error: dict[tuple[str, str], Float[Tensor, "seed"]]  # (noise, loss) -> (seed,)
    judged_as: dict[str, str]  # noise -> the loss that should be best on it

    def over_own(self, noise: str) -> dict[str, Float[Tensor, "seed"]]:
        """How many times larger each other loss's error is than that of the noise's own loss."""
        own = self.judged_as[noise]
        return {loss: self.error[noise, loss] / self.error[noise, own] for loss in LOSSES if loss != own}


def gaussian(shape: tuple[int, ...], source: torch.Generator) -> Tensor:
    """Normal noise of spread one."""
    return torch.randn(shape, generator=source)


def laplace(shape: tuple[int, ...], source: torch.Generator) -> Tensor:
    """Laplace noise of spread one: the difference of two waiting times."""
    first, second = torch.rand((2, *shape), generator=source)
    return torch.log1p(-first) - torch.log1p(-second)


def student(shape: tuple[int, ...], source: torch.Generator) -> Tensor:
    """Student's noise of spread one: normal noise whose own spread is drawn anew each time."""
    spread = torch.randn((int(FREEDOM), *shape), generator=source).square().mean(0).sqrt()
    return torch.randn(shape, generator=source) / spread


def outliers(shape: tuple[int, ...], source: torch.Generator) -> Tensor:
    """Normal noise, except that one target in ten was written down far too high."""
    wrong = torch.rand(shape, generator=source) < SHARE
    return torch.randn(shape, generator=source) + FAR * wrong


NOISES = {"Gaussian": gaussian, "Laplace": laplace, "Student": student, "outliers": outliers}


@cache
def fits(seeds: tuple[int, ...], examples: int = EXAMPLES) -> Fits:
    """Fit every seed's lines to each noise with each loss; all losses see the same examples."""
    error = {}
    for name, noise in NOISES.items():
        drawn = [drawn_lines(noise, examples, stream(f"lines {name}", seed)) for seed in seeds]
        x, y = (torch.stack(column) for column in zip(*drawn, strict=True))
        error |= {(name, loss): error_of(LOSSES[loss], x, y, seeds) for loss in LOSSES}
    return Fits(error, OWN)


def drawn_lines(noise: Callable, examples: int, source: torch.Generator) -> tuple[Tensor, Tensor]:
    """Inputs of variance one and noisy targets, `(examples, fits)`."""
    shape = (examples, FITS)
    x = (2 * torch.rand(shape, generator=source) - 1) * 3**0.5
    return x, TRUTH[0] + TRUTH[1] * x + noise(shape, source)


def error_of(loss: Callable, x: Tensor, y: Tensor, seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """How far the fitted lines of every seed are from the truth, squared, on average."""
    nets = stack(Lines, seeds)
    run(train(nets, loss, x, y, Adam(cosine(RATE, STEPS)), steps=STEPS, per_seed=True))
    gaps = (nets.params["intercept"] - TRUTH[0], nets.params["slope"] - TRUTH[1])
    return sum(gap.double().square().mean(1) for gap in gaps)


def judged_by_the_next(seeds: tuple[int, ...]) -> Fits:
    """The same fits, each noise judged as if it belonged to the next loss."""
    return Fits(fits(seeds).error, dict(zip(OWN, ["absolute", "Student", "squared"], strict=True)))


def from_few(seeds: tuple[int, ...]) -> Fits:
    """Lines from a dozen examples each."""
    return fits(seeds, FEW)


def on_laplace(seeds: tuple[int, ...]) -> Fits:
    """The same fits, with those on Laplace noise in the place of those on Gaussian noise."""
    found = fits(seeds)
    return Fits(found.error | {("Gaussian", loss): found.error["Laplace", loss] for loss in LOSSES}, OWN)
