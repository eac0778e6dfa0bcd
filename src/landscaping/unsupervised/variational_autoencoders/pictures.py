"""Blur, told apart from noise: what decoded means lack, and what samples have too much of."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.unsupervised.variational_autoencoders.bounds import log_likelihood
from landscaping.unsupervised.variational_autoencoders.maps import Maps


def roughness(x: Float[Tensor, "seed n 64"]) -> Float[Tensor, "seed"]:
    """Mean absolute difference of pixels that touch: small in a blurred picture, large in a noisy one."""
    square = x.unflatten(-1, (8, 8))
    return torch.cat([square.diff(dim=d).abs().flatten(1) for d in (-1, -2)], 1).mean(1)


def variance(x: Float[Tensor, "seed n 64"]) -> Float[Tensor, "seed"]:
    """Variance over images, summed over pixels."""
    return x.var(1).sum(-1)


def relative_variance(maps: Maps) -> Float[Tensor, "seed"]:
    """Variance of the decoded means, over that of digits."""
    pictures = maps.pictures
    return variance(pictures["means"]) / variance(pictures["digits"])


def apart(maps: Maps) -> Float[Tensor, "seed"]:
    """How far means are smoother than digits and samples rougher: the smaller of the two, as a share."""
    pictures = maps.pictures
    real = roughness(pictures["digits"])
    return torch.minimum(1 - roughness(pictures["means"]) / real, roughness(pictures["samples"]) / real - 1)


def likelier(maps: Maps, kind: str = "means") -> Float[Tensor, "seed"]:
    """By how many nats such pictures are likelier than new digits, in the mean."""
    made = log_likelihood(maps.nets, maps.pictures[kind])
    return made.mean(1) - maps.likely["new"].mean(1)
