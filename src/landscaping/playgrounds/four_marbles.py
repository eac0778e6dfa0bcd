"""Four marbles released together: descent, SGD, momentum and Adam from one point of one land."""

from collections.abc import Callable
from typing import ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor

from landscaping.charts.theme import OTHERS
from landscaping.models import gabor
from landscaping.optimization.marbles import RULES, TARGET, Physics
from landscaping.playgrounds import contours, gabor_land, valley_land
from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import (
    COLOURS,
    circle,
    dots,
    drawn,
    line,
    placed,
    svg,
    window,
    words,
)
from landscaping.small_generator import batches

EXAMPLES = 28
SIDE = 400  # of the square that is the land
NAMES = {"plain": "Descent", "minibatch": "SGD", "momentum": "Momentum", "adam": "Adam"}
_spot = placed(*gabor.LAND, 0, 0, SIDE, SIDE)


class FourMarbles(Playground):
    """Four rules on the Gabor model's land, or in the long valley of a linear model (UDL §6.2–6.4).

    `FourMarbles(land="valley", turn=45)` starts the figure in that setting. Descent, SGD and momentum
    share `rate`; Adam's has other units and is `stride`.
    """

    module: ClassVar[str] = "four_marbles"
    label: ClassVar[str] = "Four marbles, one for each rule, released from the same point of one land"

    land = t.Enum(("wave", "valley"), "wave").tag(sync=True)
    turn = t.Float(0.0, min=0, max=90).tag(sync=True)  # of the valley, in degrees
    noise = t.Float(0.1, min=0, max=0.5).tag(sync=True)
    draw = t.Int(1, min=1, max=9999).tag(sync=True)  # which examples, and which order of batches
    rate = t.Float(1.0, min=0.01, max=10).tag(sync=True)
    stride = t.Float(0.3, min=0.01, max=3).tag(sync=True)
    momentum = t.Float(0.9, min=0, max=0.99).tag(sync=True)
    batch = t.Int(2, min=1, max=EXAMPLES).tag(sync=True)
    batched = t.Enum(("sgd", "three"), "sgd").tag(sync=True)  # who sees batches: SGD, or all but descent
    steps = t.Int(300, min=10, max=1000).tag(sync=True)
    start = t.List(t.Float(), [-2.5, 8.0], minlen=2, maxlen=2).tag(sync=True)

    def data(self) -> tuple[Tensor, Tensor]:
        """The examples of this setting, as the browser draws them: inputs, and answers `(n,)`."""
        if self.land == "wave":
            return gabor_land.examples(EXAMPLES, self.noise, self.draw, [])
        return valley_land.examples(EXAMPLES, self.noise, self.draw, self.turn)

    def height(self) -> Callable:
        """The loss of this land: of places, from inputs and answers."""
        return gabor.loss if self.land == "wave" else valley_land.loss

    def bottom(self) -> Float[Tensor, "2"]:
        """The lowest point of the land."""
        return (gabor if self.land == "wave" else valley_land).lowest(*self.data())

    def run(self) -> Float[Tensor, "place 4 2"]:
        """A whole run by torch: where each rule's marble is before the first step and after each."""
        return torch.stack([self._roll(rule) for rule in RULES], 1)

    def _roll(self, rule: str) -> Float[Tensor, "place 2"]:
        x, y = self.data()
        marble = torch.tensor(self.start, dtype=torch.float64, requires_grad=True)
        rate = self.stride if rule == "adam" else self.rate
        optimizer = Physics(rule, rate, self.momentum).optimizer(marble)
        few = rule == "minibatch" or (rule != "plain" and self.batched == "three")
        order, height, path = batches(len(x), self.batch, self.draw), self.height(), [marble.detach().clone()]
        for _ in range(self.steps):
            seen = next(order) if few else slice(None)
            optimizer.zero_grad()
            height(marble, x[seen], y[seen]).backward()
            optimizer.step()
            path.append(marble.detach().clone())
        return torch.stack(path)

    def still(self) -> str:
        """The land with the four ways, and what each colour stands for."""
        heights = (gabor if self.land == "wave" else valley_land).surface(*self.data(), 46)
        path = self.run().clamp(-100, 100)
        radius = SIDE * TARGET / (gabor.LAND[0][1] - gabor.LAND[0][0])
        target = drawn("ink", 2, circle(_spot(*self.bottom().tolist()), radius))
        ways = [_way(name, path[:, k]) for k, name in enumerate(HUES)]
        land = window(SIDE, SIDE, *contours.land(heights, SIDE, SIDE), target, *ways)
        return svg(660, 430, self.label, land, _legend())


HUES = ("ink", "other2", "optimizer", "other1")
COLOURS |= {"other1": OTHERS[0], "other2": OTHERS[1]}


def _way(name: str, places: Tensor) -> str:
    """One marble's way, with an edge of paper, and the marble where it ends."""
    spots = [_spot(*place) for place in places.tolist()]
    way, end = line(spots), dots(spots[-1:])
    strokes = (("paper", 5, way), (name, 2.5, way), ("paper", 19, end), (name, 15, end))
    return "".join(drawn(*stroke) for stroke in strokes)


def _legend() -> str:
    said = words(*((name, 455, 100 + 50 * k) for k, name in enumerate(NAMES.values())))
    return said + "".join(drawn(hue, 15, dots([(435, 94 + 50 * k)])) for k, hue in enumerate(HUES))
