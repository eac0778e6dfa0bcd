"""The landscape on paper: its land in nine heights, the marbles' way, and the data beside it."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from landscaping.models import gabor
from landscaping.optimization.fences import Trees
from landscaping.optimization.marbles import TARGET
from landscaping.playgrounds.contours import land
from landscaping.playgrounds.still_drawing import circle, dots, drawn, line, placed, svg, window, words

SIDE = 360  # of the square that is the land
LEFT, WIDE = 400, 250  # where the data stand
_spot = placed(*gabor.LAND, 0, 0, SIDE, SIDE)
_data_spot = placed(gabor.INPUTS, (0, 1), LEFT, 42, WIDE, 58)


def picture(x: Tensor, y: Tensor, path: Tensor, trees: Sequence[Trees], label: str) -> str:
    """An SVG of the land and the data; `path` is `(place, marble, 2)`."""
    bottom = gabor.lowest(x, y)
    hills = land(gabor.surface(x, y, 46), SIDE, SIDE)
    inside = [*hills, _target(bottom), *map(_trees, trees), *_marbles(path, bottom)]
    said = words(
        ("φ₀ from −10 to 10, φ₁ from 2.5 to 22.5", 0, 388),
        ("x from −15 to 15", LEFT, 215),
    )
    return svg(660, 400, label, window(SIDE, SIDE, *inside), said, _data(x, y), _curve(path[-1, 0]))


def _target(bottom: Tensor) -> str:
    radius = SIDE * TARGET / (gabor.LAND[0][1] - gabor.LAND[0][0])
    return drawn("ink", 2, circle(_spot(*bottom.tolist()), radius))


def _trees(row: Trees) -> str:
    """A long line through both ends: the land's edge cuts it."""
    (a, b), (c, d) = _spot(*row.start), _spot(*row.end)
    wide, tall = (2 * SIDE / max(abs(c - a), abs(d - b)) * reach for reach in (c - a, d - b))
    return drawn("model", 5, f"M{a - wide:.0f} {b - tall:.0f}L{c + wide:.0f} {d + tall:.0f}", dashes="5 7")


def _marbles(path: Tensor, bottom: Tensor) -> Iterable[str]:
    """One marble with its way, or where many ended: full in the target valley, hollow elsewhere."""
    ends = [_spot(*end) for end in path[-1].tolist()]
    if len(ends) == 1:
        way = line([_spot(*place) for place in path[:, 0].tolist()])
        strokes = [("paper", 5, way), ("optimizer", 2.5, way)]
        strokes += [("paper", 19, dots(ends)), ("optimizer", 15, dots(ends))]
    else:
        home = ((path[-1] - bottom).norm(dim=1) <= TARGET).tolist()
        away = [end for end, there in zip(ends, home, strict=True) if not there]
        strokes = [("paper", 11, dots(ends)), ("optimizer", 9, dots(ends)), ("paper", 5, dots(away))]
    return (drawn(*one) for one in strokes)


def _data(x: Tensor, y: Tensor) -> str:
    axis = drawn("quiet", 1, f"M{LEFT} 190h{WIDE}")
    return axis + drawn("data", 7, dots(map(_data_spot, x.tolist(), y.tolist())))


def _curve(phi: Tensor) -> str:
    """The model at the first marble's end: the curve that its position is."""
    x = torch.linspace(*gabor.INPUTS, 81, dtype=torch.float64)
    return drawn("optimizer", 2.5, line(map(_data_spot, x.tolist(), gabor.gabor(x, phi).tolist())))
