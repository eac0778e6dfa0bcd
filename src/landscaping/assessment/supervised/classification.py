"""Digits and spam: a temperature, and scores whose slope is as small as their error allows."""

from math import exp, log, sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

CLASSES = 4


def odds(p: Real) -> Real:
    """The log-odds of a probability."""
    return log(p / (1 - p))


def sigmoid(z: Real) -> Real:
    """The probability of log-odds."""
    return 1 / (1 + exp(-z))


def promise(chance: Chance) -> Numbers:
    """What was promised, what was kept, and another promise, in parts of a thousand and of a hundred."""
    return {
        "said": chance.whole(920, 995) / 1000,
        "kept": chance.whole(65, 85),
        "next": chance.whole(700, 900) / 1000,
    }


def mended(n: Numbers) -> Real:
    """The second promise at the temperature that mends the first."""
    return sigmoid(odds(n["next"]) * odds(n["kept"] / 100) / odds(n["said"]))


TEMPERATURE = Exercise(
    label="assess-classification-temperature",
    title="A temperature for a spam filter",
    section="sec-classification-calibration",
    udl="5.4",
    minutes=15,
    wording=r"""
A filter computes the log-odds that a message is spam, and a sigmoid turns them into a probability. When it
says $@said$, only $@kept$ of a hundred such messages are spam. Find the temperature that mends this
promise. What does the filter say at this temperature of a message to which it gave $@next$ before?
""",
    hand_in="one number between 0 and 1, to three digits",
    draw=promise,
    judge=Value(
        mended,
        (
            Mistake(
                lambda n: n["next"] * n["kept"] / 100 / n["said"],
                "You scaled the probability. A temperature divides the log-odds.",
            ),
            Mistake(
                lambda n: sigmoid(odds(n["next"]) * odds(n["said"]) / odds(n["kept"] / 100)),
                "You multiplied by the temperature: now the filter is surer than before.",
            ),
            Mistake(lambda n: 1 - mended(n), "That is the probability of no spam."),
        ),
        within=0.005,
    ),
    rubric=(
        (2, "both probabilities are turned into log-odds"),
        (2, "the temperature is their ratio"),
        (2, "the checker says right"),
    ),
)


def wishes(chance: Chance) -> Numbers:
    """The right class, the error, and the sum of the scores."""
    right, total = chance.whole(1, CLASSES), chance.sign() * chance.decimal(0.5, 9, 1)
    return {"right": right, "error": chance.of((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9, 0.95)), "total": total}


def least(n: Numbers) -> Values:
    """Equal scores for the wrong classes."""
    lead = log((1 - n["error"]) * (CLASSES - 1) / n["error"])
    low = (n["total"] - lead) / CLASSES
    return tuple(low + lead * (k == n["right"]) for k in range(1, CLASSES + 1))


def one_rival(n: Numbers) -> Values:
    """The same error, given to one wrong class almost alone."""
    rival = n["right"] % CLASSES + 1
    shares = {n["right"]: 1 - n["error"], rival: n["error"]}
    scores = [log(shares.get(k, 1e-6)) for k in range(1, CLASSES + 1)]
    shift = (n["total"] - sum(scores)) / CLASSES
    return tuple(z + shift for z in scores)


def slope_and_error(n: Numbers, values: Values) -> tuple[Real, Real]:
    """The size of cross-entropy's slope by the scores, and what the right class lacks."""
    weights = [exp(max(-700.0, z - max(values))) for z in values]
    p = [w / sum(weights) for w in weights]
    wrong = [q for k, q in enumerate(p, 1) if k != n["right"]]
    return sqrt(sum(wrong) ** 2 + sum(q * q for q in wrong)), sum(wrong)


def not_least(n: Numbers, values: Values) -> str:
    """Which wish four scores do not meet."""
    slope, error = slope_and_error(n, values)
    if abs(error - n["error"]) > 0.003:
        return f"With these scores the right class lacks {error:.3f}."
    if slope > 1.002 * sqrt(CLASSES / (CLASSES - 1)) * error:
        return (
            f"The slope is {slope:.4f}. Another way to share the error among the wrong classes makes it "
            "smaller."
        )
    if abs(sum(values) - n["total"]) > 0.02:
        return f"The scores add up to {sum(values):.2f}."
    return ""


SCORES = Exercise(
    label="assess-classification-scores",
    title="The smallest slope for an error",
    section="sec-classification-step",
    udl="5.5",
    minutes=15,
    wording=r"""
A classifier has four classes, and class $@right$ is right. Find four scores with which the softmax leaves
an error of $e=@error$, that is, class $@right$ gets the probability $1-e$; the slope of cross-entropy by
the scores is as small as it can be for this error; and the scores add up to $@total$.
""",
    hand_in="four numbers, the scores of classes one to four, to four digits",
    draw=wishes,
    count=CLASSES,
    judge=Holds(
        not_least,
        least,
        (
            (lambda n: (n["total"] / CLASSES,) * CLASSES, "lacks"),
            (one_rival, "The slope is"),
            (lambda n: tuple(z + 1 for z in least(n)), "add up to"),
        ),
    ),
    rubric=(
        (2, "the slope is written as probabilities, and it is said when their squares add up to least"),
        (2, "the difference of the scores follows from the error, and it is said why their sum is free"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (TEMPERATURE, SCORES)
