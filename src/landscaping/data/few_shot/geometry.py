"""What the nearest prototype means: straight borders, and a plane in which three ways can be seen whole."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.data.few_shot.episodes import squared_distances
from landscaping.randomness import stream


def plane(
    prototypes: Float[Tensor, "way feature"],
) -> tuple[Float[Tensor, "feature"], Float[Tensor, "2 feature"]]:
    """The prototypes' mean, and the two directions in which they differ most.

    Three prototypes lie in this plane. Of more it is the plane that they leave least.
    The first prototype is brought to its upper right.
    """
    middle = prototypes.mean(0)
    axes = torch.linalg.svd(prototypes - middle, full_matrices=False).Vh[:2]
    side = torch.where(axes @ (prototypes[0] - middle) < 0, -1.0, 1.0)
    return middle, axes * side[:, None].to(axes.dtype)


def seen_in_plane(
    points: Float[Tensor, "n feature"], prototypes: Float[Tensor, "way feature"]
) -> Float[Tensor, "n 2"]:
    """The foot of each point in the prototypes' plane."""
    middle, axes = plane(prototypes)
    return (points - middle) @ axes.T


def gap_in_plane(_: tuple[int, ...] = (), ways: int = 3) -> float:
    """By how much differences of squared distances change when everything is seen in the plane."""
    points, prototypes = spots(ways)
    feet = seen_in_plane(points, prototypes), seen_in_plane(prototypes, prototypes)
    whole, flat = squared_distances(points, prototypes), squared_distances(*feet)
    gap = (whole - whole[:, :1]) - (flat - flat[:, :1])
    return gap.abs().max().item()


def bend(_: tuple[int, ...] = (), squared: bool = True) -> float:
    """How far the difference of two logits, halfway between two points, is from the mean of its ends.

    Zero everywhere means that logits differ by a straight function, so that borders are straight.
    """
    points, prototypes = spots(5)
    here, there = points.chunk(2)
    ends, middle = (differences(x, prototypes, squared) for x in (points, (here + there) / 2))
    return (middle - (ends[: len(here)] + ends[len(here) :]) / 2).abs().max().item()


def differences(points: Tensor, prototypes: Tensor, squared: bool) -> Float[Tensor, "n way"]:
    """Logits of all ways less that of the first, by squared distance or by distance."""
    far = squared_distances(points, prototypes)
    logits = -far if squared else -far.clamp(min=0).sqrt()
    return logits - logits[:, :1]


def spots(ways: int) -> tuple[Float[Tensor, "200 16"], Float[Tensor, "{ways} 16"]]:
    """Points and prototypes anywhere in sixteen dimensions, in double precision."""
    source = stream("spots", ways)
    drawn = [torch.randn(n, 16, generator=source, dtype=torch.float64) for n in (200, ways)]
    return drawn[0], drawn[1]
