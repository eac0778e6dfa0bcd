"""Models that are told most of what they know: a line, and the network that is that line."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.datasets import diabetes, toys
from landscaping.models.shallow import Shallow
from landscaping.models.spectrum.square import SQUARE


@dataclass(frozen=True)
class Line:
    """`y = intercept + weights·x`: everything that a linear regression can say."""

    weights: Float[Tensor, "d"]
    intercept: Float[Tensor, ""]

    def __call__(self, x: Float[Tensor, "n d"]) -> Float[Tensor, "n"]:
        """One answer an example."""
        return self.intercept + x @ self.weights


def least_squares(x: Float[Tensor, "n d"], y: Float[Tensor, "n"]) -> Line:
    """The line with the least squared error; of several, the one with the smallest weights."""
    table = torch.cat([torch.ones_like(x[:, :1]), x], dim=1)
    # `gelsd` also answers where there are fewer examples than unknowns.
    solution = torch.linalg.lstsq(table, y.unsqueeze(1), driver="gelsd").solution.squeeze(1)
    return Line(weights=solution[1:], intercept=solution[0])


def as_network(line: Line) -> Shallow:
    """The network of two hidden units that is this line: relu(z) − relu(−z) = z."""
    net = Shallow(width=2, n_in=len(line.weights)).to(line.weights.dtype)
    with torch.no_grad():
        net.hidden.weight.copy_(torch.stack([line.weights, -line.weights]))
        net.hidden.bias.zero_()
        net.output.weight.copy_(torch.tensor([[1.0, -1.0]]))
        net.output.bias.copy_(line.intercept)
    return net


def line_from_pairs(seeds: tuple[int, ...], examples: int = 3) -> Float[Tensor, "seed"]:
    """How far regressions on a few sums err at a hundred times the range, relative to it."""
    x, true = 100 * SQUARE, 100 * SQUARE.sum(1)
    errors = []
    for seed in seeds:
        pairs, sums = toys.pairs_to_add(examples, 1.0, seed)
        line = least_squares(pairs.double(), sums.double().squeeze(1))
        errors.append((line(x) - true).abs().mean() / 100)
    return torch.stack(errors)


def line_from_two_pairs(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The same regressions with one example too few for their three unknowns."""
    return line_from_pairs(seeds, examples=2)


@dataclass(frozen=True)
class Emulation:
    """A line, a network said to be that line, and the examples on which both are asked."""

    line: Line
    net: Shallow
    x: Float[Tensor, "n d"]

    @torch.no_grad()
    def gap(self) -> float:
        """The largest difference between the two answers."""
        return (self.net(self.x).squeeze(1) - self.line(self.x)).abs().max().item()


def emulate_patients(_: tuple[int, ...] = ()) -> Emulation:
    """The regression on all 442 patients, and its network."""
    patients = diabetes.everything()
    line = least_squares(patients.x, patients.y)
    return Emulation(line, as_network(line), patients.x)


def emulate_with_one_unit(_: tuple[int, ...] = ()) -> Emulation:
    """The same network after the second of its two units was taken away."""
    whole = emulate_patients()
    with torch.no_grad():
        whole.net.output.weight[:, 1] = 0
    return whole
