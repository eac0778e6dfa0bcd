"""Bigger error, bigger tweak? Slopes of losses, and networks that are born sure of the wrong answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import exp

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.func import grad, vmap
from torch.nn import functional

from landscaping.datasets import digits
from landscaping.ensemble import SGD, Ensemble, run, stack, train
from landscaping.models.shallow import Shallow
from landscaping.supervised.losses.constants import lowest

EXAMPLES, WIDTH, STEPS, BATCH = 1000, 32, 300, 50
RATES = (0.1, 1.0)
SURE = (0.0, 4.0, 7.0, 10.0)  # the bias of the output at birth: log-odds of “odd” for every image


def squared(z: Tensor, y: Tensor) -> Tensor:
    """Squared error of the probability that a sigmoid makes of z."""
    return (torch.sigmoid(z) - y).square().mean()


def cross_entropy(z: Tensor, y: Tensor) -> Tensor:
    """Binary cross-entropy of the same probability."""
    return functional.binary_cross_entropy_with_logits(z, y)


LOSSES = {"squared": squared, "cross-entropy": cross_entropy}


def tweak(loss: Callable[[Tensor], Tensor], at: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    """The size of the slope of a loss of one number, at each of these."""
    return vmap(grad(loss))(at).abs()


def tweak_of_sigmoid(loss: Callable, error: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    """The slope with respect to what enters the sigmoid, where its answer misses a target of 0 by `error`."""
    return tweak(lambda z: loss(z, torch.zeros_like(z)), error.double().logit())


def steepest_error(loss: Callable) -> float:
    """The error from a half up at which the slope of a sigmoid's loss is largest."""

    def shallowness(z: Tensor) -> Tensor:
        return -grad(lambda at: loss(at, torch.zeros_like(at)))(z)

    return 1 / (1 + exp(-lowest(shallowness, 0.0, 20.0)))


@dataclass(frozen=True)
class Sure:
    """Accuracy on held-back digits, after training."""

    accuracy: dict[tuple[float, str, float], Float[Tensor, "seed"]]  # (bias at birth, loss, rate) -> (seed,)
    born: float = SURE[-1]  # where the claim is measured

    def best(self, loss: str, born: float) -> Float[Tensor, "seed"]:
        """The accuracy at whichever rate served this loss best, seed by seed."""
        return torch.stack([self.accuracy[born, loss, rate] for rate in RATES]).amax(0)

    @property
    def gain(self) -> Float[Tensor, "seed"]:
        """Cross-entropy's accuracy minus squared error's, each at its best rate."""
        return self.best("cross-entropy", self.born) - self.best("squared", self.born)


def network(born: float) -> nn.Module:
    """A shallow network that gives every image log-odds of about `born` for “odd”."""
    net = Shallow(WIDTH, n_in=64)
    net.output.bias.data += born
    return net


@cache
def born_sure(seeds: tuple[int, ...]) -> Sure:
    """Odd or even? The same networks on the same digits, by either loss, at each birth and rate."""
    splits = [digits.split(EXAMPLES, seed) for seed in seeds]
    (x, y), (asked, truth) = (odd_or_even(part) for part in zip(*splits, strict=True))
    accuracy = {}
    for born in SURE:
        for name, loss in LOSSES.items():
            for rate in RATES:
                nets = stack(lambda born=born: network(born), seeds)
                run(train(nets, loss, x, y, SGD(rate), batch=BATCH, steps=STEPS, per_seed=True))
                accuracy[born, name, rate] = share_right(nets, asked, truth)
    return Sure(accuracy)


def odd_or_even(parts: tuple[digits.Digits, ...]) -> tuple[Tensor, Tensor]:
    """Images `(seed, n, 64)` and whether they show an odd digit, `(seed, n, 1)`."""
    return torch.stack([d.x for d in parts]), torch.stack([(d.y % 2).float().unsqueeze(1) for d in parts])


def share_right(nets: Ensemble, x: Tensor, y: Tensor) -> Float[Tensor, "seed"]:
    """Share of images on whose side of even odds the answer lies."""
    return ((nets(x, per_seed=True) > 0) == y.bool()).double().mean((1, 2))


def born_undecided(seeds: tuple[int, ...]) -> Sure:
    """The same comparison of networks that give even odds at birth."""
    return replace(born_sure(seeds), born=SURE[0])
