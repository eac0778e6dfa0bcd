"""Curvature along steps that are measured in shares of each weight: no rescaling of a layer changes it."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble
from landscaping.optimization.curvature import Loss, hessian_product, largest_eigenvalue
from landscaping.randomness import stream


def relative_sharpest(
    ensemble: Ensemble, loss: Loss, x: Tensor, y: Tensor, *, per_seed: bool = False, rounds: int = 20
) -> Float[Tensor, "seed"]:
    """Largest eigenvalue of DHD, where H is the Hessian and D holds every weight's size, by Lanczos' method.

    A step of one along a weight's axis is as long as the weight itself. `x` and `y` are shared, or each
    seed's own with `per_seed`. It needs more rounds than `curvature.sharpest`: its eigenvalues lie closer.
    """
    size = ensemble.flat().abs()
    times_hessian = hessian_product(ensemble, loss, x, y, per_seed)
    start = torch.stack(
        [torch.randn(ensemble.size, generator=stream("directions", s)) for s in ensemble.seeds]
    )
    return largest_eigenvalue(lambda v: size * times_hessian(size * v), start.to(size.dtype), rounds)
