"""Convolution: two kernels are one, and a kernel that hears what it should and nothing else."""

from math import cos, pi, sin

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

PLACES = range(-3, 4)
SLACK = 0.02  # of the answer to the bent signal: four digits are enough


def two_kernels(chance: Chance) -> Numbers:
    """Two kernels of three."""
    return {name: [chance.sign() * chance.whole(1, 6) for _ in range(3)] for name in ("first", "second")}


def one_kernel(first: list, second: list) -> Values:
    """The kernel of five that does what two of three do in turn."""
    made = [0.0] * 5
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            made[i + j] += a * b
    return tuple(made)


TWO = Exercise(
    label="assess-convolution-two",
    title="Two convolutions are one",
    section="sec-convolution-matrix",
    udl="10.2",
    minutes=10,
    wording=r"""
A signal goes through a convolution with the kernel $(\omega_{-1},\omega_0,\omega_1)=(@first)$. What comes
out goes straight into a second one, with the kernel $(@second)$. There is no bend and no bias between them,
and no edge anywhere near. Together they are a single convolution. Which kernel of five does it have?
""",
    hand_in=r"five numbers, $\omega_{-2}$ to $\omega_2$",
    draw=two_kernels,
    count=5,
    judge=Value(
        lambda n: one_kernel(n["first"], n["second"]),
        (
            Mistake(
                lambda n: one_kernel(n["first"], n["second"][::-1]),
                "You have turned one kernel round. Follow one input, and ask by which two weights it "
                "reaches place $p$.",
            ),
            Mistake(
                lambda n: one_kernel(n["first"], n["second"])[::-1],
                "These are the right weights, from right to left.",
            ),
        ),
    ),
    rubric=(
        (
            2,
            "the second layer is written out in terms of the first layer's inputs, or two matrices "
            "are multiplied",
        ),
        (2, "all products that meet at one neighbour are collected"),
        (2, "the checker says right"),
    ),
)


def requirement(chance: Chance) -> Numbers:
    """What the kernel must answer to a bend, and the wave that it must not hear."""
    return {"bent": chance.sign() * chance.decimal(0.5, 9, 1), "period": chance.whole(3, 12)}


def designed(n: Numbers) -> Values:
    """The symmetric kernel that meets all four wishes."""
    turn = cos(2 * pi / n["period"])
    outer = n["bent"] / (4 * (1 - turn))
    inner = -2 * outer * (1 + turn)
    return (outer, inner, -2 * (outer + inner), inner, outer)


def off(values: Values, signal, wanted: Real) -> Real:
    """How far the answer to a signal is from what is wanted, at its worst place."""
    reach = len(values) // 2
    found = (sum(w * signal(p + j) for j, w in enumerate(values, -reach)) for p in PLACES)
    return max(abs(each - wanted) for each in found)


def misheard(n: Numbers, values: Values) -> str:
    """Which of the signals a kernel answers wrongly."""
    angle, slack = 2 * pi / n["period"], SLACK * abs(n["bent"])
    if off(values, lambda _: 1.0, 0.0) > slack:
        return "A constant signal does not come out as zero. Add up your weights."
    if off(values, float, 0.0) > slack:
        return "It is deaf to constants, but a straight ramp still comes through."
    if off(values, lambda p: float(p * p), n["bent"]) > 2 * slack:
        return "Constants and ramps are gone, but the answer to the bent signal is not the one asked for."
    waves = (lambda p: cos(angle * p), lambda p: sin(angle * p))
    if max(off(values, wave, 0.0) for wave in waves) > slack:
        return f"It still hears the wave that repeats every {n['period']} places."
    return ""


DESIGN = Exercise(
    label="assess-convolution-design",
    title="Design a kernel",
    section="sec-convolution-kernels",
    udl="10.2",
    minutes=20,
    wording=r"""
Find a kernel of five weights that answers at every place

- zero to a constant signal,
- zero to every straight ramp,
- $@bent$ to the bent signal $x_p=p^2$,
- zero to the waves $\cos(2\pi p/@period)$ and $\sin(2\pi p/@period)$, which repeat every $@period$ places.
""",
    hand_in=(
        r"five numbers, $\omega_{-2}$ to $\omega_2$, to four digits; the checker plays the signals to your "
        r"kernel"
    ),
    draw=requirement,
    count=5,
    judge=Holds(
        misheard,
        designed,
        (
            (lambda _: (0.0, 0.0, 1.0, 0.0, 0.0), "constant signal"),
            (lambda n: (0.0, -n["bent"], 0.0, n["bent"], 0.0), "ramp"),
            (lambda n: tuple(2 * w for w in designed(n)), "bent signal"),
            (lambda n: (0.0, n["bent"] / 2, -n["bent"], n["bent"] / 2, 0.0), "wave"),
        ),
    ),
    rubric=(
        (2, "each wish is written as an equation for the weights"),
        (2, "the equations are solved, with symmetry or by a program"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (TWO, DESIGN)
