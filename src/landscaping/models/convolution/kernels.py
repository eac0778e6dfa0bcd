"""Eight kernels of 3 × 3 pixels: designed, drawn at random, or learned, under the same read-out."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets.digits import CLASSES, SIDE
from landscaping.ensemble import Ensemble, stack
from landscaping.models.convolution.images import AsImage, seen, with_walls
from landscaping.models.convolution.rolls import Split, fit, points, splits
from landscaping.randomness import stream

Arm = Literal["designed", "random", "learned", "improved"]
COUNT, STEPS = 8, 300
SIDES = (1, 2, 8)  # the read-out sees this many places up and across
RATES = {1: 0.03, 2: 0.03, 8: 0.01}

EDGE = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])  # Sobel's: dark to the left, bright to the right
CORNER = torch.tensor([[0.0, 1, 2], [-1, 0, 1], [-2, -1, 0]])
BLUR = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]])
SPOT = torch.tensor([[0.0, -1, 0], [-1, 4, -1], [0, -1, 0]])
STROKE = torch.tensor([[-1.0, 2, -1], [-1, 2, -1], [-1, 2, -1]])
SLANT = torch.tensor([[2.0, -1, -1], [-1, 2, -1], [-1, -1, 2]])

EDGES = (EDGE, -EDGE, EDGE.T, -EDGE.T, CORNER, -CORNER, CORNER.flip(1), -CORNER.flip(1))
DESIGNED = (BLUR, SPOT, STROKE, STROKE.T, SLANT, SLANT.flip(1), EDGE, EDGE.T)


def bank(kernels: tuple[Tensor, ...]) -> Float[Tensor, "9 kernel"]:
    """Kernels side by side, each of length one."""
    flat = torch.stack(kernels).flatten(1).T
    return flat / flat.norm(dim=0)


def drawn_bank(seed: int) -> Float[Tensor, "9 kernel"]:
    """Eight random directions."""
    return bank(tuple(torch.randn(COUNT, 3, 3, generator=stream("kernels", seed))))


def features(
    x: Float[Tensor, "n 64"], kernels: Float[Tensor, "9 kernel"], sides: int
) -> Float[Tensor, "n features"]:
    """Slide the kernels over the image, cut at zero, and add up over each of `sides × sides` regions."""
    answers = (seen(with_walls(AsImage()(x))) @ kernels).relu()
    size = SIDE // sides
    regions = answers.unflatten(1, (sides, size)).unflatten(3, (sides, size))
    return regions.sum((2, 4)).flatten(1) / size


class Sliding(nn.Module):
    """Eight kernels, and one dense read-out of what they find in each region."""

    def __init__(self, sides: int) -> None:
        super().__init__()
        self.sides = sides
        self.kernels = nn.Parameter(torch.empty(9, COUNT))
        self.read_out = nn.Linear(COUNT * sides**2, CLASSES)

    def forward(self, x: Float[Tensor, "n 64"]) -> Float[Tensor, "n 10"]:
        """Logits."""
        return self.read_out(features(x, self.kernels, self.sides))


@dataclass(frozen=True)
class Compared:
    """Test accuracy in points, `(seed,)`, for each arm and number of sides; and the kernels learned."""

    accuracy: dict[tuple[Arm, int], Float[Tensor, "seed"]]
    kernels: dict[Arm, Float[Tensor, "seed 9 kernel"]]
    sides: int = 1  # what the claims read


@lru_cache(maxsize=4)
def compare(seeds: tuple[int, ...]) -> Compared:
    """All arms on the same images, with the same steps and batches; only learned kernels move."""
    starts: dict[Arm, Tensor] = {
        "designed": bank(DESIGNED).expand(len(seeds), -1, -1),
        "random": torch.stack([drawn_bank(seed) for seed in seeds]),
    }
    found, kept = {}, {}
    for sides in SIDES:
        for arm, kernels in starts.items():
            found[arm, sides] = with_fixed(kernels, sides, seeds)
        for arm, start in (("learned", "random"), ("improved", "designed")):
            nets, found[arm, sides] = with_moving(starts[start], sides, seeds)
            if sides == 2:
                kept[arm] = nets.params["kernels"]
    return Compared(found, starts | kept)


def with_fixed(kernels: Float[Tensor, "seed 9 kernel"], sides: int, seeds: tuple[int, ...]) -> Tensor:
    """The kernels stay, so that their features can be computed once; the read-out is trained."""
    split = splits(seeds)
    x, test_x = (
        torch.stack([features(x, k, sides) for x, k in zip(images, kernels, strict=True)])
        for images in (split.x, split.test_x)
    )
    nets, ready = (
        stack(lambda: nn.Linear(COUNT * sides**2, CLASSES), seeds),
        Split(x, split.y, test_x, split.test_y),
    )
    fit(nets, ready, RATES[sides], STEPS)
    return points(nets, ready)


def with_moving(
    start: Float[Tensor, "seed 9 kernel"], sides: int, seeds: tuple[int, ...]
) -> tuple[Ensemble, Float[Tensor, "seed"]]:
    """The kernels are trained together with the read-out."""
    nets = stack(lambda: Sliding(sides), seeds)
    nets.params["kernels"] = start.clone(memory_format=torch.contiguous_format)
    fit(nets, splits(seeds), RATES[sides], STEPS)
    return nets, points(nets, splits(seeds))


def four_regions(seeds: tuple[int, ...]) -> Compared:
    """The same, read where the read-out gets four numbers from each kernel."""
    return replace(compare(seeds), sides=2)


def every_place(seeds: tuple[int, ...]) -> Compared:
    """The same, read where the read-out gets a number from each of the 64 places."""
    return replace(compare(seeds), sides=8)
