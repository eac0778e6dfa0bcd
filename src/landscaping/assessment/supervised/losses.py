"""Every loss is a likelihood: a new noise model, and targets for which three answers are known."""

from math import log
from statistics import fmean, median

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

SLACK = 0.02
LARGEST = 100


def waits(chance: Chance) -> Numbers:
    """Five waiting times and an answer."""
    return {"y": [chance.decimal(0.2, 9, 1) for _ in range(5)], "f": chance.decimal(0.8, 6, 1)}


def pull(n: Numbers) -> Real:
    """The slope of the mean loss along the answer."""
    return 1 / n["f"] - fmean(n["y"]) / n["f"] ** 2


WAITING = Exercise(
    label="assess-losses-waiting",
    title="A loss for waiting times",
    section="sec-losses-recipe",
    udl="5.2",
    minutes=15,
    wording=r"""
Waiting times are never negative, and often follow the density $p(y\mid f)=e^{-y/f}/f$, with $f>0$. Turn it
into a loss by the recipe. A model answers $f=@f$ to everything, and the times were @y_apart. What is the
slope of the *mean* loss along $f$?
""",
    hand_in="one number, to three digits",
    draw=waits,
    judge=Value(
        pull,
        (
            Mistake(lambda n: -pull(n), "The sign is turned. The loss is *minus* the logarithm."),
            Mistake(
                lambda n: -fmean(n["y"]) / n["f"] ** 2,
                "The density has an $f$ in its denominator too. It depends on the answer, so it stays "
                "in the loss.",
            ),
            Mistake(lambda n: 5 * pull(n), "That is the slope of the sum. The exercise asks for the mean."),
            Mistake(lambda n: log(n["f"]) + fmean(n["y"]) / n["f"], "That is the mean loss itself."),
        ),
        sane=lambda n: abs(pull(n)) > 0.02,
    ),
    rubric=(
        (2, "the loss is derived, with both of its terms"),
        (2, "its slope is derived, and it is said which constant would be best"),
        (2, "the checker says right"),
    ),
)


def seven(chance: Chance) -> Numbers:
    """Three summaries of seven targets; the targets themselves are kept back."""
    targets = sorted([chance.decimal(2, 25, 1) for _ in range(6)] + [chance.decimal(40, 98, 1)])
    middle = median(targets)
    away = fmean(abs(y - middle) for y in targets)
    return {"targets": targets, "mean": round(fmean(targets), 2), "middle": middle, "away": round(away, 2)}


def not_such_targets(n: Numbers, values: Values) -> str:
    """Which summary of the targets is not the one asked for."""
    if min(values) < 0 or max(values) > LARGEST:
        return f"Targets must lie between 0 and {LARGEST}."
    middle = median(values)
    if abs(fmean(values) - n["mean"]) > SLACK:
        return f"Squared error would choose {fmean(values):.2f} for these targets."
    if abs(middle - n["middle"]) > SLACK:
        return f"Absolute error would choose {middle:.2f} for these targets."
    away = fmean(abs(y - middle) for y in values)
    if abs(away - n["away"]) > SLACK:
        return f"The most likely spread of Laplace noise is {away:.2f} for these targets."
    return ""


TARGETS = Exercise(
    label="assess-losses-targets",
    title="Targets for three losses",
    section="sec-losses-constant",
    udl="5.3",
    minutes=20,
    wording=r"""
A model may answer one constant only. Find seven targets between $0$ and $100$ such that

- squared error chooses the constant $@mean$,
- absolute error chooses the constant $@middle$,
- and under Laplace noise around this second constant, with density $e^{-|y-f|/b}/2b$, the spread $b$ that
  makes the targets most likely is $@away$.
""",
    hand_in="seven numbers; two hundredths up or down are allowed in each of the three",
    draw=seven,
    count=7,
    judge=Holds(
        not_such_targets,
        lambda n: tuple(n["targets"]),
        (
            (lambda n: (n["middle"],) * 7, "Squared error"),
            (lambda n: (n["mean"],) * 7, "Absolute error"),
            (lambda n: (-1.0, *n["targets"][1:]), "between 0 and"),
            (lambda n: apart(n), "spread of Laplace"),
        ),
    ),
    rubric=(
        (2, "mean and median are assigned to the right losses"),
        (2, "the most likely spread is derived: the mean distance from the median"),
        (2, "the checker says right"),
    ),
)


def apart(n: Numbers) -> Values:
    """Mean and median as asked, and another spread: one target rises as far as one below the middle sinks."""
    y = n["targets"]
    return (y[0] - 1, *y[1:6], y[6] + 1)


EXERCISES = (WAITING, TARGETS)
