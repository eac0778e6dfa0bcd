"""The best single answer under each loss: which summary of the examples does a loss ask for?"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from landscaping.randomness import stream

EXAMPLES = 101  # odd: a single middle one


@dataclass(frozen=True)
class Best:
    """What minimizes a loss among all constants, and the summary it should be."""

    loss: str
    found: float
    summary: float


def numbers() -> Float[Tensor, "n"]:
    """Skewed numbers: a mean far from the median."""
    return torch.randn(EXAMPLES, generator=stream("constants", 0), dtype=torch.float64).exp()


def lowest(loss: Callable[[Tensor], Tensor], low: float = -50.0, high: float = 50.0) -> float:
    """Where a convex loss of one number is lowest: halve the stretch on which its slope changes sign."""
    for _ in range(80):
        middle = torch.tensor((low + high) / 2, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(loss(middle), middle)
        low, high = (low, middle.item()) if slope > 0 else (middle.item(), high)
    return (low + high) / 2


def best_constants(_: tuple[int, ...] = ()) -> tuple[Best, ...]:
    """The best constant of four losses, found by slope, beside mean, median, frequency and mean count."""
    y = numbers()
    labels, counts = (y > 2).double(), y.round()
    bernoulli = lowest(lambda z: functional.binary_cross_entropy_with_logits(z.expand(EXAMPLES), labels))
    poisson = lowest(lambda z: functional.poisson_nll_loss(z.expand(EXAMPLES), counts))
    return (
        Best("squared", lowest(lambda c: (y - c).square().mean()), y.mean().item()),
        Best("absolute", lowest(lambda c: (y - c).abs().mean()), y.median().item()),
        Best("binary cross-entropy", 1 / (1 + exp(-bernoulli)), labels.mean().item()),
        Best("Poisson loss", exp(poisson), counts.mean().item()),
    )


def mean_and_median_exchanged(_: tuple[int, ...] = ()) -> tuple[Best, ...]:
    """The same constants, with the summaries of squared and absolute error exchanged."""
    squared, absolute, *_ = best_constants()
    return Best("squared", squared.found, absolute.summary), Best("absolute", absolute.found, squared.summary)
