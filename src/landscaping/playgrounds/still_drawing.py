"""What every still picture is drawn with: the book's colours, and short paths."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise

from landscaping.charts.theme import DATA, HEIGHT, INK, MODEL, OPTIMIZER, QUIET

Points = Iterable[Sequence[float]]
Range = tuple[float, float]

# The names are the book's variables: the drawing follows the reader's scheme. The colours are for paper.
COLOURS = {
    "data": DATA,
    "model": MODEL,
    "optimizer": OPTIMIZER,
    "ink": INK,
    "quiet": QUIET,
    "line": "#d9d4ca",
    "paper": "#fffefb",
}
COLOURS |= {f"height{band}": colour for band, colour in enumerate(HEIGHT)}


def svg(width: float, height: float, label: str, *inside: str) -> str:
    """A whole picture; its size is the reader's, only its shape is given."""
    box = f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(inside)}</svg>'


def window(width: float, height: float, *inside: str, left: float = 0, top: float = 0) -> str:
    """A part of the picture that cuts what reaches over its edge."""
    place = "".join(f' {name}="{value}"' for name, value in (("x", left), ("y", top)) if value)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f"<svg{place} {size}>{''.join(inside)}</svg>"


def placed(across: Range, upward: Range, left: float, top: float, width: float, height: float) -> Callable:
    """From values to pixels of a frame: a function of two numbers."""
    (a, b), (c, d) = across, upward
    return lambda x, y: (left + width * (x - a) / (b - a), top + height * (d - y) / (d - c))


def colour(name: str) -> str:
    """The book's variable of this name, with its colour on paper."""
    return f"var(--{name},{COLOURS[name]})"


def filled(name: str, d: str) -> str:
    """A closed path in a colour."""
    return f'<path fill="{colour(name)}" d="{d}"/>'


def drawn(name: str, width: float, d: str, dashes: str = "0") -> str:
    """A path as a line in a colour; round at its ends unless dashed."""
    line = (
        'stroke-linecap="round" stroke-linejoin="round"' if dashes == "0" else f'stroke-dasharray="{dashes}"'
    )
    return f'<path fill="none" stroke="{colour(name)}" stroke-width="{width}" {line} d="{d}"/>'


def line(points: Points) -> str:
    """The `d` of a path through whole pixels, each step relative to the last."""
    whole = [(round(a), round(b)) for a, b in points]
    steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(whole) if (a, b) != (c, d)]
    return f"M{whole[0][0]} {whole[0][1]}" + "".join(f"l{a} {b}".replace(" -", "-") for a, b in steps)


def dots(points: Points) -> str:
    """The `d` of a path whose round ends are dots."""
    return "".join(f"M{a:.0f} {b:.0f}h0" for a, b in points)


def circle(centre: Sequence[float], radius: float) -> str:
    """The `d` of a circle."""
    halves = "".join(f"a{radius} {radius} 0 1 0 {way} 0" for way in (2 * radius, -2 * radius))
    return f"M{centre[0] - radius:.1f} {centre[1]:.1f}{halves}"


def words(*texts: tuple[str, float, float]) -> str:
    """Quiet words, each with the place where it begins."""
    begin = f'<g font-size="17" font-family="sans-serif" fill="{colour("quiet")}">'
    return begin + "".join(f'<text x="{x}" y="{y}">{escape(text)}</text>' for text, x, y in texts) + "</g>"
