"""New points by every denoiser and sampler, and how good they are."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.datasets.mixtures import CLOUDS, Mixture, ring
from landscaping.unsupervised.diffusion.backward import rebuilt, start
from landscaping.unsupervised.diffusion.forward import TIMES
from landscaping.unsupervised.diffusion.guesses import Guess, exact
from landscaping.unsupervised.diffusion.network import EXAMPLES, FEW, STEPS, examples, guess_of, learned
from landscaping.unsupervised.diffusion.quality import energy_distance, median_nearest

POINTS = 1000
COUNTS = (1, 2, 4, 8, 16, 32, 64)  # of steps back
ARMS = (
    ("network", 0.0),
    ("network", 1.0),
    ("exact", 0.0),
    ("exact", 1.0),
)  # denoiser, and how random the way back is


def data(seeds: tuple[int, ...], purpose: str = "fresh", n: int = POINTS) -> Float[Tensor, "seed n 2"]:
    """Points of the ring itself."""
    return torch.stack([ring().draw(n, seed, purpose) for seed in seeds])


@dataclass(frozen=True)
class Judged:
    """Samples with their distance from fresh data, and how many of them lie on a cloud."""

    points: Float[Tensor, "seed n 2"]
    distance: Float[Tensor, "seed"]
    on_cloud: Float[Tensor, "seed"]

    @property
    def rarest(self) -> Float[Tensor, "seed"]:
        """The share of samples on the cloud that got the fewest."""
        lies, cloud = ring().holds(self.points), ring().nearest(self.points)[1]
        shares = [(lies & (cloud == k)).double().mean(-1) for k in range(CLOUDS)]
        return torch.stack(shares).amin(0)

    @property
    def width(self) -> Float[Tensor, "seed"]:
        """Root mean squared distance to the nearest centre, over that of the ring's own points."""
        return (ring().nearest(self.points)[0].square().mean(-1) / 2).sqrt() / ring().spread


def judged(points: Float[Tensor, "seed n 2"], seeds: tuple[int, ...]) -> Judged:
    """Held against the same fresh data for every sampler."""
    distance = energy_distance(points, data(seeds))
    return Judged(points, distance, ring().holds(points).double().mean(-1))


def denoiser(kind: str, seeds: tuple[int, ...]) -> Guess:
    """A trained network a seed, or the exact guess."""
    return exact(ring()) if kind == "exact" else guess_of(learned(seeds))


def exactly(seeds: tuple[int, ...], random: float = 1.0) -> Judged:
    """Points rebuilt by the exact guess in all steps."""
    return sampled(seeds, "exact", random=random)


def sampled(seeds: tuple[int, ...], kind: str = "network", steps: int = TIMES, random: float = 0.0) -> Judged:
    """Points rebuilt by one denoiser and sampler."""
    return _sampled(seeds, kind, steps, random)


@cache
def _sampled(seeds: tuple[int, ...], kind: str, steps: int, random: float) -> Judged:
    return judged(rebuilt(denoiser(kind, seeds), seeds, POINTS, steps, random), seeds)


@dataclass(frozen=True)
class BySteps:
    """Every arm at every number of steps, and what fresh data and pure noise get."""

    seeds: tuple[int, ...]
    arms: dict[tuple[str, float, int], Judged]
    floor: Judged
    noise: Judged

    def of(self, kind: str, random: float, steps: int) -> Judged:
        """One arm at one number of steps."""
        return self.arms[kind, random, steps]


def by_steps(seeds: tuple[int, ...], counts: tuple[int, ...] = COUNTS) -> BySteps:
    """All arms at all of these numbers of steps."""
    settings = [(kind, random, steps) for kind, random in ARMS for steps in counts]
    arms = {(kind, random, steps): sampled(seeds, kind, steps, random) for kind, random, steps in settings}
    return BySteps(seeds, arms, judged(data(seeds, "floor"), seeds), judged(start(seeds, POINTS), seeds))


@dataclass(frozen=True)
class Against:
    """Samples beside what they are compared with, on the same seeds."""

    one: Judged
    other: Judged


def over_noise(seeds: tuple[int, ...], steps: int = TIMES) -> Against:
    """The network's samples beside the noise that they were made of."""
    return Against(sampled(seeds, steps=steps), judged(start(seeds, POINTS), seeds))


def exact_and_learned(seeds: tuple[int, ...], steps: int = 16) -> Against:
    """The exact guess in few steps beside the network in all."""
    return Against(sampled(seeds, "exact", steps), sampled(seeds))


def random_and_not(seeds: tuple[int, ...], steps: int = TIMES) -> Against:
    """The network's samples by the random way back beside those without new noise, from the same starts."""
    return Against(sampled(seeds, steps=steps, random=1.0), sampled(seeds, steps=steps))


def trained_for(seeds: tuple[int, ...], steps: int) -> Judged:
    """Samples of networks that were trained for so many steps."""
    return judged(rebuilt(guess_of(learned(seeds, steps=steps)), seeds, POINTS), seeds)


def long_and_short(seeds: tuple[int, ...]) -> Against:
    """Networks after all training beside networks after a fifth of it."""
    return Against(sampled(seeds), trained_for(seeds, STEPS // 5))


def all_and_half(seeds: tuple[int, ...]) -> Against:
    """The way back in all steps beside the way in half as many."""
    return Against(sampled(seeds), sampled(seeds, steps=TIMES // 2))


def same_end(seeds: tuple[int, ...], random: float = 0.0, few: int = 16) -> Float[Tensor, "seed"]:
    """The share of starts that lead to the same cloud in few and in all steps."""
    ends = [ring().nearest(sampled(seeds, "network", steps, random).points)[1] for steps in (few, TIMES)]
    return (ends[0] == ends[1]).double().mean(-1)


@dataclass(frozen=True)
class Copies:
    """How close samples come to the examples, beside fresh data: medians over points."""

    points: Float[Tensor, "seed n 2"]
    seen: Float[Tensor, "seed m 2"]
    nearest: Float[Tensor, "seed"]
    fresh: Float[Tensor, "seed"]

    @property
    def closeness(self) -> Float[Tensor, "seed"]:
        """Median distance to the nearest example, over that of fresh data; near zero for copies."""
        return self.nearest / self.fresh


def copies(seeds: tuple[int, ...], guess: Guess, n: int) -> Copies:
    """Samples of a denoiser beside the first examples of these seeds."""
    seen = examples(seeds, n)
    points = rebuilt(guess, seeds, POINTS // 2)
    return Copies(points, seen, median_nearest(points, seen), median_nearest(data(seeds), seen))


@cache
def by_heart(seeds: tuple[int, ...]) -> Copies:
    """The guess with the least possible loss on few examples."""
    return copies(seeds, exact(Mixture(examples(seeds, FEW), 0.0)), FEW)


@cache
def by_few(seeds: tuple[int, ...]) -> Copies:
    """The network that was trained on few examples."""
    return copies(seeds, guess_of(learned(seeds, FEW)), FEW)


@cache
def by_many(seeds: tuple[int, ...]) -> Copies:
    """The network that was trained on many examples, beside those."""
    return copies(seeds, guess_of(learned(seeds)), EXAMPLES)


@cache
def by_truth(seeds: tuple[int, ...]) -> Copies:
    """The exact guess for the ring, which knows no examples."""
    return copies(seeds, exact(ring()), FEW)


def one_step_reach(until: int = TIMES) -> float:
    """How far from the centre of the data one exact step leads at most, from noise of a time."""
    z = start((0,), POINTS).double()
    centres = ring().centres.double()
    return exact(Mixture(centres, ring().spread))(z, until).norm(dim=-1).max().item()
