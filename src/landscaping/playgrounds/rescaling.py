"""One function, many valleys: rescale a small network, watch its valley change, and train on from there."""

from collections.abc import Callable
from math import log10
from typing import ClassVar

import torch
import traitlets as t
from torch import Tensor

from landscaping.generalization.flatness import one_curve
from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import dots, drawn, line, placed, svg, window, words

POWERS = (-3.0, 3.0)  # of two: the factor
SIDE, GAP = 200, 30  # of the three pictures


class Rescaling(Playground):
    """A ReLU network of 25 weights, its layers scaled against one another (Dinh et al. 2017; UDL §20.3)."""

    module: ClassVar[str] = "rescaling"
    label: ClassVar[str] = "A network's curve, a cut through its valley, and its sharpness for every scale"

    network = t.Int(4, min=1, max=999).tag(sync=True)  # which initial weights
    power = t.Float(0.0, min=POWERS[0], max=POWERS[1]).tag(
        sync=True
    )  # of two: what enters the units grows so
    steps = t.Enum(("equal", "shares"), "equal").tag(sync=True)  # of the cut: equal, or shares of each weight
    rate = t.Float(0.05, min=0.005, max=0.2).tag(sync=True)  # of the descent from there

    def weights(self) -> one_curve.Weights:
        """The trained network of this setting, rescaled."""
        return one_curve.rescaled(one_curve.trained(self.network), 2**self.power)

    def sharpness(self) -> float:
        """The largest curvature at these weights."""
        return one_curve.sharpest(self.weights())[0]

    def still(self) -> str:
        """The curve with its examples, the cut, and the sharpness for every factor."""
        here = self.weights()
        frames = (_wave(here), self._valley(here), self._factors())
        windows = [window(SIDE, SIDE, *f, left=(SIDE + GAP) * k) for k, f in enumerate(frames)]
        titles = ("the network", "a cut through its valley", "sharpness by factor")
        said = [(title, (SIDE + GAP) * k, SIDE + 24) for k, title in enumerate(titles)]
        now = (f"factor {2**self.power:.2f}: sharpness {self.sharpness():.3g}", 0, SIDE + 50)
        return svg(3 * SIDE + 2 * GAP, SIDE + 60, self.label, *windows, words(*said, now))

    def _valley(self, here: Tensor) -> list[str]:
        """The cut now, and dashed the cut before rescaling."""
        at = torch.linspace(-0.5, 0.5, 81, dtype=torch.float64)
        spot, relative = placed((-0.5, 0.5), (0, 2), 0, 0, SIDE, SIDE), self.steps == "shares"
        was, now = (
            one_curve.cut(w, one_curve.sharpest(w, relative)[1], at).clamp(max=9)
            for w in (one_curve.trained(self.network), here)
        )
        return [
            drawn("quiet", 1.5, _curve(spot, at, was), dashes="6 5"),
            drawn("optimizer", 2.5, _curve(spot, at, now)),
        ]

    def _factors(self) -> list[str]:
        """Sharpness for every factor, the limit of the rate, and where the network is."""
        spot, first = placed(POWERS, (0, 3.3), 0, 0, SIDE, SIDE), one_curve.trained(self.network)
        powers = torch.linspace(*POWERS, 31, dtype=torch.float64)
        sharp = torch.tensor(
            [one_curve.sharpest(one_curve.rescaled(first, 2**p))[0] for p in powers.tolist()]
        )
        level = log10(2 / self.rate)
        return [
            drawn("model", 2.5, _curve(spot, powers, sharp.log10())),
            drawn("optimizer", 1.75, line([spot(p, level) for p in POWERS]), dashes="6 4"),
            drawn("optimizer", 13, dots([spot(self.power, log10(self.sharpness()))])),
        ]


def _wave(here: Tensor) -> list[str]:
    """The network's curve through its examples."""
    spot = placed((-1.1, 1.1), (-1.5, 1.5), 0, 0, SIDE, SIDE)
    inputs = torch.linspace(-1, 1, 81, dtype=torch.float64)
    examples = dots(spot(*pair) for pair in zip(*(v.tolist() for v in one_curve.wave()), strict=True))
    return [
        drawn("optimizer", 2.5, _curve(spot, inputs, one_curve.answer(here, inputs))),
        drawn("data", 7, examples),
    ]


def _curve(spot: Callable, across: Tensor, upward: Tensor) -> str:
    return line(spot(*pair) for pair in zip(across.tolist(), upward.tolist(), strict=True))
