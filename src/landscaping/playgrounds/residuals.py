"""Residuals and likelihood: drag points, choose a noise model, see the most likely line and what it costs."""

from typing import Any, ClassVar

import torch
import traitlets as t
from torch import Tensor

from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import dots, drawn, filled, line, placed, svg, window, words
from landscaping.supervised.losses.best_line import NOISES, Likely, best_line, residuals, weighted

SIDE = (-6.0, 6.0)  # of the square in which the points live
START = (
    (-5.0, -2.1), (-4.2, -2.9), (-3.4, -0.7), (-2.5, -1.9), (-1.6, -0.4), (-0.6, -1.0),
    (0.4, 0.9), (1.3, 0.1), (2.2, 1.9), (3.1, 0.8), (4.0, 2.4), (4.9, 1.9),
)  # fmt: skip


class Residuals(Playground):
    """A few points, a noise model with its spread, and the line that these make most likely (UDL §5.3)."""

    module: ClassVar[str] = "residuals"
    label: ClassVar[str] = "Points, their most likely line, and what each residual costs"

    points = t.List([list(point) for point in START]).tag(sync=True)  # [x, y] of each
    noise = t.Enum(NOISES, "Gaussian").tag(sync=True)
    spread = t.Float(1.0, min=0.1, max=3).tag(sync=True)

    @t.validate("points")
    def _points_make_a_line(self, proposal: Any) -> list[list]:
        points = proposal["value"]
        if not all(len(point) == 2 and all(SIDE[0] <= v <= SIDE[1] for v in point) for point in points):
            raise ValueError(
                f"points {points} are none: give [x, y] of each, both from {SIDE[0]} to {SIDE[1]}"
            )
        if not 3 <= len(points) <= 30 or len({x for x, _ in points}) < 2:
            raise ValueError(f"{len(points)} points make no line: give 3 to 30 that do not share one x")
        return points

    def data(self) -> tuple[Tensor, Tensor]:
        """The points of this setting: x and y, `(n,)` each."""
        x, y = torch.tensor(self.points, dtype=torch.float64).T
        return x, y

    def likely(self) -> Likely:
        """The most likely line of this setting."""
        return best_line(self.noise, *self.data(), self.spread)

    def still(self) -> str:
        """The points with their line and residuals, and the costs as bars beside them."""
        x, y = self.data()
        found = self.likely()
        inside = [*_lines(x, y, found), drawn("data", 9, dots(map(_spot, x.tolist(), y.tolist())))]
        said = words(
            (f"{self.noise} noise, spread {self.spread:.2f}", 0, 388),
            (f"sum: {found.costs.sum():.2f} nats", 400, 388),
        )
        return svg(660, 400, self.label, window(360, 360, *inside), _bars(x, found), said)


_spot = placed(SIDE, SIDE, 0, 0, 360, 360)


def _ends(intercept: float, slope: float) -> str:
    return line([_spot(x, intercept + slope * x) for x in SIDE])


def _lines(x: Tensor, y: Tensor, found: Likely) -> list[str]:
    """The most likely line, the one of least squares dashed, and the residuals."""
    here = torch.tensor([[found.intercept, found.slope]], dtype=torch.float64)
    feet = y - residuals(here, x, y)[0]
    rows = zip(x.tolist(), y.tolist(), feet.tolist(), strict=True)
    distances = "".join(line([_spot(a, b), _spot(a, foot)]) for a, b, foot in rows)
    squares = weighted(x, y, torch.ones_like(x).unsqueeze(0))[0].tolist()
    return [
        drawn("data", 1.5, distances),
        drawn("quiet", 1.5, _ends(*squares), dashes="6 5"),
        drawn("model", 3, _ends(found.intercept, found.slope)),
    ]


def _bars(x: Tensor, found: Likely) -> str:
    """What each point costs, from left to right."""
    costs = found.costs[x.argsort(stable=True)]
    low, high = min(0.0, costs.min().item()), max(4.0, costs.max().item())
    spot = placed((0, len(costs)), (low, high), 400, 20, 250, 330)
    corners = [(spot(k + 0.1, 0), spot(k + 0.9, cost)) for k, cost in enumerate(costs.tolist())]
    bars = "".join(f"M{a:.0f} {b:.0f}H{c:.0f}V{d:.0f}H{a:.0f}z" for (a, b), (c, d) in corners)
    zero = spot(0, 0)
    return filled("data", bars) + drawn("quiet", 1, f"M{zero[0]:.0f} {zero[1]:.0f}h250")
