"""What the claims on diffusion read off their experiments."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.unsupervised.diffusion import lessons, samples, walks


def itself(result: Tensor | float) -> Tensor | float:
    """The experiment's own number."""
    return result


def worst_gap(result: walks.Walks) -> Float[Tensor, "seed"]:
    """The worse of both gaps between a walk and its law."""
    return torch.maximum(result.worst_mean, result.worst_variance)


def share_learned(result: lessons.Losses) -> Float[Tensor, "seed"]:
    """Of what can be learned."""
    return result.learned


def over_other_distance(result: samples.Against) -> Float[Tensor, "seed"]:
    """Energy distance to fresh data, over that of what it is compared with."""
    return result.one.distance / result.other.distance


def rarest(result: samples.Judged) -> Float[Tensor, "seed"]:
    """The share of samples on the cloud that got the fewest."""
    return result.rarest


def more_on_clouds(result: samples.Against) -> Float[Tensor, "seed"]:
    """How many more points lie on a cloud, in shares of all."""
    return result.one.on_cloud - result.other.on_cloud


def width(result: samples.Judged) -> Float[Tensor, "seed"]:
    """Width of the clouds, over what it should be."""
    return result.width


def closeness(result: samples.Copies) -> Float[Tensor, "seed"]:
    """Median distance to the nearest example, over that of fresh data."""
    return result.closeness


def reversal(result: lessons.Rivals) -> Float[Tensor, "seed"]:
    """The smaller of the two gaps."""
    return result.reversal
