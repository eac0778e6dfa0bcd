"""The way back: from noise to new points, in as many or as few steps as one likes (UDL §18.3, §18.6)."""

from collections.abc import Sequence
from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.randomness import stream
from landscaping.unsupervised.diffusion.forward import TIMES, noise, signal
from landscaping.unsupervised.diffusion.guesses import Guess, noise_of


def times(steps: int) -> list[int]:
    """The times at which so many steps stop, from the last to 0, as evenly as whole numbers allow."""
    if not 1 <= steps <= TIMES:
        raise ValueError(f"{steps} steps back got asked for, wants 1 to {TIMES}: there are no more times")
    return [round(TIMES * k / steps) for k in range(steps, -1, -1)]


def fresh(t: int, to: int) -> float:
    """The standard deviation of new noise on the way from t to an earlier time: that of DDPM's posterior."""
    left = noise(to) / noise(t)
    return left * (1 - (signal(t) / signal(to)) ** 2) ** 0.5


def step_back(
    z: Float[Tensor, "*n 2"],
    guess: Float[Tensor, "*n 2"],
    epsilon: Float[Tensor, "*n 2"],
    t: int,
    to: int,
    random: float,
) -> Float[Tensor, "*n 2"]:
    """To the earlier time `to`: the guess, the noise that was found in z, and a share of new noise.

    With `random` 1 this is DDPM's step, with 0 that of the deterministic sampler DDIM.
    """
    new = random * fresh(t, to)
    old = max(noise(to) ** 2 - new**2, 0.0) ** 0.5
    return signal(to) * guess + old * noise_of(guess, z, t) + new * epsilon


def start(seeds: Sequence[int], n: int) -> Float[Tensor, "seed n 2"]:
    """Pure noise: what stands at the last time."""
    return torch.stack([torch.randn(n, 2, generator=stream("diffusion start", seed)) for seed in seeds])


def rebuilt(
    guess: Guess, seeds: Sequence[int], n: int, steps: int = TIMES, random: float = 0.0
) -> Float[Tensor, "seed n 2"]:
    """New points, each seed's from its own noise."""
    sources = [stream("diffusion way back", seed) for seed in seeds]
    z = start(seeds, n)
    stops = times(steps)
    for t, to in pairwise(stops):
        epsilon = torch.stack([torch.randn(n, 2, generator=source) for source in sources])
        z = step_back(z, guess(z, t), epsilon, t, to, random)
    return z
