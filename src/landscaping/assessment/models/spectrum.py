"""From calculator to deep network: what is left of a network far away, and a network that is a regression."""

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

Unit = tuple[Real, Real, Real, Real]  # bias, two weights in, one weight out
FAR = 1000.0
CLOSE = 1e-3  # of the largest answer: four digits are enough


def answer(units: list[Unit], offset: Real, first: Real, second: Real) -> Real:
    """The answer of a network of hinges with two inputs."""
    return offset + sum(o * max(0.0, t + u * first + v * second) for t, u, v, o in units)


def three_hinges(chance: Chance) -> Numbers:
    """Three hinges and a direction."""
    drawn: Numbers = {
        "b": chance.whole(-5, 5),
        "p": chance.whole(1, 3),
        "q": chance.sign() * chance.whole(1, 3),
    }
    for name in "123":
        drawn[f"t{name}"] = chance.sign() * chance.whole(1, 6)
        for kind in "uvo":
            drawn[f"{kind}{name}"] = chance.sign() * chance.decimal(0.2, 3, 1)
    return drawn


def units_of(n: Numbers, biases: bool = False) -> list[Unit]:
    """The hinges, with or without their biases."""
    return [(n[f"t{i}"] * biases, n[f"u{i}"], n[f"v{i}"], n[f"o{i}"]) for i in "123"]


def bare(n: Numbers) -> Real:
    """What the network without biases answers to the direction."""
    return answer(units_of(n), 0.0, n["p"], n["q"])


def straight(n: Numbers) -> Real:
    """The same, if no hinge were ever silent."""
    return sum(o * (u * n["p"] + v * n["q"]) for _, u, v, o in units_of(n))


FARAWAY = Exercise(
    label="assess-spectrum-far",
    title="The slope of a network at the horizon",
    section="sec-spectrum-bare",
    udl="1.1",
    minutes=10,
    wording=r"""
A trained network answers

$$
\begin{aligned}
f(x_1,x_2)=@b&@{o1_signed}\,\mathrm{relu}(@t1 @{u1_signed}\,x_1 @{v1_signed}\,x_2)\\
&@{o2_signed}\,\mathrm{relu}(@t2 @{u2_signed}\,x_1 @{v2_signed}\,x_2)\\
&@{o3_signed}\,\mathrm{relu}(@t3 @{u3_signed}\,x_1 @{v3_signed}\,x_2).
\end{aligned}
$$

Walk from the origin in the direction $(@p,@q)$ and do not stop. Which number does $f(@{p}a,@{q}a)/a$ come
to, as $a$ grows without end?
""",
    hand_in="one number",
    draw=three_hinges,
    judge=Value(
        bare,
        (
            Mistake(
                lambda n: answer(units_of(n, True), n["b"], n["p"], n["q"]),
                "That is the answer at the first step of the walk. Divide by $a$, and ask what "
                "becomes of the biases.",
            ),
            Mistake(straight, "You let every hinge speak. Far out, some of them are silent."),
        ),
        within=0.005,
        sane=lambda n: abs(bare(n)) > 0.1,
    ),
    rubric=(
        (2, "the biases, that of the output too, are recognized as what vanishes"),
        (2, "it is said which hinges are silent in this direction, and why"),
        (2, "the checker says right"),
    ),
)


def regression(chance: Chance) -> Numbers:
    """A regression, and what the first unit must be."""
    phi = {f"phi{i}": chance.sign() * chance.decimal(0.3, 5, 1) for i in range(3)}
    return {**phi, "bias": chance.whole(6, 12), "out": chance.whole(2, 6)}


def emulated(n: Numbers) -> Values:
    """Two opposite hinges, shifted as asked."""
    u, v, bias, out = n["phi1"] / n["out"], n["phi2"] / n["out"], n["bias"], n["out"]
    return (bias, u, v, out, -bias, -u, -v, -out, n["phi0"] - out * bias)


def misses(n: Numbers, values: Values, reach: Real) -> list[Real]:
    """How far the network is from the regression at points of a square, in shares of the largest answer."""
    units, places = [values[0:4], values[4:8]], [(a, b) for a in (-1, -0.4, 0.7, 1) for b in (-1, 0.3, 1)]
    true = [n["phi0"] + reach * (n["phi1"] * a + n["phi2"] * b) for a, b in places]
    said = [answer(units, values[8], reach * a, reach * b) for a, b in places]
    size = max(map(abs, true))
    return [(one - other) / size for one, other in zip(said, true, strict=True)]


def no_regression(n: Numbers, values: Values) -> str:
    """What keeps a network from being the regression."""
    if abs(values[0] - n["bias"]) > 1e-6 or abs(values[3] - n["out"]) > 1e-6:
        return "The first unit has not the bias and the outgoing weight that the exercise gives it."
    near, far = misses(n, values, 1.0), misses(n, values, FAR)
    if max(map(abs, near)) > CLOSE and max(near) - min(near) < CLOSE:
        return "It is off by the same amount everywhere. What does the given bias add?"
    if max(map(abs, near)) > CLOSE:
        return "Already for inputs between -1 and 1 it is another function."
    if max(map(abs, far)) > CLOSE:
        return "It is exact for inputs between -1 and 1, and wrong far away: somewhere a hinge falls silent."
    return ""


REGRESSION = Exercise(
    label="assess-spectrum-regression",
    title="Be a regression, with a unit that is given",
    section="sec-spectrum-by-hand",
    udl="2.2",
    minutes=20,
    wording=r"""
Set a network of two hinges,

$$
f(x_1,x_2)=\beta+\omega_1\,\mathrm{relu}(\theta_1+u_1x_1+v_1x_2)+\omega_2\,\mathrm{relu}(\theta_2+u_2x_1+v_2x_2),
$$

so that it *is* the regression $@phi0 @{phi1_signed}\,x_1 @{phi2_signed}\,x_2$, for all inputs however
large. Somebody has fixed two of its numbers already: $\theta_1=@bias$ and $\omega_1=@out$.
""",
    hand_in=(
        r"nine numbers, $\theta_1,u_1,v_1,\omega_1,\theta_2,u_2,v_2,\omega_2,\beta$; fractions are welcome"
    ),
    draw=regression,
    count=9,
    judge=Holds(
        no_regression,
        emulated,
        (
            (lambda n: (*emulated(n)[:8], n["phi0"]), "same amount"),
            (lambda n: (*emulated(n)[:4], 0.0, 0.0, 0.0, 0.0, emulated(n)[8]), "far away"),
            (lambda n: (0.0, *emulated(n)[1:]), "first unit"),
            (lambda n: (*emulated(n)[:7], n["out"], emulated(n)[8]), "far away"),
            (lambda n: (n["bias"], 0.0, 0.0, *emulated(n)[3:]), "another function"),
        ),
    ),
    rubric=(
        (2, "two opposite hinges are recognized as a straight line"),
        (2, "the shift by the given bias is taken back somewhere"),
        (2, "the checker says right; one unit that is never silent near the origin earns half"),
    ),
)

EXERCISES = (FARAWAY, REGRESSION)
