"""Zeros and ties: what they save in two layers, and an order of inputs that a convolution does not mind."""

from landscaping.assessment.chance import Chance
from landscaping.assessment.holds import Holds
from landscaping.assessment.record import Exercise, Numbers, Values
from landscaping.assessment.value import Mistake, Value

SPAN = 2  # blocks that a window sees
BLOCKS = 4


def layers(chance: Chance) -> Numbers:
    """Two layers on a ring."""
    return {
        "inputs": 8 * chance.whole(3, 12),
        "window": chance.of((3, 5, 7)),
        "units": chance.whole(4, 16),
        "window2": chance.of((3, 5)),
        "units2": chance.whole(4, 24),
    }


def dense(n: Numbers, bias: int = 1) -> int:
    """Weights and biases of two dense layers of this shape."""
    first, second = n["inputs"] // 2 * n["units"], n["inputs"] // 4 * n["units2"]
    return first * (n["inputs"] + bias) + second * (first + bias)


def tied(n: Numbers, bias: int = 1) -> int:
    """Weights and biases of two convolutions."""
    return n["units"] * (n["window"] + bias) + n["units2"] * (n["window2"] * n["units"] + bias)


def untied(n: Numbers) -> int:
    """The same with a set of weights for each place."""
    first, second = n["units"] * (n["window"] + 1), n["units2"] * (n["window2"] * n["units"] + 1)
    return n["inputs"] // 2 * first + n["inputs"] // 4 * second


def one_unit(n: Numbers) -> int:
    """Two convolutions, if the second saw one unit at each place."""
    return n["units"] * (n["window"] + 1) + n["units2"] * (n["window2"] + 1)


SAVED = Exercise(
    label="assess-inductive-bias-saved",
    title="What two layers save",
    section="sec-inductive-bias-trees",
    udl="10.2",
    minutes=15,
    wording=r"""
A curve of $@inputs$ inputs lies on a ring, so nothing hangs over an edge. The first layer looks at windows
of $@window$ inputs, two positions apart, and has $@units$ units at each place. The second looks at windows
of $@window2$ places of the first, with all their units, two places apart, and has $@units2$ units at each
of its places. All units have a bias. How many times as many numbers may move in two *dense* layers of this
shape as in the *tied* ones?
""",
    hand_in="one number, to three digits",
    draw=layers,
    judge=Value(
        lambda n: dense(n) / tied(n),
        (
            Mistake(
                lambda n: dense(n, 0) / tied(n, 0),
                "You left out the biases. They may move, and they are tied too.",
            ),
            Mistake(
                lambda n: dense(n) / one_unit(n),
                "A window of the second layer holds all units at each of its places, not one.",
            ),
            Mistake(
                lambda n: untied(n) / tied(n),
                "You compared untied with tied. The dense layers lack the zeros too.",
            ),
            Mistake(lambda n: dense(n) / untied(n), "You compared dense with untied. The ties save more."),
        ),
    ),
    rubric=(
        (2, "the number of places and units of each layer is right"),
        (2, "both counts are written down, dense and tied, with their biases"),
        (2, "the checker says right"),
    ),
)


def blocks(chance: Chance) -> Numbers:
    """A stride, and which three inputs must come first."""
    stride = chance.whole(4, 7)
    start = chance.shuffled(range(1, stride + 1))[:3]
    return {"stride": stride, "window": SPAN * stride, "inputs": BLOCKS * stride, "start": start}


def in_blocks(n: Numbers) -> Values:
    """The same new order within every block."""
    stride = n["stride"]
    order = n["start"] + [at for at in range(1, stride + 1) if at not in n["start"]]
    return tuple(float(block * stride + at) for block in range(BLOCKS) for at in order)


def one_block(n: Numbers) -> Values:
    """A new order within the first block only."""
    return in_blocks(n)[: n["stride"]] + tuple(float(at) for at in range(n["stride"] + 1, n["inputs"] + 1))


def follows(n: Numbers, values: Values) -> bool:
    """Whether one kernel in another order answers to the reordered inputs as before, at every place."""
    old, count = [round(at) - 1 for at in values], n["inputs"]
    seen = [
        [(old[(at + j) % count] - at) % count for j in range(n["window"])]
        for at in range(0, count, n["stride"])
    ]
    return max(seen[0]) < n["window"] and all(place == seen[0] for place in seen)


def disturbed(n: Numbers, values: Values) -> str:
    """What is wrong with an order of the inputs."""
    if sorted(values) != [float(at) for at in range(1, n["inputs"] + 1)]:
        return f"An order has each of the numbers 1 to {n['inputs']} once."
    if list(values[:3]) != n["start"]:
        return "The first three positions must hold the inputs that the exercise names."
    if not follows(n, values):
        return (
            "Some place now sees other inputs, or sees them in an order of its own. A tied kernel cannot "
            "follow."
        )
    return ""


ORDER = Exercise(
    label="assess-inductive-bias-order",
    title="An order that a convolution does not mind",
    section="sec-inductive-bias-order",
    udl="10.1",
    minutes=20,
    wording=r"""
A convolution on a ring of $@inputs$ inputs looks at windows of $@window$ inputs, which begin at the inputs
$1$, $1+@stride$, $1+2\cdot@stride$ and so on: its stride is $@stride$. Put the inputs into a new order, in
which the first three positions hold the old inputs $@start$. Yet some other kernel, with the same windows,
must give for *every* signal the same answers at the same places as the old kernel gave before.
""",
    hand_in=(
        "as many whole numbers as there are inputs: for each position, from the first to the last, which "
        "old input it now holds"
    ),
    draw=blocks,
    count=lambda n: n["inputs"],
    judge=Holds(
        disturbed,
        in_blocks,
        (
            (one_block, "A tied kernel"),
            (lambda n: tuple(float(at) for at in range(n["inputs"], 0, -1)), "first three"),
            (lambda n: (1.0,) * n["inputs"], "once"),
        ),
    ),
    rubric=(
        (2, "it is said that every place must be disturbed alike"),
        (2, "it is said why inputs may not leave their block"),
        (2, "the checker says right"),
    ),
)

EXERCISES = (SAVED, ORDER)
