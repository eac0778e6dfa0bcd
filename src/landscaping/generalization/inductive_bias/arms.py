"""Four arms of one shape on MNIST-1D: the question is not what a net can be, but where descent takes it."""

from dataclasses import dataclass, replace
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import stack
from landscaping.generalization.inductive_bias.curves import Curves, drawn, fit, points
from landscaping.models.layers import Arm, Window, dense_twins, network

# Two layers: 40 positions × 1 channel to 20 × 16, to 10 × 32.
WINDOWS = (Window(40, 1, 16), Window(20, 16, 32))
EXAMPLES = 4_000
# The dense net had its best test accuracy at half the rate of the others, of those tried; it gets as many
# steps as the convolution and the training after it together.
RATES: dict[Arm, float] = {"tied": 0.02, "untied": 0.02, "dense": 0.01}
STEPS: dict[Arm, int] = {"tied": 350, "untied": 350, "dense": 450}
AFTER_RATE, AFTER_STEPS = 0.003, 100


@dataclass(frozen=True)
class Arms:
    """Test accuracy in points for each arm, `(seed,)`, and what it takes to compare them."""

    tied: Float[Tensor, "seed"]
    untied: Float[Tensor, "seed"]
    dense: Float[Tensor, "seed"]
    grown: Float[Tensor, "seed"]  # dense, started at the trained convolution's weights and trained on
    copied: Float[Tensor, "seed"]  # largest difference between the convolution's answers and its dense copy's
    learnt: Float[Tensor, "seed"]  # training accuracy of the dense net from random weights
    weights: dict[str, int]


@lru_cache(maxsize=4)
def four_arms(seeds: tuple[int, ...]) -> Arms:
    """Tied, untied, dense, and dense from the convolution, on the same examples, seed by seed."""
    return compare(drawn(seeds).first(EXAMPLES), seeds)


@lru_cache(maxsize=4)
def four_arms_shuffled(seeds: tuple[int, ...]) -> Arms:
    """The same on curves whose positions stand in another order: neighbours are no longer neighbours."""
    return compare(drawn(seeds).first(EXAMPLES).shuffled(), seeds)


def grown_at_random(seeds: tuple[int, ...]) -> Arms:
    """The control for where descent starts: the dense net from random weights in the other's place."""
    arms = four_arms(seeds)
    return replace(arms, grown=arms.dense)


def compare(curves: Curves, seeds: tuple[int, ...]) -> Arms:
    """Train all four on these curves."""
    nets = {arm: stack(lambda arm=arm: network(arm, WINDOWS), seeds) for arm in RATES}
    for arm, net in nets.items():
        fit(net, curves, RATES[arm], STEPS[arm])
    grown = dense_twins(nets["tied"], WINDOWS)
    copied = farthest(grown, nets["tied"], curves)
    fit(grown, curves, AFTER_RATE, AFTER_STEPS)
    scores = {arm: points(net, curves) for arm, net in nets.items()}
    sizes = {arm: net.size for arm, net in nets.items()}
    learnt = points(nets["dense"], curves.training())
    return Arms(**scores, grown=points(grown, curves), copied=copied, learnt=learnt, weights=sizes)


@torch.no_grad()
def farthest(one, other, curves: Curves) -> Float[Tensor, "seed"]:
    """Largest difference between two ensembles' answers to the test curves."""
    gap = one(curves.test_x, per_seed=True) - other(curves.test_x, per_seed=True)
    return gap.abs().flatten(1).amax(1)
