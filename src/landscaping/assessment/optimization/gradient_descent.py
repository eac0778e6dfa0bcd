"""How long a step may be: patience along a flat direction, and one rate for two directions."""

from math import ceil, log

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

STEPS = 20
LEFT = 0.05


def three(chance: Chance) -> Numbers:
    """Three curvatures, and how near is near."""
    flat, middle = chance.decimal(0.05, 0.4, 2), chance.decimal(0.6, 3, 1)
    return {
        "flat": flat,
        "middle": middle,
        "steep": chance.whole(8, 40),
        "parts": chance.of((50, 100, 500, 1000)),
    }


def steps(n: Numbers, curvature: Real) -> Real:
    """Steps until the distance along a curvature is small enough, at half the limit."""
    return float(ceil(log(1 / n["parts"]) / log(1 - curvature / n["steep"])))


PATIENCE = Exercise(
    label="assess-gradient-descent-patience",
    title="How long does the flat direction take?",
    section="sec-gradient-descent-directions",
    udl="6.1",
    minutes=10,
    wording=r"""
A quadratic valley has the curvatures $@flat$, $@middle$ and $@steep$. You choose half of the largest
learning rate with which plain descent comes home from everywhere. After how many steps has the distance
along the *flattest* direction, for the first time, come down to one part in $@parts$ of what it was?
""",
    hand_in="one whole number",
    draw=three,
    judge=Value(
        lambda n: steps(n, n["flat"]),
        (
            Mistake(
                lambda n: steps(n, n["flat"]) / 2,
                "Half as many would do at the limit itself, or for the loss, which goes with the "
                "distance squared.",
            ),
            Mistake(lambda n: steps(n, n["middle"]), "You took the middle curvature."),
            Mistake(
                lambda n: (1 - 1 / n["parts"]) * n["steep"] / n["flat"],
                "You let every step be as long as the first. Each step takes its share of what is left.",
            ),
        ),
    ),
    rubric=(
        (2, "the limit comes from the largest curvature, and half of it is taken"),
        (2, "the factor of one step along the flattest direction is right"),
        (2, "the checker says right"),
    ),
)


def valley(chance: Chance) -> Numbers:
    """Two curvatures, one about ten times the other."""
    flat = float(f"{10 ** chance.decimal(-2, 1, 2):.2g}")
    return {"flat": flat, "steep": float(f"{flat * chance.decimal(8, 12, 1):.3g}"), "steps": STEPS}


def too_slow_or_fast(n: Numbers, values: Values) -> str:
    """What a rate does wrong along one of the directions; the steps are really taken."""
    places, crossings = {"flat": 1.0, "steep": 1.0}, 0
    for _ in range(STEPS):
        before = places["steep"]
        places = {name: at - values[0] * n[name] * at for name, at in places.items()}
        crossings += before * places["steep"] < 0
    if abs(places["steep"]) > 1 or abs(places["flat"]) > 1:
        return "The marble ends farther away than it began."
    if crossings < STEPS:
        return f"Along the steep direction the marble crossed the bottom {crossings} times in {STEPS} steps."
    name, at = max(places.items(), key=lambda item: abs(item[1]))
    if abs(at) > LEFT:
        return f"Along the {name} direction a distance of {abs(at):.3f} is left."
    return ""


ONE_RATE = Exercise(
    label="assess-gradient-descent-one-rate",
    title="One rate for two directions",
    section="sec-gradient-descent-limit",
    udl="6.1",
    minutes=15,
    wording=r"""
A quadratic valley has two directions, with the curvatures $@flat$ and $@steep$. Plain descent starts at a
distance of one from the bottom along each. Find a learning rate with which, after $@steps$ steps, both
distances are at most one twentieth, *and* with which the marble jumps across the bottom of the steep
direction at every single step.
""",
    hand_in="one number, the learning rate; the checker takes the steps",
    draw=valley,
    judge=Holds(
        too_slow_or_fast,
        lambda n: (1.5 / n["steep"],),
        (
            (lambda n: (0.9 / n["steep"],), "crossed the bottom"),
            (lambda n: (2.1 / n["steep"],), "farther away"),
            (lambda n: (1.04 / n["steep"],), "flat direction"),
            (lambda n: (1.97 / n["steep"],), "steep direction"),
        ),
    ),
    rubric=(
        (2, "the rates are found at which a step crosses, and at which it flies away"),
        (2, "the flat direction's demand is turned into a lower bound of the rate"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (PATIENCE, ONE_RATE)
