"""Six everyday losses beside the negative log-likelihoods that they are."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor
from torch import distributions as noise
from torch.nn import functional

from landscaping.randomness import stream

SPREAD = 0.7  # of the Gaussian and the Laplace noise
CLASSES = 5


@dataclass(frozen=True)
class Pair:
    """A loss of every example, and the negative log-likelihood of every example under its noise model.

    They should agree once the loss is stretched by `factor` and lifted by `lift`, neither of which knows
    the prediction.
    """

    name: str
    loss: Float[Tensor, "n"]
    likelihood: Float[Tensor, "n"]
    factor: float = 1.0
    lift: Float[Tensor, "*n"] | float = 0.0

    @property
    def gap(self) -> float:
        """How far the two are apart, at worst."""
        return (self.factor * self.loss + self.lift - self.likelihood).abs().max().item()


def drawn(n: int = 200) -> tuple[Tensor, Tensor, Tensor]:
    """Predictions, targets and second predictions, `(n,)` each: any numbers would do."""
    return tuple(torch.randn(3, n, generator=stream("likelihoods", 0), dtype=torch.float64))


def log(value: float) -> Tensor:
    """The logarithm in double precision."""
    return torch.tensor(value, dtype=torch.float64).log()


def gaussian(likelihood: Callable = noise.Normal) -> Pair:
    """Squared error, and normal noise of one fixed spread."""
    f, y, _ = drawn()
    lift = log(SPREAD) + log(2 * torch.pi) / 2
    return Pair("squared", (y - f).square(), -likelihood(f, SPREAD).log_prob(y), 1 / (2 * SPREAD**2), lift)


def laplace(likelihood: Callable = noise.Laplace) -> Pair:
    """Absolute error, and Laplace noise of one fixed spread."""
    f, y, _ = drawn()
    return Pair("absolute", (y - f).abs(), -likelihood(f, SPREAD).log_prob(y), 1 / SPREAD, log(2 * SPREAD))


def bernoulli() -> Pair:
    """Binary cross-entropy, and a coin whose odds the model gives."""
    z, y, _ = drawn()
    y = (y > 0).double()
    loss = functional.binary_cross_entropy_with_logits(z, y, reduction="none")
    return Pair("binary cross-entropy", loss, -noise.Bernoulli(logits=z).log_prob(y))


def categorical() -> Pair:
    """Cross-entropy, and a die whose faces the model weighs."""
    z, y, _ = (values.reshape(-1, CLASSES) for values in drawn())
    y = y.argmax(1)
    return Pair(
        "cross-entropy",
        functional.cross_entropy(z, y, reduction="none"),
        -noise.Categorical(logits=z).log_prob(y),
    )


def poisson() -> Pair:
    """Poisson loss, and counts whose rate the model gives; the lift knows the count alone."""
    z, y, _ = drawn()
    y = y.abs().mul(3).round()
    loss = functional.poisson_nll_loss(z, y, log_input=True, reduction="none")
    return Pair("Poisson loss", loss, -noise.Poisson(z.exp()).log_prob(y), lift=torch.lgamma(y + 1))


def varying_spread() -> Pair:
    """The Gaussian loss with a predicted variance, and normal noise whose spread the model gives."""
    f, y, z = drawn()
    loss = functional.gaussian_nll_loss(f, y, z.exp(), reduction="none")
    return Pair("predicted spread", loss, -noise.Normal(f, (z / 2).exp()).log_prob(y),
                lift=log(2 * torch.pi) / 2)  # fmt: skip


def six(_: tuple[int, ...] = ()) -> tuple[Pair, ...]:
    """The six pairs of the chapter."""
    return gaussian(), laplace(), bernoulli(), categorical(), poisson(), varying_spread()


def exchanged(_: tuple[int, ...] = ()) -> tuple[Pair, ...]:
    """Squared error against Laplace noise, and absolute error against normal noise."""
    return gaussian(noise.Laplace), laplace(noise.Normal)
