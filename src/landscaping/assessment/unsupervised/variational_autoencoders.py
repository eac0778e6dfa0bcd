"""A latent map: what directions tell, and a guess that costs almost nothing."""

from math import log, sqrt

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

CHEAP = 0.01  # nats


def spectrum(chance: Chance) -> Numbers:
    """Six variances along principal directions, and a noise."""
    variances = sorted((chance.decimal(0.1, 6, 2) for _ in range(6)), reverse=True)
    return {"variances": variances, "noise": chance.decimal(0.6, 1.8, 1)}


def told(n: Numbers) -> list[Real]:
    """What each direction tells, below nothing where it costs more than it explains."""
    return [0.5 * log(v / n["noise"] ** 2) for v in n["variances"]]


def worth_telling(n: Numbers) -> Real:
    """What the directions tell that are worth telling."""
    return sum(nats for nats in told(n) if nats > 0)


NATS = Exercise(
    label="assess-variational-autoencoders-nats",
    title="How much does the map tell?",
    section="sec-variational-autoencoders-collapse",
    udl="17.1",
    minutes=10,
    wording=r"""
Along their six principal directions some pictures have the variances @variances_apart. A straight map with
six latent directions is the best that it can be under a noise of $\sigma=@noise$. How many nats do its latent
directions tell about a picture, all together?
""",
    hand_in="one number, to three digits",
    draw=spectrum,
    judge=Value(
        worth_telling,
        (
            Mistake(
                lambda n: sum(told(n)),
                "You let some directions tell less than nothing. What becomes of a direction below "
                "the noise?",
            ),
            Mistake(lambda n: 2 * worth_telling(n), "One half is missing before the logarithm."),
            Mistake(lambda n: worth_telling(n) / log(10), "A nat belongs to the natural logarithm."),
            Mistake(
                lambda n: sum(max(0.0, 0.5 * log(v / n["noise"])) for v in n["variances"]),
                "Compare variances with a variance: the noise enters squared.",
            ),
        ),
        sane=lambda n: worth_telling(n) > 0.3 and min(told(n)) < 0,
    ),
    rubric=(
        (2, "the directions above and below the noise are told apart"),
        (2, "it is said why a direction below the noise collapses"),
        (2, "the checker says right"),
    ),
)


def decoder(chance: Chance) -> Numbers:
    """A straight decoder with one latent direction and one pixel, and a picture."""
    return {
        "weight": chance.sign() * chance.decimal(0.5, 3, 1),
        "offset": chance.decimal(-2, 2, 1),
        "noise": chance.decimal(0.4, 1.5, 1),
        "x": chance.decimal(-5, 5, 1),
    }


def posterior(n: Numbers) -> Values:
    """Mean and spread of the posterior."""
    total = n["weight"] ** 2 + n["noise"] ** 2
    return n["weight"] * (n["x"] - n["offset"]) / total, n["noise"] / sqrt(total)


def costs(n: Numbers, values: Values) -> tuple[Real, Real]:
    """The price of a guess in nats: what its place costs, and what its spread costs."""
    mean, spread = posterior(n)
    share = (values[1] / spread) ** 2
    return (values[0] - mean) ** 2 / (2 * spread**2), 0.5 * (share - 1 - log(share))


def dear(n: Numbers, values: Values) -> str:
    """What makes a guess cost too much."""
    if values[1] <= 0:
        return f"A spread is above zero. Yours is {values[1]:g}."
    place, spread = costs(n, values)
    if place + spread > CHEAP:
        more = "place" if place > spread else "spread"
        return f"The price is {place + spread:.3f} nats, and most of it comes from the {more} of your guess."
    return ""


GUESS = Exercise(
    label="assess-variational-autoencoders-guess",
    title="A guess that costs nothing",
    section="sec-variational-autoencoders-bound",
    udl="17.5",
    minutes=15,
    wording=r"""
A map has one direction, and its pictures have one pixel. The prior of $z$ is a standard normal, the
decoder's mean is $f(z)=@weight z@{offset_signed}$, and the pixel gets Gaussian noise of spread
$\sigma=@noise$. Somebody shows you the picture $x=@x$. Give a Gaussian guess $q(z)$ for which the price of
the bound, the log-likelihood less the evidence lower bound, is below one hundredth of a nat.
""",
    hand_in=(
        "two numbers, the mean of the guess and its spread (standard deviation); the checker computes the "
        "price"
    ),
    draw=decoder,
    count=2,
    judge=Holds(
        dear,
        posterior,
        (
            (lambda n: ((n["x"] - n["offset"]) / n["weight"], posterior(n)[1]), "place"),
            (lambda n: (posterior(n)[0], posterior(n)[1] ** 2), "spread"),
            (lambda n: (posterior(n)[0], -1.0), "above zero"),
        ),
    ),
    rubric=(
        (2, "the price is recognized as the divergence from the posterior"),
        (2, "mean and variance of the posterior are derived; the prior has its say in both"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (NATS, GUESS)
