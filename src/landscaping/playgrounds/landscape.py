"""The book's signature: drop marbles on the Gabor model's land; change physics, data and trees."""

from collections.abc import Sequence
from typing import Any, ClassVar

import torch
import traitlets as t
from torch import Tensor

from landscaping.optimization.fences import Forest, Trees
from landscaping.optimization.marbles import RULES, Physics, roll, throws
from landscaping.playgrounds import landscape_still
from landscaping.playgrounds.gabor_land import examples
from landscaping.playgrounds.playground import Playground


class Landscape(Playground):
    """Marbles on the exact loss surface of UDL's two-parameter Gabor model (UDL §6.1).

    `Landscape(rule="momentum", marbles=200)` starts the figure in that setting; in a notebook the
    traits follow what the reader does.
    """

    module: ClassVar[str] = "landscape"
    label: ClassVar[str] = "Marbles on the loss surface of a model with two parameters"

    # data
    examples = t.Int(28, min=4, max=100).tag(sync=True)
    noise = t.Float(0.1, min=0, max=0.5).tag(sync=True)
    draw = t.Int(1, min=1, max=9999).tag(sync=True)
    moved = t.List().tag(sync=True)  # [number of the point, x, y] for each that was dragged
    # model
    trees = t.List().tag(sync=True)  # ["fence" or "tie", φ₀, φ₁, φ₀, φ₁] from start to end
    # optimizer
    rule = t.Enum(RULES, "plain").tag(sync=True)
    rate = t.Float(1.0, min=0.01, max=30).tag(sync=True)
    momentum = t.Float(0.9, min=0, max=0.99).tag(sync=True)
    batch = t.Int(5, min=1, max=100).tag(sync=True)
    steps = t.Int(400, min=1, max=5000).tag(sync=True)
    start = t.List(t.Float(), [-2.5, 8.0], minlen=2, maxlen=2).tag(sync=True)
    marbles = t.Int(1, min=1, max=1000).tag(sync=True)  # one at `start`, or as many thrown at random
    toss = t.Int(1, min=1, max=9999).tag(sync=True)  # which random throw, and which order of batches

    @t.validate("trees")
    def _trees_leave_land(self, proposal: Any) -> list[list]:
        Forest([_trees(row) for row in proposal["value"]])
        return proposal["value"]

    def data(self) -> tuple[Tensor, Tensor]:
        """The examples of this setting, inputs and targets `(examples,)`, as the browser draws them."""
        return examples(self.examples, self.noise, self.draw, self.moved)

    def physics(self) -> Physics:
        """The physics of this setting."""
        return Physics(self.rule, self.rate, self.momentum, self.batch)

    def run(self) -> Tensor:
        """A whole run by torch: `(steps + 1, marbles, 2)`."""
        starts = _double([self.start]) if self.marbles == 1 else throws(self.marbles, self.toss)
        return roll(starts, *self.data(), self.physics(), self.steps, self.forest(), self.toss)

    def forest(self) -> list[Trees]:
        """The trees of this setting."""
        return [_trees(row) for row in self.trees]

    def still(self) -> str:
        """The land with the whole path of a marble (or where many ended), and the data beside it."""
        return landscape_still.picture(*self.data(), self.run(), self.forest(), self.label)


def _trees(row: list) -> Trees:
    kind, *ends = row
    if len(ends) != 4:
        raise ValueError(f"trees {row} are no row: give [kind, φ₀, φ₁, φ₀, φ₁], from start to end")
    a, b, c, d = map(float, ends)
    return Trees(kind, (a, b), (c, d))


def _double(values: Sequence) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)
