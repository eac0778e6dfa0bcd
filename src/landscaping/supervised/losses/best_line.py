"""The line that a few points make most likely, under Gaussian, Laplace or Student noise of a given spread."""

from dataclasses import dataclass
from itertools import combinations
from math import log, pi, sqrt

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.supervised.losses.errors import FREEDOM

NOISES = ("Gaussian", "Laplace", "Student")
ROUNDS = 300  # of reweighting, for Student's noise: many more than a figure needs
EQUAL = 1e-12


@dataclass(frozen=True)
class Likely:
    """A line `y = intercept + slope·x`, and what each point costs under it, in nats."""

    intercept: float
    slope: float
    costs: Float[Tensor, "n"]


def cost(noise: str, residual: Tensor, spread: float) -> Tensor:
    """Negative log-likelihood of each residual."""
    size = residual / spread
    if noise == "Gaussian":
        return size.square() / 2 + log(spread) + log(2 * pi) / 2
    if noise == "Laplace":
        return size.abs() + log(2 * spread)
    lift = log(spread * pi * sqrt(FREEDOM) / 2)  # for three degrees of freedom
    return torch.log1p(size.square() / FREEDOM) * (FREEDOM + 1) / 2 + lift


def best_line(noise: str, x: Float[Tensor, "n"], y: Float[Tensor, "n"], spread: float = 1.0) -> Likely:
    """The most likely line through points that do not all share one x.

    Gaussian: the weighted sums of least squares. Laplace: some best line passes through two of the points,
    so all pairs are tried. Student: reweighted least squares from every such line and from the Gaussian's,
    because this land has several valleys; the lowest end wins.
    """
    if noise == "Gaussian":
        lines = weighted(x, y, torch.ones_like(x).unsqueeze(0))
    elif noise == "Laplace":
        lines = through_pairs(x, y)
    else:
        lines = torch.cat([weighted(x, y, torch.ones_like(x).unsqueeze(0)), through_pairs(x, y)])
        for _ in range(ROUNDS):
            lines = weighted(x, y, 1 / (FREEDOM + (residuals(lines, x, y) / spread).square()))
    costs = cost(noise, residuals(lines, x, y), spread)
    totals = costs.sum(1)
    best = (totals <= totals.min() + EQUAL).nonzero()[0].item()  # of equal ones the first, in any language
    return Likely(lines[best, 0].item(), lines[best, 1].item(), costs[best])


def residuals(lines: Float[Tensor, "line 2"], x: Float[Tensor, "n"], y: Tensor) -> Float[Tensor, "line n"]:
    """How far every point lies above every line."""
    return y - lines[:, :1] - lines[:, 1:] * x


def weighted(x: Tensor, y: Tensor, weights: Float[Tensor, "line n"]) -> Float[Tensor, "line 2"]:
    """Least squares with a weight for every point, once for each row of weights."""
    total = weights.sum(1, keepdim=True)
    middle_x, middle_y = ((weights * v).sum(1, keepdim=True) / total for v in (x, y))
    apart = x - middle_x
    slope = (weights * apart * (y - middle_y)).sum(1) / (weights * apart.square()).sum(1)
    return torch.stack([middle_y[:, 0] - slope * middle_x[:, 0], slope], dim=1)


def through_pairs(x: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, "line 2"]:
    """The line through every two points that do not share one x."""
    pairs = torch.tensor([(i, j) for i, j in combinations(range(len(x)), 2) if x[i] != x[j]])
    first, second = pairs.T
    slope = (y[second] - y[first]) / (x[second] - x[first])
    return torch.stack([y[first] - slope * x[first], slope], dim=1)


def best_spread(noise: str, x: Tensor, y: Tensor, low: float = 0.1, high: float = 3.0) -> float:
    """The spread, in hundredths, at which the points cost least: the best tenth, and then around it."""
    first, last = round(100 * low), round(100 * high)

    def cheapest(among: range) -> int:
        totals = [best_line(noise, x, y, k / 100).costs.sum().item() for k in among]
        return among[totals.index(min(totals))]

    tenth = cheapest(range(first, last + 1, 10))
    return cheapest(range(max(first, tenth - 9), min(last, tenth + 9) + 1)) / 100
