"""Few-shot learning: the probability of a query, and a query on which two rules disagree."""

from math import exp, sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

Point = tuple[Real, Real]
MARGIN = 0.01
GRID = [i / 2 for i in range(-6, 19)]


def squared(a: Point, b: Point) -> Real:
    """The squared distance of two points."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def prototype(support: list[Point]) -> Point:
    """The mean of a support."""
    return sum(p[0] for p in support) / len(support), sum(p[1] for p in support) / len(support)


def written(points: list[Point]) -> str:
    """Points as the wording has them."""
    return ", ".join(f"$({a:g}, {b:g})$" for a, b in points)


def shown(n: Numbers) -> Numbers:
    """Both supports as words."""
    return {"of_a": written(n["a"]), "of_b": written(n["b"])}


def episode(chance: Chance) -> Numbers:
    """Three shots of two things, and a query among them."""
    points = [(chance.decimal(0, 2, 1), chance.decimal(0, 2, 1)) for _ in range(7)]
    return {"a": points[:3], "b": points[3:6], "query": points[6], "z": written(points[6:])}


def probability(one: Real, other: Real) -> Real:
    """The softmax of two numbers that say how far away two things are."""
    return 1 / (1 + exp(one - other))


def of_a(n: Numbers) -> Real:
    """The probability that the query is A."""
    return probability(*(squared(n["query"], prototype(n[name])) for name in "ab"))


PROBABILITY = Exercise(
    label="assess-few-shot-probability",
    title="How sure is the nearest prototype?",
    section="sec-few-shot-prototypes",
    udl="9.3",
    minutes=10,
    wording=r"""
An episode with two ways and three shots, in an embedding of two dimensions. The support of A is @of_a,
that of B is @of_b. The query lies at @z. Which probability does the softmax over negative squared
distances to the prototypes give to A?
""",
    hand_in="one number between 0 and 1, to three digits",
    draw=episode,
    shown=shown,
    judge=Value(
        of_a,
        (
            Mistake(
                lambda n: 1 - of_a(n),
                "That is the probability of B. The nearer prototype gets the larger part.",
            ),
            Mistake(
                lambda n: probability(*(sqrt(squared(n["query"], prototype(n[name]))) for name in "ab")),
                "The distances enter squared.",
            ),
            Mistake(
                lambda n: probability(*(min(squared(n["query"], p) for p in n[name]) for name in "ab")),
                "You measured to the nearest single examples. Take the mean of each support first.",
            ),
        ),
        sane=lambda n: 0.1 < of_a(n) < 0.9,
    ),
    rubric=(
        (2, "both prototypes are right"),
        (2, "the softmax is taken over negative squared distances"),
        (2, "the checker says right"),
    ),
)


def supports(chance: Chance) -> Numbers:
    """Two shots of two things."""
    points = [(float(chance.whole(0, 6)), float(chance.whole(0, 6))) for _ in range(4)]
    return {"a": points[:2], "b": points[2:]}


def leads(n: Numbers, query: Point) -> Point:
    """By how much A's prototype is nearer, and by how much B's nearest example is."""
    by_mean = squared(query, prototype(n["b"])) - squared(query, prototype(n["a"]))
    nearest = {name: min(squared(query, p) for p in n[name]) for name in "ab"}
    return by_mean, nearest["a"] - nearest["b"]


def between(n: Numbers) -> Values:
    """The point of a grid on which the rules disagree most."""
    return max(((u, v) for u in GRID for v in GRID), key=lambda query: min(leads(n, query)))


def agreed(n: Numbers, values: Values) -> str:
    """Which of the two rules does not say what it should."""
    by_mean, by_one = leads(n, (values[0], values[1]))
    if by_mean < MARGIN:
        return "The nearest prototype is B's, or as good as."
    if by_one < MARGIN:
        return "The nearest single example is A's, or as good as."
    return ""


QUARREL = Exercise(
    label="assess-few-shot-quarrel",
    title="Where two rules disagree",
    section="sec-few-shot-prototypes",
    udl="9.3",
    minutes=15,
    wording=r"""
Two ways, two shots. The support of A is @of_a, that of B is @of_b. Find a query that the nearest
*prototype* names A while the nearest *single example* is one of B's. Both should be clear: let the squared
distances differ by at least a hundredth.
""",
    hand_in="two numbers, the place of the query; the checker asks both rules",
    draw=supports,
    count=2,
    shown=shown,
    judge=Holds(
        agreed,
        between,
        (
            (lambda n: prototype(n["b"]), "prototype is B's"),
            (lambda n: n["a"][0], "single example is A's"),
        ),
    ),
    rubric=(
        (2, "the border of the prototypes is written down, and it is straight"),
        (2, "a drawing or a search shows where the nearest example is B's on A's side"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (PROBABILITY, QUARREL)
