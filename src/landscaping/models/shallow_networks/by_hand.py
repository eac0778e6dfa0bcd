"""Networks whose hinges are set by hand: through given points, a square root, a step."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.models.shallow import Shallow
from landscaping.randomness import stream

UNITS = (1, 2, 4, 8, 16, 32, 64)
CROWDING = 4  # the joints of the square root stand at fourth powers


def slopes_to_changes(slopes: Float[Tensor, "unit"]) -> Float[Tensor, "unit"]:
    """What each joint must add to the slope before it; before the first the curve is flat."""
    return slopes.diff(prepend=torch.zeros_like(slopes[:1]))


def through(x: Float[Tensor, "points"], y: Float[Tensor, "points"], turn=slopes_to_changes) -> Shallow:
    """The network that joins points in order by straight lines: one hinge for each piece."""
    changes = turn(y.diff() / x.diff())
    net = Shallow(len(changes)).to(x.dtype).requires_grad_(False)
    # Both layers share the change evenly, so that descent could go on from here.
    shares = changes.abs().sqrt()
    net.hidden.weight.copy_(shares.unsqueeze(1))
    net.hidden.bias.copy_(-shares * x[:-1])
    net.output.weight.copy_((changes.sign() * shares).unsqueeze(0))
    net.output.bias.copy_(y[:1])
    return net


def root(units: int, crowding: float = CROWDING) -> Shallow:
    """A square root on [0, 1], exact at its joints; they crowd at zero where `crowding` exceeds one."""
    x = (torch.arange(units + 1, dtype=torch.float64) / units) ** crowding
    return through(x, x.sqrt())


def step(slope: float) -> Shallow:
    """A step at zero, from zero to one, as steep as two hinges of this slope are."""
    half = 0.5 / slope
    x = torch.tensor([-half, half, half + 1], dtype=torch.float64)
    return through(x, torch.tensor([0.0, 1.0, 1.0], dtype=torch.float64))


@torch.no_grad()
def worst_root_errors(_: tuple[int, ...] = (), crowding: float = CROWDING) -> Float[Tensor, "width"]:
    """Largest error of the square root on [0, 1] for each number of units, by looking closely."""
    x = torch.linspace(0, 1, 40_001, dtype=torch.float64) ** 8  # closest where the root is steepest
    return torch.stack(
        [(root(units, crowding)(x.unsqueeze(1)).squeeze(1) - x.sqrt()).abs().max() for units in UNITS]
    )


even_root_errors = partial(worst_root_errors, crowding=1.0)


@dataclass(frozen=True)
class Joined:
    """Points, the network that should join them, and what straight lines between them say."""

    net: Shallow
    x: Float[Tensor, "n"]
    lines: Float[Tensor, "n"]

    @torch.no_grad()
    def gap(self) -> float:
        """The largest difference between the network and the lines."""
        return (self.net(self.x.unsqueeze(1)).squeeze(1) - self.lines).abs().max().item()


def join_points(seeds: tuple[int, ...], turn=slopes_to_changes) -> list[Joined]:
    """Ten sets of twenty random points, joined by a network, and by NumPy's interpolation."""
    joined = []
    for draw in range(10):
        source = stream(f"points {draw}", seeds[0])
        x = torch.rand(20, generator=source, dtype=torch.float64).sort().values
        y = torch.randn(20, generator=source, dtype=torch.float64)
        at = torch.linspace(x[0].item(), x[-1].item(), 2001, dtype=torch.float64)
        lines = torch.tensor(np.interp(at.numpy(), x.numpy(), y.numpy()))
        joined.append(Joined(through(x, y, turn), at, lines))
    return joined


def join_by_slopes(seeds: tuple[int, ...]) -> list[Joined]:
    """The mistake: give each hinge its piece's slope, as if the hinges before it had stopped."""
    return join_points(seeds, turn=torch.Tensor.clone)
