"""Other physics: the scatter of a batch, and constants for momentum."""

from collections.abc import Iterator
from itertools import islice
from math import sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

NEAR = 0.01
MOST = 2000


def data(chance: Chance) -> Numbers:
    """A data set, a batch, and how much the slopes differ."""
    count = 10 * chance.whole(20, 200)
    return {
        "count": count,
        "batch": chance.whole(count // 5, 3 * count // 5),
        "variance": chance.decimal(2, 40, 1),
    }


def variance(n: Numbers) -> Real:
    """The variance of a batch's slope, by the law."""
    return n["variance"] / n["batch"] * (n["count"] - n["batch"]) / (n["count"] - 1)


BATCH = Exercise(
    label="assess-stochastic-gradient-descent-batch",
    title="How far does a batch scatter?",
    section="sec-stochastic-gradient-descent-noise",
    udl="6.2",
    minutes=10,
    wording=r"""
A data set has $@count$ examples. Along some direction the slopes of single examples have a variance of
$@variance$. A batch of $@batch$ examples is drawn, none twice. What is the *standard deviation* of the
batch's slope along this direction?
""",
    hand_in="one number, to three digits",
    draw=data,
    judge=Value(
        lambda n: sqrt(variance(n)),
        (
            Mistake(
                lambda n: sqrt(n["variance"] / n["batch"]),
                "That holds if an example may stand twice in a batch. Here none does, and large "
                "batches scatter less.",
            ),
            Mistake(variance, "That is the variance."),
            Mistake(
                lambda n: sqrt(n["variance"]) / n["batch"],
                "You divided by the batch size and not by its root.",
            ),
        ),
    ),
    rubric=(
        (2, "the mean over a batch is seen to scatter with the root of its size"),
        (2, "the second factor, for batches without repetition, is there"),
        (2, "the checker says right"),
    ),
)


def long_valley(chance: Chance) -> Numbers:
    """The two ends of a long valley, and a number of steps that good constants need."""
    low = float(f"{10 ** chance.decimal(-2.5, 0, 2):.2g}")
    n: Numbers = {"low": low, "high": float(f"{low * chance.whole(60, 400):.3g}")}
    return n | {"steps": round(1.4 * needed(n, polyak(n)))}


def polyak(n: Numbers) -> Values:
    """The best constants for a valley whose ends are known."""
    small, large = sqrt(n["low"]), sqrt(n["high"])
    return (2 / (large + small)) ** 2, ((large - small) / (large + small)) ** 2


def curvatures(n: Numbers) -> list[Real]:
    """Curvatures from one end of the valley to the other."""
    return [n["low"] * (n["high"] / n["low"]) ** (i / 8) for i in range(9)]


def walk(n: Numbers, values: Values) -> Iterator[list[Real]]:
    """How far marbles with momentum are from the bottom, along each curvature, step after step."""
    places, speeds, bends = [1.0] * 9, [0.0] * 9, curvatures(n)
    while True:
        yield [abs(place) for place in places]
        speeds = [values[1] * m + c * p for m, c, p in zip(speeds, bends, places, strict=True)]
        places = [max(-1e9, min(1e9, p - values[0] * m)) for p, m in zip(places, speeds, strict=True)]


def needed(n: Numbers, values: Values) -> int:
    """The number of steps after which all distances are small."""
    return next(
        (count for count, left in enumerate(walk(n, values)) if max(left) < NEAR or count > MOST), MOST
    )


def still_away(n: Numbers, values: Values) -> str:
    """What is wrong with a rate and a momentum."""
    if not 0 <= values[1] < 1:
        return f"The momentum is {values[1]:g}: it says how much of the velocity survives, from 0 to below 1."
    left = next(islice(walk(n, values), n["steps"], None))
    worst = max(range(9), key=lambda i: left[i])
    if left[worst] > 1:
        return f"Along the curvature {curvatures(n)[worst]:.3g} the marble is farther away than it began."
    if left[worst] > NEAR:
        return f"Along the curvature {curvatures(n)[worst]:.3g} a distance of {left[worst]:.3f} is left."
    return ""


MOMENTUM = Exercise(
    label="assess-stochastic-gradient-descent-momentum",
    title="Constants for a long valley",
    section="sec-stochastic-gradient-descent-momentum",
    udl="6.3",
    minutes=20,
    wording=r"""
The curvatures of a quadratic valley lie between $@low$ and $@high$. A marble with momentum starts at rest,
at a distance of one along every direction, and steps by $m\leftarrow\beta m+\text{slope}$,
$\phi\leftarrow\phi-\alpha m$. Find a learning rate $\alpha$ and a momentum $\beta$ with which, after
$@steps$ steps, a hundredth of the distance at most is left along each direction.
""",
    hand_in=r"two numbers, $\alpha$ and $\beta$; the checker lets nine marbles run",
    draw=long_valley,
    count=2,
    judge=Holds(
        still_away,
        polyak,
        (
            (lambda n: (2 / (n["low"] + n["high"]), 0.0), "is left"),
            (lambda n: (2.2 / n["high"], 0.0), "farther away"),
            (lambda n: (polyak(n)[0], 1.0), "survives"),
            (lambda n: (polyak(n)[0] / 30, polyak(n)[1]), "is left"),
        ),
    ),
    rubric=(
        (2, "it is shown that plain descent cannot do it in so few steps"),
        (
            2,
            "the constants are scaled to this valley's largest curvature, or found by a search that "
            "is described",
        ),
        (2, "the checker says right"),
    ),
)

EXERCISES = (BATCH, MOMENTUM)
