"""The same on a line, where a fit can be looked at: random waves through a dozen noisy points."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.generalization.double_descent.least_squares import smallest_fit
from landscaping.randomness import stream

POINTS, NOISE, FREQUENCY = 12, 0.3, 12.0
COUNTS = tuple(range(2, 49, 2))
WHERE = torch.linspace(-1, 1, 61, dtype=torch.float64)


def truth(x: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    """What the points scatter around."""
    return torch.sin(3 * x)


def points(seed: int) -> tuple[Float[Tensor, "n"], Float[Tensor, "n"]]:
    """One place in each of equal intervals, drawn evenly there, with normal noise on the truth."""
    source = stream("points", seed)
    draw = torch.rand(POINTS, generator=source, dtype=torch.float64)
    x = 2 * (torch.arange(POINTS) + draw) / POINTS - 1
    return x, truth(x) + NOISE * torch.randn(POINTS, generator=source, dtype=torch.float64)


def waves(x: Float[Tensor, "n"], count: int, seed: int) -> Float[Tensor, "n feature"]:
    """`count` cosines of random frequency and phase, scaled so that wide fits compare."""
    source = stream("waves", seed)
    draws = torch.randn(max(COUNTS), 2, generator=source, dtype=torch.float64)[:count]
    return torch.cos(FREQUENCY * x.unsqueeze(1) * draws[:, 0] + torch.pi * draws[:, 1])


def fits(seed: int) -> Float[Tensor, "count place"]:
    """The fitted curve for each number of waves."""
    x, y = points(seed)
    return torch.stack([curve(x, y, count, seed) for count in COUNTS])


def curve(x, y, count: int, seed: int) -> Float[Tensor, "place"]:
    """The smallest fit with `count` waves, on the grid."""
    found = smallest_fit(waves(x, count, seed), y.unsqueeze(1))
    return (waves(WHERE, count, seed) @ found).squeeze(1)


def errors(seed: int) -> Float[Tensor, "count"]:
    """Mean squared distance between each fit and the truth over the whole range."""
    return (fits(seed) - truth(WHERE)).square().mean(1)
