"""Trees on the land: where the marble may not go.

A *fence* allows one side of a line (a constraint), a *tie* allows the line alone (two parameters
bound to each other). After each step the marble is put on the nearest allowed point; where it then
stands on a fence, its step has met the fence, and what of its velocity points into it becomes zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import torch
from jaxtyping import Float
from torch import Tensor

NEAR = 1e-9  # in units of the land: closer than this is on the line


@dataclass(frozen=True)
class Trees:
    """A line from `start` to `end` and beyond; a fence allows what is left of it, seen along the way."""

    kind: str
    start: tuple[float, float]
    end: tuple[float, float]

    def __post_init__(self) -> None:
        if self.kind not in ("fence", "tie"):
            raise ValueError(f"trees are of kind {self.kind!r}; wanted 'fence' or 'tie'")
        if max(abs(b - a) for a, b in zip(self.start, self.end, strict=True)) < NEAR:
            raise ValueError(f"trees from {self.start} to {self.end} make no line: give two different points")


class Forest:
    """All trees together, and the nearest allowed points."""

    def __init__(self, trees: Sequence[Trees]) -> None:
        start = torch.tensor([t.start for t in trees], dtype=torch.float64).reshape(-1, 2)
        along = torch.tensor([t.end for t in trees], dtype=torch.float64).reshape(-1, 2) - start
        left = torch.stack([-along[:, 1], along[:, 0]], 1)
        self.normal = left / left.norm(dim=1, keepdim=True)  # (tree, 2), into what is allowed
        self.offset = (self.normal * start).sum(1)
        self.tie = torch.tensor([t.kind == "tie" for t in trees], dtype=torch.bool)
        self.corners = _corners(self.normal, self.offset)
        if self.nearest(torch.zeros(1, 2, dtype=torch.float64)).isinf().any():
            raise ValueError(f"these {len(trees)} rows of trees leave no land: remove one, or turn one round")

    def height(self, points: Float[Tensor, "marble 2"]) -> Float[Tensor, "marble tree"]:
        """How far each point stands inside each line; negative is outside."""
        return points @ self.normal.T - self.offset

    def nearest(self, points: Float[Tensor, "marble 2"]) -> Float[Tensor, "marble 2"]:
        """The nearest allowed point of each; infinite where the trees leave no land."""
        if not len(self.tie):
            return points.clone()
        everywhere = torch.ones(len(points), len(self.tie), dtype=torch.bool)
        return self._nearest(points, self.offset, self.corners, everywhere)

    def slide(
        self, velocity: Float[Tensor, "marble 2"], points: Float[Tensor, "marble 2"]
    ) -> Float[Tensor, "marble 2"]:
        """What is left of a velocity at an allowed point: nothing of it points into the trees met there."""
        if not len(self.tie):
            return velocity.clone()
        met = self.height(points) <= NEAR
        origin = torch.zeros_like(self.corners[:1])  # where the met lines would meet, for velocities
        return self._nearest(velocity, torch.zeros_like(self.offset), origin, met)

    def _nearest(self, points: Tensor, offset: Tensor, corners: Tensor, met: Tensor) -> Tensor:
        """The nearest candidate that the met trees allow: the point, its feet on the lines, or a corner."""
        beyond = points @ self.normal.T - offset
        feet = points[:, None] - beyond[..., None] * self.normal
        candidates = torch.cat([points[:, None], feet, corners.expand(len(points), -1, 2)], 1)
        distance = (candidates - points[:, None]).norm(dim=-1)
        distance[~self._allowed(candidates, offset, met)] = torch.inf
        each, best = torch.arange(len(points)), distance.argmin(1)
        return candidates[each, best].where(distance[each, best, None].isfinite(), torch.inf)

    def _allowed(self, candidates: Tensor, offset: Tensor, met: Tensor) -> Tensor:
        """Which candidates, `(marble, candidate)`, every met tree allows."""
        height = candidates @ self.normal.T - offset
        inside = (height >= -NEAR) & (~self.tie | (height <= NEAR))
        return (inside | ~met[:, None]).all(-1)


def _corners(normal: Float[Tensor, "tree 2"], offset: Float[Tensor, " tree"]) -> Float[Tensor, "corner 2"]:
    """Where two lines meet; parallel ones do not."""
    found = []
    for a, b in combinations(range(len(offset)), 2):
        (p, q), (r, s) = normal[a].tolist(), normal[b].tolist()
        if abs(p * s - q * r) > NEAR:
            c, d = offset[a].item(), offset[b].item()
            found.append([(c * s - d * q) / (p * s - q * r), (p * d - r * c) / (p * s - q * r)])
    return torch.tensor(found, dtype=torch.float64).reshape(-1, 2)
