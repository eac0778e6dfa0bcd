"""More parameters than data: weights that shorten, and features that make the peak and take it away."""

from math import acos, cos, hypot, pi, radians, sin, sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value


def two_examples(chance: Chance) -> Numbers:
    """Four features of two examples, and their targets."""
    rows = [[chance.whole(-4, 4) for _ in range(4)] for _ in range(2)]
    return {"h1": rows[0], "h2": rows[1], "y": [chance.sign() * chance.whole(1, 6) for _ in range(2)]}


def squared_length(n: Numbers, features: range) -> Real:
    """The squared length of the shortest weights that fit with these features."""
    one, two = ([n[name][d] for d in features] for name in ("h1", "h2"))
    a, b, c = (
        sum(p * q for p, q in zip(*pair, strict=True)) for pair in ((one, one), (one, two), (two, two))
    )
    y, z = n["y"]
    return (c * y * y - 2 * b * y * z + a * z * z) / (a * c - b * b)


def independent(n: Numbers, features: range) -> bool:
    """Whether the examples differ in more than size, seen by these features."""
    one, two = ([n[name][d] for d in features] for name in ("h1", "h2"))
    return any(one[i] * two[j] != one[j] * two[i] for i in range(len(one)) for j in range(i))


def times(n: Numbers) -> Real:
    """How many times as long the weights are, in squares, with two features as with four."""
    return squared_length(n, range(2)) / squared_length(n, range(4))


SHORTER = Exercise(
    label="assess-double-descent-shorter",
    title="How much shorter do the weights become?",
    section="sec-double-descent-place",
    udl="8.4",
    minutes=20,
    wording=r"""
Two examples have the features $(@h1)$ and $(@h2)$ and the targets @y_apart. With the first two features alone
you stand at the threshold, where one choice of weights fits. With all four there are many that fit, and you
take the shortest. How many times as large is $|\boldsymbol\omega|^2$ at the threshold as with all four?
""",
    hand_in="one number, to three digits",
    draw=two_examples,
    judge=Value(
        times,
        (
            Mistake(
                lambda n: 1 / times(n),
                "You divided the other way round. At the threshold the weights are longer.",
            ),
            Mistake(
                lambda n: sqrt(times(n)), "That compares the lengths. The exercise asks for their squares."
            ),
            Mistake(
                lambda n: squared_length(n, range(2)) / squared_length(n, range(2, 4)),
                "You compared with the last two features alone. The shortest fit shares the work "
                "among all four.",
            ),
        ),
        sane=lambda n: independent(n, range(2)) and independent(n, range(2, 4)) and 1.3 < times(n) < 300,
    ),
    rubric=(
        (2, "the two weights at the threshold are right"),
        (2, "the shortest fit is found: its weights are a sum of the examples' features"),
        (2, "the checker says right, and a sentence says why the ratio cannot be below one"),
    ),
)


def first_feature(chance: Chance) -> Numbers:
    """A first feature of length one, and how low and high the smallest singular value must be."""
    turn = radians(chance.whole(1, 359))
    low = chance.decimal(0.03, 0.2, 2)
    return {
        "a": round(cos(turn), 3),
        "b": round(sin(turn), 3),
        "low": low,
        "high": chance.decimal(0.9, 0.97, 2),
    }


def smallest(columns: list[tuple[Real, Real]]) -> Real:
    """The smallest singular value of a matrix with two rows and these columns."""
    a, b, c = sum(p * p for p, _ in columns), sum(p * q for p, q in columns), sum(q * q for _, q in columns)
    return sqrt(max(0.0, (a + c - hypot(a - c, 2 * b)) / 2))


def columns_of(n: Numbers, values: Values) -> list[tuple[Real, Real]]:
    """All three features."""
    return [(n["a"], n["b"]), (values[0], values[1]), (values[2], values[3])]


def peak_and_descent(n: Numbers) -> Values:
    """A second feature close to the first, and a third across both."""
    apart = acos(1 - (0.75 * n["low"]) ** 2)
    first = acos(max(-1.0, min(1.0, n["a"]))) * (1 if n["b"] >= 0 else -1)
    angles = (first + apart, first + apart / 2 + pi / 2)
    return tuple(part for angle in angles for part in (cos(angle), sin(angle)))


def no_peak(n: Numbers, values: Values) -> str:
    """Which wish two features do not meet."""
    columns = columns_of(n, values)
    if any(abs(hypot(*column) - 1) > 0.01 for column in columns):
        return "Each feature must have length one: the squares of its two numbers add up to one."
    two, three = smallest(columns[:2]), smallest(columns)
    if not n["low"] / 2 <= two <= n["low"]:
        return f"With two features the smallest singular value is {two:.3f}."
    if three < n["high"]:
        return f"With three features the smallest singular value is {three:.3f}."
    return ""


PEAK = Exercise(
    label="assess-double-descent-peak",
    title="Make a peak, and take it away",
    section="sec-double-descent-place",
    udl="8.4",
    minutes=20,
    wording=r"""
There are two examples, so a feature is a pair of numbers. The first feature is $(@a,@b)$, and its length is
one. Add a second feature of length one that makes the threshold dangerous: the smallest singular value of
both is at most $@low$, and at least half of that. Then add a third one, of length one too, that takes the
danger away: now the smallest singular value is at least $@high$.
""",
    hand_in="four numbers, the second feature and then the third, to four digits",
    draw=first_feature,
    count=4,
    judge=Holds(
        no_peak,
        peak_and_descent,
        (
            (lambda n: (-n["b"], n["a"], n["a"], n["b"]), "With two features"),
            (lambda n: (*peak_and_descent(n)[:2], n["a"], n["b"]), "With three features"),
            (lambda n: tuple(2 * part for part in peak_and_descent(n)), "length one"),
        ),
    ),
    rubric=(
        (2, "it is said when two features have a small singular value"),
        (2, "it is said which direction the third feature must bring in"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (SHORTER, PEAK)
