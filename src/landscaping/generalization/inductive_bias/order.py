"""Descent does not see the order of the pixels: the exact test, and a network for which it fails."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from landscaping.datasets.mnist1d import LENGTH, Examples, generate
from landscaping.ensemble import SGD, Adam, Ensemble, stack, train
from landscaping.generalization.inductive_bias.amounts import plain
from landscaping.generalization.inductive_bias.arms import WINDOWS
from landscaping.models.layers import network
from landscaping.randomness import stream

RULES = {"gradient descent": SGD(0.1), "momentum": SGD(0.05, momentum=0.9), "Adam": Adam(0.003)}
STEPS, EXAMPLES = 60, 400


@dataclass(frozen=True)
class Twins:
    """For each rule, the largest difference of two trainings' answers, relative to the answers."""

    gap: dict[str, float]

    @property
    def widest(self) -> float:
        """The worst of the rules."""
        return max(self.gap.values())


def dense_twins_in_order(seeds: tuple[int, ...]) -> Twins:
    """A plain net, and one born with permuted first weights that sees permuted curves; double precision."""
    return Twins({name: apart(rule, plain, permute_columns, seeds[0]) for name, rule in RULES.items()})


def convolutional_twins_in_order(seeds: tuple[int, ...]) -> Twins:
    """The control: a convolution has no weight for each position that could be permuted along."""
    tied = lambda: network("tied", WINDOWS)  # noqa: E731
    return Twins({name: apart(rule, tied, leave, seeds[0]) for name, rule in RULES.items()})


def apart(rule, make, relabel, seed: int) -> float:
    """How far the answers of the two trainings ever are from each other."""
    order = torch.randperm(LENGTH, generator=stream("positions", seed))
    seen = generate(EXAMPLES, seed)
    here = answers(rule, in_double(make, seed), seen)
    there = answers(rule, relabel(in_double(make, seed), order), Examples(seen.x[:, order], seen.y))
    return max(((a - b).abs().max() / a.abs().max()).item() for a, b in zip(here, there, strict=True))


def answers(rule, net: Ensemble, seen: Examples) -> Iterator[Float[Tensor, "seed n 10"]]:
    """What the net says to all examples after every step."""
    x = seen.x.double()
    for _ in train(net, cross_entropy, x, seen.y, rule, batch=100, steps=STEPS):
        yield net(x).detach()


def in_double(make, seed: int) -> Ensemble:
    """One network, in double precision."""
    return stack(lambda: born_double(make), (seed,))


def born_double(make) -> nn.Module:
    """Initial weights drawn in single precision, then widened."""
    return make().double()


def permute_columns(net: Ensemble, order: Tensor) -> Ensemble:
    """Relabel what the first layer sees."""
    net.params["0.weight"] = net.params["0.weight"][..., order].contiguous()
    return net


def leave(net: Ensemble, _: Tensor) -> Ensemble:
    """Nothing to relabel."""
    return net
