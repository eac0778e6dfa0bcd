"""What the seeds together must satisfy."""

from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.claims.numbers import bounds, number
from landscaping.spread import paired_difference

Judge = Literal["every", "share", "median", "mean", "interval"]


@dataclass(frozen=True)
class Gate:
    """What the seeds together must satisfy. Built by `every`, `share`, `median`, `mean`, `interval`."""

    judge: Judge
    at_least: float = -float("inf")
    at_most: float = float("inf")
    fraction: float = 1.0

    def __post_init__(self) -> None:
        if self.at_least == -float("inf") and self.at_most == float("inf"):
            raise ValueError("a gate got no bound, wants at_least= or at_most=: without one it cannot fail")

    def within(self, value: float) -> bool:
        """Whether one number lies within the bounds; what is not a number does not."""
        return self.at_least <= value <= self.at_most

    def passing(self, measured: Float[Tensor, "seed"]) -> int:
        """How many seeds lie within the bounds."""
        return sum(map(self.within, measured.tolist()))

    def holds(self, measured: Float[Tensor, "seed"]) -> bool:
        """Whether the seeds together satisfy the gate."""
        if self.judge in ("every", "share"):
            return self.passing(measured) >= self.fraction * len(measured) - 1e-9
        if self.judge == "interval":
            return all(map(self.within, mean_interval(measured)))
        return self.within(middle_of(self.judge, measured))

    def __str__(self) -> str:
        of = {
            "every": "every seed",
            "share": f"{number(self.fraction * 100)} % of the seeds",
            "median": "median",
            "mean": "mean",
            "interval": "95 % interval of the mean",
        }[self.judge]
        return f"{of} {bounds(self.at_least, self.at_most)}"


def every(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """Each single seed lies within the bounds."""
    return Gate("every", at_least, at_most)


def share(fraction: float, at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """At least this fraction of the seeds lies within the bounds."""
    return Gate("share", at_least, at_most, fraction)


def median(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """The median over seeds lies within the bounds."""
    return Gate("median", at_least, at_most)


def mean(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """The mean over seeds lies within the bounds."""
    return Gate("mean", at_least, at_most)


def interval(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """The whole 95 % interval of the mean over seeds lies within the bounds: for small paired differences."""
    return Gate("interval", at_least, at_most)


def middle_of(judge: Judge, measured: Float[Tensor, "seed"]) -> float:
    """The mean where the gate judges the mean, else the median."""
    if judge in ("mean", "interval"):
        return measured.double().mean().item()
    return measured.double().quantile(0.5).item()


def mean_interval(measured: Float[Tensor, "seed"]) -> tuple[float, float]:
    """The 95 % interval of the mean (Student's t)."""
    paired = paired_difference(measured, torch.zeros_like(measured))
    return paired.low, paired.high
