"""More weights, more examples, or a constraint: what each buys on MNIST-1D."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.ensemble import stack
from landscaping.generalization.inductive_bias.arms import EXAMPLES, RATES, WINDOWS, four_arms
from landscaping.generalization.inductive_bias.curves import MOST, Curves, drawn, fit, points
from landscaping.models.layers import network

WIDTH, PLAIN_RATE, PLAIN_STEPS = 100, 0.01, 800
# What the explorer adds to the examples of the four arms, and steps for each: few are learnt by heart sooner.
GRID, FEW = {500: 100, 1000: 140, 2000: 200}, 4


@dataclass(frozen=True)
class Amounts:
    """Test accuracy in points: a plain net, the same with four times the examples, a larger net."""

    plain: Float[Tensor, "seed"]
    more_data: Float[Tensor, "seed"]
    more_weights: Float[Tensor, "seed"]
    weights: int


def plain() -> nn.Sequential:
    """Two hidden layers of one width, nothing held at zero and nothing tied."""
    hidden = [nn.Linear(40, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU()]
    return nn.Sequential(*hidden, nn.Linear(WIDTH, 10))


@lru_cache(maxsize=4)
def weights_or_examples(seeds: tuple[int, ...]) -> Amounts:
    """The plain net on 4,000 and on 16,000 examples, beside the dense net of the convolution's shape."""
    less, more = (train_plain(drawn(seeds).first(n), seeds) for n in (EXAMPLES, MOST))
    return Amounts(less, more, four_arms(seeds).dense, stack(plain, seeds[:1]).size)


def same_data(seeds: tuple[int, ...]) -> Amounts:
    """The control: the plain net gets no more examples than the large one."""
    run = weights_or_examples(seeds)
    return Amounts(run.plain, run.plain, run.more_weights, run.weights)


def train_plain(curves: Curves, seeds: tuple[int, ...], steps: int = PLAIN_STEPS) -> Float[Tensor, "seed"]:
    """Test accuracy of the plain net in points."""
    nets = stack(plain, seeds)
    fit(nets, curves, PLAIN_RATE, steps)
    return points(nets, curves)


def by_examples(seeds: tuple[int, ...]) -> pd.DataFrame:
    """The explorer's table for the first four seeds: columns arm, examples, seed, accuracy (points).

    Only the plain net goes on to the largest number of examples. What `four_arms` and
    `weights_or_examples` have measured on all the seeds is not trained again.
    """
    arms, plain_nets, four = four_arms(seeds), weights_or_examples(seeds), seeds[:FEW]
    known = {("plain", EXAMPLES): plain_nets.plain, ("plain", MOST): plain_nets.more_data}
    known |= {("untied", EXAMPLES): arms.untied, ("tied", EXAMPLES): arms.tied}
    cells = [(arm, n) for n in (*GRID, EXAMPLES) for arm in ("plain", "untied", "tied")] + [("plain", MOST)]
    rows = []
    for arm, n in cells:
        accuracy = (
            known[arm, n][:FEW] if (arm, n) in known else one_point(arm, drawn(seeds).first(n, FEW), four)
        )
        rows += [
            {"arm": arm, "examples": n, "seed": seed, "accuracy": value}
            for seed, value in enumerate(accuracy.tolist())
        ]
    return pd.DataFrame(rows)


def one_point(arm: str, curves: Curves, seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """Test accuracy in points of one arm on these curves; the plain net gets twice the steps."""
    steps = GRID[curves.y.shape[1]]
    if arm == "plain":
        return train_plain(curves, seeds, 2 * steps)
    nets = stack(lambda: network(arm, WINDOWS), seeds)
    fit(nets, curves, RATES[arm], steps)
    return points(nets, curves)
