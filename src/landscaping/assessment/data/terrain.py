"""How examples shape the landscape: enough of them for a small ripple, and errors that do not average out."""

from math import ceil, sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

EXAMPLES = 8


def place(chance: Chance) -> Numbers:
    """A noise, a height of the clean land, and the ripple that is allowed there."""
    noise, height = chance.decimal(0.1, 0.6, 2), chance.decimal(0.3, 2, 2)
    about = chance.whole(150, 2000)
    return {"noise": noise, "height": height, "ripple": float(f"{2 * noise * sqrt(height / about):.2g}")}


def enough(n: Numbers) -> Real:
    """How many examples hold the ripple down, as the law has it."""
    return 4 * n["noise"] ** 2 * n["height"] / n["ripple"] ** 2


RIPPLE = Exercise(
    label="assess-terrain-ripple",
    title="How many examples are enough?",
    section="sec-terrain-ripple",
    udl="8.2",
    minutes=10,
    wording=r"""
The examples carry independent errors of standard deviation $\sigma=@noise$. At a certain place the clean
land has height $@height$. From how many examples on is the standard deviation of the noise's ripple there
no larger than $@ripple$?
""",
    hand_in="one whole number",
    draw=place,
    judge=Value(
        lambda n: float(ceil(enough(n) - 1e-9)),
        (
            Mistake(
                lambda n: enough(n) / 4, "A factor of two is missing. It comes from the square of the loss."
            ),
            Mistake(
                lambda n: 2 * n["noise"] * sqrt(n["height"]) / n["ripple"],
                "That is the root of the number. Independent errors shrink with the root of how many "
                "there are.",
            ),
            Mistake(
                lambda n: 4 * n["noise"] ** 2 / n["ripple"] ** 2,
                "You left the height out. The ripple is stronger on the mountains than in the valley.",
            ),
        ),
    ),
    rubric=(
        (2, "the law of the ripple is stated with all three of its parts"),
        (2, "it is solved for the number of examples, and rounded up"),
        (2, "the checker says right"),
    ),
)


def errors(chance: Chance) -> Numbers:
    """Eight inputs and eight errors."""
    x = [value / 10 for value in chance.shuffled(range(1, 40))[:EXAMPLES]]
    drawn = chance.shuffled(range(-60, 61))[:EXAMPLES]
    n: Numbers = {"x": x, "errors": [value / 100 for value in drawn]}
    return n | {"tilt": float(f"{0.97 * moved(n, in_step(n)):.3f}")}


def in_step(n: Numbers) -> Values:
    """The errors dealt out so that the largest meets the largest input."""
    order = sorted(range(EXAMPLES), key=lambda i: n["x"][i])
    dealt = dict(zip(order, sorted(n["errors"]), strict=True))
    return tuple(dealt[i] for i in range(EXAMPLES))


def moved(n: Numbers, values: Values) -> Real:
    """By how much these errors change the tilt of the line of least squares."""
    mean = sum(n["x"]) / EXAMPLES
    spread = sum((a - mean) ** 2 for a in n["x"])
    return sum((a - mean) * e for a, e in zip(n["x"], values, strict=True)) / spread


def weakly_dealt(n: Numbers, values: Values) -> str:
    """What is wrong with a way to deal out the errors."""
    pairs = zip(sorted(values), sorted(n["errors"]), strict=True)
    if any(abs(a - b) > 1e-6 for a, b in pairs):
        return "These are not the eight errors of the exercise, each once."
    if moved(n, values) < n["tilt"]:
        return f"Dealt out so, they raise the tilt by {moved(n, values):.3f} only."
    return ""


DEALT = Exercise(
    label="assess-terrain-dealt",
    title="The same errors, dealt out badly",
    section="sec-terrain-ripple",
    udl="8.2",
    minutes=15,
    wording=r"""
Eight examples have the inputs @x_apart. Their true answers lie on a line $\phi_0+\phi_1x$. Each answer is
recorded with one of the eight errors @errors_apart, added to it. Independent errors would hardly move the
line of least squares. Deal these out, one to each input, so that its tilt $\phi_1$ comes out too large by at
least $@tilt$.
""",
    hand_in="the eight errors, in the order of the inputs; the checker fits the line",
    draw=errors,
    count=EXAMPLES,
    judge=Holds(
        weakly_dealt,
        in_step,
        (
            (lambda n: tuple(n["errors"]), "raise the tilt by"),
            (lambda n: tuple(sorted(n["errors"])), "raise the tilt by"),
            (lambda n: (*in_step(n)[:-1], 0.77), "not the eight errors"),
        ),
    ),
    rubric=(
        (2, "it is shown how the errors enter the tilt: each times its input's distance from the mean"),
        (2, "it is said why more examples would not help against such errors"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (RIPPLE, DEALT)
