"""Can a probability be believed? What was promised against what came true, and one number that mends it."""

from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn import functional

from landscaping.supervised.losses.constants import lowest

BINS = 10
COLDEST = 50.0  # largest inverse temperature that is looked at


@dataclass(frozen=True)
class Bins:
    """Answers sorted into bins by how sure they were; a bin without answers has a share of zero."""

    share: Float[Tensor, "bin"]  # of all answers
    promised: Float[Tensor, "bin"]  # mean probability of the answers
    kept: Float[Tensor, "bin"]  # how many of them were right

    @property
    def gap(self) -> float:
        """Expected calibration error: how far promised and kept are apart, on average over answers."""
        return (self.share * (self.promised - self.kept).abs()).sum().item()


def answers(
    scores: Float[Tensor, "*n c"], y: Int[Tensor, "*n"]
) -> tuple[Float[Tensor, "*n"], Bool[Tensor, "*n"]]:
    """The largest probability of every example, and whether that class was right."""
    sure, said = scores.softmax(-1).max(-1)
    return sure, said == y


def binned(sure: Float[Tensor, "n"], right: Bool[Tensor, "n"]) -> Bins:
    """Ten bins of equal width from zero to one."""
    where = (sure * BINS).long().clamp(max=BINS - 1)
    count = torch.bincount(where, minlength=BINS).double()
    mean = [torch.bincount(where, v.double(), BINS) / count.clamp(min=1) for v in (sure, right)]
    return Bins(count / len(sure), *mean)


def gap(scores: Float[Tensor, "n c"], y: Int[Tensor, "n"]) -> float:
    """Expected calibration error of these answers."""
    return binned(*answers(scores, y)).gap


def temperature(scores: Float[Tensor, "n c"], y: Int[Tensor, "n"]) -> float:
    """What all scores must be divided by for the least cross-entropy.

    Cross-entropy is a bowl in the inverse of the temperature, so its slope changes sign once. Where every
    answer is right, colder is always better: the coldest that is looked at is returned.
    """
    return 1 / lowest(lambda inverse: functional.cross_entropy(inverse * scores, y), 1 / COLDEST, COLDEST)


def two_classes(odds: Float[Tensor, "*n"]) -> Float[Tensor, "*n 2"]:
    """Scores of "other" and "spam" whose difference is the log-odds."""
    return torch.stack([torch.zeros_like(odds), odds], -1)
