"""A network that learns live: place points of two or three kinds, and watch how it divides the plane."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from landscaping.charts.theme import OTHERS
from landscaping.playgrounds.contours import at_least
from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import line, placed, svg, words
from landscaping.small_generator import WEIGHTS, SmallGenerator
from landscaping.supervised.classification.pulls import squared

SIDE, KINDS, MOST = (-2.0, 2.0), 3, 90
STILL = 400  # steps after which the still picture is drawn
HUES = ("other1", "other2", "other3")
START = (
    (0, 0.1, 0), (0.4, 0.3, 0), (-0.4, 0.2, 0), (0.1, -0.4, 0), (-0.3, -0.3, 0), (0.5, -0.2, 0), (0, 0.6, 0),
    (1.5, 0, 1), (1.3, 0.8, 1), (0.7, 1.3, 1), (-0.1, 1.5, 1), (-0.8, 1.2, 1), (-1.3, 0.6, 1),
    (-1.5, -0.1, 1), (-1.2, -0.9, 1), (-0.6, -1.4, 1), (0.1, -1.5, 1), (0.8, -1.3, 1), (1.3, -0.7, 1),
)  # fmt: skip
LOSSES: dict[str, Callable] = {"crossEntropy": functional.cross_entropy, "squared": squared}
RULES: dict[str, Callable] = {
    "adam": torch.optim.Adam,
    "momentum": lambda weights, lr: torch.optim.SGD(weights, lr, momentum=0.9),
    "plain": torch.optim.SGD,
}


class Boundary(Playground):
    """Points of up to three kinds, and a small network that learns to tell them apart (UDL §5.5)."""

    module: ClassVar[str] = "boundary"
    label: ClassVar[str] = "Points of two kinds, and the regions that a network learned to tell apart"

    points = t.List([list(point) for point in START]).tag(sync=True)  # [x, y, kind] of each
    kind = t.Int(1, min=0, max=KINDS - 1).tag(sync=True)  # of points that the reader adds
    hidden = t.Int(6, min=0, max=12).tag(sync=True)  # without hidden units: logistic regression
    activation = t.Enum(("tanh", "relu"), "tanh").tag(sync=True)
    loss = t.Enum(tuple(LOSSES), "crossEntropy").tag(sync=True)
    rule = t.Enum(tuple(RULES), "adam").tag(sync=True)
    rate = t.Float(0.03, min=0.001, max=3).tag(sync=True)
    draw = t.Int(1, min=1, max=9999).tag(sync=True)

    @t.validate("points")
    def _points_of_known_kinds(self, proposal: Any) -> list[list]:
        points = proposal["value"]
        if not 1 <= len(points) <= MOST or not all(_is_point(point) for point in points):
            raise ValueError(
                f"points {points} cannot be learned from: give 1 to {MOST} of [x, y, kind], x and y from "
                f"{SIDE[0]} to {SIDE[1]}, the kind 0, 1 or 2"
            )
        return points

    def data(self) -> tuple[Float[Tensor, "n 2"], Tensor]:
        """The points of this setting and their kinds."""
        rows = torch.tensor(self.points, dtype=torch.float64)
        return rows[:, :2], rows[:, 2].long()

    def network(self) -> nn.Sequential:
        """The network of this setting as it is born: two scores, three once a point is of the third kind."""
        kinds = KINDS if any(kind == 2 for *_, kind in self.points) else 2
        sizes = [2, self.hidden, kinds] if self.hidden else [2, kinds]
        bend = nn.Tanh if self.activation == "tanh" else nn.ReLU
        layers = [part for n, out in pairwise(sizes) for part in (_born(n, out), bend())]
        chance = SmallGenerator(self.draw, WEIGHTS)
        for layer in layers[::2]:
            for p in layer.parameters():  # torch's own range, from numbers that a browser can draw too
                p.data = _drawn(chance, p.numel()).view_as(p) / layer.in_features**0.5
        return nn.Sequential(*layers[:-1])

    def learned(self, steps: int) -> tuple[nn.Sequential, Float[Tensor, "step"]]:
        """The network after so many steps, and the loss before each."""
        net, (x, y), losses = self.network(), self.data(), []
        optimizer = RULES[self.rule](net.parameters(), lr=self.rate)
        for _ in range(steps):
            optimizer.zero_grad()
            loss = LOSSES[self.loss](net(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
        return net, torch.stack(losses) if losses else torch.zeros(0, dtype=torch.float64)

    def still(self) -> str:
        """The regions after some steps, with the points; each kind has a shape and a colour."""
        net, _ = self.learned(STILL)
        inside = [_region(HUES[kind], margin) for kind, margin in enumerate(_margins(chances(net, 60)))]
        spot = placed(SIDE, SIDE, 0, 0, 400, 400)
        marks = [_mark(kind, *spot(x, y)) for x, y, kind in self.points]
        said = f"{self.hidden} hidden units, after {STILL} steps"
        return svg(400, 430, self.label, *inside, *marks, words((said, 0, 422)))


@torch.no_grad()
def chances(net: nn.Module, size: int) -> Float[Tensor, "row column kind"]:
    """The probabilities of every kind in the middles of a grid's squares, the lowest row first."""
    middles = SIDE[0] + (SIDE[1] - SIDE[0]) * (torch.arange(size, dtype=torch.float64) + 0.5) / size
    y, x = torch.meshgrid(middles, middles, indexing="ij")
    return net(torch.stack([x, y], -1)).softmax(-1)


def _is_point(point: Any) -> bool:
    inside = len(point) == 3 and all(SIDE[0] <= v <= SIDE[1] for v in point[:2])
    return inside and point[2] in range(KINDS)


def _born(n: int, out: int) -> nn.Linear:
    return nn.utils.skip_init(nn.Linear, n, out, dtype=torch.float64)


def _drawn(chance: SmallGenerator, n: int) -> Tensor:
    return torch.tensor([2 * chance.uniform() - 1 for _ in range(n)], dtype=torch.float64)


def _margins(found: Float[Tensor, "row column kind"]) -> list[Tensor]:
    """By how much each kind is ahead of the best other."""
    kinds = range(found.shape[-1])
    return [found[..., k] - found[..., [c for c in kinds if c != k]].amax(-1) for k in kinds]


def _region(name: str, margin: Float[Tensor, "row column"]) -> str:
    scale = 400 / (len(margin) - 1)
    rings = [[(column * scale, 400 - row * scale) for column, row in ring] for ring in at_least(margin, 0.0)]
    d = "".join(line(ring) + "z" for ring in rings)
    return f'<path fill="{_hue(name)}" fill-opacity=".3" d="{d}"/>'


def _mark(kind: int, a: float, b: float) -> str:
    shapes = (f"M{a - 7:.0f} {b:.0f}a7 7 0 1 0 14 0a7 7 0 1 0-14 0", f"M{a - 6:.0f} {b - 6:.0f}h12v12h-12z",
              f"M{a:.0f} {b - 8:.0f}l8 14h-16z")  # fmt: skip
    return f'<path fill="{_hue(HUES[kind])}" d="{shapes[kind]}"/>'


def _hue(name: str) -> str:
    return f"var(--{name},{OTHERS[HUES.index(name)]})"
