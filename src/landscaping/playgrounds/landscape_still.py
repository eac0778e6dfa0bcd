"""The landscape on paper: its land in nine heights, the marbles' way, and the data beside it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import torch
from torch import Tensor

from landscaping.charts.theme import DATA, HEIGHT, INK, MODEL, OPTIMIZER, QUIET
from landscaping.models import gabor
from landscaping.optimization.fences import Trees
from landscaping.optimization.marbles import TARGET
from landscaping.playgrounds.contours import at_least

Points = Iterable[Sequence[float]]
SIDE = 360  # of the square that is the land
# Where the data stand: left edge, width, height of zero, height of one.
LEFT, WIDE, MIDDLE, TALL = 400, 250, 100, 58

# The names are the book's variables: the drawing follows the reader's scheme. The colours are for paper.
COLOURS = {
    "data": DATA,
    "model": MODEL,
    "optimizer": OPTIMIZER,
    "ink": INK,
    "quiet": QUIET,
    "paper": "#fffefb",
}
COLOURS |= {f"height{band}": colour for band, colour in enumerate(HEIGHT)}


def picture(x: Tensor, y: Tensor, path: Tensor, trees: Sequence[Trees], label: str) -> str:
    """An SVG of the land and the data; `path` is `(place, marble, 2)`."""
    bottom = gabor.lowest(x, y)
    inside = [*_land(x, y), _target(bottom), *map(_trees, trees), *_marbles(path, bottom)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 400" role="img" aria-label="{label}">'
        f'<svg width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">{"".join(inside)}</svg>'
        f"{_words()}{_data(x, y)}{_curve(path[-1, 0])}</svg>"
    )


def _colour(name: str) -> str:
    return f"var(--{name},{COLOURS[name]})"


def _filled(name: str, d: str) -> str:
    return f'<path fill="{_colour(name)}" d="{d}"/>'


def _drawn(name: str, width: float, d: str, dashes: str = "0") -> str:
    line = (
        'stroke-linecap="round" stroke-linejoin="round"' if dashes == "0" else f'stroke-dasharray="{dashes}"'
    )
    return f'<path fill="none" stroke="{_colour(name)}" stroke-width="{width}" {line} d="{d}"/>'


def _spot(phi: Sequence[float]) -> tuple[float, float]:
    (left, right), (low, high) = gabor.LAND
    return SIDE * (phi[0] - left) / (right - left), SIDE * (high - phi[1]) / (high - low)


def _line(points: Points) -> str:
    """The `d` of a path through whole pixels, each step relative to the last."""
    whole = [(round(a), round(b)) for a, b in points]
    steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(whole) if (a, b) != (c, d)]
    return f"M{whole[0][0]} {whole[0][1]}" + "".join(f"l{a} {b}".replace(" -", "-") for a, b in steps)


def _dots(points: Points) -> str:
    """The `d` of a path whose round ends are dots."""
    return "".join(f"M{a:.0f} {b:.0f}h0" for a, b in points)


def _land(x: Tensor, y: Tensor, size: int = 46) -> Iterable[str]:
    heights = gabor.surface(x, y, size)
    low, high = heights.min().item(), heights.max().item()
    yield _filled("height0", f"M0 0h{SIDE}v{SIDE}h-{SIDE}z")
    for band in range(1, len(HEIGHT)):
        rings = at_least(heights, low + (high - low) * band / len(HEIGHT))
        yield _filled(f"height{band}", "".join(_line(_on_map(ring, size)) + "z" for ring in rings))


def _on_map(ring: Points, size: int) -> Points:
    """From the middles of squares to pixels; the outermost middles stretch to the map's edge."""
    wide = SIDE / (size - 1)
    return [(column * wide, SIDE - row * wide) for column, row in ring]


def _target(bottom: Tensor) -> str:
    (a, b), radius = _spot(bottom.tolist()), SIDE * TARGET / (gabor.LAND[0][1] - gabor.LAND[0][0])
    halves = "".join(f"a{radius} {radius} 0 1 0 {way} 0" for way in (2 * radius, -2 * radius))
    return _drawn("ink", 2, f"M{a - radius:.1f} {b:.1f}{halves}")


def _trees(row: Trees) -> str:
    """A long line through both ends: the land's edge cuts it."""
    (a, b), (c, d) = _spot(row.start), _spot(row.end)
    wide, tall = (2 * SIDE / max(abs(c - a), abs(d - b)) * reach for reach in (c - a, d - b))
    return _drawn("model", 5, f"M{a - wide:.0f} {b - tall:.0f}L{c + wide:.0f} {d + tall:.0f}", dashes="5 7")


def _marbles(path: Tensor, bottom: Tensor) -> Iterable[str]:
    """One marble with its way, or where many ended: full in the target valley, hollow elsewhere."""
    ends = [_spot(end) for end in path[-1].tolist()]
    if len(ends) == 1:
        way = _line([_spot(place) for place in path[:, 0].tolist()])
        drawn = [
            ("paper", 5, way),
            ("optimizer", 2.5, way),
            ("paper", 19, _dots(ends)),
            ("optimizer", 15, _dots(ends)),
        ]
    else:
        home = ((path[-1] - bottom).norm(dim=1) <= TARGET).tolist()
        away = [end for end, there in zip(ends, home, strict=True) if not there]
        drawn = [("paper", 11, _dots(ends)), ("optimizer", 9, _dots(ends)), ("paper", 5, _dots(away))]
    return (_drawn(*one) for one in drawn)


def _words() -> str:
    land, data = "φ₀ from −10 to 10, φ₁ from 2.5 to 22.5", "x from −15 to 15"
    begin = f'<g font-size="17" font-family="sans-serif" fill="{_colour("quiet")}">'
    return f'{begin}<text y="388">{land}</text><text x="{LEFT}" y="215">{data}</text></g>'


def _data_spot(x: float, y: float) -> tuple[float, float]:
    low, high = gabor.INPUTS
    return LEFT + WIDE * (x - low) / (high - low), MIDDLE - TALL * y


def _data(x: Tensor, y: Tensor) -> str:
    axis = _drawn("quiet", 1, f"M{LEFT} {MIDDLE + 90}h{WIDE}")
    return axis + _drawn("data", 7, _dots(map(_data_spot, x.tolist(), y.tolist())))


def _curve(phi: Tensor) -> str:
    """The model at the first marble's end: the curve that its position is."""
    x = torch.linspace(*gabor.INPUTS, 81, dtype=torch.float64)
    return _drawn("optimizer", 2.5, _line(map(_data_spot, x.tolist(), gabor.gabor(x, phi).tolist())))
