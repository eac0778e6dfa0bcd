"""Move an example and watch the hills: the land, its ripple against cleaner land, and its lowest point."""

from typing import ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor

from landscaping.models import gabor
from landscaping.playgrounds import contours
from landscaping.playgrounds.gabor_land import examples
from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import circle, dots, drawn, line, placed, svg, window, words

LOSSES = {"squared": gabor.loss, "absolute": gabor.absolute_loss}
ENDLESS = 301  # inputs that stand for endlessly many
DRAWS = 40  # whose lowest points are shown together
SIDE, GAP = 300, 20  # of the two maps
_spot = placed(*gabor.LAND, 0, 0, SIDE, SIDE)


class Terrain(Playground):
    """The exact loss surface of UDL's two-parameter Gabor model, shaped by its examples (UDL §6.1).

    The ripple is this land minus that of cleaner examples, both measured from their height at the truth.
    """

    module: ClassVar[str] = "terrain"
    label: ClassVar[str] = "A loss surface that changes with its examples, and its ripple"

    examples = t.Int(28, min=2, max=100).tag(sync=True)
    noise = t.Float(0.1, min=0, max=1).tag(sync=True)
    draw = t.Int(1, min=1, max=9999).tag(sync=True)
    moved = t.List().tag(sync=True)  # [number of the point, x, y] for each that was dragged
    loss = t.Enum(tuple(LOSSES), "squared").tag(sync=True)
    against = t.Enum(("endless", "inputs"), "endless").tag(sync=True)  # clean land: of which inputs
    lowest = t.Enum(("one", "many"), "one").tag(sync=True)  # the lowest point of this draw, or of many

    def data(self) -> tuple[Tensor, Tensor]:
        """The examples of this setting, `(examples,)`, as the browser draws them."""
        return examples(self.examples, self.noise, self.draw, self.moved)

    def cleaner(self) -> tuple[Tensor, Tensor]:
        """The clean examples whose land the ripple is measured against."""
        endless = torch.linspace(*gabor.INPUTS, ENDLESS, dtype=torch.float64)
        x = endless if self.against == "endless" else self.data()[0]
        return x, gabor.gabor(x, _truth())

    def heights(self, size: int = 100) -> Float[Tensor, "size size"]:
        """The land."""
        return gabor.surface(*self.data(), size, LOSSES[self.loss])

    def ripple(self, size: int = 100) -> Float[Tensor, "size size"]:
        """The land minus cleaner land, zero at the truth."""
        height = LOSSES[self.loss]
        step = height(_truth(), *self.data()) - height(_truth(), *self.cleaner())
        return self.heights(size) - gabor.surface(*self.cleaner(), size, height) - step

    def bottom(self) -> Float[Tensor, "2"]:
        """The lowest point of the map."""
        return gabor.lowest(*self.data(), LOSSES[self.loss])

    def bottoms(self, draws: int = DRAWS) -> Float[Tensor, "draw 2"]:
        """The lowest points of so many draws from the first on, with the same points moved."""
        state = {name: value for name, value in self.state().items() if name != "draw"}
        return torch.stack([Terrain(draw=1 + k, **state).bottom() for k in range(draws)])

    def still(self) -> str:
        """The land, its ripple, and the examples with the true wave."""
        maps = [list(contours.land(heights, SIDE, SIDE)) for heights in (self.heights(46), self.ripple(46))]
        radius = 7
        marks = [drawn("ink", 2.5, circle(_spot(*self.bottom().tolist()), radius)), _diamond()]
        wave = torch.linspace(*gabor.INPUTS, 91, dtype=torch.float64)
        true = zip(wave.tolist(), gabor.gabor(wave, _truth()).tolist(), strict=True)
        x, y = (column.tolist() for column in self.data())
        spot = placed(gabor.INPUTS, (-1.2, max(1.2, *y)), 4, 345, 2 * SIDE + GAP - 8, 140)
        return svg(
            2 * SIDE + GAP,
            500,
            self.label,
            window(SIDE, SIDE, *maps[0], *marks),
            window(SIDE, SIDE, *maps[1], _diamond(), left=SIDE + GAP),
            words(("the land", 0, 322), ("its ripple", SIDE + GAP, 322)),
            drawn("quiet", 2, line(spot(*point) for point in true)),
            drawn("data", 7, dots(map(spot, x, y))),
        )


def _truth() -> Float[Tensor, "2"]:
    return torch.tensor(gabor.TRUTH, dtype=torch.float64)


def _diamond() -> str:
    a, b = _spot(*gabor.TRUTH)
    return drawn("ink", 2.5, line([(a, b - 8), (a + 8, b), (a, b + 8), (a - 8, b), (a, b - 8)]))
