"""UDL's two-parameter Gabor model, and the land that data makes of it (UDL §6.1).

The loss is the mean of the squared residuals; UDL takes their sum. With the mean a learning rate
keeps its meaning when examples are added, and a minibatch has the slope of all examples on average.
"""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.randomness import stream

LAND = ((-10.0, 10.0), (2.5, 22.5))  # the map: the ranges of φ₀ and φ₁ that UDL draws
INPUTS = (-15.0, 15.0)
TRUTH = (0.0, 16.6)  # the parameters that the examples come from

Height = Callable[[Tensor, Tensor, Tensor], Tensor]  # of places, from inputs and answers: `loss` or another


def gabor(x: Float[Tensor, " n"], phi: Float[Tensor, "*point 2"]) -> Float[Tensor, "*point n"]:
    """`f[x, φ] = sin(φ₀ + 0.06 φ₁x) · exp(−(φ₀ + 0.06 φ₁x)²/32)`, for one point of the land or many."""
    phase = phi[..., :1] + 0.06 * phi[..., 1:] * x
    return phase.sin() * (-phase.square() / 32).exp()


def loss(
    phi: Float[Tensor, "*point 2"], x: Float[Tensor, " n"], y: Float[Tensor, " n"]
) -> Float[Tensor, "*point"]:
    """Height of the land at each point: the mean squared residual."""
    return (gabor(x, phi) - y).square().mean(-1)


def absolute_loss(
    phi: Float[Tensor, "*point 2"], x: Float[Tensor, " n"], y: Float[Tensor, " n"]
) -> Float[Tensor, "*point"]:
    """Height of the land under another loss: the mean absolute residual."""
    return (gabor(x, phi) - y).abs().mean(-1)


def examples(n: int = 28, noise: float = 0.1, seed: int = 1) -> tuple[Tensor, Tensor]:
    """Inputs, and what the true model answers plus Gaussian noise, both `(n,)`, drawn for `seed`.

    Inputs and noise come from streams of their own: the same seed with another `noise`
    has the same inputs and the same errors, larger or smaller.
    """
    low, high = INPUTS
    x = low + (high - low) * torch.rand(n, generator=stream("data", seed), dtype=torch.float64)
    errors = torch.randn(n, generator=stream("noise", seed), dtype=torch.float64)
    return x, gabor(x, torch.tensor(TRUTH, dtype=torch.float64)) + noise * errors


def anywhere(count: int, seed: int) -> Float[Tensor, "count 2"]:
    """Random places on the map, drawn for `seed`."""
    low, high = torch.tensor(LAND, dtype=torch.float64).T
    return low + (high - low) * torch.rand(count, 2, generator=stream("starts", seed), dtype=torch.float64)


def points(size: int) -> Float[Tensor, "size size 2"]:
    """The middles of the land's `size` × `size` squares; rows follow φ₁ upward, columns φ₀."""
    middle = (torch.arange(size, dtype=torch.float64) + 0.5) / size
    across, up = (low + (high - low) * middle for low, high in LAND)
    return torch.stack(torch.meshgrid(across, up, indexing="xy"), -1)


def surface(
    x: Float[Tensor, " n"], y: Float[Tensor, " n"], size: int = 100, height: Height = loss
) -> Float[Tensor, "size size"]:
    """The exact loss at `points(size)`."""
    return torch.stack([height(row, x, y) for row in points(size)])


def lowest(x: Float[Tensor, " n"], y: Float[Tensor, " n"], height: Height = loss) -> Float[Tensor, "2"]:
    """The lowest point of the land, to about 1e-6: the best square, then ever smaller squares around it."""
    grid = points(100).reshape(-1, 2)
    best = grid[height(grid, x, y).argmin()]
    for zoom in range(1, 10):
        best = _lowest_around(best, 0.4 / 4**zoom, x, y, height)
    return best


def _lowest_around(centre: Tensor, reach: float, x: Tensor, y: Tensor, height: Height) -> Tensor:
    offsets = torch.linspace(-4, 4, 9, dtype=torch.float64) * reach
    square = centre + torch.cartesian_prod(offsets, offsets)
    for axis, (low, high) in enumerate(LAND):
        square[:, axis].clamp_(low, high)
    return square[height(square, x, y).argmin()]
