"""A latent map, and the price of its bound: what a small network learns from a few examples of a wave, and from more of them."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.claims import Claim, every, median
from landscaping.ensemble import Adam, Ensemble, stack, train
from landscaping.models.shallow import Shallow
from landscaping.randomness import stream
from landscaping.spread import quartiles

__all__ = ["CLAIMS", "CONSTANT", "GAP", "LEARNED", "MORE"]

EXAMPLES, WIDTH, STEPS, RATE, NOISE = 16, 20, 100, 0.06, 0.3
MANY, LOOK, NEW = 8, 10, 300


@dataclass(frozen=True)
class Fit:
    """Squared errors while networks learn, as shares of the variance of new targets, `(look, seed)`."""

    seen: Float[Tensor, "look seed"]
    new: Float[Tensor, "look seed"]


def examples(
    n: int, seed: int, purpose: str = "examples"
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    """Places between −1 and 1, and the height of a wave there with noise."""
    source = stream(purpose, seed)
    x = 2 * torch.rand(n, 1, generator=source) - 1
    return x, (4 * x).sin() + NOISE * torch.randn(n, 1, generator=source)


def every_seeds(seeds: tuple[int, ...], n: int, purpose: str) -> tuple[Tensor, Tensor]:
    """Each seed's own examples, `(seed, n, 1)` twice."""
    x, y = zip(*(examples(n, seed, purpose) for seed in seeds), strict=True)
    return torch.stack(x), torch.stack(y)


def fit(
    seeds: tuple[int, ...], *, n: int = EXAMPLES, copies: int = 1, shuffled: bool = False, steps: int = STEPS
) -> Fit:
    """Train one network a seed on `n` examples, each of them `copies` times."""
    x, y = every_seeds(seeds, n, "examples")
    x, y = x.repeat(1, copies, 1), y.repeat(1, copies, 1)
    if shuffled:
        y = y.flip(1)
    nets = stack(lambda: Shallow(WIDTH), seeds)
    new = every_seeds(seeds, NEW, "new examples")
    looks = [(errors(nets, x, y), errors(nets, *new))]
    for step, _ in enumerate(
        train(nets, nn.functional.mse_loss, x, y, Adam(RATE), steps=steps, per_seed=True), 1
    ):
        if step % LOOK == 0:
            looks.append((errors(nets, x, y), errors(nets, *new)))
    variance = new[1].var(1, correction=0).flatten()
    return Fit(*(torch.stack(column) / variance for column in zip(*looks, strict=True)))


@torch.no_grad()
def errors(nets: Ensemble, x: Tensor, y: Tensor) -> Float[Tensor, "seed"]:
    """Every network's mean squared error on its own examples."""
    return (nets(x, per_seed=True) - y).square().mean((1, 2))


@dataclass(frozen=True)
class Pair:
    """The same networks on few examples and on more."""

    few: Fit
    more: Fit


def few_and_more(seeds: tuple[int, ...], **more: int) -> Pair:
    """Train on `EXAMPLES`, and on `MANY` times as many; what `more` says replaces the latter."""
    return Pair(fit(seeds), fit(seeds, **(more or {"n": MANY * EXAMPLES})))


def table(fits: dict[str, Fit]) -> pd.DataFrame:
    """Quartiles of the error on new examples: columns arm, step, low, median, high."""
    columns = [
        quartiles(each.new, range(0, LOOK * len(each.new), LOOK)).assign(arm=arm)
        for arm, each in fits.items()
    ]
    return pd.concat(columns, ignore_index=True)


def at_the_end(result: Fit) -> Float[Tensor, "seed"]:
    """The error on new examples after the last step."""
    return result.new[-1]


def seen_against_new(result: Fit) -> Float[Tensor, "seed"]:
    """The error on the examples seen, as a share of that on new ones."""
    return result.seen[-1] / result.new[-1]


def gained(result: Pair) -> Float[Tensor, "seed"]:
    """The error with more examples, as a share of that with few."""
    return result.more.new[-1] / result.few.new[-1]


def split(_: tuple[int, ...], power: int = 2) -> float:
    """How far a constant's squared error is from the variance plus a power of its distance to the mean."""
    y, guess = examples(EXAMPLES, 0)[1].double(), 0.7
    parts = y.var(correction=0) + (guess - y.mean()).abs() ** power
    return ((y - guess).square().mean() - parts).abs().item()


CONSTANT = Claim(
    label="claim-variational-autoencoders-constant",
    sentence="A constant's squared error is the targets' variance plus its squared distance to their mean.",
    experiment=split,
    measure=float,
    gate=every(at_most=1e-12),
    control=partial(split, power=1),
    control_is="the distance in place of its square",
    unit="between the two sides",
    exact=True,
)
LEARNED = Claim(
    label="claim-variational-autoencoders-learned",
    sentence="From these few examples a network errs less than half as much as the best constant.",
    experiment=fit,
    measure=at_the_end,
    gate=median(at_most=0.5),
    control=partial(fit, shuffled=True),
    control_is="the same examples with their targets in another order",
    unit="of the best constant's error",
)
GAP = Claim(
    label="claim-variational-autoencoders-gap",
    sentence="On the examples that it saw a network errs less than on new ones.",
    experiment=fit,
    measure=seen_against_new,
    gate=median(at_most=0.8),
    control=partial(fit, steps=0),
    control_is="networks that were never trained",
    unit="of the error on new examples",
)
MORE = Claim(
    label="claim-variational-autoencoders-more",
    sentence="Eight times the examples take away at least a tenth of the error on new ones.",
    experiment=few_and_more,
    measure=gained,
    gate=median(at_most=0.9),
    control=partial(few_and_more, copies=MANY),
    control_is="the same examples four times over",
    unit="of the error with few examples",
)
CLAIMS = (CONSTANT, LEARNED, GAP, MORE)
