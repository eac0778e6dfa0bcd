"""What the chapter on flatness states, and what would show it wrong."""

import torch

from landscaping.claims import Claim, every, interval, median
from landscaping.generalization.flatness import disturbed, rescaling, sharpness


def itself(found: torch.Tensor | float) -> torch.Tensor | float:
    """The experiment's result is the measure."""
    return found


def away_from_one(times: torch.Tensor) -> torch.Tensor:
    """How far a factor is from leaving things as they are."""
    return (times - 1).abs()


def highest(run: rescaling.TrainedOn) -> torch.Tensor:
    """The highest loss on the way, over the loss at its start."""
    return run.loss.amax(0)


def flat_more(pair: disturbed.Pair) -> torch.Tensor:
    """How many more wrong answers the flat network gives."""
    return pair.flat_more


SAME = Claim(
    label="claim-flatness-same",
    sentence="Multiply what enters a ReLU unit by a factor and divide what leaves it by the same: "
    "no answer of the network changes.",
    experiment=rescaling.answers_apart,
    measure=itself,
    gate=every(at_most=1e-12),
    control=rescaling.smooth_answers_apart,
    control_is="tanh units, each rescaled by the same factor",
    unit="of the largest answer",
    published="equivalent models with arbitrarily sharper minima",
    citation="dinh2017sharp",
    exact=True,
    statements=("B11",),
)
SHARPER = Claim(
    label="claim-flatness-sharper",
    sentence="A layer times eight, and the next one over eight, make a trained network at least ten times "
    "sharper.",
    experiment=rescaling.sharpness_growth,
    measure=itself,
    gate=every(at_least=10.0),
    control=rescaling.relative_growth,
    control_is="relative sharpness of the same networks",
    unit="times as sharp",
    published="arbitrarily sharper",
    citation="dinh2017sharp",
    statements=("B11",),
)
INVARIANT = Claim(
    label="claim-flatness-invariant",
    sentence="The same rescaling leaves relative sharpness as it was, to a thousandth.",
    experiment=rescaling.relative_growth,
    measure=away_from_one,
    gate=every(at_most=0.001),
    control=rescaling.sharpness_growth,
    control_is="plain sharpness of the same networks",
    unit="of itself, up or down",
    statements=("B11",),
)
THROWN = Claim(
    label="claim-flatness-thrown",
    sentence="Rescaled above its limit and trained on, a network leaves its valley: the loss at least "
    "triples on the way.",
    experiment=rescaling.trained_on,
    measure=highest,
    gate=every(at_least=3.0),
    control=rescaling.trained_on_as_they_are,
    control_is="the same networks, not rescaled, at the same rate",
    unit="times the loss at the start",
    statements=("B11",),
)
RATE = Claim(
    label="claim-flatness-rate",
    sentence="At one training loss, networks trained at four times the rate are flatter, by a factor of "
    "more than 1.3 in the middle.",
    experiment=sharpness.by_rate,
    measure=itself,
    gate=median(at_least=1.3),
    control=sharpness.by_rate_early,
    control_is="the same networks soon after birth, before any has met its limit",
    unit="times as flat",
    statements=("B11",),
)
EDGE = Claim(
    label="claim-flatness-edge",
    sentence="With all examples in each step, the large rate ends with its sharpness at the limit 2/α.",
    experiment=sharpness.share_of_limit,
    measure=itself,
    gate=every(at_least=0.9, at_most=1.15),
    control=sharpness.share_with_small_rate,
    control_is="a quarter of the rate, at the same training loss",
    unit="of 2/α",
    published="just above 2/α",
    citation="cohen2021gradient",
    statements=("B11",),
)
BATCH = Claim(
    label="claim-flatness-batch",
    sentence="At one training loss and one rate, batches of ten end in flatter places than all examples do.",
    experiment=sharpness.by_batch,
    measure=itself,
    gate=every(at_least=1.15),
    control=sharpness.by_batch_early,
    control_is="the same networks soon after birth",
    unit="times as flat",
    statements=("B11",),
)
BELOW = Claim(
    label="claim-flatness-below",
    sentence="At the large rate, batches of ten keep sharpness well below the limit of full-batch descent.",
    experiment=sharpness.share_with_batches,
    measure=itself,
    gate=every(at_most=0.75),
    control=sharpness.share_of_limit,
    control_is="all examples in each step, at the same rate",
    unit="of 2/α",
    statements=("B11",),
)
WEIGHTS = Claim(
    label="claim-flatness-weights",
    sentence="With errors of one size in all weights, the flat networks read at least two in a hundred "
    "digits more than the sharp ones.",
    experiment=disturbed.in_weights,
    measure=flat_more,
    gate=every(at_most=-2.0),
    control=disturbed.in_rescaled_weights,
    control_is="the same flat networks, rescaled: no answer changed before the errors came",
    unit="points, flat minus sharp",
    statements=("B11",),
)
NOT_BETTER = Claim(
    label="claim-flatness-not-better",
    sentence="On digits never seen, the flat networks are not better than the sharp ones, to one point.",
    experiment=disturbed.on_new_digits,
    measure=flat_more,
    gate=interval(at_least=-1.0),
    control=disturbed.in_weights,
    control_is="errors in the weights in place of new digits",
    unit="points more wrong",
    published="sharpness does not correlate well with generalization",
    citation="andriushchenko2023modern",
    statements=("B11",),
)
TRUE_LABELS = Claim(
    label="claim-flatness-true-labels",
    sentence="After true labels, flat and sharp networks are equally good on digits never seen, to a point.",
    experiment=disturbed.on_new_digits_after_true_labels,
    measure=flat_more,
    gate=interval(at_least=-1.0, at_most=1.0),
    control=disturbed.unmatched,
    control_is="the flat networks stopped at a higher training loss: an unmatched comparison",
    unit="points more wrong",
    statements=("B11",),
)
PIXELS = Claim(
    label="claim-flatness-pixels",
    sentence="On new digits with errors in their pixels, they are not better either, to a point and a half.",
    experiment=disturbed.in_pixels,
    measure=flat_more,
    gate=interval(at_least=-1.5),
    control=disturbed.in_weights,
    control_is="errors in the weights in place of errors in the pixels",
    unit="points more wrong",
    statements=("B11",),
)
NO_ARTEFACT = Claim(
    label="claim-flatness-no-artefact",
    sentence="The flat networks are flatter in relative sharpness, too.",
    experiment=sharpness.relatively_flatter,
    measure=itself,
    gate=median(at_least=1.8),
    control=sharpness.relatively_flatter_early,
    control_is="the same networks soon after birth",
    unit="times as flat, relatively",
    statements=("B11",),
)
CLAIMS = (
    SAME, SHARPER, THROWN, INVARIANT, RATE, EDGE, BATCH, BELOW,
    WEIGHTS, NOT_BETTER, TRUE_LABELS, PIXELS, NO_ARTEFACT,
)  # fmt: skip
