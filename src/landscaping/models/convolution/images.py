"""Convolutions on images of 8 × 8 pixels, with walls or on a ring, and the readers of digits made of them.

An image is `(rows, columns, channels)` here, so that what a place sees is one row of numbers.
"""

from collections.abc import Callable
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import max_pool2d, pad

from landscaping.datasets.digits import CLASSES, SIDE
from landscaping.models.layers import drawn

Reader = Literal["plain", "ring", "strided"]
Image = Float[Tensor, "n rows columns channels"]
Answer = Float[Tensor, "n places_up places_across units"]
UNITS, HIDDEN = (8, 16), 64


def on_a_ring(x: Image) -> Answer:
    """One more pixel on each side, taken from the other end."""
    x = torch.cat([x[:, -1:], x, x[:, :1]], 1)
    return torch.cat([x[:, :, -1:], x, x[:, :, :1]], 2)


def with_walls(x: Image) -> Answer:
    """One more pixel on each side, of zeros."""
    return pad(x, (0, 0, 1, 1, 1, 1))


def seen(wide: Image, stride: int = 1) -> Answer:
    """The 3 × 3 pixels around each place, or each second one, of images already one pixel wider."""
    rows, columns = wide.shape[1] - 2, wide.shape[2] - 2
    parts = [wide[:, i : i + rows : stride, j : j + columns : stride] for i in range(3) for j in range(3)]
    return torch.cat(parts, -1)


class Convolution(nn.Module):
    """What a place sees, times one matrix that all places share. `weight` is `(9 channels, units)`."""

    def __init__(
        self, channels: int, units: int, stride: int = 1, beyond: Callable[[Tensor], Tensor] = on_a_ring
    ) -> None:
        super().__init__()
        self.stride, self.beyond = stride, beyond
        self.weight = drawn(3 * channels, 9 * channels, units)  # even in ±1/√(3 channels): keeps ReLU's sizes
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, x: Image) -> Answer:
        """Answers at each place."""
        return seen(self.beyond(x), self.stride) @ self.weight + self.bias


class AsImage(nn.Module):
    """Rows of 64 numbers as images."""

    def forward(self, x: Float[Tensor, "n 64"]) -> Image:
        """One channel."""
        return x.reshape(-1, SIDE, SIDE, 1)


class LargestAnywhere(nn.Module):
    """Each unit's largest answer over all places: where it was is forgotten."""

    def forward(self, x: Image) -> Float[Tensor, "n channels"]:
        """Largest over rows and columns."""
        return x.amax((1, 2))


def largest_of_four(x: Image) -> Answer:
    """Pooling: the largest answer of each 2 × 2 places."""
    return max_pool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)


def plain(classes: int = CLASSES) -> nn.Sequential:
    """A dense reader with one hidden layer."""
    return nn.Sequential(nn.Linear(SIDE * SIDE, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, classes))


def convolutional(stride: int = 1, classes: int = CLASSES) -> nn.Sequential:
    """Two convolutions on a ring, each unit's largest answer, and a dense read-out."""
    first, second = UNITS
    layers = [Convolution(1, first), nn.ReLU(), Convolution(first, second, stride), nn.ReLU()]
    return nn.Sequential(AsImage(), *layers, LargestAnywhere(), nn.Linear(second, classes))


READERS: dict[Reader, Callable[..., nn.Sequential]] = {
    "plain": plain,
    "ring": convolutional,
    "strided": lambda classes=CLASSES: convolutional(2, classes),
}
