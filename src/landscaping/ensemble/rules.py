"""How a step is made from a gradient."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Rate = float | Callable[[int], float]


@dataclass(frozen=True)
class SGD:
    """Gradient descent, on batches or on everything, with momentum where it is not zero (UDL §6.1–6.3)."""

    rate: Rate
    momentum: float = 0.0

    def optimizer(self, params: Sequence[Tensor]) -> torch.optim.Optimizer:
        """Torch's own, for stacked weights: its arithmetic is elementwise, so seeds never mix."""
        return torch.optim.SGD(params, lr=rate_at(self.rate, 0), momentum=self.momentum)


@dataclass(frozen=True)
class Adam:
    """Kingma and Ba's rule (UDL §6.4)."""

    rate: Rate
    betas: tuple[float, float] = (0.9, 0.999)

    def optimizer(self, params: Sequence[Tensor]) -> torch.optim.Optimizer:
        """Torch's own, fused: the same arithmetic in one pass."""
        return torch.optim.Adam(params, lr=rate_at(self.rate, 0), betas=self.betas, fused=True)


def rate_at(rate: Rate, step: int) -> float:
    """The learning rate at a step, fixed or scheduled."""
    return rate(step) if callable(rate) else rate


def cosine(rate: float, steps: int) -> Callable[[int], float]:
    """A learning rate that falls along half a cosine from `rate` to zero over `steps`."""
    return lambda step: rate * 0.5 * (1 + torch.cos(torch.tensor(step / steps * torch.pi)).item())
