"""Shuffle the forty positions: who minds?"""

from dataclasses import dataclass
from functools import lru_cache

from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import stack
from landscaping.generalization.inductive_bias.amounts import train_plain, weights_or_examples
from landscaping.generalization.inductive_bias.arms import EXAMPLES, RATES, STEPS, WINDOWS, four_arms
from landscaping.generalization.inductive_bias.curves import Curves, drawn, fit, points
from landscaping.models.layers import network


@dataclass(frozen=True)
class Positions:
    """Test accuracy in points, `(seed,)`, with the positions in their order and in another."""

    in_order: Float[Tensor, "seed"]
    shuffled: Float[Tensor, "seed"]


@lru_cache(maxsize=4)
def convolution(seeds: tuple[int, ...]) -> Positions:
    """The convolutional net, trained anew on shuffled positions."""
    return Positions(four_arms(seeds).tied, train_tied(elsewhere(seeds), seeds))


@lru_cache(maxsize=4)
def plain_net(seeds: tuple[int, ...]) -> Positions:
    """The control: the plain net, trained anew on the same shuffled positions."""
    return Positions(weights_or_examples(seeds).plain, train_plain(elsewhere(seeds), seeds))


def elsewhere(seeds: tuple[int, ...]) -> Curves:
    """The examples of the four arms, in one other order of positions."""
    return drawn(seeds).first(EXAMPLES).shuffled()


def train_tied(curves: Curves, seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """Test accuracy of the convolutional net in points."""
    nets = stack(lambda: network("tied", WINDOWS), seeds)
    fit(nets, curves, RATES["tied"], STEPS["tied"])
    return points(nets, curves)
