"""Linear regions of a network with one hidden layer, counted without any formula."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import comb

from landscaping.models.shallow import Shallow
from landscaping.randomness import born

MOST_UNITS = 12
Hinge = tuple[Fraction, ...]  # weights, then bias, as exact fractions


def zaslavsky(units: int, inputs: int) -> int:
    """Regions into which hinges in general position cut the input space."""
    return sum(comb(units, j) for j in range(inputs + 1))


def exact_hinges(net: Shallow) -> list[Hinge]:
    """Weights and bias of every hidden unit, without rounding: a float is a fraction."""
    weights = net.hidden.weight.tolist()
    biases = net.hidden.bias.tolist() if net.hidden.bias is not None else [0.0] * len(weights)
    return [tuple(map(Fraction, (*row, bias))) for row, bias in zip(weights, biases, strict=True)]


def count_regions(hinges: list[Hinge]) -> int:
    """Regions of the line or the plane: how many patterns of active units occur.

    Asks one point in every piece that the hinges could bound, in exact arithmetic, and counts the
    different answers. Raises `ValueError` for more than two inputs.
    """
    inputs = len(hinges[0]) - 1
    if inputs not in (1, 2):
        raise ValueError(
            f"count_regions got hinges with {inputs} inputs, wants 1 or 2: it looks between them in order"
        )
    points = points_on_line(hinges) if inputs == 1 else points_in_plane(hinges)
    return len({active(hinges, point) for point in points})


def active(hinges: list[Hinge], point: tuple[Fraction, ...]) -> tuple[bool, ...]:
    """Which units are above zero at a point."""
    return tuple(sum(w * x for w, x in zip(hinge, (*point, 1), strict=True)) > 0 for hinge in hinges)


def between(places: list[Fraction]) -> list[Fraction]:
    """One place in each gap between these, one before them all and one after."""
    if not places:
        return [Fraction(0)]
    ends = sorted(set(places))
    return [ends[0] - 1, *((a + b) / 2 for a, b in pairwise(ends)), ends[-1] + 1]


def points_on_line(hinges: list[Hinge]) -> list[tuple[Fraction]]:
    """A point between any two neighbouring joints."""
    return [(place,) for place in between([-bias / weight for weight, bias in hinges])]


def points_in_plane(hinges: list[Hinge]) -> list[tuple[Fraction, Fraction]]:
    """Points between the lines in every upright strip in which no two of them cross."""
    crossings = [crossing(a, b) for a, b in combinations(hinges, 2)]
    strips = between([x for x in crossings if x is not None])
    return [(x, y) for x in strips for y in between([-(a * x + c) / b for a, b, c in hinges])]


def crossing(one: Hinge, other: Hinge) -> Fraction | None:
    """Where along the first input two lines cross; None where they are parallel."""
    (a, b, c), (d, e, f) = one, other
    return None if a * e == b * d else (b * f - c * e) / (a * e - b * d)


@dataclass(frozen=True)
class Counted:
    """One network's regions, counted and foretold."""

    inputs: int
    units: int
    counted: int
    foretold: int


def count_networks(seeds: tuple[int, ...], bias: bool = True) -> list[Counted]:
    """Networks of one to twelve units on one and two inputs, as they are born."""
    return [
        Counted(inputs, units, count_regions(exact_hinges(net)), zaslavsky(units, inputs))
        for seed, inputs, units in product(seeds[:1], (1, 2), range(1, MOST_UNITS + 1))
        for net in [born(lambda u=units, i=inputs: Shallow(u, n_in=i, bias=bias), seed)]
    ]


def count_without_biases(seeds: tuple[int, ...]) -> list[Counted]:
    """The same with all hinges through the origin, which is no general position."""
    return count_networks(seeds, bias=False)
