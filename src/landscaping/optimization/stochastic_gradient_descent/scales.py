"""Digits whose pixels have very different scales, and the same digits in turned axes."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from landscaping.datasets import digits
from landscaping.ensemble import SGD, Adam, run, stack, train
from landscaping.optimization.stochastic_gradient_descent.bowls import turns
from landscaping.randomness import stream

EXAMPLES, WIDTH, STEPS = 300, 16, 200
ADAM = Adam(0.03)
MOMENTUM = SGD(0.1, 0.9)


@dataclass(frozen=True)
class Losses:
    """Training loss after `STEPS` steps, pixels along the axes and turned."""

    along: Float[Tensor, "seed"]
    turned: Float[Tensor, "seed"]


def network() -> nn.Sequential:
    """One smooth hidden layer between pixels and digits."""
    return nn.Sequential(nn.Linear(64, WIDTH), nn.Tanh(), nn.Linear(WIDTH, digits.CLASSES))


def scaled(seeds: tuple[int, ...]) -> tuple[Float[Tensor, "seed n 64"], Tensor]:
    """Centred digits, each pixel multiplied by its own number between a tenth and ten; their labels."""
    drawn = [digits.split(EXAMPLES, seed)[0] for seed in seeds]
    powers = [2 * torch.rand(64, generator=stream("scales", seed)) - 1 for seed in seeds]
    x = torch.stack([(d.x - d.x.mean(0)) * 10**p for d, p in zip(drawn, powers, strict=True)])
    return x / x.flatten(1).std(1)[:, None, None], torch.stack([d.y for d in drawn])


def turned_inputs(seeds: tuple[int, ...], rule: SGD | Adam = ADAM) -> Losses:
    """Train on both; the turned network's first weights are turned with its inputs, so both start as one."""
    x, y = scaled(seeds)
    along, turn = stack(network, seeds), turns(seeds, 64).float()
    turned = along.copy()
    turned.params["0.weight"] = turned.params["0.weight"] @ turn
    losses = [
        run(train(nets, cross_entropy, seen, y, rule, steps=STEPS, per_seed=True))[-1]
        for nets, seen in ((along, x), (turned, x @ turn))
    ]
    return Losses(*losses)
