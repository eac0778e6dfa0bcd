"""The way forward: data are destroyed step by step: shrunk a little, and noise added (UDL §18.2)."""

from dataclasses import dataclass
from math import cos, pi, sin

import torch
from jaxtyping import Float
from torch import Tensor

TIMES = 64  # steps from data to noise


def angle(t: int) -> float:
    """Time as an angle: no noise at 0, nothing but noise at a quarter turn."""
    return pi / 2 * t / TIMES


def signal(t: int) -> float:
    """What a clean point is multiplied by until time t: the root of UDL's αₜ."""
    return cos(angle(t)) if t < TIMES else 0.0


def noise(t: int) -> float:
    """The standard deviation of all noise until time t: the root of 1 − αₜ."""
    return sin(angle(t))


def rate(t: int) -> float:
    """UDL's βₜ, the variance of the noise that step t adds."""
    return 1 - (signal(t) / signal(t - 1)) ** 2


def jump(x: Float[Tensor, "*n d"], epsilon: Float[Tensor, "*n d"], t: int) -> Float[Tensor, "*n d"]:
    """Clean points and standard normal noise to time t at once: the diffusion kernel (UDL §18.2.1)."""
    return signal(t) * x + noise(t) * epsilon


def step(
    z: Float[Tensor, "*n d"], epsilon: Float[Tensor, "*n d"], t: int, shrink: bool = True
) -> Float[Tensor, "*n d"]:
    """Points of time t − 1 to time t; without `shrink` the noise is added to the points as they are."""
    return ((1 - rate(t)) ** 0.5 if shrink else 1.0) * z + rate(t) ** 0.5 * epsilon


@dataclass(frozen=True)
class Law:
    """A point's mean, as a multiple of where it began, and its variance, from time 0 on."""

    mean: Float[Tensor, "time"]
    variance: Float[Tensor, "time"]


def by_jumps() -> Law:
    """What the diffusion kernel says."""
    mean = torch.tensor([signal(t) for t in range(TIMES + 1)], dtype=torch.float64)
    variance = torch.tensor([noise(t) ** 2 for t in range(TIMES + 1)], dtype=torch.float64)
    return Law(mean, variance)


def by_steps(shrink: bool = True) -> Law:
    """What one step after the other makes: means are multiplied, variances scaled and added."""
    mean, variance = [1.0], [0.0]
    for t in range(1, TIMES + 1):
        kept = 1 - rate(t) if shrink else 1.0
        mean.append(mean[-1] * kept**0.5)
        variance.append(variance[-1] * kept + rate(t))
    return Law(torch.tensor(mean, dtype=torch.float64), torch.tensor(variance, dtype=torch.float64))


def gap(shrink: bool = True) -> float:
    """How far many steps and one jump are apart, at worst."""
    a, b = by_steps(shrink), by_jumps()
    return max((a.mean - b.mean).abs().max().item(), (a.variance - b.variance).abs().max().item())
