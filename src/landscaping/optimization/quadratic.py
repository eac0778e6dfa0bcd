"""Descent in a quadratic valley, where every step can be foretold."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Bool, Float
from torch import Tensor

from landscaping.randomness import stream

FACTORS = (0.1, 0.5, 0.9, 1.1, 1.5, 1.9, 2.1, 3.0)  # learning rates, in units of 1/λ
CURVATURES = (0.01, 0.5, 4.0, 300.0)


def roll(
    curvature: Float[Tensor, "direction"],
    start: Float[Tensor, "direction"],
    rate: float,
    momentum: float = 0.0,
    steps: int = 30,
) -> Float[Tensor, "place direction"]:
    """Where torch's own descent is on `½ Σ λφ²`: before the first step and after each."""
    marble = start.double().clone().requires_grad_()
    rule = torch.optim.SGD([marble], lr=rate, momentum=momentum)
    path = [marble.detach().clone()]
    for _ in range(steps):
        rule.zero_grad()
        (0.5 * curvature * marble.square()).sum().backward()
        rule.step()
        path.append(marble.detach().clone())
    return torch.stack(path)


@dataclass(frozen=True)
class Contractions:
    """What one step did to the distance from the bottom, and the learning rate × curvature it had."""

    factor: Float[Tensor, "rate curvature step"]
    rate_curvature: Float[Tensor, "rate curvature"]


def contractions(_: tuple[int, ...] = ()) -> Contractions:
    """Distance after a step over distance before, for every pair of rate and curvature; no chance in it."""
    curvature = torch.tensor(CURVATURES, dtype=torch.float64)
    product = torch.tensor(FACTORS, dtype=torch.float64)[:, None].expand(-1, len(CURVATURES))
    paths = [
        torch.cat([roll(c[None], torch.ones(1), (f / c).item()) for c in curvature], dim=1)
        for f in product[:, 0]
    ]
    distance = torch.stack(paths).abs().transpose(1, 2)  # (rate, curvature, place)
    return Contractions(distance[..., 1:] / distance[..., :-1], product)


@dataclass(frozen=True)
class Valleys:
    """Quadratic valleys `½ φᵀHφ`, one for each seed, with the starts of their marbles."""

    hessian: Float[Tensor, "seed d d"]
    start: Float[Tensor, "seed d"]

    @property
    def curvatures(self) -> Float[Tensor, "seed d"]:
        """Curvatures along the valley's own axes, smallest first."""
        return torch.linalg.eigvalsh(self.hessian)

    def grows(self, rate: Float[Tensor, "seed"], steps: int = 400) -> Bool[Tensor, "seed"]:
        """Whether the marble is further from the bottom at the end than halfway."""
        marble, halfway = self.start, None
        for step in range(steps):
            if step == steps // 2:
                halfway = marble.norm(dim=1)
            marble = marble - rate[:, None] * torch.einsum("sij,sj->si", self.hessian, marble)
        return ~(marble.norm(dim=1) <= halfway)  # a marble lost to infinity is no number: it grew

    def limit(self) -> Float[Tensor, "seed"]:
        """The largest rate that brings the marble home, found by trying: halve the interval, roll again."""
        low, high = torch.zeros(2, len(self.start), dtype=torch.float64)
        high = high + 100.0
        for _ in range(30):
            middle = (low + high) / 2
            lost = self.grows(middle)
            low, high = low.where(lost, middle), middle.where(lost, high)
        return low


def valleys(seeds: tuple[int, ...], directions: int = 10) -> Valleys:
    """Valleys turned at random, with random curvatures from about 0.03 to 30; each seed draws its own."""
    sources = [stream("data", seed) for seed in seeds]
    like = {"dtype": torch.float64}
    axes = torch.stack([torch.randn(directions, directions, generator=s, **like) for s in sources])
    powers = torch.stack([3 * torch.rand(directions, generator=s, **like) - 1.5 for s in sources])
    turned = torch.linalg.qr(axes).Q
    start = torch.stack([torch.randn(directions, generator=s, **like) for s in sources])
    return Valleys(turned * (10.0**powers)[:, None] @ turned.transpose(1, 2), start)


@dataclass(frozen=True)
class Limits:
    """The largest rate that brings each valley's marble home, and the curvature it is compared with."""

    found: Float[Tensor, "seed"]
    curvature: Float[Tensor, "seed"]


def limits(seeds: tuple[int, ...], of_all: Callable[..., Tensor] = torch.amax) -> Limits:
    """Find the limit in each valley by trying; `of_all` makes one curvature of the valley's ten."""
    made = valleys(seeds)
    return Limits(made.limit(), of_all(made.curvatures, dim=1))


def overshoot(path: Float[Tensor, "place 1"]) -> float:
    """How far beyond the bottom the marble came, as a share of where it started; zero if it never crossed."""
    return max(0.0, -(path[:, 0] / path[0, 0]).min().item())


def coasting(momentum: float, rate_curvature: float = 0.1, steps: int = 60) -> Float[Tensor, "place 1"]:
    """Where a marble is that starts at 1 in a valley of curvature 1: first there, then after each step."""
    return roll(torch.ones(1), torch.ones(1), rate_curvature, momentum, steps)


def two_overshoots(steps: int = 40) -> pd.DataFrame:
    """Momentum at a small rate, plain descent at the same, and at a large one: columns step, place, how."""
    ways = {
        "momentum, a tenth of 1/λ": coasting(0.9, steps=steps),
        "plain, a tenth of 1/λ": coasting(0.0, steps=steps),
        "plain, close to 2/λ": coasting(0.0, 1.8, steps),
    }
    tables = [
        pd.DataFrame({"step": range(steps + 1), "place": path[:, 0].numpy(), "how": how})
        for how, path in ways.items()
    ]
    return pd.concat(tables, ignore_index=True)
