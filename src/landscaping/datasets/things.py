"""Many things, few examples: random smooth curves, each drawn again and again, never twice alike.

Made in the manner of MNIST-1D (Greydanus and Kobak, 2024), but with as many kinds as one likes. A **thing**
is a curve through twelve knots; an example is that curve stretched, set down somewhere among forty samples,
made larger or smaller, tilted, and covered with noise.
"""

from dataclasses import dataclass, replace

import torch
from jaxtyping import Float
from torch import Tensor

KNOTS, LENGTH = 12, 40
REACH = 20.0  # the curve begins anywhere in the first half
WIDTH = (12.0, 20.0)  # samples that it covers
SCALE, TILT, NOISE = (0.8, 1.2), (-0.5, 0.5), 0.1


def smooth(knots: Float[Tensor, "*n 12"]) -> Float[Tensor, "*n 12"]:
    """Curves from random numbers: averaged over neighbours twice, with mean zero and mean square one."""
    for _ in range(2):
        wide = torch.cat([knots[..., :1], knots, knots[..., -1:]], -1)
        knots = (wide[..., :-2] + 2 * wide[..., 1:-1] + wide[..., 2:]) / 4
    centred = knots - knots.mean(-1, keepdim=True)
    return centred / centred.square().mean(-1, keepdim=True).sqrt()


def things(n: int, source: torch.Generator) -> Float[Tensor, "n 12"]:
    """So many things."""
    return smooth(torch.randn(n, KNOTS, generator=source))


@dataclass(frozen=True)
class Drawing:
    """How examples differ from their thing: each `(*n)`, and `noise` is `(*n, 40)`."""

    start: Float[Tensor, "*n"]
    width: Float[Tensor, "*n"]
    scale: Float[Tensor, "*n"]
    tilt: Float[Tensor, "*n"]
    noise: Float[Tensor, "*n 40"]

    def of(self, knots: Float[Tensor, "*n 12"]) -> Float[Tensor, "*n 40"]:
        """The examples: one for each drawing, of the thing with these knots."""
        at = torch.arange(LENGTH, dtype=knots.dtype)
        curve = read(knots, (at - self.start[..., None]) / self.width[..., None] * (KNOTS - 1))
        return curve * self.scale[..., None] + self.tilt[..., None] * (at / (LENGTH - 1) - 0.5) + self.noise

    def standing(self, start: Float[Tensor, "*n"]) -> "Drawing":
        """The same, set down elsewhere."""
        return replace(self, start=start)


def read(knots: Float[Tensor, "*n 12"], places: Float[Tensor, "*n 40"]) -> Float[Tensor, "*n 40"]:
    """The curve at these places, straight between knots; zero before the first and after the last."""
    left = places.floor().clamp(0, KNOTS - 2)
    part, left = places - left, left.long()
    curve = (1 - part) * knots.gather(-1, left) + part * knots.gather(-1, left + 1)
    return torch.where((places >= 0) & (places <= KNOTS - 1), curve, torch.zeros_like(curve))


def drawn(shape: tuple[int, ...], source: torch.Generator) -> Drawing:
    """Drawings of this shape, every one different."""
    even = lambda low, high: low + (high - low) * torch.rand(shape, generator=source)  # noqa: E731
    noise = NOISE * torch.randn(*shape, LENGTH, generator=source)
    return Drawing(even(0, REACH), even(*WIDTH), even(*SCALE), even(*TILT), noise)


def examples(
    knots: Float[Tensor, "thing 12"], each: int, source: torch.Generator
) -> Float[Tensor, "thing {each} 40"]:
    """So many examples of each thing."""
    shape = (len(knots), each)
    return drawn(shape, source).of(knots[:, None].expand(*shape, KNOTS))
