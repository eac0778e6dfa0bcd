"""Synthetic tasks whose true answer is known, made by formula."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.randomness import stream


def pairs_to_add(n: int, reach: float, seed: int) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
    """Two numbers drawn evenly from [-reach, reach], and their sum."""
    x = (2 * torch.rand(n, 2, generator=stream("pairs", seed)) - 1) * reach
    return x, x.sum(1, keepdim=True)


def linear_examples(
    n: int, weights: Float[Tensor, "d"], noise: float, seed: int
) -> tuple[Float[Tensor, "n d"], Float[Tensor, "n"]]:
    """Standard normal inputs, and a weighted sum of them with normal noise of that standard deviation."""
    source = stream("linear", seed)
    x = torch.randn(n, len(weights), generator=source)
    return x, x @ weights + noise * torch.randn(n, generator=source)


def near_curve(
    curve: Callable[[Tensor], Tensor], n: int, noise: float, seed: int, purpose: str = "near a curve"
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    """Inputs drawn evenly from [-1, 1], and the curve there, with normal noise of that standard deviation."""
    source = stream(purpose, seed)
    x = 2 * torch.rand(n, 1, generator=source) - 1
    return x, curve(x) + noise * torch.randn(n, 1, generator=source)
