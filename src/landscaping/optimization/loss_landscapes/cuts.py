"""Slices through a minimum: raw, filter-normalized, and what both make of a network rescaled."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble
from landscaping.optimization.loss_landscapes.pairs import (
    Handwriting,
    Weights,
    handwriting,
    learned,
    losses_at,
)
from landscaping.randomness import stream

SCALES = (1, 2, 4, 8)
RAW, NORMALIZED = KINDS = ("raw", "filter-normalized")
REACH, STEPS = 1.0, 41


@dataclass(frozen=True)
class Slices:
    """The loss along one random direction through a minimum, by kind of slice and by rescaling."""

    heights: dict[tuple[str, int], Float[Tensor, "step seed"]]
    answers_moved: Float[Tensor, "seed"]  # largest change of any answer by the rescalings

    def bent_by_scale(self, kind: str) -> Float[Tensor, "seed"]:
        """How much the slice changes when the network is rescaled, relative to its rise: the largest."""
        plain = self.heights[kind, 1]
        rise = plain.amax(0) - plain.amin(0)
        gaps = [(self.heights[kind, scale] - plain).abs().amax(0) / rise for scale in SCALES[1:]]
        return torch.stack(gaps).amax(0)

    def table(self) -> pd.DataFrame:
        """Median over seeds: columns kind, scale, step, loss."""
        step = torch.linspace(-REACH, REACH, STEPS).numpy()
        parts = [
            pd.DataFrame({"kind": kind, "scale": scale, "step": step, "loss": h.quantile(0.5, dim=1).numpy()})
            for (kind, scale), h in self.heights.items()
        ]
        return pd.concat(parts, ignore_index=True)


def rescaled(nets: Ensemble, scale: float) -> Ensemble:
    """The same functions: what comes into the hinges times `scale`, what goes out divided by it."""
    copy = nets.copy()
    for name in ("0.weight", "0.bias"):
        copy.params[name] *= scale
    copy.params["2.weight"] /= scale
    return copy


def random_direction(nets: Ensemble) -> Weights:
    """A direction in which every weight is drawn alike."""
    streams = [stream("directions", seed) for seed in nets.seeds]
    draw = lambda shape: torch.stack([torch.randn(shape, generator=s) for s in streams])  # noqa: E731
    return {name: draw(p.shape[1:]) for name, p in nets.params.items()}


def as_long_as(nets: Ensemble, direction: Weights) -> Weights:
    """The direction, in all as long as these networks' weights: a raw slice."""
    length = nets.flat().norm(dim=1) / torch.cat([d.flatten(1) for d in direction.values()], 1).norm(dim=1)
    return {n: d * length.view(-1, *[1] * (d.ndim - 1)) for n, d in direction.items()}


def filter_normalized(nets: Ensemble, direction: Weights) -> Weights:
    """Every unit's share of the direction, as long as that unit's own weights; biases each by their size."""
    made = {}
    for name, p in nets.params.items():
        own = p.norm(dim=-1, keepdim=True) if p.ndim > 2 else p.abs()
        drawn = direction[name].norm(dim=-1, keepdim=True) if p.ndim > 2 else direction[name].abs()
        made[name] = direction[name] * own / drawn
    return made


def slice_through(nets: Ensemble, direction: Weights, seen: Handwriting) -> Float[Tensor, "step seed"]:
    """The loss at even steps along a direction, the network in the middle."""
    steps = torch.linspace(-REACH, REACH, STEPS).tolist()
    places = ({n: p + step * direction[n] for n, p in nets.params.items()} for step in steps)
    return torch.stack([losses_at(nets, place, seen.x, seen.y) for place in places])


def slices(seeds: tuple[int, ...]) -> Slices:
    """Cut through trained networks along one random direction each, before and after rescaling them."""
    seen = handwriting(seeds)
    nets = learned(seeds, seen)
    drawn = random_direction(nets)
    plain, heights = as_long_as(nets, drawn), {}
    scaled = {scale: rescaled(nets, scale) for scale in SCALES}
    for scale, net in scaled.items():
        heights[RAW, scale] = slice_through(net, plain, seen)
        heights[NORMALIZED, scale] = slice_through(net, filter_normalized(net, drawn), seen)
    answers = nets(seen.x, per_seed=True)
    moved = [(net(seen.x, per_seed=True) - answers).abs().flatten(1).amax(1) for net in scaled.values()]
    return Slices(heights, torch.stack(moved).amax(0))
