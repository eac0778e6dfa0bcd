"""The largest curvature of real networks while full-batch descent trains them at several learning rates."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import one_hot

from landscaping.datasets import digits
from landscaping.ensemble import SGD, stack, train
from landscaping.optimization.curvature import sharpest
from landscaping.spread import quartiles

RATES = (0.05, 0.1, 0.2, 0.3, 0.4)
EXAMPLES, WIDTH = 100, 50
EVERY, UNTIL = 6.0, 84.0  # curvature is measured after each such stretch of rate × steps


@dataclass(frozen=True)
class Curvatures:
    """Largest curvature λ of every network, and when: time is learning rate × steps."""

    rates: tuple[float, ...]
    times: Float[Tensor, "time"]
    sharpest: Float[Tensor, "rate time seed"]

    @property
    def of_limit(self) -> Float[Tensor, "rate time seed"]:
        """Curvature as a share of the speed limit 2/α: above 1, a quadratic would throw the marble out."""
        return self.sharpest * torch.tensor(self.rates)[:, None, None] / 2

    def table(self) -> pd.DataFrame:
        """Quartiles over seeds: columns rate, step (its rate × steps), low, median, high."""
        each = zip(self.rates, self.sharpest, strict=True)
        return pd.concat([quartiles(s, self.times).assign(rate=rate) for rate, s in each], ignore_index=True)


def network() -> nn.Sequential:
    """A smooth network for digits, with torch's own initial weights."""
    return nn.Sequential(
        nn.Linear(64, WIDTH), nn.Tanh(), nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 10)
    )


def squared_error(answer: Float[Tensor, "n 10"], target: Float[Tensor, "n 10"]) -> Float[Tensor, ""]:
    """Half the squared distance between answer and one-hot target, mean over examples."""
    return 0.5 * (answer - target).square().sum(1).mean()


def examples(seeds: tuple[int, ...]) -> tuple[Float[Tensor, "seed n 64"], Float[Tensor, "seed n 10"]]:
    """Digits drawn for each seed, every pixel's mean taken away and one scale for all; one-hot targets."""
    drawn = [digits.split(EXAMPLES, seed)[0] for seed in seeds]
    x = torch.stack([d.x - d.x.mean(0) for d in drawn])
    y = torch.stack([one_hot(d.y, digits.CLASSES) for d in drawn])
    return x / x.flatten(1).std(1)[:, None, None], y.float()


def watch(seeds: tuple[int, ...], rates: tuple[float, ...] = RATES) -> Curvatures:
    """Train the same networks at every rate for the same rate × steps; a seed decides weights and digits."""
    x, y = examples(seeds)
    times = torch.arange(0, UNTIL + EVERY / 2, EVERY)
    return Curvatures(rates, times, torch.stack([watch_one(seeds, x, y, rate) for rate in rates]))


def watch_one(seeds: tuple[int, ...], x: Tensor, y: Tensor, rate: float) -> Float[Tensor, "time seed"]:
    """Largest curvature at one learning rate: at the start, and after each stretch of `EVERY`."""
    nets = stack(network, seeds)
    training = train(nets, squared_error, x, y, SGD(rate), per_seed=True)
    found = [sharpest(nets, squared_error, x, y, per_seed=True)]
    for _ in range(round(UNTIL / EVERY)):
        for _ in range(round(EVERY / rate)):
            next(training)
        found.append(sharpest(nets, squared_error, x, y, per_seed=True))
    return torch.stack(found)
