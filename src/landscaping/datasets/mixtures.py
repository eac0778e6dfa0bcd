"""Data whose true distribution is known: clouds of normal points around centres."""

from dataclasses import dataclass
from math import pi, sqrt

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from landscaping.randomness import stream

CLOUDS = 8
THIN = 1 / 20  # the spread of a cloud, in radii of the ring
RADIUS = 1 / sqrt(0.5 + THIN**2)  # so that each coordinate of the ring has mean zero and variance one


@dataclass(frozen=True)
class Mixture:
    """Equally many points around each centre, with this standard deviation in every direction.

    Centres may differ from seed to seed; with a spread of zero the centres themselves are all there is.
    """

    centres: Float[Tensor, "*seed centre d"]
    spread: float

    def draw(self, n: int, seed: int, purpose: str = "data") -> Float[Tensor, "n d"]:
        """Points of a mixture whose centres are shared by all seeds."""
        source = stream(f"mixture {purpose}", seed)
        chosen = torch.randint(len(self.centres), (n,), generator=source)
        noise = torch.randn(n, self.centres.shape[-1], generator=source, dtype=self.centres.dtype)
        return self.centres[chosen] + self.spread * noise

    def nearest(self, points: Float[Tensor, "*seed n d"]) -> tuple[Float[Tensor, "*n"], Int[Tensor, "*n"]]:
        """The distance of each point to the nearest centre, and that centre's number."""
        centres = self.centres.expand(*points.shape[:-2], -1, -1)
        distance, number = torch.cdist(points, centres, compute_mode="donot_use_mm_for_euclid_dist").min(-1)
        return distance, number

    def holds(self, points: Float[Tensor, "*seed n d"]) -> Bool[Tensor, "*n"]:
        """Which points lie within three spreads of a centre."""
        return self.nearest(points)[0] <= 3 * self.spread


def ring(clouds: int = CLOUDS) -> Mixture:
    """The book's ring: round clouds, twenty times thinner than the ring is wide."""
    angle = torch.arange(clouds, dtype=torch.float64) * 2 * pi / clouds
    centres = RADIUS * torch.stack([angle.cos(), angle.sin()], 1)
    return Mixture(centres.to(torch.get_default_dtype()), THIN * RADIUS)
