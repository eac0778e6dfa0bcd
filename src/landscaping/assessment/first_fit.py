"""A first fit: one step by hand, and a rate that arrives in time."""

from math import sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

Place = tuple[Real, Real]


def slopes(x: list, y: list, place: Place) -> Place:
    """How steeply the mean squared miss of a line rises along its height and its tilt."""
    misses = [place[0] + place[1] * a - b for a, b in zip(x, y, strict=True)]
    return 2 * sum(misses) / len(x), 2 * sum(m * a for m, a in zip(misses, x, strict=True)) / len(x)


def loss(x: list, y: list, place: Place) -> Real:
    """The mean squared miss of a line."""
    return sum((place[0] + place[1] * a - b) ** 2 for a, b in zip(x, y, strict=True)) / len(x)


def one_step(chance: Chance) -> Numbers:
    """Three examples, a start and a rate."""
    x, y = chance.shuffled(range(-3, 5))[:3], [chance.decimal(-5, 6, 1) for _ in range(3)]
    points = ", ".join(f"$({a}, {b:g})$" for a, b in zip(x, y, strict=True))
    start = {"height": chance.whole(-3, 3), "tilt": chance.whole(-3, 3)}
    return {"x": x, "y": y, "points": points, **start, "rate": chance.of((0.02, 0.05, 0.1, 0.2))}


def tilt_after(n: Numbers, share: Real = 1.0) -> Real:
    """The tilt after one step along `share` of the slope."""
    return n["tilt"] - share * n["rate"] * slopes(n["x"], n["y"], (n["height"], n["tilt"]))[1]


def one_after_the_other(n: Numbers) -> Real:
    """The tilt, when its slope is taken after the height has moved."""
    moved = n["height"] - n["rate"] * slopes(n["x"], n["y"], (n["height"], n["tilt"]))[0]
    return n["tilt"] - n["rate"] * slopes(n["x"], n["y"], (moved, n["tilt"]))[1]


STEP = Exercise(
    label="assess-first-fit-step",
    title="One step from here",
    section="sec-first-fit-step",
    udl="6.1",
    minutes=10,
    wording=r"""
Three examples $(x,y)$ are @points. The model is the line $f(x)=\phi_0+\phi_1x$, the loss is the mean of
the squared misses. You stand at $\phi_0=@height$, $\phi_1=@tilt$ and take one step of gradient descent with
a learning rate of $@rate$. Where is $\phi_1$ now?
""",
    hand_in="one number, to three digits",
    draw=one_step,
    judge=Value(
        tilt_after,
        (
            Mistake(lambda n: tilt_after(n, -1.0), "You went up. A step goes against the slope."),
            Mistake(lambda n: tilt_after(n, 0.5), "The slope of a square has a factor of two."),
            Mistake(lambda n: tilt_after(n, 3.0), "The loss is a mean. Yours is a sum."),
            Mistake(
                one_after_the_other,
                "You moved the height first and then looked again. Both slopes are taken at the same place.",
            ),
        ),
        sane=lambda n: abs(tilt_after(n)) > 0.05,
    ),
    rubric=(
        (2, "the three misses at the start are right"),
        (2, "the slope along the tilt is their mean, each times its input and two"),
        (2, "the step goes against the slope, and the checker says right"),
    ),
)


def land(chance: Chance) -> Numbers:
    """Five points off the middle, and so many steps as the shape of their land asks for."""
    reach = chance.whole(2, 12)  # so that a neighbour's rate seldom fits
    x = [chance.decimal(-reach / 2, reach, 1) for _ in range(5)]
    y = [round(chance.decimal(-2, 2, 1) + a, 1) for a in x]
    flat, steep = curvatures(x)
    points = ", ".join(f"$({a:g}, {b:g})$" for a, b in zip(x, y, strict=True))
    return {"x": x, "y": y, "points": points, "steps": max(5, round(1.9 * steep / max(flat, 0.01)))}


def curvatures(x: list) -> Place:
    """The smallest and the largest curvature of the land of a line."""
    mean, square = sum(x) / len(x), sum(a * a for a in x) / len(x)
    apart = sqrt((1 - square) ** 2 + 4 * mean**2)
    return 1 + square - apart, 1 + square + apart


def lowest(x: list, y: list) -> Real:
    """The smallest loss that a line can have."""
    mean, height = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mean) ** 2 for a in x) or 1.0
    tilt = sum((a - mean) * (b - height) for a, b in zip(x, y, strict=True)) / spread
    return loss(x, y, (height - tilt * mean, tilt))


def left_over(n: Numbers, rate: Real) -> Real:
    """The share of the way down that is left after the steps."""
    place, x, y = (-1.0, -1.0), n["x"], n["y"]
    first, bottom = loss(x, y, place), lowest(x, y)
    for _ in range(n["steps"]):
        slope = slopes(x, y, place)
        place = (place[0] - rate * slope[0], place[1] - rate * slope[1])
        if abs(place[0]) + abs(place[1]) > 1e9:
            return float("inf")
    return (loss(x, y, place) - bottom) / (first - bottom)


def too_far(n: Numbers, values: Values) -> str:
    """What is wrong with a rate."""
    left = left_over(n, values[0])
    if left > 1:
        return "The loss ends higher than it began. Such steps are too long for this land, or they go up."
    if left > 0.001:
        return f"{1000 * left:.1f} in a thousand parts of the way are left. Try larger and smaller rates."
    return ""


def at(share: Real):
    """A rate as a share of one over the largest curvature."""
    return lambda n: (share / curvatures(n["x"])[1],)


RATE = Exercise(
    label="assess-first-fit-rate",
    title="A rate that arrives in time",
    section="sec-first-fit-step",
    udl="6.1",
    minutes=20,
    wording=r"""
Fit a line $f(x)=\phi_0+\phi_1x$ to the five points @points by gradient descent on the mean squared miss.
Start at $\phi_0=\phi_1=-1$ and take $@steps$ steps. Find a learning rate with which no more than a
thousandth of the way down is left: the loss at the end, less the lowest loss that a line can have, is at
most a thousandth of what it was at the start.
""",
    hand_in="one number, the learning rate; the checker takes the steps with it",
    draw=land,
    judge=Holds(
        too_far,
        lambda n: (2 / sum(curvatures(n["x"])),),
        ((at(2.3), "higher than it began"), (at(0.7), "are left"), (at(-0.5), "higher than it began")),
    ),
    rubric=(
        (2, "the descent is written, and its loss falls with a small rate"),
        (2, "the lowest loss is found by least squares or by a long walk"),
        (2, "the checker says right, and a sentence says what happens at twice and at half this rate"),
    ),
)

EXERCISES = (STEP, RATE)
