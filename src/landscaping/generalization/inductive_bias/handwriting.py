"""The same question on handwritten digits of 8 × 8 pixels: how much is left to gain?"""

from collections.abc import Callable
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets import digits
from landscaping.ensemble import stack
from landscaping.generalization.inductive_bias.amounts import WIDTH, train_plain
from landscaping.generalization.inductive_bias.curves import Curves, drawn, fit, points
from landscaping.models.layers import Window, network

IMAGES, STEPS, RATE = 1_000, 200, 0.005
# A convolution down the rows: eight positions, the eight pixels of a row as channels.
ROWS = (Window(8, 8, 32, kernel=3, stride=1), Window(8, 32, 32, kernel=3, stride=1))


def reader() -> nn.Sequential:
    """The plain net of this chapter with an image's 64 pixels as its input."""
    hidden = [nn.Linear(64, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU()]
    return nn.Sequential(*hidden, nn.Linear(WIDTH, 10))


@lru_cache(maxsize=4)
def plain_reader(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The plain net after a thousand images: test accuracy in points on the others."""
    return trained(reader, seeds)


@lru_cache(maxsize=4)
def rows_reader(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """A net that convolves down the rows, on the same images."""
    return trained(lambda: network("tied", ROWS), seeds)


def on_curves(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The control: the plain net after a thousand curves of MNIST-1D."""
    return train_plain(drawn(seeds).first(IMAGES), seeds, STEPS)


def trained(make: Callable[[], nn.Module], seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """Test accuracy in points; every seed has its own split."""
    nets, images = stack(make, seeds), splits(seeds)
    fit(nets, images, RATE, STEPS)
    return points(nets, images)


def splits(seeds: tuple[int, ...]) -> Curves:
    """Each seed's thousand images to learn from, and the others."""
    pairs = [digits.split(IMAGES, seed) for seed in seeds]
    return Curves(*(torch.stack([getattr(pair[k], name) for pair in pairs]) for k in (0, 1) for name in "xy"))
