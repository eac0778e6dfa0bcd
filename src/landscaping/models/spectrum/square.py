"""Where models that add are asked: pairs spread evenly over a square."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble

_SIDE = (2 * torch.arange(41, dtype=torch.float64) + 1) / 41 - 1  # the middles of 41 equal pieces
SQUARE: Float[Tensor, "1681 2"] = torch.cartesian_prod(_SIDE, _SIDE)


@torch.no_grad()
def relative_error(nets: Ensemble, reach: float) -> Float[Tensor, "seed"]:
    """Mean absolute error of the sums of pairs from [-reach, reach]², divided by `reach`."""
    pairs = (reach * SQUARE).to(next(iter(nets.params.values())).dtype)
    return (nets(pairs) - pairs.sum(1, keepdim=True)).abs().mean((1, 2)) / reach


def without_biases(nets: Ensemble) -> Ensemble:
    """Copies of the networks with every bias deleted: what is left of them far away."""
    bare = nets.copy()
    for name, values in bare.params.items():
        if name.endswith("bias"):
            values.zero_()
    return bare


def in_double(nets: Ensemble) -> Ensemble:
    """Copies of the networks in double precision, for identities."""
    return Ensemble(nets.net, {name: values.double() for name, values in nets.params.items()}, nets.seeds)
