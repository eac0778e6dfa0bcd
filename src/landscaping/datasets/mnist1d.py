"""MNIST-1D: ten digit-like curves of forty samples, made by formula (Greydanus and Kobak, 2024).

`canonical` is the published set, made by the authors' own package. `generate` draws as many examples of the
same distribution as one likes, vectorized: the same templates, transforms and settings.
"""

import logging
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from scipy.ndimage import gaussian_filter1d
from torch import Tensor

from landscaping.randomness import stream

# The package imports matplotlib, which tells a reader's first cell that it is looking for fonts.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
from mnist1d.data import get_dataset_args, get_templates, make_dataset  # noqa: E402

LENGTH, CLASSES = 40, 10


@dataclass(frozen=True)
class Examples:
    """Curves `(n, 40)` with their digit `(n,)`."""

    x: Float[Tensor, "n 40"]
    y: Int[Tensor, "n"]

    def __getitem__(self, chosen: slice) -> "Examples":
        return Examples(self.x[chosen], self.y[chosen])


@cache
def canonical() -> tuple[Examples, Examples]:
    """The published 4,000 training and 1,000 test examples, made offline and equal on every machine."""
    # The package seeds NumPy's global stream; the chapter must not notice.
    state = np.random.get_state()
    try:
        made = make_dataset(get_dataset_args())
    finally:
        np.random.set_state(state)
    return tuple(
        Examples(torch.tensor(made[x], dtype=torch.float32), torch.tensor(made[y]))
        for x, y in (("x", "y"), ("x_test", "y_test"))
    )


def generate(n: int, seed: int) -> Examples:
    """`n` fresh examples with equally likely digits, on the scale of the canonical set."""
    source = stream("mnist1d", seed)
    y = torch.randint(CLASSES, (n,), generator=source)
    mean, deviation = scale()
    return Examples(((transform(templates()[y], source) - mean) / deviation).float(), y)


def transform(curves: Float[Tensor, "n 12"], source: torch.Generator) -> Float[Tensor, "n 40"]:
    """Pad, stretch, scale, roll, add noise, shear and resample each curve, by the published settings."""
    to, n = get_dataset_args(), len(curves)
    length = to.template_len + to.padding[-1]
    draw = lambda: torch.rand(n, 1, generator=source, dtype=torch.float64)  # noqa: E731
    noise = lambda: torch.randn(n, length, generator=source, dtype=torch.float64)  # noqa: E731
    padding = to.padding[0] + (draw() * (to.padding[1] - to.padding[0] + 1)).floor()
    signal, drawn = stretch(curves, padding, length)
    signal = signal * (1 + to.scale_coeff * (draw() - 0.5))
    places = (torch.arange(length) - (draw() * to.max_translation).long()) % length
    signal, drawn = signal.gather(1, places), drawn.gather(1, places)
    smooth = to.corr_noise_scale * noise() @ smoothing(length)
    signal = torch.where(drawn, signal, smooth) + to.iid_noise_scale * noise()
    signal = signal - to.shear_scale * (draw() - 0.5) * torch.linspace(-0.5, 0.5, length).double()
    return interpolate(signal, torch.linspace(0, length - 1, to.final_seq_length).double().expand(n, -1))


def stretch(
    curves: Float[Tensor, "n short"], padding: Float[Tensor, "n 1"], length: int
) -> tuple[Float[Tensor, "n long"], Bool[Tensor, "n long"]]:
    """Curves followed by `padding` zeros, resampled to `length`; and where the curve itself lies."""
    short = curves.shape[1]
    places = torch.linspace(0, 1, length).double() * (short + padding - 1)
    zeros = torch.zeros(len(curves), 2, dtype=curves.dtype)
    return interpolate(torch.cat([curves, zeros], 1), places.clamp(max=short)), places < short


def interpolate(curves: Float[Tensor, "n old"], places: Float[Tensor, "n new"]) -> Float[Tensor, "n new"]:
    """Read each curve between its samples, along straight lines."""
    left = places.floor().long().clamp(max=curves.shape[1] - 2)
    weight = places - left
    return (1 - weight) * curves.gather(1, left) + weight * curves.gather(1, left + 1)


@cache
def smoothing(length: int) -> Float[Tensor, "length length"]:
    """The package's Gaussian filter (two samples wide, reflected at the ends) as a matrix."""
    return torch.tensor(gaussian_filter1d(np.eye(length), 2.0, axis=1))


@cache
def templates() -> Float[Tensor, "10 12"]:
    """The ten curves that every example is made from."""
    return torch.tensor(get_templates()["x"])


@cache
def scale() -> tuple[float, float]:
    """Mean and standard deviation of all samples before they are brought to zero and one."""
    curves = transform(templates().repeat(4000, 1), stream("mnist1d scale", 0))
    return curves.mean().item(), curves.std().item()


def shuffled(examples: Examples, seed: int) -> Examples:
    """The same examples with their forty positions in one other order."""
    order = torch.randperm(LENGTH, generator=stream("positions", seed))
    return Examples(examples.x[:, order], examples.y)
