"""Marbles on the land of the Gabor model: torch's own rules, many marbles at once.

This is the reference that the playground in the browser is held against, and what a chapter
measures shares with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from landscaping.models import gabor
from landscaping.optimization.fences import Forest, Trees
from landscaping.small_generator import THROWS, SmallGenerator, batches

RULES = ("plain", "minibatch", "momentum", "adam")
TARGET = 1.0  # a marble has reached the target valley when it ends within this distance of the lowest point


@dataclass(frozen=True)
class Physics:
    """How marbles move: a rule of `RULES`, its learning rate, and what only some rules have."""

    rule: str = "plain"
    rate: float = 1.0
    momentum: float = 0.9
    batch: int = 5

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"no rule {self.rule!r}; wanted one of {', '.join(RULES)}")

    def optimizer(self, marbles: Tensor) -> torch.optim.Optimizer:
        """Torch's optimizer of this rule, with torch's defaults."""
        if self.rule == "adam":
            return torch.optim.Adam([marbles], lr=self.rate)
        momentum = self.momentum if self.rule == "momentum" else 0.0
        return torch.optim.SGD([marbles], lr=self.rate, momentum=momentum)


def throws(count: int, seed: int) -> Float[Tensor, "marble 2"]:
    """Random starts, uniform on the land: the same ones as in the playground."""
    chance = SmallGenerator(seed, THROWS)
    drawn = [[low + (high - low) * chance.uniform() for low, high in gabor.LAND] for _ in range(count)]
    return torch.tensor(drawn, dtype=torch.float64)


def roll(
    starts: Float[Tensor, "marble 2"],
    x: Float[Tensor, " n"],
    y: Float[Tensor, " n"],
    physics: Physics,
    steps: int = 400,
    trees: Sequence[Trees] = (),
    seed: int = 1,
) -> Float[Tensor, "place marble 2"]:
    """Where every marble is before the first step and after each; all marbles see the same batches."""
    forest = Forest(trees)
    marbles = forest.nearest(starts).requires_grad_()
    optimizer = physics.optimizer(marbles)
    order = batches(len(x), physics.batch, seed) if physics.rule == "minibatch" else None
    path = [marbles.detach().clone()]
    for _ in range(steps):
        seen = next(order) if order else slice(None)
        optimizer.zero_grad()
        gabor.loss(marbles, x[seen], y[seen]).sum().backward()
        optimizer.step()
        _keep_inside(marbles, optimizer.state[marbles], forest)
        path.append(marbles.detach().clone())
    return torch.stack(path)


@torch.no_grad()
def _keep_inside(marbles: Tensor, memory: dict[str, Tensor], forest: Forest) -> None:
    """Project marbles onto the allowed land, and their velocities onto what the trees they met allow."""
    marbles.copy_(forest.nearest(marbles))
    for name in ("momentum_buffer", "exp_avg"):
        if memory.get(name) is not None:  # both remember slopes: the velocity is their negative
            memory[name].copy_(-forest.slide(-memory[name], marbles))


def reached(ends: Float[Tensor, "marble 2"], x: Tensor, y: Tensor) -> Bool[Tensor, "marble"]:
    """Which marbles ended in the target valley: within `TARGET` of the lowest point of the land."""
    return (ends - gabor.lowest(x, y)).norm(dim=1) <= TARGET


def share(starts: Float[Tensor, "marble 2"], x: Tensor, y: Tensor, physics: Physics, **run) -> float:
    """Share of the starts from which a run ends in the target valley; `run` goes to `roll`."""
    return reached(roll(starts, x, y, physics, **run)[-1], x, y).double().mean().item()
