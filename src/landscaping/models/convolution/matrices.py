"""A convolution written out as the dense layer that it is, and descent on that dense layer."""

from collections.abc import Callable, Iterator
from itertools import product

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import conv1d, conv2d, pad

from landscaping.datasets import digits, mnist1d
from landscaping.randomness import stream

REACH, STEPS, RATE, EXAMPLES = 3, 30, 0.02, 50


def written_out(
    kernel: Float[Tensor, "*sizes"], sides: tuple[int, ...], ring: bool = False
) -> Float[Tensor, "places places"]:
    """The dense matrix of a convolution: in the row of a place, the kernel around it, and zeros elsewhere.

    `sides` is `(length,)` for a signal and `(rows, columns)` for an image. Beyond the edges lie zeros, or,
    on a ring, the other end.
    """
    matrix = kernel.new_zeros(*sides, *sides)
    for place, offset in product(product(*map(range, sides)), product(*map(range, kernel.shape))):
        at = tuple(p + o - size // 2 for p, o, size in zip(place, offset, kernel.shape, strict=True))
        if ring:
            at = tuple(a % side for a, side in zip(at, sides, strict=True))
        if all(0 <= a < side for a, side in zip(at, sides, strict=True)):
            matrix[place + at] += kernel[offset]
    places = torch.Size(sides).numel()
    return matrix.reshape(places, places)


def as_a_matrix(seeds: tuple[int, ...]) -> float:
    """Largest gap between torch's convolution and the dense matrix, on curves and images, both edges."""
    return largest_gap(seeds[0], lambda matrix: matrix)


def without_ties(seeds: tuple[int, ...]) -> float:
    """The control: the same zeros, but each place multiplies the kernel by a number of its own."""
    return largest_gap(seeds[0], lambda matrix: matrix * drawn(seeds[0], "noise", len(matrix), 1))


def largest_gap(seed: int, change: Callable[[Tensor], Tensor]) -> float:
    """The gap, relative to the largest answer, over two kinds of input and two kinds of edge."""
    curves, images = mnist1d.generate(EXAMPLES, seed).x.double(), digits.everything().x[:EXAMPLES].double()
    gaps = []
    for x, sides, slide in ((curves, (40,), conv1d), (images, (8, 8), conv2d)):
        kernel = drawn(seed, "weights", *(REACH for _ in sides))
        for ring in (False, True):
            wide = pad(x.reshape(-1, 1, *sides), (1, 1) * len(sides), mode="circular" if ring else "constant")
            theirs = slide(wide, kernel[None, None]).flatten(1)
            ours = x @ change(written_out(kernel, sides, ring)).T
            gaps.append(((ours - theirs).abs().max() / theirs.abs().max()).item())
    return max(gaps)


def drawn(seed: int, purpose: str, *shape: int) -> Tensor:
    """Normal numbers in double precision."""
    return torch.randn(shape, generator=stream(purpose, seed), dtype=torch.float64)


def on_rails(matrix: Float[Tensor, "places places"], reach: int) -> Float[Tensor, "places places"]:
    """The nearest convolution on a ring: zeros outside the kernel, and the mean of its copies inside."""
    return written_out(kernel_of(matrix, reach).mean(1), (len(matrix),), ring=True)


def behind_trees(matrix: Float[Tensor, "places places"], reach: int) -> Float[Tensor, "places places"]:
    """Zeros outside the kernel; inside, each copy keeps its own value."""
    return matrix * written_out(torch.ones(reach, dtype=matrix.dtype), (len(matrix),), ring=True)


def kernel_of(matrix: Float[Tensor, "places places"], reach: int) -> Float[Tensor, "reach places"]:
    """Each kernel weight's copies, one at each place of the ring."""
    places = torch.arange(len(matrix))
    return torch.stack([matrix[places, (places + j - reach // 2) % len(matrix)] for j in range(reach)])


def tied_descent(seeds: tuple[int, ...]) -> float:
    """How far a dense layer that is put back on rails after each step is from the convolution itself."""
    return apart(seeds[0], on_rails)


def fenced_descent(seeds: tuple[int, ...]) -> float:
    """The control: the dense layer has trees, but no rails."""
    return apart(seeds[0], behind_trees)


def apart(seed: int, project: Callable[[Tensor, int], Tensor]) -> float:
    """Largest relative gap of the two losses on the way; the dense rate is `places` times the kernel's."""
    x = mnist1d.generate(EXAMPLES, seed).x.double()
    kernel = drawn(seed, "weights", REACH)
    bands = torch.stack([written_out(one, x.shape[1:], ring=True) for one in torch.eye(REACH).double()])
    as_dense = lambda k: torch.tensordot(k, bands, 1)  # noqa: E731
    target = (x @ as_dense(drawn(seed, "data", REACH)).T).tanh()
    tied = descend(kernel, lambda k: loss(as_dense(k), x, target), RATE, lambda k: k)
    dense = descend(
        as_dense(kernel),
        lambda w: loss(w, x, target),
        RATE * x.shape[1],
        lambda w: project(w, REACH),
    )
    return max(abs(a - b) / a for a, b in zip(tied, dense, strict=True))


def loss(matrix: Tensor, x: Tensor, target: Tensor) -> Tensor:
    """Squared error of one layer of tanh units, summed over places, averaged over examples."""
    return ((x @ matrix.T).tanh() - target).square().sum(1).mean()


def descend(
    weights: Tensor, height: Callable[[Tensor], Tensor], rate: float, project: Callable[[Tensor], Tensor]
) -> Iterator[float]:
    """Plain descent, with the weights projected after each step; yields the loss before it."""
    for _ in range(STEPS):
        weights = weights.detach().requires_grad_()
        value = height(weights)
        (slope,) = torch.autograd.grad(value, weights)
        weights = project(weights.detach() - rate * slope)
        yield value.item()
