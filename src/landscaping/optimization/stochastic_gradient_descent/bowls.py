"""Quadratic valleys of a given condition number κ, along the axes or turned, and how rules roll in them."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.randomness import stream

DIRECTIONS = 10
Rule = Callable[[Tensor], torch.optim.Optimizer]


@dataclass(frozen=True)
class Bowls:
    """Valleys `½ φᵀHφ`, one for each seed: curvatures from 1/κ to 1 along `axes`, and a start in each."""

    curvature: Float[Tensor, "seed d"]
    axes: Float[Tensor, "seed d d"]
    along: Float[Tensor, "seed d"]  # the start, measured along the axes

    @property
    def hessian(self) -> Float[Tensor, "seed d d"]:
        """The matrix of second derivatives, H."""
        return (self.axes * self.curvature[:, None]) @ self.axes.transpose(1, 2)

    @property
    def start(self) -> Float[Tensor, "seed d"]:
        """The start in the coordinates that a rule sees."""
        return torch.einsum("sij,sj->si", self.axes, self.along)

    def loss(self, phi: Float[Tensor, "*place seed d"]) -> Float[Tensor, "*place seed"]:
        """Height above the bottom."""
        along = torch.einsum("sji,...sj->...si", self.axes, phi)
        return 0.5 * (self.curvature * along.square()).sum(-1)

    def roll(self, rule: Rule, steps: int) -> Float[Tensor, "place seed d"]:
        """Where torch's own rule is: before the first step and after each."""
        marbles = self.start.clone().requires_grad_()
        optimizer, hessian, path = rule(marbles), self.hessian, [self.start]
        for _ in range(steps):
            marbles.grad = torch.einsum("sij,sj->si", hessian, marbles.detach())
            optimizer.step()
            path.append(marbles.detach().clone())
        return torch.stack(path)

    def steps_to(self, share: float, rule: Rule, most: int) -> Float[Tensor, "seed"]:
        """Steps until the loss is first this share of the first one; infinite beyond `most`."""
        heights = self.loss(self.roll(rule, most))
        return first_at_most(heights / heights[0], share)


def first_at_most(values: Float[Tensor, "place seed"], bound: float) -> Float[Tensor, "seed"]:
    """The first place where a value is at most `bound`; infinite if none is."""
    there = values <= bound
    return there.double().argmax(0).double().where(there.any(0), torch.inf)


def bowls(seeds: tuple[int, ...], condition: float, turned: bool = True) -> Bowls:
    """Valleys whose extreme curvatures are 1/κ and 1, the others between, evenly on a log scale.

    A seed has the same curvatures and the same start along its valley's axes, turned or not.
    """
    like = {"dtype": torch.float64}
    sources = [stream("data", seed) for seed in seeds]
    powers = torch.stack([torch.rand(DIRECTIONS, generator=s, **like) for s in sources])
    powers[:, 0], powers[:, 1] = 0, 1
    along = torch.stack([torch.randn(DIRECTIONS, generator=s, **like) for s in sources])
    axes = torch.eye(DIRECTIONS, **like).expand(len(seeds), -1, -1)
    return Bowls(condition ** (powers - 1), turns(seeds) if turned else axes, along)


def turns(seeds: tuple[int, ...], size: int = DIRECTIONS) -> Float[Tensor, "seed d d"]:
    """A random turn of all axes for each seed."""
    drawn = [torch.randn(size, size, generator=stream("turns", seed), dtype=torch.float64) for seed in seeds]
    return torch.linalg.qr(torch.stack(drawn)).Q
