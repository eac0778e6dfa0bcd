"""What a real landscape looks like: time on a saddle, and a network renumbered to fit another."""

from math import log, log10, tanh

from landscaping.assessment.chance import Chance, Real
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

UNITS = 5
ASKED = [i / 8 for i in range(-24, 25)]  # inputs at which two networks are compared
ALIKE = 0.03  # of the variance of the answers
Unit = list[Real]  # weight in, bias, weight out


def saddle(chance: Chance) -> Numbers:
    """A learning rate, a curvature that leads down, and how much nearer the second start is."""
    nearer = chance.of((20, 50, 100, 200, 500, 1000, 5000, 10000))
    return {"rate": chance.decimal(0.05, 0.3, 2), "down": chance.decimal(0.5, 3, 1), "nearer": nearer}


def longer(n: Numbers) -> Real:
    """How many steps more the nearer start costs."""
    return log(n["nearer"]) / log(1 + n["rate"] * n["down"])


SADDLE = Exercise(
    label="assess-loss-landscapes-saddle",
    title="The price of starting nearer to a saddle",
    section="sec-loss-landscapes-saddles",
    udl="20.3",
    minutes=10,
    wording=r"""
Descent with a learning rate of $@rate$ leaves a saddle along the direction of its lowest curvature, which
is $-@down$. A second marble starts $@nearer$ times nearer to the saddle, in the same direction. How many
steps later than the first does it come to the same distance?
""",
    hand_in="one number, to three digits; it need not be whole",
    draw=saddle,
    judge=Value(
        longer,
        (
            Mistake(
                lambda n: log(n["nearer"]) / (n["rate"] * n["down"]),
                "That is the rule for steps so small that they make a smooth curve. Here each step "
                "multiplies the distance.",
            ),
            Mistake(
                lambda n: log10(n["nearer"]) / log(1 + n["rate"] * n["down"]),
                "Two kinds of logarithm have met in your fraction.",
            ),
            Mistake(
                lambda n: (
                    log(n["nearer"]) / -log(1 - n["rate"] * n["down"]) if n["rate"] * n["down"] < 1 else 1.0
                ),
                "The curvature is negative: the distance grows by a factor above one.",
            ),
        ),
    ),
    rubric=(
        (2, "the factor by which one step multiplies the distance is right"),
        (2, "the number of steps is seen to be a ratio of logarithms"),
        (2, "the checker says right"),
    ),
)


def pair(chance: Chance) -> Numbers:
    """A network of tanh units, and a stranger that is nearly its renumbered copy."""
    first = [
        [chance.sign() * chance.decimal(0.4, 2.5, 1), chance.decimal(-2, 2, 1), outgoing(chance)]
        for _ in range(UNITS)
    ]
    order = [chance.sign() * unit for unit in chance.shuffled(range(1, UNITS + 1))]
    second: list[Unit] = [[] for _ in range(UNITS)]
    for unit, where in zip(first, order, strict=True):
        sign = 1 if where > 0 else -1
        second[abs(where) - 1] = [round(sign * w + chance.of((-0.1, 0, 0.1)), 1) for w in unit]
    return {"first": first, "second": second, "order": order}


def outgoing(chance: Chance) -> Real:
    """A weight out that can be heard."""
    return chance.sign() * chance.decimal(0.6, 2.5, 1)


def table(n: Numbers) -> Numbers:
    """Both networks as a table of Markdown."""
    head = ["| unit | A: in | A: bias | A: out | B: in | B: bias | B: out |", "| --- " * 7 + "|"]
    rows = zip(n["first"], n["second"], strict=True)
    lines = [f"| {i} | " + " | ".join(f"{w:g}" for w in (*a, *b)) + " |" for i, (a, b) in enumerate(rows, 1)]
    return {"units": "\n".join(head + lines)}


def answers(units: list[Unit]) -> list[Real]:
    """What a network of tanh units answers to all inputs."""
    return [sum(out * tanh(w * x + bias) for w, bias, out in units) for x in ASKED]


def renumbered(n: Numbers, values: Values) -> list[Unit]:
    """Network B in a new order, with the signs of some units turned."""
    return [[w if at > 0 else -w for w in n["second"][abs(round(at)) - 1]] for at in values]


def apart(n: Numbers, values: Values) -> Real:
    """How far the network halfway is from A, as a share of the variance of A's answers."""
    mixed = [
        [(w + v) / 2 for w, v in zip(*units, strict=True)]
        for units in zip(n["first"], renumbered(n, values), strict=True)
    ]
    one, half = answers(n["first"]), answers(mixed)
    mean = sum(one) / len(one)
    return sum((a - b) ** 2 for a, b in zip(one, half, strict=True)) / max(
        sum((a - mean) ** 2 for a in one), 1e-9
    )


def no_fit(n: Numbers, values: Values) -> str:
    """What is wrong with an order of B's units."""
    if sorted(abs(at) for at in values) != list(range(1, UNITS + 1)):
        return f"An order has each of the numbers 1 to {UNITS} once, some with a minus sign."
    far = apart(n, values)
    if far > ALIKE:
        turned = [abs(at) for at in values] == [abs(at) for at in n["order"]]
        also = " The order fits; look at the signs." if turned else ""
        return f"Halfway, the answers are off by {far:.2f} of the variance of A's.{also}"
    return ""


RENUMBER = Exercise(
    label="assess-loss-landscapes-renumber",
    title="Renumber a stranger",
    section="sec-loss-landscapes-barriers",
    udl="20.3",
    minutes=20,
    wording=r"""
Two networks with one input answer $f(x)=\sum_k\omega_k\tanh(w_kx+\theta_k)$. Each has five hidden units;
the table gives their weight $w_k$ in, bias $\theta_k$ and weight $\omega_k$ out.

@units

B is close to a copy of A with its units in another order, and with the signs of some units turned (for
$\tanh(-z)=-\tanh z$). Give B the order and the signs in which the average of both networks, weight by
weight, still answers as A does.
""",
    hand_in=(
        "five numbers: for each unit of A the number of B's unit that belongs to it, negative where signs"
        " must be turned; the checker averages the networks and asks them"
    ),
    draw=pair,
    count=UNITS,
    shown=table,
    judge=Holds(
        no_fit,
        lambda n: tuple(float(at) for at in n["order"]),
        (
            (lambda _: (1.0, 2.0, 3.0, 4.0, 5.0), "Halfway"),
            (lambda n: tuple(float(abs(at)) for at in n["order"]), "look at the signs"),
            (lambda _: (1.0, 1.0, 2.0, 3.0, 4.0), "once"),
        ),
    ),
    rubric=(
        (2, "a measure says how well two units fit, signs included"),
        (2, "the order is found by it, by eye or by a program, and the choice is explained"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (SADDLE, RENUMBER)
