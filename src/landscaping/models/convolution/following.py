"""Equivariance, layer by layer: does the answer to a rolled image equal the rolled answer?"""

from collections.abc import Callable
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import linear

from landscaping.datasets import digits
from landscaping.models.convolution.images import AsImage, largest_of_four, on_a_ring, seen, with_walls
from landscaping.models.convolution.matrices import drawn
from landscaping.models.convolution.rolls import ROLLS, rolled

EXAMPLES, KERNELS = 200, 4
Layer = Callable[[Tensor], Tensor]


def layers(seed: int) -> dict[str, tuple[Layer, int]]:
    """Layers with the same random kernels, and how many columns one of their places stands for."""
    kernels = drawn(seed, "weights", 9, KERNELS)
    every = drawn(seed, "data", 64 * KERNELS, 64)
    slide = lambda x: seen(on_a_ring(x)) @ kernels  # noqa: E731
    return {
        "on a ring": (slide, 1),
        "zeros beyond the edge": (lambda x: seen(with_walls(x)) @ kernels, 1),
        "stride of two": (lambda x: seen(on_a_ring(x), 2) @ kernels, 2),
        "pooling": (lambda x: largest_of_four(slide(x)), 2),
        "dense": (lambda x: linear(x.flatten(1), every).reshape(-1, 8, 8, KERNELS), 1),
    }


@cache
def broken(seed: int) -> dict[str, list[float]]:
    """For each layer and each roll: the size of (answer to the rolled − rolled answer), over the answer's."""
    return {
        name: [gap(layer, step, columns) for columns in ROLLS] for name, (layer, step) in layers(seed).items()
    }


def gap(layer: Layer, step: int, columns: int) -> float:
    """Where a roll falls between two places of the answer, the better of both counts."""
    x = digits.everything().x[:EXAMPLES].double()
    here, there = (layer(AsImage()(image)) for image in (x, rolled(x, columns)))
    places = {columns // step, -(-columns // step)}
    return min(((there - here.roll(p, 2)).norm() / here.norm()).item() for p in places)


def worst(layer: str, rolls: slice) -> Callable[[tuple[int, ...]], float]:
    """An experiment: the largest break of this layer over these rolls."""
    return lambda seeds: max(broken(seeds[0])[layer][rolls])


def halved(rolls: slice) -> Callable[[tuple[int, ...]], Float[Tensor, "2"]]:
    """An experiment: the same for a stride of two and for pooling."""
    return lambda seeds: torch.tensor([worst(name, rolls)(seeds) for name in ("stride of two", "pooling")])


EVEN, ODD = slice(0, None, 2), slice(1, None, 2)
follows, walled = worst("on a ring", slice(None)), worst("zeros beyond the edge", slice(1, None))
even_rolls, odd_rolls = halved(EVEN), halved(ODD)
