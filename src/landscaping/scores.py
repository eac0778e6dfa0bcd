"""How well predictions fit: one number per seed."""

import torch
from jaxtyping import Float, Int
from torch import Tensor


def accuracy(logits: Float[Tensor, "seed n c"], labels: Int[Tensor, "*seed n"]) -> Float[Tensor, "seed"]:
    """Share of examples whose largest logit is the label's. Labels are shared, or `(seed, n)`."""
    return (logits.argmax(-1) == labels).double().mean(-1)


def mean_squared_error(
    prediction: Float[Tensor, "seed *shape"], target: Float[Tensor, "*other"]
) -> Float[Tensor, "seed"]:
    """Mean of the squared residuals, in squared units of the target."""
    return (prediction - target).square().flatten(1).mean(1)


def mean_absolute_error(
    prediction: Float[Tensor, "seed *shape"], target: Float[Tensor, "*other"]
) -> Float[Tensor, "seed"]:
    """Mean of the absolute residuals, in units of the target."""
    return (prediction - target).abs().flatten(1).mean(1)


def r_squared(prediction: Float[Tensor, "seed n"], target: Float[Tensor, "*seed n"]) -> Float[Tensor, "seed"]:
    """One minus the squared error relative to that of the target's own mean; 1 is perfect, 0 is the mean."""
    around_mean = (target - target.mean(-1, keepdim=True)).square().mean(-1)
    return 1 - mean_squared_error(prediction, target) / around_mean


def cross_entropy(logits: Float[Tensor, "seed n c"], labels: Int[Tensor, "n"]) -> Float[Tensor, "seed"]:
    """Mean negative log-likelihood of the labels, in nats (UDL §5.7)."""
    chosen = labels.expand(logits.shape[:-1]).unsqueeze(-1)
    return -torch.log_softmax(logits, -1).gather(-1, chosen).squeeze(-1).mean(-1)
