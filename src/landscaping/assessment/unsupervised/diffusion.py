"""Destroy slowly, learn to undo: the exact guess, and a schedule that keeps something until late."""

from itertools import pairwise
from math import acos, cos, prod, sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

STEPS = 5


def noisy_point(chance: Chance) -> Numbers:
    """Three steps, a variance of the data, and a noisy point."""
    return {
        "betas": [chance.decimal(0.05, 0.5, 2) for _ in range(3)],
        "variance": chance.decimal(0.2, 4, 1),
        "z": chance.sign() * chance.decimal(0.4, 3, 1),
    }


def left(n: Numbers) -> Real:
    """The share of the variance that is still the data's."""
    return prod(1 - beta for beta in n["betas"])


def guess(n: Numbers, share: Real) -> Real:
    """The exact guess of the clean point, for data that are one normal cloud around zero."""
    return sqrt(share) * n["variance"] * n["z"] / (share * n["variance"] + 1 - share)


GUESS = Exercise(
    label="assess-diffusion-guess",
    title="Which clean point was it?",
    section="sec-diffusion-guess",
    udl="18.3",
    minutes=15,
    wording=r"""
The data are numbers from one normal cloud with mean zero and variance $@variance$. They go through three
steps of the forward process, with $\beta_1,\beta_2,\beta_3=@betas$. A noisy number $z_3=@z$ comes out. What
is the exact guess of the clean one, the mean of all that it may have been?
""",
    hand_in="one number, to three digits",
    draw=noisy_point,
    judge=Value(
        lambda n: guess(n, left(n)),
        (
            Mistake(
                lambda n: n["z"] / sqrt(left(n)),
                "You undid the shrinking and no more. Some of what you see is noise, so the guess "
                "lies nearer to the mean.",
            ),
            Mistake(
                lambda n: sqrt(left(n)) * guess(n, left(n)),
                "The point is shrunk by the *root* of the share of variance that is left.",
            ),
            Mistake(
                lambda n: guess(n, max(0.01, 1 - sum(n["betas"]))),
                "You added the steps up. Each destroys its share of what the others have left, so the "
                "shares multiply.",
            ),
        ),
    ),
    rubric=(
        (2, "the three steps are made one jump"),
        (2, "covariance and variance are put together to the guess"),
        (2, "the checker says right"),
    ),
)


def schedule(chance: Chance) -> Numbers:
    """What must be left after all five steps, and after two."""
    end = chance.decimal(0.02, 0.06, 4)
    return {"end": end, "early": round(cos(0.4 * acos(sqrt(end))) ** 2 - chance.decimal(0.03, 0.08, 2), 2)}


def even_angles(n: Numbers) -> Values:
    """Steps of one angle."""
    whole = acos(sqrt(n["end"]))
    shares = [cos(whole * t / STEPS) ** 2 for t in range(STEPS + 1)]
    return tuple(1 - after / before for before, after in pairwise(shares))


def nearly_even(n: Numbers) -> Values:
    """Steps that all destroy about the same share."""
    beta = 1 - n["end"] ** (1 / STEPS)
    return tuple(beta + (t - 2) * 1e-4 for t in range(STEPS))


def no_schedule(n: Numbers, values: Values) -> str:
    """Which wish five steps do not meet."""
    if min(values) <= 0 or max(values) >= 1:
        return "Each of the five must lie between 0 and 1."
    if any(a >= b for a, b in pairwise(values)):
        return "Each step must be larger than the one before."
    early, end = (prod(1 - beta for beta in values[:count]) for count in (2, STEPS))
    if early < n["early"]:
        return f"After two steps only {early:.3f} of the variance is the data's."
    if abs(end / n["end"] - 1) > 0.01:
        return f"At the end {end:.4f} of the variance is the data's."
    return ""


SCHEDULE = Exercise(
    label="assess-diffusion-schedule",
    title="A schedule of five steps",
    section="sec-diffusion-forward",
    udl="18.2",
    minutes=15,
    wording=r"""
Choose the noise $\beta_1,\dots,\beta_5$ of five steps so that each is larger than the one before, so that
after two steps the data still hold at least $@early$ of the variance, and so that after all five the share
$\alpha_5$ is $@end$, to within one part in a hundred.
""",
    hand_in=r"five numbers, $\beta_1$ to $\beta_5$, to four digits",
    draw=schedule,
    count=STEPS,
    judge=Holds(
        no_schedule,
        even_angles,
        (
            (nearly_even, "After two steps"),
            (lambda n: even_angles(n)[::-1], "larger than the one before"),
            (lambda _: (0.01, 0.02, 0.03, 0.04, 0.05), "At the end"),
            (lambda _: (0.1, 0.2, 0.3, 0.4, 1.0), "between 0 and 1"),
        ),
    ),
    rubric=(
        (2, "the share that is left is written as a product"),
        (2, "it is shown why five equal steps cannot do it"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (GUESS, SCHEDULE)
