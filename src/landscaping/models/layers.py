"""One layer, three sets of trees: dense, untied and tied (a convolution); and nets of one shape made of them.

Every layer takes flat vectors and gives flat vectors, so that the three can stand in each other's place.
A vector of `positions × channels` numbers is read position by position (UDL §10.2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import pad

from landscaping.ensemble import Ensemble, stack

Arm = Literal["dense", "untied", "tied"]


@dataclass(frozen=True)
class Window:
    """Where the units of a layer look: `kernel` neighbours, `stride` apart, zeros beyond both ends."""

    positions: int
    channels: int
    units: int  # output channels: units at each place
    kernel: int = 7
    stride: int = 2

    @property
    def places(self) -> int:
        """Number of output positions."""
        return (self.positions + 2 * self.margin - self.kernel) // self.stride + 1

    @property
    def margin(self) -> int:
        """Zeros on each side, so that the first unit looks at the first position from its middle."""
        return self.kernel // 2

    @property
    def inputs(self) -> int:
        """Numbers that come in."""
        return self.positions * self.channels

    @property
    def outputs(self) -> int:
        """Numbers that go out."""
        return self.places * self.units

    @property
    def seen(self) -> int:
        """Numbers that one unit sees."""
        return self.kernel * self.channels

    def cut(self, x: Float[Tensor, "n inputs"]) -> Float[Tensor, "n places seen"]:
        """What each place sees, side by side: after this, a convolution is a matrix product."""
        wide = pad(x.reshape(len(x), self.positions, self.channels), (0, 0, self.margin, self.margin))
        last = self.stride * (self.places - 1) + 1
        return torch.cat([wide[:, j : j + last : self.stride] for j in range(self.kernel)], dim=2)


class Tied(nn.Module):
    """A convolution: all places share one `weight`, `(seen, units)`."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window = window
        self.weight = drawn(window.seen, window.seen, window.units)
        self.bias = drawn(window.seen, window.units)

    def forward(self, x: Tensor) -> Float[Tensor, "n outputs"]:
        """What a place sees, times the one matrix."""
        return (self.window.cut(x) @ self.weight + self.bias).flatten(1)


class Untied(nn.Module):
    """Every place looks at its neighbours by weights of its own. `weight` is `(places, seen, units)`."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window = window
        self.weight = drawn(window.seen, window.places, window.seen, window.units)
        self.bias = drawn(window.seen, window.places, window.units)

    def forward(self, x: Float[Tensor, "n inputs"]) -> Float[Tensor, "n outputs"]:
        """What a place sees, times that place's matrix."""
        return (torch.einsum("nps,psu->npu", self.window.cut(x), self.weight) + self.bias).flatten(1)


def drawn(seen: int, *shape: int) -> nn.Parameter:
    """Torch's own start for a layer: evenly in ±1/√seen, for units that see that many numbers."""
    return nn.Parameter((2 * torch.rand(shape) - 1) / seen**0.5)


def untied_from_tied(window: Window, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """Copy one set of weights to every place: `(*seed, seen, units)` to `(*seed, places, seen, units)`."""
    spread = lambda t, dim: t.unsqueeze(dim).repeat_interleave(window.places, dim)  # noqa: E731
    return spread(weight, -3), spread(bias, -2)


def dense_from_untied(window: Window, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """Write each place's weights into a dense matrix that is zero elsewhere: `(*seed, outputs, inputs)`.

    It pushes the unit vectors of the input through `cut`, so that both look at the same positions.
    """
    looks = window.cut(torch.eye(window.inputs, dtype=weight.dtype))  # (inputs, places, seen)
    matrix = torch.einsum("ips,...psu->...pui", looks, weight)
    return matrix.flatten(-3, -2), bias.flatten(-2)


def allowed(window: Window) -> Float[Tensor, "outputs inputs"]:
    """The trees: 1 where a unit may see an input, 0 where a dense weight must stay at zero."""
    everywhere = torch.ones(window.places, window.seen, window.units)
    return dense_from_untied(window, everywhere, everywhere[:, 0])[0]


LAYERS: dict[Arm, Callable[[Window], nn.Module]] = {
    "dense": lambda window: nn.Linear(window.inputs, window.outputs),
    "untied": Untied,
    "tied": Tied,
}


def network(arm: Arm, windows: Sequence[Window], classes: int = 10) -> nn.Sequential:
    """Layers of one arm with hinges between, and a dense read-out: layers 0, 2, … and the last."""
    layers = [part for window in windows for part in (LAYERS[arm](window), nn.ReLU())]
    return nn.Sequential(*layers, nn.Linear(windows[-1].outputs, classes))


def dense_twins(nets: Ensemble, windows: Sequence[Window]) -> Ensemble:
    """Dense networks that compute what these tied or untied ones compute; they share no memory."""
    classes = nets.params[f"{2 * len(windows)}.bias"].shape[-1]
    twins = stack(lambda: network("dense", windows, classes), nets.seeds)
    twins.params = {name: p.clone() for name, p in nets.params.items()}
    for layer, window in enumerate(windows):
        weight, bias = f"{2 * layer}.weight", f"{2 * layer}.bias"
        twins.params[weight], twins.params[bias] = (
            p.clone(memory_format=torch.contiguous_format)  # so that training one leaves the other
            for p in dense_from(window, nets.params[weight], nets.params[bias])
        )
    return twins


def dense_from(window: Window, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """The dense weights of a stack of tied layers, `(seed, seen, units)`, or untied ones, with `places`."""
    untied = (weight, bias) if weight.ndim == 4 else untied_from_tied(window, weight, bias)
    return dense_from_untied(window, *untied)
