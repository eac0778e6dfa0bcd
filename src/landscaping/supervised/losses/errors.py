"""Losses of a residual, by the name of the noise that they assume; all have spread one."""

import torch
from torch import Tensor

FREEDOM = 3.0  # degrees of freedom of Student's noise: the smaller, the heavier its tails


def squared(prediction: Tensor, target: Tensor) -> Tensor:
    """Half the mean squared error: the likelihood of Gaussian noise."""
    return (prediction - target).square().mean() / 2


def absolute(prediction: Tensor, target: Tensor) -> Tensor:
    """Mean absolute error: the likelihood of Laplace noise."""
    return (prediction - target).abs().mean()


def student(prediction: Tensor, target: Tensor) -> Tensor:
    """The likelihood of Student's noise: an error counts by its logarithm once it is large."""
    return torch.log1p((prediction - target).square() / FREEDOM).mean() * (FREEDOM + 1) / 2


LOSSES = {"squared": squared, "absolute": absolute, "Student": student}
OWN = {"Gaussian": "squared", "Laplace": "absolute", "Student": "Student"}  # noise -> its loss
