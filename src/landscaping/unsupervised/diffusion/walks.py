"""One cloud on its way to noise, by many small steps, against what one jump foretells."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.datasets.mixtures import ring
from landscaping.randomness import stream
from landscaping.unsupervised.diffusion.forward import TIMES, by_jumps, step

POINTS = 4000


@dataclass(frozen=True)
class Walks:
    """Mean and variance of the points of one cloud along the first axis, measured and foretold."""

    mean: Float[Tensor, "time seed"]
    variance: Float[Tensor, "time seed"]
    foretold_mean: Float[Tensor, "time"]
    foretold_variance: Float[Tensor, "time"]

    @property
    def worst_mean(self) -> Float[Tensor, "seed"]:
        """The largest gap between the means, over all times."""
        return (self.mean - self.foretold_mean.unsqueeze(1)).abs().amax(0)

    @property
    def worst_variance(self) -> Float[Tensor, "seed"]:
        """The largest gap between the variances, as a part of what was foretold, over all times."""
        return (self.variance / self.foretold_variance.unsqueeze(1) - 1).abs().amax(0)


def walks(seeds: tuple[int, ...], shrink: bool = True) -> Walks:
    """Walk the ring's rightmost cloud through all steps; each seed has points and noise of its own."""
    cloud = ring()
    sources = [stream("diffusion walk", seed) for seed in seeds]

    def normal() -> Float[Tensor, "seed n"]:
        return torch.stack([torch.randn(POINTS, generator=source, dtype=torch.float64) for source in sources])

    z = cloud.centres[0, 0].item() + cloud.spread * normal()
    seen = [z]
    for t in range(1, TIMES + 1):
        seen.append(step(seen[-1], normal(), t, shrink))
    points, law = torch.stack(seen), by_jumps()
    return Walks(
        points.mean(2),
        points.var(2),
        cloud.centres[0, 0].item() * law.mean,
        cloud.spread**2 * law.mean**2 + law.variance,
    )
