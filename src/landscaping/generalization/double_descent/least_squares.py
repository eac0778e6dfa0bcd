"""The fit with the smallest error, and among those the smallest one."""

import torch
from jaxtyping import Float
from torch import Tensor

# What counts as zero beside the largest singular value: rounding in double precision is far below.
ROUNDING = 1e-10


def smallest_fit(
    features: Float[Tensor, "n feature"],
    targets: Float[Tensor, "n output"],
    ridge: float = 0.0,
) -> Float[Tensor, "feature output"]:
    """Weights of least squared error plus `ridge` times their squared length.

    Without a ridge many may fit alike: these are the shortest.
    """
    left, stretch, right = torch.linalg.svd(features, full_matrices=False)
    along = gain(stretch, ridge).unsqueeze(1) * (left.mT @ targets)
    return right.mT @ along


def gain(stretch: Float[Tensor, "k"], ridge: float = 0.0) -> Float[Tensor, "k"]:
    """What the fit multiplies each direction of the targets by: 1/s, tamed by the ridge; no s, no gain."""
    alive = stretch > ROUNDING * stretch.max()
    return torch.where(alive, stretch / (stretch**2 + ridge).clamp(min=1e-300), 0.0)
