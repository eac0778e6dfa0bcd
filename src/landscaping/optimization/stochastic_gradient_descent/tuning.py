"""Three rules, many learning rates: which one wins depends on who chose the rate."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from landscaping.datasets import digits
from landscaping.ensemble import SGD, Adam, Ensemble, run, stack, train
from landscaping.spread import quartiles

EXAMPLES, WIDTH, BATCH, STEPS = 300, 32, 25, 240
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
MOMENTUM = 0.9
COMMON = 0.01  # the rate that all rules share when nobody tunes
HIGH = 10.0  # losses above it stand for runs that flew apart


@dataclass(frozen=True)
class Sweep:
    """Loss over all training examples after the same steps, for every rule and learning rate."""

    rates: tuple[float, ...]
    loss: dict[str, Float[Tensor, "rate seed"]]
    common: float = COMMON

    def at(self, rule: str, rate: float) -> Float[Tensor, "seed"]:
        """One rule at one of the rates."""
        return self.loss[rule][self.rates.index(rate)]

    def best(self, rule: str) -> Float[Tensor, "seed"]:
        """One rule, for each seed at its own best rate."""
        return self.loss[rule].amin(0)

    def table(self) -> pd.DataFrame:
        """Quartiles over seeds: columns arm (the rule), step (its rate), low, median, high."""
        each = ((rule, quartiles(loss, self.rates)) for rule, loss in self.loss.items())
        return pd.concat([table.assign(arm=rule) for rule, table in each], ignore_index=True)


def network() -> nn.Sequential:
    """One smooth hidden layer between pixels and digits."""
    return nn.Sequential(nn.Linear(64, WIDTH), nn.Tanh(), nn.Linear(WIDTH, digits.CLASSES))


def sweep(
    seeds: tuple[int, ...],
    rates: tuple[float, ...] = RATES,
    momentum: float = MOMENTUM,
    common: float = COMMON,
) -> Sweep:
    """Train the same networks in the same batches by every rule at every rate; a seed draws all three."""
    drawn = [digits.split(EXAMPLES, seed)[0] for seed in seeds]
    x, y = torch.stack([d.x for d in drawn]), torch.stack([d.y for d in drawn])
    born = stack(network, seeds)
    rules = {"plain": SGD, "momentum": lambda rate: SGD(rate, momentum), "Adam": Adam}
    losses = {
        name: torch.stack([loss_at_the_end(born, x, y, rule(rate)) for rate in rates])
        for name, rule in rules.items()
    }
    return Sweep(rates, losses, common)


def loss_at_the_end(born: Ensemble, x: Tensor, y: Tensor, rule: SGD | Adam) -> Float[Tensor, "seed"]:
    """Loss over all examples after training; `HIGH` at most, also where a run flew apart."""
    nets = born.copy()
    run(train(nets, cross_entropy, x, y, rule, batch=BATCH, steps=STEPS, per_seed=True))
    each = cross_entropy(nets(x, per_seed=True).transpose(1, 2), y, reduction="none")
    return each.mean(1).nan_to_num(HIGH, HIGH).clamp(max=HIGH)
