"""Are flat valleys better? A rate that can rest, and two valleys of one function."""

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value


def floor(chance: Chance) -> Numbers:
    """An input, a target, and a place on the floor."""
    return {
        "x": chance.of((0.4, 0.5, 0.6, 0.7, 1.5, 1.8, 2, 2.5, 3)),
        "k": chance.sign() * chance.decimal(0.5, 6, 1),
        "w": chance.decimal(0.4, 4, 1),
    }


def sharpness(n: Numbers, v: Real) -> Real:
    """The largest curvature at a place on the floor, with the input squared left out."""
    return v**2 + n["w"] ** 2


def rests(n: Numbers) -> Real:
    """The rate below which descent can rest."""
    return 2 / (n["x"] ** 2 * sharpness(n, n["k"] / (n["w"] * n["x"])))


REST = Exercise(
    label="assess-flatness-rest",
    title="At which rates can the marble rest here?",
    section="sec-flatness-sharpness",
    udl="20.3",
    minutes=15,
    wording=r"""
A unit passes on $w$ times its input, and an output weight $v$ multiplies the result. The input is $@x$, the
target is $@k$, and the loss is $L(v,w)=\tfrac12(@{x}\,vw@{k_less})^2$. Take the place with $w=@w$ on the
floor of the valley, where the loss is zero. Below which learning rate can plain descent rest there?
""",
    hand_in="one number, to three digits",
    draw=floor,
    judge=Value(
        rests,
        (
            Mistake(
                lambda n: 2 / sharpness(n, n["k"] / (n["w"] * n["x"])),
                "The input is missing. It multiplies every slope of the answer, and so enters squared.",
            ),
            Mistake(lambda n: 2 / rests(n), "That is the sharpness. The limit of the rate follows from it."),
            Mistake(
                lambda n: rests(n) / 2,
                "With that rate one step arrives. Up to twice as much the marble can rest.",
            ),
            Mistake(
                lambda n: 2 / (n["x"] ** 2 * sharpness(n, n["k"] / n["w"])),
                "This place is not on the floor: the answer is input times both weights.",
            ),
        ),
    ),
    rubric=(
        (2, "the other weight follows from the floor's equation"),
        (2, "the Hessian on the floor, or the slopes of the answer, give the sharpness"),
        (2, "the checker says right"),
    ),
)


def product(chance: Chance) -> Numbers:
    """What both weights must multiply to, and a rate."""
    k = chance.sign() * chance.decimal(0.3, 3, 2)
    rate = float(f"{0.5 / abs(k):.2g}")
    return {"k": k, "rate": rate, "small": float(f"{rate / 10:.2g}")}


def two_places(n: Numbers) -> Values:
    """The flattest place, and one far out along the floor."""
    flat, far = abs(n["k"]) ** 0.5, (40 / n["rate"]) ** 0.5
    return (n["k"] / flat, flat, n["k"] / far, far)


def no_such_places(n: Numbers, values: Values) -> str:
    """What is wrong with two places on the floor."""
    v1, w1, v2, w2 = values
    if max(abs(v1 * w1 - n["k"]), abs(v2 * w2 - n["k"])) > 0.002 * abs(n["k"]):
        return (
            f"The two answers are {v1 * w1:.4g} and {v2 * w2:.4g}: they must be one function, the right one."
        )
    if v1**2 + w1**2 >= 2 / n["rate"]:
        return (
            f"At the first place the sharpness is {v1**2 + w1**2:.3g}: descent is thrown out at the larger "
            "rate."
        )
    if v2**2 + w2**2 <= 20 / n["rate"]:
        return (
            f"At the second place the sharpness is {v2**2 + w2**2:.3g}: descent can rest at the smaller rate."
        )
    return ""


PLACES = Exercise(
    label="assess-flatness-places",
    title="One function, a plain and a gorge",
    section="sec-flatness-rescaling",
    udl="20.3",
    minutes=15,
    wording=r"""
A network of two weights answers $vw$, the target is $@k$, and the loss is $\tfrac12(vw@{k_less})^2$. Give two
places where the loss is zero, so that both are the same function. At the first, descent with a learning
rate of $@rate$ can rest. From the second it is thrown out even at $@small$.
""",
    hand_in=r"four numbers, $v_1,w_1,v_2,w_2$, to four digits",
    draw=product,
    count=4,
    judge=Holds(
        no_such_places,
        two_places,
        (
            (lambda n: (*two_places(n)[:2], *two_places(n)[:2]), "second place"),
            (lambda n: (*two_places(n)[2:], *two_places(n)[2:]), "first place"),
            (lambda n: (*two_places(n)[:2], n["k"], 40 / n["rate"]), "one function"),
        ),
    ),
    rubric=(
        (2, "the sharpness on the floor is written down"),
        (2, "it is said why the test error of both places is the same"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (REST, PLACES)
