"""Walk between two minima: the plane through them and a bent way, and the network at every place of it."""

from typing import Any, ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as logistic_loss

from landscaping.ensemble import stack
from landscaping.optimization.hessian import at_rows, named
from landscaping.optimization.loss_landscapes.arcs import WIDTH, arcs, network
from landscaping.playgrounds import contours
from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import (
    circle,
    dots,
    drawn,
    filled,
    line,
    placed,
    svg,
    window,
    words,
)

PLANE = ((-0.25, 1.25), (-0.35, 1.15))  # of the map, in lengths of the straight way
WORLD = (-2.0, 2.0)  # of the points, along both axes
MOST = 100.0  # no weight is larger
WEIGHTS = 4 * WIDTH + 1
SIDE, GAP = 300, 20  # of the two maps of the still picture


class Valley(Playground):
    """Two trained minima of a small network and the middle of their bent way span a plane (UDL §20.3)."""

    module: ClassVar[str] = "valley"
    label: ClassVar[str] = "The plane through two minima of a network, and what the network answers there"

    pairs = t.List().tag(sync=True)  # five rows of weights each, as in `Arcs`
    examples = t.List().tag(sync=True)  # [x, y, arc] of each
    pair = t.Int(1, min=1, max=3).tag(sync=True)
    units = t.Enum(("trained", "renumbered"), "trained").tag(sync=True)  # order of the second's hidden units
    way = t.Enum(("straight", "bent", "free"), "straight").tag(sync=True)
    at = t.Float(0.5, min=0, max=1).tag(sync=True)  # share of the way
    place = t.List(t.Float(), [0.5, 0.0], minlen=2, maxlen=2).tag(sync=True)  # on the plane, off both ways

    @t.default("pairs")
    def _trained_pairs(self) -> list:
        return arcs().rows.tolist()

    @t.default("examples")
    def _arcs(self) -> list:
        found = arcs()
        return torch.cat([found.x, found.y], 1).tolist()

    @t.validate("pairs")
    def _pairs_are_networks(self, proposal: Any) -> list:
        pairs = proposal["value"]
        rows = [row for pair in pairs for row in pair]
        if not 1 <= len(pairs) <= 3 or any(len(pair) != 5 for pair in pairs):
            raise ValueError(f"{len(pairs)} pairs are none: give one to three, of five rows of weights each")
        if any(len(row) != WEIGHTS or max(map(abs, row)) > MOST for row in rows):
            raise ValueError(f"a row of weights got another length: give {WEIGHTS} numbers up to {MOST}")
        return pairs

    def data(self) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
        """The points of this setting and the arc of each."""
        rows = torch.tensor(self.examples, dtype=torch.float64)
        return rows[:, :2], rows[:, 2:]

    def corners(self) -> Float[Tensor, "3 weight"]:
        """Both ends and the middle that spans the plane with them."""
        rows = torch.tensor(self.pairs[min(self.pair, len(self.pairs)) - 1], dtype=torch.float64)
        return rows[[0, 1, 2]] if self.units == "trained" else rows[[0, 3, 4]]

    def axes(self) -> tuple[Float[Tensor, "2 weight"], Float[Tensor, "2"]]:
        """The plane's two axes, as long as the straight way, and where the middle lies on them."""
        first, second, middle = self.corners()
        along, off = second - first, middle - first
        share = off @ along / (along @ along)
        across = off - share * along
        return torch.stack([along, across * along.norm() / across.norm()]), torch.stack(
            [share, across.norm() / along.norm()]
        )

    def on_way(self, way: str, share: float) -> Float[Tensor, "2"]:
        """Where this share of a way lies on the plane."""
        corner = self.axes()[1]
        end = torch.tensor([share if way == "straight" else share**2, 0.0], dtype=torch.float64)
        return end if way == "straight" else end + 2 * share * (1 - share) * corner

    def standing(self) -> Float[Tensor, "2"]:
        """Where the marble stands on the plane."""
        if self.way == "free":
            return torch.tensor(self.place, dtype=torch.float64)
        return self.on_way(self.way, self.at)

    def weights(self, places: Float[Tensor, "place 2"]) -> Float[Tensor, "place weight"]:
        """The network at each place of the plane."""
        return self.corners()[0] + places @ self.axes()[0]

    def losses(self, places: Float[Tensor, "place 2"]) -> Float[Tensor, "place"]:
        """The loss at each place of the plane."""
        return at_rows(_skeleton(), logistic_loss, self.weights(places), *self.data())

    def heights(self, size: int) -> Float[Tensor, "size size"]:
        """The land: the loss in the middle of every square of the map, the lowest row first."""
        return self.losses(_squares(*PLANE, size)).unflatten(0, (size, size))

    def profile(self, way: str, points: int = 61) -> Float[Tensor, "point"]:
        """The loss along a way."""
        shares = torch.linspace(0, 1, points, dtype=torch.float64).tolist()
        return self.losses(torch.stack([self.on_way(way, share) for share in shares]))

    def answers(self, size: int) -> Float[Tensor, "size size"]:
        """What the network at the marble's place takes for the chance of the second arc, over the world."""
        row = self.weights(self.standing()[None])[0]
        net = _skeleton(row)
        return net(_squares(WORLD, WORLD, size))[0, :, 0].sigmoid().unflatten(0, (size, size))

    def still(self) -> str:
        """The land with both ways, and the regions of the network at the marble."""
        return svg(
            2 * SIDE + GAP,
            340,
            self.label,
            window(SIDE, SIDE, *self._land()),
            window(SIDE, SIDE, *self._regions(), left=SIDE + GAP),
            words(("the loss on the plane", 0, 325), ("the network at the marble", SIDE + GAP, 325)),
        )

    def _land(self) -> list[str]:
        spot = placed(*PLANE, 0, 0, SIDE, SIDE)
        top = 1.1 * max(self.profile("straight").max().item(), 0.2)
        ways = {
            way: line(spot(*self.on_way(way, k / 30).tolist()) for k in range(31))
            for way in ("straight", "bent")
        }
        ends = "".join(circle(spot(*place), 7) for place in ((0, 0), (1, 0)))
        marks = [drawn("ink", 2, ways["straight"], dashes="6 5"), drawn("optimizer", 3, ways["bent"])]
        marble = drawn("optimizer", 14, dots([spot(*self.standing().tolist())]))
        return [
            *contours.land(self.heights(40).clamp(max=top), SIDE, SIDE),
            *marks,
            drawn("ink", 2.5, ends),
            marble,
        ]

    def _regions(self) -> list[str]:
        spot = placed(WORLD, WORLD, 0, 0, SIDE, SIDE)
        size = 46
        rings = contours.at_least(self.answers(size), 0.5)
        scale = SIDE / (size - 1)
        inside = "".join(line((c * scale, SIDE - r * scale) for c, r in ring) + "z" for ring in rings)
        (x, y), second = self.data()[0].T, self.data()[1][:, 0] > 0.5
        of = lambda chosen: list(map(spot, x[chosen].tolist(), y[chosen].tolist()))  # noqa: E731
        hollow = "".join(circle(place, 4) for place in of(~second))
        return [
            filled("line", inside or "M0 0"),
            drawn("data", 9, dots(of(second))),
            drawn("data", 2, hollow),
        ]


def _skeleton(row: Float[Tensor, "weight"] | None = None) -> Any:
    """One network of the right shape; with these weights, if any are given."""
    net = stack(network, (0,))
    if row is not None:
        net.params = named(net, row[None])
    return net


def _squares(across: tuple, upward: tuple, size: int) -> Float[Tensor, "square 2"]:
    """The middles of the squares of a map, rows upward."""
    step = (torch.arange(size, dtype=torch.float64) + 0.5) / size
    y, x = torch.meshgrid(
        upward[0] + (upward[1] - upward[0]) * step, across[0] + (across[1] - across[0]) * step, indexing="ij"
    )
    return torch.stack([x.flatten(), y.flatten()], 1)
