"""The whole Hessian of small networks, and what it says along a direction.

`curvature` asks only for the largest curvature and never writes the matrix down. Here it is written down,
which takes weights² numbers for each seed: a few hundred weights, not many thousands.
"""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import grad, jacrev, vmap

from landscaping.ensemble import Ensemble

Loss = Callable[[Tensor, Tensor], Tensor]
Rows = Float[Tensor, "seed weight"]
AT_ONCE = 64  # columns of the Hessian that are computed together: more need more memory


def named(nets: Ensemble, row: Float[Tensor, "*seed weight"]) -> dict[str, Tensor]:
    """Weights in one row, in the order of `Ensemble.flat`, back in the shapes of the layers."""
    shapes = {name: p.shape[1:] for name, p in nets.params.items()}
    pieces = row.split([shape.numel() for shape in shapes.values()], dim=-1)
    return {n: p.unflatten(-1, s) for (n, s), p in zip(shapes.items(), pieces, strict=True)}


def loss_of_row(nets: Ensemble, loss: Loss) -> Callable[[Tensor, Tensor, Tensor], Tensor]:
    """One network's loss as a function of its weights in a row, its inputs and its targets."""
    return lambda row, x, y: loss(nets.answer(named(nets, row), x), y)


def at_rows(nets: Ensemble, loss: Loss, rows: Rows, x: Tensor, y: Tensor, per_seed: bool = False) -> Tensor:
    """Every seed's loss with these weights: `(seed,)`."""
    return _each(loss_of_row(nets, loss), per_seed)(rows, x, y)


def slopes(nets: Ensemble, loss: Loss, rows: Rows, x: Tensor, y: Tensor, per_seed: bool = False) -> Rows:
    """Every seed's slope with these weights."""
    return _each(grad(loss_of_row(nets, loss)), per_seed)(rows, x, y)


def hessians(
    nets: Ensemble, loss: Loss, rows: Rows, x: Tensor, y: Tensor, per_seed: bool = False
) -> Float[Tensor, "seed weight weight"]:
    """Every seed's Hessian with these weights: how fast each part of the slope changes along each weight."""
    return _each(jacrev(grad(loss_of_row(nets, loss)), chunk_size=AT_ONCE), per_seed)(rows, x, y)


def _each(function: Callable, per_seed: bool) -> Callable:
    example = 0 if per_seed else None
    return vmap(function, in_dims=(0, example, example))


def curvatures(hessian: Float[Tensor, "seed weight weight"]) -> Rows:
    """Every seed's curvatures, the eigenvalues of its Hessian, smallest first."""
    return torch.linalg.eigvalsh((hessian + hessian.mT) / 2)


def along(
    hessian: Float[Tensor, "seed weight weight"], direction: Float[Tensor, "seed slice weight"]
) -> Float[Tensor, "seed slice"]:
    """The curvature along each direction: what a slice through this point shows."""
    unit = direction / direction.norm(dim=-1, keepdim=True)
    return torch.einsum("skw,swv,skv->sk", unit, hessian, unit)
