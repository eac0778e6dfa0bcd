"""What one hidden layer can draw: the weight of a third hinge, and joints for a square root."""

from itertools import pairwise
from math import sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

PIECES = 5


def four_points(chance: Chance) -> Numbers:
    """Four points from left to right."""
    x = [chance.whole(-3, 2)]
    for _ in range(3):
        x.append(x[-1] + chance.of((0.5, 1, 1.5, 2, 2.5, 4)))
    y = [chance.decimal(-5, 5, 1) for _ in x]
    points = ", ".join(f"$({a:g}, {b:g})$" for a, b in zip(x, y, strict=True))
    return {"x": x, "y": y, "points": points, "c": x[2]}


def slopes(n: Numbers) -> list[Real]:
    """The slopes of the three pieces."""
    x, y = n["x"], n["y"]
    return [(y[i + 1] - y[i]) / (x[i + 1] - x[i]) for i in range(3)]


def turn(n: Numbers) -> Real:
    """What the third hinge must add to the slope."""
    return slopes(n)[2] - slopes(n)[1]


TURN = Exercise(
    label="assess-shallow-networks-turn",
    title="The weight of the third hinge",
    section="sec-shallow-networks-hinges",
    udl="3.1",
    minutes=10,
    wording=r"""
A network of three hidden units joins the four points @points by straight pieces. Every unit rises to the
right with a slope of one, and their joints stand at the first three points: unit three bends at $x=@c$.
Which outgoing weight $\omega_3$ does it need?
""",
    hand_in="one number, to three digits",
    draw=four_points,
    judge=Value(
        turn,
        (
            Mistake(
                lambda n: slopes(n)[2],
                "That is the slope of the last piece. The first two hinges have not stopped: they are "
                "in it already.",
            ),
            Mistake(
                lambda n: slopes(n)[2] - slopes(n)[1] - slopes(n)[0],
                "You took the first slope away as well. The slope of the piece before holds both "
                "hinges together.",
            ),
            Mistake(
                lambda n: -turn(n), "The sign is turned: the slope after the joint, less the slope before it."
            ),
        ),
        sane=lambda n: abs(turn(n)) > 0.1,
    ),
    rubric=(
        (2, "the slopes of the pieces are right"),
        (2, "it is said that a hinge goes on to the right of the next joint"),
        (2, "the checker says right"),
    ),
)


def root(chance: Chance) -> Numbers:
    """A range, and the error that is allowed on it."""
    end = float(f"{10 ** chance.decimal(0.6, 3.6, 2):.3g}")
    return {"end": end, "allowed": float(f"{0.53 * sqrt(end) / PIECES**2:.3g}")}


def joints(n: Numbers, power: Real) -> Values:
    """Joints that crowd towards zero by a power."""
    return tuple(n["end"] * (i / PIECES) ** power for i in range(1, PIECES))


def worst(n: Numbers, values: Values) -> tuple[Real, int]:
    """The largest error of the pieces, and the piece that has it."""
    heights = [sqrt(at) for at in (0.0, *values, n["end"])]
    pairs = pairwise(heights)
    return max(((b - a) ** 2 / (4 * (a + b)), i) for i, (a, b) in enumerate(pairs, 1))


def misplaced(n: Numbers, values: Values) -> str:
    """What is wrong with four joints."""
    ends = (0.0, *values, n["end"])
    if any(a >= b for a, b in pairwise(ends)):
        return f"The joints must stand from left to right, all between 0 and {n['end']:g}."
    error, piece = worst(n, values)
    if error > n["allowed"]:
        return f"Piece {piece} of {PIECES} misses the root by {error:.3g}. No other piece is worse."
    return ""


ROOT = Exercise(
    label="assess-shallow-networks-root",
    title="Four joints for a square root",
    section="sec-shallow-networks-root",
    udl="3.2",
    minutes=15,
    wording=r"""
A network meets $\sqrt x$ at $0$, at $@end$ and at four joints between them, and is straight in between.
Place the joints so that it nowhere misses the root by more than $@allowed$ on the range from $0$ to $@end$.
""",
    hand_in="four numbers, the joints from left to right; the checker measures every piece",
    draw=root,
    count=PIECES - 1,
    judge=Holds(
        misplaced,
        lambda n: joints(n, 4),
        (
            (lambda n: joints(n, 1), "Piece 1"),
            (lambda n: joints(n, 9), "Piece 5"),
            (lambda n: joints(n, 4)[::-1], "left to right"),
        ),
    ),
    rubric=(
        (2, "the error of a piece is computed, by the chapter's formula or on a fine grid"),
        (2, "it is said why the joints must crowd towards zero"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (TURN, ROOT)
