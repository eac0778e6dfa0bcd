"""What the first chapter states, and what would show it wrong."""

from landscaping.claims import Claim, every, mean, median
from landscaping.first_fit import line, network

STEP = Claim(
    label="claim-first-fit-step",
    sentence="One small step against the slope lowers the loss by rate × slope², to within a fiftieth.",
    experiment=line.small_step,
    measure=line.Walk.drop_over_foretold,
    gate=every(at_least=0.98, at_most=1.02),
    control=line.large_step,
    control_is="a rate a hundred times larger",
    unit="of rate × slope²",
)
LINE = Claim(
    label="claim-first-fit-line",
    sentence="Four hundred steps end at the line that algebra finds.",
    experiment=line.long_walk,
    measure=line.Walk.from_algebra,
    gate=every(at_most=1e-6),
    control=line.short_walk,
    control_is="ten steps",
    unit="apart in height or tilt",
)
TEST = Claim(
    label="claim-first-fit-test",
    sentence="After training, the loss on fresh points is on average at least one and a half times the "
    "loss on the points that the network has seen.",
    experiment=network.fit,
    measure=lambda fit: fit.test[-1] / fit.training[-1],
    gate=mean(at_least=1.5),
    control=network.untrained,
    control_is="networks that have taken no step",
    unit="times the training loss",
)
APART = Claim(
    label="claim-first-fit-apart",
    sentence="Two networks that learn from the same points, begun with two seeds, end with weights that are "
    "farther apart than four fifths of their own size.",
    experiment=network.two_starts,
    measure=network.Pair.distance,
    gate=every(at_least=0.8),
    control=network.same_start,
    control_is="two networks begun with one seed",
    unit="of the weights' size",
)
ALIKE = Claim(
    label="claim-first-fit-alike",
    sentence="In the median, the larger of their two test losses is at most twice the smaller.",
    experiment=network.two_starts,
    measure=network.Pair.contrast,
    gate=median(at_most=2.0),
    control=network.one_untrained,
    control_is="one of the two left untrained",
    unit="times as large",
)
REPEAT = Claim(
    label="claim-first-fit-repeat",
    sentence="The same seed gives the same network, to the last digit.",
    experiment=network.same_start,
    measure=lambda pair: pair.distance().max(),
    gate=every(at_most=0.0),
    control=network.two_short_starts,
    control_is="another seed",
    unit="apart",
    exact=True,
)

CLAIMS = (STEP, LINE, TEST, APART, ALIKE, REPEAT)
