"""How sharply a loss curves: the largest curvature of every network of an ensemble."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import vmap

from landscaping.ensemble import Ensemble
from landscaping.randomness import stream

Loss = Callable[[Tensor, Tensor], Tensor]
Product = Callable[[Float[Tensor, "seed weight"]], Float[Tensor, "seed weight"]]


def sharpest(
    ensemble: Ensemble, loss: Loss, x: Tensor, y: Tensor, *, per_seed: bool = False, rounds: int = 12
) -> Float[Tensor, "seed"]:
    """Largest eigenvalue λ of the Hessian of the loss at the present weights, by Lanczos' method.

    The Hessian is never written down: each round asks what it does to one direction. `x` and `y` are
    shared, or each seed's own with `per_seed`, as in `ensemble.train`.
    """
    start = torch.stack(
        [torch.randn(ensemble.size, generator=stream("directions", s)) for s in ensemble.seeds]
    )
    times_hessian = hessian_product(ensemble, loss, x, y, per_seed)
    return largest_eigenvalue(times_hessian, start.to(ensemble.flat().dtype), rounds)


def hessian_product(ensemble: Ensemble, loss: Loss, x: Tensor, y: Tensor, per_seed: bool) -> Product:
    """The function that turns each seed's direction v into Hv: how fast the slope changes along v.

    The slope is computed once; a product is the slope of (slope · v), so it costs about one step more.
    """
    leaves = {name: p.detach().requires_grad_() for name, p in ensemble.params.items()}
    example = 0 if per_seed else None
    losses = vmap(lambda p, x, y: loss(ensemble.answer(p, x), y), in_dims=(0, example, example))(leaves, x, y)
    # Seeds share no weight, so the slope of the sum is each seed's own slope.
    slope = in_rows(torch.autograd.grad(losses.sum(), list(leaves.values()), create_graph=True))

    def product(direction: Float[Tensor, "seed weight"]) -> Float[Tensor, "seed weight"]:
        return in_rows(torch.autograd.grad(slope, list(leaves.values()), direction, retain_graph=True))

    return product


def in_rows(tensors: tuple[Tensor, ...]) -> Float[Tensor, "seed weight"]:
    """Tensors shaped like the weights, one row a seed, in the order of `Ensemble.flat`."""
    return torch.cat([t.flatten(1) for t in tensors], dim=1)


def largest_eigenvalue(
    times: Product, start: Float[Tensor, "seed weight"], rounds: int
) -> Float[Tensor, "seed"]:
    """Largest eigenvalue of each seed's symmetric matrix (Lanczos)."""
    basis, images = [start / start.norm(dim=1, keepdim=True)], []
    for _ in range(rounds):
        images.append(times(basis[-1]))
        basis.append(new_direction(images[-1], torch.stack(basis, 1)))
    basis, images = torch.stack(basis[:-1], 1), torch.stack(images, 1)
    seen = basis @ images.transpose(1, 2)  # (seed, round, round)
    return torch.linalg.eigvalsh((seen + seen.transpose(1, 2)) / 2)[:, -1]


def new_direction(
    image: Float[Tensor, "seed weight"], basis: Float[Tensor, "seed round weight"]
) -> Float[Tensor, "seed weight"]:
    """The unit vector along what is new in `image`; taken twice, because rounding leaves some of the old."""
    for _ in range(2):
        known = torch.einsum("srw,sw->sr", basis, image)
        image = image - torch.einsum("srw,sr->sw", basis, known)
    return image / image.norm(dim=1, keepdim=True)
