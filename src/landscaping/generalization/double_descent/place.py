"""Where the peak must stand: the smallest singular value as features are added one at a time."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.generalization.double_descent.features import hinges, images
from landscaping.generalization.double_descent.least_squares import ROUNDING

FEW = 60  # examples
MOST = 3 * FEW  # features


def one_by_one(seeds: tuple[int, ...]) -> Float[Tensor, "seed feature"]:
    """Smallest singular value of the first 1, 2, … features, of the first seed."""
    return smallest(speaking(seeds[0])).unsqueeze(0)


def each_twice(seeds: tuple[int, ...]) -> Float[Tensor, "seed feature"]:
    """The control: a copy follows every feature. It brings a coefficient and nothing else."""
    return smallest(speaking(seeds[0]).repeat_interleave(2, 1)[:, :MOST]).unsqueeze(0)


def speaking(seed: int) -> Float[Tensor, "n feature"]:
    """Features in the order in which they are drawn, without those that are zero on every example."""
    features = hinges(images(seed, FEW).x, 2 * MOST, seed)
    return features[:, features.amax(0) > 0][:, :MOST]


def smallest(features: Float[Tensor, "n feature"]) -> Float[Tensor, "feature"]:
    """Smallest singular value that is not zero, of the first column, the first two, and so on."""
    values = [torch.linalg.svdvals(features[:, :n]) for n in range(1, features.shape[1] + 1)]
    return torch.stack([v[v > ROUNDING * v.max()].min() for v in values])


def place(values: Float[Tensor, "seed feature"]) -> Float[Tensor, "seed"]:
    """The number of features at the lowest value, over the number of examples."""
    return (values.argmin(1) + 1) / FEW
