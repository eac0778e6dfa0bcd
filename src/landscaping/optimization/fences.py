"""Trees on the land: where the marble may not go.

A *fence* allows one side of a line (a constraint), a *tie* allows the line alone (two parameters
bound to each other). After each step the marble is put on the nearest allowed point; where it then
stands on a fence, its step has met the fence, and what of its velocity points into it becomes zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import torch
from jaxtyping import Bool, Float
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
        if self.nearest(torch.zeros(1, 2, dtype=torch.float64)).isinf().any():
            raise ValueError(f"these {len(trees)} rows of trees leave no land: remove one, or turn one round")

    def height(self, points: Float[Tensor, "marble 2"]) -> Float[Tensor, "marble tree"]:
        """How far each point stands inside each line; negative is outside."""
        return points @ self.normal.T - self.offset

    def nearest(self, points: Float[Tensor, "marble 2"]) -> Float[Tensor, "marble 2"]:
        """The nearest allowed point of each; infinite where the trees leave no land."""
        met = torch.ones(len(points), len(self.tie), dtype=torch.bool)
        return _nearest(points, self.normal, self.offset, self.tie, met)

    def slide(
        self, velocity: Float[Tensor, "marble 2"], points: Float[Tensor, "marble 2"]
    ) -> Float[Tensor, "marble 2"]:
        """What is left of a velocity at an allowed point: nothing of it points into the trees met there."""
        met = self.height(points) <= NEAR
        return _nearest(velocity, self.normal, torch.zeros_like(self.offset), self.tie, met)


def _nearest(points: Tensor, normal: Tensor, offset: Tensor, tie: Tensor, met: Tensor) -> Tensor:
    """The nearest candidate that the met trees allow: the point, its feet on the lines, or a corner."""
    beyond = points @ normal.T - offset
    feet = points[:, None] - beyond[..., None] * normal
    corners = _corners(normal, offset).expand(len(points), -1, 2)
    candidates = torch.cat([points[:, None], feet, corners], 1)  # (marble, candidate, 2)
    distance = (candidates - points[:, None]).norm(dim=-1)
    distance[~_allowed(candidates, normal, offset, tie, met)] = torch.inf
    closest, best = distance.min(1)
    chosen = candidates[torch.arange(len(points)), best]
    return chosen.where(closest.isfinite()[:, None], torch.inf)


def _allowed(
    candidates: Float[Tensor, "marble candidate 2"],
    normal: Tensor,
    offset: Tensor,
    tie: Tensor,
    met: Bool[Tensor, "marble tree"],
) -> Bool[Tensor, "marble candidate"]:
    height = candidates @ normal.T - offset
    inside = (height >= -NEAR) & (~tie | (height <= NEAR))
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
