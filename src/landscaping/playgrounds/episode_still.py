"""An episode on paper: shapes in rows, and the plane of their prototypes beside them."""

from jaxtyping import Float, Int
from torch import Tensor

from landscaping.playgrounds.still_drawing import circle, dots, drawn, line, placed, svg, words

LETTERS = "ABCDE"
SIDE, LEFT = 340, 400  # of the plane, and where it begins
SHAPES = 360  # how wide the rows are


def picture(
    label: str,
    curves: Float[Tensor, "ways shown 40"],
    shots: int,
    named: Int[Tensor, "ways query"],
    spots: Float[Tensor, "ways shown 2"],
    centres: Float[Tensor, "ways 2"],
) -> str:
    """An SVG of both."""
    said = words(("examples to go by, then to be named", 0, 388), ("nearest prototype", LEFT, 388))
    return svg(750, 400, label, _rows(curves, shots, named), _plane(spots, shots, centres), said)


def _rows(curves: Tensor, shots: int, named: Tensor) -> str:
    """Every shape in its cell; the letter of the answer at those to be named."""
    ways, shown, length = curves.shape
    high, wide = SIDE / ways, (SHAPES - 40) / shown
    paths, letters = "", []
    for way in range(ways):
        letters.append((LETTERS[way], 0, round(high * (way + 0.55))))
        for k in range(shown):
            left = 25 + wide * k + 12 * (k >= shots)
            spot = placed((0, length - 1), (-3, 3), left, high * way, wide - 6, high)
            paths += line(spot(i, v) for i, v in enumerate(curves[way, k].tolist()))
            if k >= shots:
                letters.append((LETTERS[named[way, k - shots]], round(left), round(high * way + 18)))
    return drawn("data", 1.5, paths) + words(*letters)


def _plane(spots: Tensor, shots: int, centres: Tensor) -> str:
    """Examples to go by as dots on a line to their prototype, queries as letters."""
    reach = 1.1 * max(spots.abs().max().item(), centres.abs().max().item(), 1e-9)
    spot = placed((-reach, reach), (-reach, reach), LEFT, 0, SIDE, SIDE)
    stars, points, letters = "", [], []
    for way, centre in enumerate(centres.tolist()):
        for place in spots[way, :shots].tolist():
            stars += line([spot(*centre), spot(*place)])
            points.append(spot(*place))
        letters += [_letter(LETTERS[way].lower(), spot(*place)) for place in spots[way, shots:].tolist()]
        letters.append(_letter(LETTERS[way], spot(*centre)))
    rings = "".join(circle(spot(*centre), 12) for centre in centres.tolist())
    return (
        drawn("data", 1, stars) + drawn("data", 6, dots(points)) + drawn("model", 2, rings) + words(*letters)
    )


def _letter(letter: str, at: tuple[float, float]) -> tuple[str, int, int]:
    return letter, round(at[0] - 5), round(at[1] + 5)
