"""What the chapter on variational autoencoders states, and what would show it wrong."""

from landscaping.claims import Claim, every, interval, median
from landscaping.unsupervised.variational_autoencoders import collapse, controls, linear, maps, pictures

TIGHT = Claim(
    label="claim-variational-autoencoders-tight",
    sentence="Probabilistic PCA along its principal axes pays nothing: with independent Gaussian guesses the "
    "bound equals the log-likelihood of every digit.",
    experiment=linear.along_the_axes,
    measure=lambda made: linear.gap(*made),
    gate=every(at_most=1e-9),
    control=linear.turned,
    control_is="the same map with its latent axes turned, which changes no likelihood",
    unit="nats of price, at worst",
    exact=True,
)

STRAIGHT = Claim(
    label="claim-variational-autoencoders-straight",
    sentence="Linear autoencoders, trained by descent on noisy draws, end with a bound at most 0.02 nats "
    "below the highest likelihood that any straight map has.",
    experiment=maps.straight_maps,
    measure=maps.missing,
    gate=every(at_most=0.02),
    control=maps.straight_briefly,
    control_is="a tenth of the steps",
    unit="nats missing, a digit",
)

PRICE = Claim(
    label="claim-variational-autoencoders-price",
    sentence="On curved maps the bound of a new digit lies at least two nats below its log-likelihood.",
    experiment=maps.maps,
    measure=lambda made: made.price().mean(1),
    gate=every(at_least=2.0),
    control=maps.straight_maps,
    control_is="straight maps",
    unit="nats of price, a new digit",
)

NEW = Claim(
    label="claim-variational-autoencoders-new",
    sentence="New digits pay at least half as much again as digits that the map learned from.",
    experiment=maps.maps,
    measure=lambda made: made.price().mean(1) / made.price("known").mean(1),
    gate=median(at_least=1.5),
    control=maps.straight_maps,
    control_is="straight maps, where new digits pay as much as known ones",
    unit="times the price of known digits",
)

GUESS = Claim(
    label="claim-variational-autoencoders-guess",
    sentence="With the best Gaussian guess for each new digit at most 0.15 of its price is left: the "
    "encoder owes the rest.",
    experiment=maps.maps,
    measure=lambda made: made.left(),
    gate=every(at_most=0.15),
    control=controls.only_spreads,
    control_is="the encoder's places, each with the best spreads",
    unit="of the price left",
)

WEIGHTED = Claim(
    label="claim-variational-autoencoders-weighted",
    sentence="A thousand weighted draws pay back at least half of the price of new digits.",
    experiment=maps.maps,
    measure=lambda made: made.repaid(),
    gate=median(at_least=0.5),
    control=controls.one_by_one,
    control_is="the same thousand draws, taken one at a time",
    unit="of the price repaid",
)

CURVED = Claim(
    label="claim-variational-autoencoders-curved",
    sentence="Two curved directions make a new digit likelier than the best eight straight ones, by at least "
    "two nats.",
    experiment=maps.maps,
    measure=lambda made: made.over_straight(8),
    gate=median(at_least=2.0),
    control=maps.straight_maps,
    control_is="two straight directions",
    unit="nats more, a new digit",
    statements=("B6",),
)

NEIGHBOURS = Claim(
    label="claim-variational-autoencoders-neighbours",
    sentence="No label was seen, and yet the ten nearest neighbours on the map name at least three quarters "
    "of new digits right.",
    experiment=maps.maps,
    measure=lambda made: made.neighbours(),
    gate=every(at_least=0.75),
    control=maps.straight_maps,
    control_is="straight maps",
    unit="of new digits",
    statements=("B6",),
)

BLUR = Claim(
    label="claim-variational-autoencoders-blur",
    sentence="Decoded means have at most 0.7 of the variance of digits.",
    experiment=maps.maps,
    measure=pictures.relative_variance,
    gate=every(at_most=0.7),
    control=controls.as_samples,
    control_is="samples: the means with their noise",
    unit="of the digits' variance",
    statements=("B6",),
)

APART = Claim(
    label="claim-variational-autoencoders-apart",
    sentence="Pixels that touch differ less in decoded means than in digits, and more in samples; each time "
    "by at least 0.08 of what they differ in digits.",
    experiment=maps.maps,
    measure=pictures.apart,
    gate=every(at_least=0.08),
    control=controls.other_digits,
    control_is="other digits in the place of both",
    unit="of the digits' roughness, at least",
    statements=("B6",),
)

LIKELIER = Claim(
    label="claim-variational-autoencoders-likelier",
    sentence="Decoded means are likelier than new digits by at least twenty nats: the likeliest pictures are "
    "not like the data.",
    experiment=maps.maps,
    measure=pictures.likelier,
    gate=every(at_least=20.0),
    control=controls.as_samples,
    control_is="samples, which are about as likely as new digits",
    unit="nats likelier",
)

TOLD = Claim(
    label="claim-variational-autoencoders-told",
    sentence="On straight maps every direction tells half the log of its variance over the noise's, and "
    "nothing where the noise is larger: to within 0.2 nats.",
    experiment=collapse.straight_directions,
    measure=collapse.off,
    gate=every(at_most=0.2),
    control=collapse.at_half_price,
    control_is="maps trained with the divergence at half its price",
    unit="nats off, at worst",
)

START = Claim(
    label="claim-variational-autoencoders-start",
    sentence="Curved maps of ten directions gain at least half a nat a new digit when the divergence costs a "
    "fifth in the first third of training.",
    experiment=collapse.starts,
    measure=lambda found: found.gain,
    gate=interval(at_least=0.5),
    control=collapse.dear_start,
    control_is="a divergence that costs five times as much at first",
    unit="nats gained, a new digit",
)

CLAIMS = (
    TIGHT, STRAIGHT, PRICE, NEW, GUESS, WEIGHTED, CURVED, NEIGHBOURS, BLUR, APART, LIKELIER, TOLD, START,
)  # fmt: skip
