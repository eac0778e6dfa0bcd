"""How far a cloud of points is from another, and from points that were learned from.

Seeds take turns: a table of all pairs of points is large, and one at a time is enough.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def energy_distance(a: Float[Tensor, "seed n d"], b: Float[Tensor, "seed m d"]) -> Float[Tensor, "seed"]:
    """Twice the mean distance between the clouds, less the mean distances within each.

    Zero on average where both come from one distribution, and only there (Székely & Rizzo 2013).
    """
    between = torch.stack([torch.cdist(p, q).mean() for p, q in zip(a, b, strict=True)])
    return 2 * between - _within(a) - _within(b)


def _within(a: Float[Tensor, "seed n d"]) -> Float[Tensor, "seed"]:
    """Mean distance of two different points."""
    return torch.stack([torch.pdist(p).mean() for p in a])


def median_nearest(
    points: Float[Tensor, "seed n d"], others: Float[Tensor, "seed m d"]
) -> Float[Tensor, "seed"]:
    """Half of the points have one of the others within this distance."""
    exactly = "donot_use_mm_for_euclid_dist"  # matrix products are too coarse for points that nearly coincide
    pairs = zip(points, others, strict=True)
    nearest = [torch.cdist(p, q, compute_mode=exactly).amin(-1) for p, q in pairs]
    return torch.stack(nearest).quantile(0.5, dim=1)
