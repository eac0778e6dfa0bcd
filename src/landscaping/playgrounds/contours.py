"""The land as filled shapes for a drawing: where it is at least so high."""

from collections.abc import Iterator

from torch import Tensor

from landscaping.charts.theme import HEIGHT
from landscaping.playgrounds.still_drawing import filled, line

# A cell's corners in order: (row, column) of lower left, lower right, upper right, upper left.
_CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))
_BELOW = -1e12  # around the land, so that every shape closes at the map's edge


def land(heights: Tensor, width: float, height: float) -> Iterator[str]:
    """Heights `(row, column)`, the lowest row first, in the ramp's colours; outermost middles at the edge."""
    low, high = heights.min().item(), heights.max().item()
    wide, tall = width / (heights.shape[1] - 1), height / (heights.shape[0] - 1)
    yield filled("height0", f"M0 0h{width}v{height}h-{width}z")
    for band in range(1, len(HEIGHT)):
        rings = at_least(heights, low + (high - low) * band / len(HEIGHT))
        on = [[(column * wide, height - row * tall) for column, row in ring] for ring in rings]
        yield filled(f"height{band}", "".join(line(ring) + "z" for ring in on))


def at_least(heights: Tensor, level: float) -> list[list[tuple[float, float]]]:
    """Closed outlines, as (column, row) of the grid, around where the height is `level` or more."""
    grid = _fenced_in(heights.tolist())
    following = {}
    for row in range(len(grid) - 1):
        for column in range(len(grid[0]) - 1):
            following.update(_pieces(grid, row, column, level))
    return _rings(following, grid, level)


def _fenced_in(rows: list[list[float]]) -> list[list[float]]:
    edge = [_BELOW] * (len(rows[0]) + 2)
    return [edge, *([_BELOW, *row, _BELOW] for row in rows), edge]


def _pieces(grid: list, row: int, column: int, level: float) -> dict:
    """The outline's pieces in one cell, edge -> edge, with the high ground to the left of the way."""
    spots = [(row + r, column + c) for r, c in _CORNERS]
    high = [grid[r][c] >= level for r, c in spots]
    edges = [tuple(sorted((spots[k], spots[(k + 1) % 4]))) for k in range(4)]
    leaves = [edges[k] for k in range(4) if high[k] and not high[(k + 1) % 4]]
    enters = [edges[k] for k in range(4) if not high[k] and high[(k + 1) % 4]]
    if len(leaves) == 2 and edges.index(leaves[0]) < edges.index(enters[0]):
        enters.reverse()  # of two high corners across, each keeps its own piece
    return dict(zip(leaves, enters, strict=True))


def _rings(following: dict, grid: list, level: float) -> list[list[tuple[float, float]]]:
    rings = []
    while following:
        start, here = following.popitem()
        ring = [_crossing(start, grid, level)]
        while here != start:
            ring.append(_crossing(here, grid, level))
            here = following.pop(here)
        rings.append(ring)
    return rings


def _crossing(edge: tuple, grid: list, level: float) -> tuple[float, float]:
    (r, c), (s, d) = edge
    share = (level - grid[r][c]) / (grid[s][d] - grid[r][c])
    return c + share * (d - c) - 1, r + share * (s - r) - 1
