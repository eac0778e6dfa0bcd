"""What the chapter on double descent states, and what would show it wrong."""

from landscaping.claims import Claim, every, mean
from landscaping.generalization.double_descent import nets, place, widths
from landscaping.generalization.double_descent.nets import NARROW, THRESHOLD, WIDE

PLACE = Claim(
    label="claim-double-descent-place",
    sentence="Add random features one at a time: the smallest singular value is lowest when there are "
    "exactly as many as examples.",
    experiment=place.one_by_one,
    measure=place.place,
    gate=every(at_least=1.0, at_most=1.0),
    control=place.each_twice,
    control_is="the same features, each followed by a copy of itself",
    unit="× the examples",
    exact=True,
)

PEAK = Claim(
    label="claim-double-descent-peak",
    sentence="With as many features as examples, the fit is wrong at least three times as often as the best "
    "with fewer.",
    experiment=widths.clean,
    measure=lambda run: run.at("wrong", widths.EXAMPLES) / run.first_valley("wrong"),
    gate=every(at_least=3.0),
    control=widths.clean_with_ridge,
    control_is="the fits with a ridge",
    unit="times",
    statements=("B8",),
)

BELOW = Claim(
    label="claim-double-descent-below",
    sentence="With ten times as many features as examples it is wrong at most 0.7 times as often as the best "
    "with fewer.",
    experiment=widths.clean,
    measure=lambda run: run.at("wrong", 2000) / run.first_valley("wrong"),
    gate=every(at_most=0.7),
    control=widths.noisy,
    control_is="the fits to noisy labels",
    unit="times",
    statements=("B8",),
)

NEVER = Claim(
    label="claim-double-descent-never",
    sentence="On MNIST-1D the squared error does not come back: at 2,000 features it is at least 1.2 times "
    "that of the best narrow fit.",
    experiment=widths.signals,
    measure=lambda run: run.at("squared", 2000) / run.first_valley("squared"),
    gate=every(at_least=1.2),
    control=widths.clean,
    control_is="digits",
    unit="times",
    statements=("B8",),
)

RIDGE = Claim(
    label="claim-double-descent-ridge",
    sentence="With a ridge the share of wrong answers never rises more than four points above that of a "
    "narrower fit.",
    experiment=widths.clean_with_ridge,
    measure=lambda run: 100 * run.rise("wrong"),
    gate=every(at_most=4.0),
    control=widths.clean_with_faint_ridge,
    control_is="a millionth of this ridge",
    unit="points",
)

NOISE = Claim(
    label="claim-double-descent-noise",
    sentence="A tenth away from the threshold, label noise adds on average at least eight points more to the "
    "error than it adds far beyond.",
    experiment=widths.added_by_noise,
    measure=widths.near_less_far,
    gate=mean(at_least=8.0),
    control=widths.added_by_noise_with_ridge,
    control_is="the fits with a ridge",
    unit="points",
)

RISES = Claim(
    label="claim-double-descent-rises",
    sentence="Trained to the end on noisy labels, nets around their threshold have a test cross-entropy at "
    "least a twentieth above that of narrower nets, on average.",
    experiment=nets.trained,
    measure=lambda run: run.around("cross_entropy", THRESHOLD) / run.around("cross_entropy", NARROW),
    gate=mean(at_least=1.05),
    control=nets.stopped,
    control_is="the same nets after a tenth of the steps",
    unit="times",
)

FALLS = Claim(
    label="claim-double-descent-falls",
    sentence="That of wide nets is at least a fifth below it, on average.",
    experiment=nets.trained,
    measure=lambda run: run.around("cross_entropy", WIDE) / run.around("cross_entropy", THRESHOLD),
    gate=mean(at_most=0.8),
    control=nets.stopped,
    control_is="the same nets after a tenth of the steps",
    unit="times",
)

HIDDEN = Claim(
    label="claim-double-descent-hidden",
    sentence="The share of wrong answers shows next to nothing of this: from narrow to threshold it rises "
    "by at most three points, on average.",
    experiment=nets.trained,
    measure=lambda run: 100 * (run.around("wrong", THRESHOLD) - run.around("wrong", NARROW)),
    gate=mean(at_most=3.0),
    control=nets.features_instead,
    control_is="random features, narrow and at their threshold",
    unit="points",
)

TEMPERED = Claim(
    label="claim-double-descent-tempered",
    sentence="Divide all logits of a net by the one number that suits it best, and the rise of its "
    "cross-entropy is at most three in a hundred, on average.",
    experiment=nets.trained,
    measure=lambda run: run.around("tempered", THRESHOLD) / run.around("tempered", NARROW),
    gate=mean(at_most=1.03),
    control=nets.untempered,
    control_is="the same logits, undivided",
    unit="times",
)

OVERFITS = Claim(
    label="claim-double-descent-overfits",
    sentence="On noisy labels even the widest nets overfit: their test cross-entropy ends at least 1.2 times "
    "as high as it was after a tenth of the steps, on average.",
    experiment=nets.widest,
    measure=lambda ratio: ratio,
    gate=mean(at_least=1.2),
    control=nets.widest_on_true_labels,
    control_is="the same nets on true labels",
    unit="times",
    statements=("B8",),
)

CLAIMS = (PLACE, PEAK, BELOW, NEVER, RIDGE, NOISE, RISES, FALLS, HIDDEN, TEMPERED, OVERFITS)
