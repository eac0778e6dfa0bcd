"""The same valley with its axes turned: which rules notice?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.optimization.stochastic_gradient_descent.bowls import Bowls, Rule, bowls

CONDITION = 10_000.0
SHARE = 1e-6  # of the first loss
RULES: dict[str, Rule] = {
    "plain": lambda marbles: torch.optim.SGD([marbles], lr=0.5),
    "momentum": lambda marbles: torch.optim.SGD([marbles], lr=0.5, momentum=0.9),
    "Adam": lambda marbles: torch.optim.Adam([marbles], lr=0.05),
}
PLAIN_RATES = (1.0, 1.5, 1.9, 1.99)
MOMENTA = (0.9, 0.95, 0.97, 0.98, 0.99)
ADAM_RATES = (0.01, 0.03, 0.1, 0.3, 1.0)


def bent(_: tuple[int, ...] = (), rules: tuple[str, ...] = ("plain", "momentum")) -> Float[Tensor, "rule"]:
    """Turn valley and start, roll, turn the path back: its largest distance from the path not turned."""
    straight, turned = (bowls((0, 1, 2, 3), 50.0, turned=how) for how in (False, True))
    return torch.stack([_bent(straight, turned, RULES[name]) for name in rules])


def _bent(straight: Bowls, turned: Bowls, rule: Rule, steps: int = 100) -> Float[Tensor, ""]:
    back = torch.einsum("sji,psj->psi", turned.axes, turned.roll(rule, steps))
    return (back - straight.roll(rule, steps)).abs().max()


@dataclass(frozen=True)
class Needed:
    """Steps to a millionth of the loss, each rule at the best of its constants, `(seed,)` each."""

    plain: Float[Tensor, "seed"]
    momentum: Float[Tensor, "seed"]
    adam: Float[Tensor, "seed"]


@dataclass(frozen=True)
class Turned:
    """The same valleys along the axes and turned."""

    along: Needed
    turned: Needed

    def table(self) -> pd.DataFrame:
        """One row a rule, valley and seed: columns arm, seed, steps."""
        rows = [
            {"arm": f"{rule}, {how}", "seed": seed, "steps": steps}
            for rule, name in (("plain", "plain"), ("momentum", "momentum"), ("Adam", "adam"))
            for how, needed in (("along the axes", self.along), ("turned", self.turned))
            for seed, steps in enumerate(getattr(needed, name).tolist())
        ]
        return pd.DataFrame(rows)


def both_ways(seeds: tuple[int, ...]) -> Turned:
    """Each valley twice; a seed draws curvatures, start and turn."""
    return Turned(*(needed(bowls(seeds, CONDITION, turned=how)) for how in (False, True)))


def turned_twice(seeds: tuple[int, ...]) -> Turned:
    """The turned valleys in the place of both."""
    made = needed(bowls(seeds, CONDITION))
    return Turned(made, made)


def momentum_in_its_place(seeds: tuple[int, ...]) -> Turned:
    """Both ways, with momentum's steps in the place of Adam's."""
    seen = both_ways(seeds)
    return Turned(*(replace(one, adam=one.momentum) for one in (seen.along, seen.turned)))


def needed(valleys: Bowls) -> Needed:
    """Steps of each rule at the best of its constants, chosen for each valley by itself."""
    momenta = [lambda m, b=b: torch.optim.SGD([m], lr=1.0, momentum=b) for b in MOMENTA]
    rates = [lambda m, a=a: torch.optim.Adam([m], lr=a) for a in ADAM_RATES]
    plain = torch.stack([plain_steps(valleys, rate) for rate in PLAIN_RATES]).amin(0)
    return Needed(plain, best(valleys, momenta), best(valleys, rates))


def best(valleys: Bowls, rules: list[Callable], most: int = 1500) -> Float[Tensor, "seed"]:
    """The fewest steps among these rules."""
    return torch.stack([valleys.steps_to(SHARE, rule, most) for rule in rules]).amin(0)


def plain_steps(valleys: Bowls, rate: float) -> Float[Tensor, "seed"]:
    """Steps of plain descent, by the law of its factors: tens of thousands, and none is taken."""
    low, high = (torch.full((len(valleys.along),), power, dtype=torch.float64) for power in (0.0, 40.0))
    for _ in range(60):
        middle = (low + high) / 2
        above = _share_after(valleys, rate, 2**middle) > SHARE
        low, high = middle.where(above, low), high.where(above, middle)
    return (2**high).ceil()


def _share_after(valleys: Bowls, rate: float, steps: Float[Tensor, "seed"]) -> Float[Tensor, "seed"]:
    first = valleys.curvature * valleys.along.square()
    factor = (1 - rate * valleys.curvature).square()
    return (first * factor ** steps[:, None]).sum(1) / first.sum(1)
