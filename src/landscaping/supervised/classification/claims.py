"""What the chapter on classification states, and what would show it wrong."""

import torch
from torch import Tensor

from landscaping.claims import Claim, every, mean, median
from landscaping.datasets.digits import CLASSES
from landscaping.supervised.classification import confident, costs, filters, margins, pulls, readers

LEAST, MOST = (CLASSES / (CLASSES - 1)) ** 0.5, 2**0.5  # bounds of slope over error


def outside(ratios: Tensor) -> float:
    """How far slope over error leaves its two bounds, at worst."""
    return torch.maximum(LEAST - ratios, ratios - MOST).max().item()


BOUNDS = Claim(
    label="claim-classification-bounds",
    sentence="Under cross-entropy the slope by ten scores is between √(10/9) and √2 times the error, "
    "whatever the scores.",
    experiment=lambda _: pulls.pull_over_error(pulls.cross_entropy),
    measure=outside,
    gate=every(at_most=1e-9),
    control=lambda _: pulls.pull_over_error(pulls.squared),
    control_is="squared error of the probabilities",
    unit="outside the bounds, at worst",
    statements=("A11",),
    exact=True,
)

LOST = Claim(
    label="claim-classification-lost",
    sentence="Told a wrong label, networks feel squared error least where they are surest: on the surest "
    "tenth of the digits the slope by all weights is at most a twentieth of that on the least sure tenth.",
    experiment=pulls.told_wrong,
    measure=lambda told: told.surest_over_least,
    gate=every(at_most=0.05),
    control=pulls.by_cross_entropy,
    control_is="the slope of cross-entropy in the same networks",
    unit="of the slope on the least sure tenth",
    statements=("A11",),
)

BEND = Claim(
    label="claim-classification-bend",
    sentence="With a thousand digits to learn from, a network with one hidden layer reads more new digits "
    "right than logistic regression: on average at least two fifths of a point.",
    experiment=readers.read,
    measure=lambda read: read.lead("network", "logistic regression"),
    gate=mean(at_least=0.4),
    control=lambda seeds: _renamed(readers.read(seeds), "network", "no bend"),
    control_is="a network as wide without the bend",
    unit="points",
    statements=("B2",),
)

PAIRS = Claim(
    label="claim-classification-pairs",
    sentence="Logistic regression reads more digits right when it separates every pair of digits for itself: "
    "on average at least two fifths of a point more than with ten scores at once.",
    experiment=readers.read,
    measure=lambda read: read.lead("in pairs", "ten at once"),
    gate=mean(at_least=0.4),
    control=lambda seeds: _renamed(readers.read(seeds), "in pairs", "one against the rest"),
    control_is="each digit separated from all the rest",
    unit="points",
)

KERNEL = Claim(
    label="claim-classification-kernel",
    sentence="From a thousand digits a support vector machine with a smooth kernel reads more right than the "
    "network: on average at least four fifths of a point.",
    experiment=readers.read,
    measure=lambda read: read.lead("kernel SVM", "network"),
    gate=mean(at_least=0.8),
    control=lambda seeds: _renamed(readers.read(seeds), "kernel SVM", "narrow kernel"),
    control_is="the same machine with a kernel too narrow",
    unit="points",
    statements=("B2",),
)

SUPPORT = Claim(
    label="claim-classification-support",
    sentence="Fitted again on its support vectors alone, less than half of the examples, the machine decides "
    "all but at most one of the new digits as before.",
    experiment=margins.on_support_vectors,
    measure=lambda found: found.changed + 100 * (found.kept >= 0.5),
    gate=every(at_most=0.13),
    control=margins.on_as_many,
    control_is="as many examples, drawn by chance",
    unit="of a hundred new digits decided otherwise",
)

EARLY = Claim(
    label="claim-classification-early",
    sentence="After eighty messages naive Bayes is ahead of logistic regression without a penalty: on "
    "average at least two points.",
    experiment=filters.filtered,
    measure=lambda found: found.lead("naive Bayes", "logistic regression", filters.FEW),
    gate=mean(at_least=2.0),
    control=lambda seeds: _penalized(filters.filtered(seeds)),
    control_is="logistic regression with an everyday penalty",
    unit="points",
    published="naive Bayes approaches its asymptotic error sooner",
    citation="ng2002discriminative",
    statements=("B2",),
)

LATE = Claim(
    label="claim-classification-late",
    sentence="After two thousand messages whose words come in phrases, logistic regression is ahead of naive "
    "Bayes: on average at least one point.",
    experiment=filters.filtered,
    measure=lambda found: found.lead("logistic regression", "naive Bayes", filters.MANY),
    gate=mean(at_least=1.0),
    control=filters.single_words,
    control_is="mail in which no two words belong together",
    unit="points",
    published="logistic regression has the lower asymptotic error",
    citation="ng2002discriminative",
    statements=("B2",),
)

OVERCOUNTS = Claim(
    label="claim-classification-overcounts",
    sentence="On mail whose words come in phrases, naive Bayes promises on average at least eight points "
    "more than it keeps.",
    experiment=costs.naive,
    measure=lambda found: found.overpromised(),
    gate=mean(at_least=8.0),
    control=costs.naive_on_single_words,
    control_is="mail in which no two words belong together",
    unit="points promised too much",
)

COSTS = Claim(
    label="claim-classification-costs",
    sentence="Where a false alarm costs nine misses, decisions by naive Bayes cost, on average, at most "
    "seventeen twentieths as much once its log-odds are divided by a temperature.",
    experiment=costs.naive,
    measure=lambda found: found.cheaper(),
    gate=mean(at_most=0.85),
    control=costs.naive_on_single_words,
    control_is="mail in which no two words belong together",
    unit="of the cost without a temperature",
)

GROWS = Claim(
    label="claim-classification-grows",
    sentence="Trained on from step 30 to step 1000, networks with a hundred digits have, in the median, at "
    "least one and a half times the cross-entropy on new digits.",
    experiment=confident.trained_long,
    measure=lambda found: found.loss()[-1] / found.loss()[0],
    gate=median(at_least=1.5),
    control=confident.cooled_down,
    control_is="the same scores, divided by a temperature",
    unit="times the cross-entropy",
)

MENDS = Claim(
    label="claim-classification-mends",
    sentence="One temperature, fitted to digits held back, leaves in the median at most three fifths of the "
    "calibration error on other digits.",
    experiment=confident.trained_long,
    measure=lambda found: found.gap(warmed=True)[-1] / found.gap()[-1],
    gate=median(at_most=0.6),
    control=confident.on_its_own,
    control_is="a temperature fitted to the digits that were learned from",
    unit="of the error is left",
    published="a single temperature repairs most of it",
    citation="guo2017calibration",
)


def _renamed(found: readers.Read, reader: str, other: str) -> readers.Read:
    """The same answers, with another reader's in the place of this one."""
    return readers.Read({**found.said, reader: found.said[other]}, found.truth)


def _penalized(found: filters.Filtered) -> filters.Filtered:
    """The same filters, with the penalized one in the place of the free one."""
    held = {("logistic regression", n): found.odds["with a penalty", n] for n in filters.AMOUNTS}
    return filters.Filtered(found.odds | held)


CLAIMS = (
    BOUNDS, LOST, BEND, PAIRS, KERNEL, SUPPORT, EARLY, LATE, OVERCOUNTS, COSTS, GROWS, MENDS,
)  # fmt: skip
