"""Networks that learn to add two numbers: what they cost inside and outside the range they saw."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets import toys
from landscaping.ensemble import Adam, Ensemble, cosine, run, stack, train
from landscaping.models.shallow import Shallow
from landscaping.models.spectrum.square import relative_error

EXAMPLES, WIDTH, STEPS, RATE = 200, 32, 3000, 0.03
MARKS = (25, 50, 100, 200, 400, 800, 1500, 3000)  # steps after which the errors are read
EARLY = MARKS.index(50)
REACHES = (1, 2, 5, 10, 20, 50, 100)  # half-sides of the test squares; 1 is the training range
OUTSIDE = REACHES.index(5)
SQUARES, SIZES = 1.0, 0.1  # strengths of the two pushes

Push = Callable[[Tensor, float], Tensor]


@dataclass(frozen=True)
class Adding:
    """Trained networks, and their relative errors along the way."""

    nets: Ensemble
    error: Float[Tensor, "mark reach seed"]
    far: float = 100.0  # where the claim about bare networks is measured


def by_squares(weights: Tensor, strength: float) -> Tensor:
    """Shrink every weight by the same share: weight decay, the slope of a penalty on squares (L2)."""
    return weights * (1 - strength)


def by_sizes(weights: Tensor, strength: float) -> Tensor:
    """Shrink every weight by the same amount and stop at zero: a penalty on sizes (L1)."""
    return weights.sign() * (weights.abs() - strength).relu()


@cache
def adding_runs(
    seeds: tuple[int, ...], bias: bool = True, push: Push | None = None, strength: float = 0.0
) -> Adding:
    """Train one network a seed on its own pairs from [-1, 1]², pushing its weights after every step."""
    pairs = [toys.pairs_to_add(EXAMPLES, 1.0, seed) for seed in seeds]
    x, y = (torch.stack(column) for column in zip(*pairs, strict=True))
    nets, rate = stack(lambda: Shallow(WIDTH, n_in=2, bias=bias), seeds), cosine(RATE, STEPS)
    errors = []
    steps = train(nets, nn.functional.mse_loss, x, y, Adam(rate), per_seed=True)
    for step in range(STEPS + 1):
        if step in MARKS:
            errors.append(torch.stack([relative_error(nets, reach) for reach in REACHES]))
        if step < STEPS:
            next(steps)
            shrink(nets, push, rate(step) * strength)
    return Adding(nets, torch.stack(errors))


@torch.no_grad()
def shrink(nets: Ensemble, push: Push | None, strength: float) -> None:
    """Push every weight and bias towards zero, in place; nothing without a push."""
    if push:
        for weights in nets.params.values():
            weights.copy_(push(weights, strength))


def plain(seeds: tuple[int, ...]) -> Adding:
    """Networks as one would train them."""
    return adding_runs(seeds)


def asked_inside(seeds: tuple[int, ...]) -> Adding:
    """The same networks, compared with their bare selves inside the training range."""
    return replace(plain(seeds), far=1.0)


def unbiased(seeds: tuple[int, ...]) -> Adding:
    """Networks that have no biases."""
    return adding_runs(seeds, bias=False)


def pushed_by_squares(seeds: tuple[int, ...]) -> Adding:
    """Networks whose weights lose a share of themselves after every step."""
    return adding_runs(seeds, push=by_squares, strength=SQUARES)


def pushed_by_sizes(seeds: tuple[int, ...]) -> Adding:
    """Networks whose weights lose an amount after every step, until they are zero."""
    return adding_runs(seeds, push=by_sizes, strength=SIZES)


@dataclass(frozen=True)
class TenNumbers:
    """Relative errors of a weighted sum of ten numbers, within their own spread and at ten times it."""

    inside: Float[Tensor, "seed"]
    at_ten_times: Float[Tensor, "seed"]


def ten_numbers(seeds: tuple[int, ...]) -> TenNumbers:
    """Train on 2,000 normal inputs of ten numbers, each seed its own, and ask on 2,000 others."""
    weights = torch.ones(10)
    seen = [toys.linear_examples(4000, weights, 0.0, seed) for seed in seeds]
    x, y = torch.stack([x for x, _ in seen]), torch.stack([y for _, y in seen]).unsqueeze(-1)
    nets = stack(lambda: Shallow(WIDTH, n_in=10), seeds)
    run(train(nets, nn.functional.mse_loss, x[:, :2000], y[:, :2000], Adam(cosine(0.01, 2000)), batch=200,
              steps=2000, per_seed=True))  # fmt: skip

    def error(reach: float) -> Tensor:
        answer = nets(reach * x[:, 2000:], per_seed=True).detach()
        return (answer - reach * y[:, 2000:]).abs().mean((1, 2)) / (reach * y[:, 2000:].abs().mean((1, 2)))

    return TenNumbers(error(1.0), error(10.0))


def two_numbers(seeds: tuple[int, ...]) -> TenNumbers:
    """The networks that add two numbers, as if they were the others."""
    errors = plain(seeds).error[-1]
    return TenNumbers(errors[REACHES.index(1)], errors[REACHES.index(10)])
