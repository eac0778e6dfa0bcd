"""Pairs of small networks that tell two arcs of points apart: what the playground walks between."""

from dataclasses import dataclass
from functools import cache
from math import pi

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as logistic_loss

from landscaping.ensemble import Adam, Ensemble, stack, train
from landscaping.optimization.hessian import Rows, at_rows
from landscaping.optimization.loss_landscapes import copies
from landscaping.optimization.loss_landscapes.pairs import ELSEWHERE
from landscaping.randomness import stream

POINTS, WIDTH, NOISE = 40, 10, 0.12
STEPS, BENDING, RATE = 500, 300, 0.03
PAIRS = (2, 6, 3)  # chosen to differ: in the last, the two ends lie at different heights
DIGITS = 4  # weights travel to the browser with so many places after the point, and are used so here too


@dataclass(frozen=True)
class Arcs:
    """Points `(n, 2)`, their arcs `(n, 1)`, and for every pair the weights in rows.

    Of each pair: the first minimum, the second, the middle of the bent way between them; and the second
    renumbered to fit the first, with the middle of its own bent way.
    """

    x: Float[Tensor, "n 2"]
    y: Float[Tensor, "n 1"]
    rows: Float[Tensor, "pair 5 weight"]


def points(seed: int = 0, n: int = POINTS) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
    """Two half circles that reach into one another, every second point on each, with normal noise."""
    source = stream("arcs", seed)
    angle = pi * torch.rand(n, generator=source, dtype=torch.float64)
    arc = torch.arange(n) % 2
    x = torch.stack([angle.cos() - 0.5 + arc, (angle.sin() - 0.25) * (1 - 2 * arc)], 1)
    x = x + NOISE * torch.randn(n, 2, generator=source, dtype=torch.float64)
    return x.round(decimals=2), arc.double()[:, None]


def network() -> nn.Sequential:
    """Ten hinges and one answer: the log-odds of the second arc."""
    return nn.Sequential(nn.Linear(2, WIDTH), nn.ReLU(), nn.Linear(WIDTH, 1)).double()


def learned(seeds: tuple[int, ...], x: Tensor, y: Tensor) -> Ensemble:
    """Networks born of these seeds, trained on all points at once."""
    nets = stack(network, seeds)
    for _ in train(nets, logistic_loss, x, y, Adam(RATE), steps=STEPS):
        pass
    return nets


def middle(first: Rows, second: Rows, x: Tensor, y: Tensor, places: int = 9) -> Rows:
    """The middle that keeps the loss low at evenly spaced places of the bent way."""
    nets = stack(network, range(places * len(first)))
    share = torch.linspace(0, 1, places + 2, dtype=torch.float64)[1:-1, None, None]
    found = ((first + second) / 2).requires_grad_()
    optimizer = Adam(RATE).optimizer([found])
    for _ in range(BENDING):
        way = (1 - share) ** 2 * first + 2 * share * (1 - share) * found + share**2 * second
        optimizer.zero_grad()
        at_rows(nets, logistic_loss, way.flatten(0, 1), x, y).sum().backward()
        optimizer.step()
    return found.detach()


@cache
def arcs(seeds: tuple[int, ...] = PAIRS, seed: int = 0) -> Arcs:
    """Train the pairs and their ways; weights rounded as they travel."""
    x, y = points(seed)
    first = learned(seeds, x, y)
    second = learned(tuple(s + ELSEWHERE for s in seeds), x, y)
    fitting = copies.matched(first, second, x.expand(len(seeds), -1, -1))
    a, b, c = (nets.flat() for nets in (first, second, fitting))
    rows = torch.stack([a, b, middle(a, b, x, y), c, middle(a, c, x, y)], 1)
    return Arcs(x, y, rows.round(decimals=DIGITS))
