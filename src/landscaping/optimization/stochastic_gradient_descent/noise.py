"""How far a batch's slope lies from the slope of all examples: measured by drawing, and foretold by a law."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import grad, vmap

from landscaping.ensemble import stack
from landscaping.optimization.speed_limit import EXAMPLES, examples, network, squared_error
from landscaping.randomness import stream

SIZES = (1, 2, 5, 10, 20, 50, 80, 95)  # of batches, out of `EXAMPLES`
DRAWS = 8000
DIRECTIONS = 3  # in which the slopes of single examples differ most


@dataclass(frozen=True)
class Noise:
    """Variance of the batches' slopes along a few directions, and last in all directions together."""

    sizes: tuple[int, ...]
    measured: Float[Tensor, "seed size direction"]
    foretold: Float[Tensor, "seed size direction"]

    def table(self) -> pd.DataFrame:
        """One row a batch size: columns size, measured, foretold, replaced; a single example's noise is 1."""
        one = self.measured[:, :1]
        measured, foretold = ((v / one)[..., -1].median(0).values for v in (self.measured, self.foretold))
        sizes = torch.tensor(self.sizes)
        columns = {"size": sizes, "measured": measured, "foretold": foretold, "replaced": 1 / sizes}
        return pd.DataFrame({name: column.numpy() for name, column in columns.items()})


def batch_noise(seeds: tuple[int, ...], replaced: bool = False) -> Noise:
    """Draw batches and look at their slopes, for networks as they were born; a seed draws all.

    With `replaced` the law is the one for batches in which an example may stand twice.
    """
    apart = deviations(example_slopes(seeds))
    chosen = [apart[:, :, :DIRECTIONS], apart]
    single = torch.stack([part.square().mean(1).sum(1) for part in (*chosen[0].split(1, 2), chosen[1])], 1)
    law = torch.tensor([shrinks(size, EXAMPLES, replaced) for size in SIZES])
    measured = torch.stack([by_drawing(one, seed) for one, seed in zip(apart, seeds, strict=True)])
    return Noise(SIZES, measured, single[:, None] * law[:, None])


def shrinks(size: int, n: int, replaced: bool = False) -> float:
    """What is left of one example's variance in the mean over a batch: (n − B) / (n − 1) / B."""
    return 1 / size * (1.0 if replaced else (n - size) / (n - 1))


def example_slopes(seeds: tuple[int, ...]) -> Float[Tensor, "seed n weight"]:
    """The slope of each single example's loss, at the weights a network was born with."""
    nets, (x, y) = stack(network, seeds), examples(seeds)

    def loss(params: dict[str, Tensor], one_x: Tensor, one_y: Tensor) -> Tensor:
        return squared_error(nets.answer(params, one_x[None]), one_y[None])

    each = vmap(vmap(grad(loss), in_dims=(None, 0, 0)))(nets.params, x, y)
    return torch.cat([slope.flatten(2) for slope in each.values()], dim=2)


def deviations(slopes: Float[Tensor, "seed n weight"]) -> Float[Tensor, "seed n n"]:
    """Each example's slope minus their mean, in as many axes as there are examples; the widest axis first.

    The slopes of n examples span at most n directions: nothing is lost in this turned frame.
    """
    apart = slopes - slopes.mean(1, keepdim=True)
    values, axes = torch.linalg.eigh(apart @ apart.transpose(1, 2))
    return (axes * values.clamp(min=0).sqrt()[:, None]).flip(2)


def by_drawing(apart: Float[Tensor, "n n"], seed: int) -> Float[Tensor, "size direction"]:
    """Variance of the mean over batches, each an unordered draw without repetition."""
    order = torch.rand(DRAWS, len(apart), generator=stream("batches", seed)).argsort(1)
    return torch.stack([_variances(apart, order[:, :size]) for size in SIZES])


def _variances(apart: Float[Tensor, "n n"], rows: Tensor) -> Float[Tensor, "direction"]:
    chosen = torch.zeros(len(rows), len(apart)).scatter_(1, rows, 1 / rows.shape[1])
    squares = (chosen @ apart).square().mean(0)
    return torch.cat([squares[:DIRECTIONS], squares.sum()[None]])
