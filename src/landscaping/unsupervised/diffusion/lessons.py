"""What there is to learn, and how much of it a network learned: losses at every time."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.datasets.mixtures import Mixture, ring
from landscaping.ensemble import Ensemble
from landscaping.randomness import stream
from landscaping.unsupervised.diffusion.forward import TIMES, jump, noise, signal
from landscaping.unsupervised.diffusion.guesses import exact, log_density, noise_of, turn_of
from landscaping.unsupervised.diffusion.network import (
    FEW,
    STEPS,
    examples,
    guess_of,
    learned,
    untrained,
)

ASKED = tuple(range(2, TIMES + 1, 2))  # times at which losses are measured
POINTS = 250


@dataclass(frozen=True)
class Losses:
    """Mean squared error of the turn by time: of a guess, and of the best that knows the distribution."""

    of_guess: Float[Tensor, "time seed"]
    of_best: Float[Tensor, "time seed"]
    of_nothing: Float[Tensor, "time seed"]  # of a network that always answers zero

    @property
    def learned(self) -> Float[Tensor, "seed"]:
        """Of what the best guess gains over answering zero, the part that this one gains."""
        gain = (self.of_nothing - self.of_guess).mean(0)
        return gain / (self.of_nothing - self.of_best).mean(0)


def losses(nets: Ensemble, clean: Float[Tensor, "seed n 2"], rivals: Mixture, purpose: str) -> Losses:
    """Of networks and of the exact guess for `rivals`, on the same noisy points."""
    sources = [stream(f"diffusion losses {purpose}", seed) for seed in nets.seeds]
    rows = []
    for t in ASKED:
        epsilon = torch.stack([torch.randn(clean.shape[1:], generator=source) for source in sources])
        z, turn = jump(clean, epsilon, t), signal(t) * epsilon - noise(t) * clean
        answers = [turn_of(guess(z, t), z, t) for guess in (guess_of(nets), exact(rivals))]
        rows.append([(answer - turn).square().mean((1, 2)) for answer in (*answers, 0 * turn)])
    return Losses(*(torch.stack(column) for column in zip(*rows, strict=True)))


def new_points(seeds: tuple[int, ...], n: int = POINTS) -> Float[Tensor, "seed n 2"]:
    """Points of the ring that no network has seen."""
    return torch.stack([ring().draw(n, seed, "new") for seed in seeds])


def after_training(seeds: tuple[int, ...], steps: int = STEPS) -> Losses:
    """Networks trained for so many steps against the exact guess, on new points."""
    return losses(learned(seeds, steps=steps), new_points(seeds), ring(), "new")


def before_training(seeds: tuple[int, ...]) -> Losses:
    """The same networks as they were born."""
    return losses(untrained(seeds), new_points(seeds), ring(), "new")


@dataclass(frozen=True)
class Rivals:
    """Networks against the guess that knows their examples and nothing else, on those and on new points."""

    seen: Losses
    new: Losses

    @property
    def reversal(self) -> Float[Tensor, "seed"]:
        """The smaller of two gaps: how far the rival is ahead on the examples, and behind on new points."""
        gaps = [(losses.of_guess - losses.of_best).mean(0) for losses in (self.seen, self.new)]
        return torch.minimum(gaps[0], -gaps[1])


def rivals(seeds: tuple[int, ...], truth: bool = False) -> Rivals:
    """Networks of few examples; the rival knows those by heart. With `truth` it knows the ring instead."""
    nets, seen = learned(seeds, FEW), examples(seeds, FEW)
    rival = ring() if truth else Mixture(seen, 0.0)
    often = seen.repeat(1, POINTS // FEW, 1)
    return Rivals(losses(nets, often, rival, "seen"), losses(nets, new_points(seeds), rival, "new"))


def slope_gap(told: Mixture | None = None) -> float:
    """The exact noise against minus the slope of the log-density times the noise's size, at worst.

    The density is always the ring's; the guess is for the ring unless another mixture is told.
    """
    truth = ring()
    truth = Mixture(truth.centres.double(), truth.spread)
    z = 1.5 * torch.randn(200, 2, generator=stream("slope", 0), dtype=torch.float64)
    worst = 0.0
    for t in range(4, TIMES + 1, 6):
        place = z.clone().requires_grad_()
        (slope,) = torch.autograd.grad(log_density(truth, place, t).sum(), place)
        found = noise_of(exact(told or truth)(z, t), z, t)
        worst = max(worst, (found + noise(t) * slope).abs().max().item())
    return worst
