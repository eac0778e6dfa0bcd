"""A bent way between two minima, trained so that the loss stays low all along it."""

import torch
from torch import Tensor
from torch.func import vmap
from torch.nn.functional import cross_entropy

from landscaping.ensemble import Adam, Ensemble
from landscaping.ensemble.batches import batches_for
from landscaping.optimization.loss_landscapes.pairs import BATCH, Pairs, Way, Weights, mixed
from landscaping.randomness import stream

STEPS, RATE = 300, 0.01


def bent(first: Weights, middle: Weights, second: Weights) -> Way:
    """The parabola from the first to the second that the middle pulls at (a quadratic Bézier curve)."""
    return lambda share: mixed(mixed(first, middle, share), mixed(middle, second, share), share)


def trained_middle(ends: Pairs, steps: int = STEPS, rate: float = RATE) -> Ensemble:
    """Move the middle downhill, seeing at each step the loss at one random place of the way."""
    first, second, seeds = ends.first.params, ends.second.params, ends.first.seeds
    middle = {name: p.requires_grad_() for name, p in mixed(first, second, 0.5).items()}
    optimizer = Adam(rate).optimizer(list(middle.values()))
    batches = batches_for(seeds, (ends.seen.x, ends.seen.y), BATCH, per_seed=True)
    places = torch.stack([torch.rand(steps, generator=stream("places", s)) for s in seeds], dim=1)
    for place in places:
        losses = on_the_way(ends, middle, place, *next(batches).tensors)
        optimizer.zero_grad()
        losses.sum().backward()
        optimizer.step()
    return Ensemble(ends.first.net, {name: p.detach() for name, p in middle.items()}, seeds)


def on_the_way(ends: Pairs, middle: Weights, place: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Every seed's loss on its batch, at its own place of the way."""

    def of_one(a, m, b, share, x, y):
        return cross_entropy(ends.first.answer(bent(a, m, b)(share), x), y)

    return vmap(of_one)(ends.first.params, middle, ends.second.params, place, x, y)
