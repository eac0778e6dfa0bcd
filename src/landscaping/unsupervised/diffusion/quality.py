"""How far a cloud of points is from another, and from points that were learned from."""

import torch
from jaxtyping import Float
from torch import Tensor


def energy_distance(a: Float[Tensor, "seed n d"], b: Float[Tensor, "seed m d"]) -> Float[Tensor, "seed"]:
    """Twice the mean distance between the clouds, less the mean distances within each.

    Zero on average where both come from one distribution, and only there (Székely & Rizzo 2013).
    """
    return 2 * torch.cdist(a, b).mean((1, 2)) - _within(a) - _within(b)


def _within(a: Float[Tensor, "seed n d"]) -> Float[Tensor, "seed"]:
    """Mean distance of two different points."""
    n = a.shape[1]
    return torch.cdist(a, a).sum((1, 2)) / (n * (n - 1))


def median_nearest(
    points: Float[Tensor, "seed n d"], others: Float[Tensor, "seed m d"]
) -> Float[Tensor, "seed"]:
    """Half of the points have one of the others within this distance."""
    exactly = "donot_use_mm_for_euclid_dist"  # matrix products are too coarse for points that nearly coincide
    return torch.cdist(points, others, compute_mode=exactly).amin(-1).quantile(0.5, dim=1)
