"""What the chapter on losses states, and what would show it wrong."""

import torch
from torch import Tensor

from landscaping.claims import Claim, every, interval, mean, median
from landscaping.supervised.losses import constants, errors, likelihoods, lines, outliers, saturation
from landscaping.supervised.losses import uncertainty as unsure


def widest_gap(pairs: tuple[likelihoods.Pair, ...]) -> float:
    """How far a loss is from its likelihood, at worst."""
    return max(pair.gap for pair in pairs)


def farthest_from_summary(found: tuple[constants.Best, ...]) -> float:
    """How far a best constant is from the summary that it should be, at worst."""
    return max(abs(best.found - best.summary) for best in found)


def narrowest_win(fits: lines.Fits) -> Tensor:
    """How many times worse the best of the other losses is, on whichever noise it comes closest."""
    return torch.stack([torch.stack([*fits.over_own(noise).values()]).amin(0) for noise in errors.OWN]).amin(
        0
    )


def hundredfold(loss) -> float:
    """How many times larger the slope is at an error of 100 than at an error of 1."""
    small, large = saturation.tweak(
        lambda e: loss(e, torch.zeros_like(e)), torch.tensor([1.0, 100.0]).double()
    )
    return (large / small).item()


SAME = Claim(
    label="claim-losses-same",
    sentence="Six everyday losses are the negative log-likelihoods of six noise models, up to a factor and a "
    "constant that know nothing of the prediction.",
    experiment=likelihoods.six,
    measure=widest_gap,
    gate=every(at_most=1e-9),
    control=likelihoods.exchanged,
    control_is="squared error against Laplace noise, and absolute error against Gaussian",
    unit="nats apart, at worst",
    exact=True,
)

CONSTANT = Claim(
    label="claim-losses-constant",
    sentence="The best constant is the mean for squared error, the median for absolute error, the frequency "
    "for binary cross-entropy, and the mean count for the Poisson loss.",
    experiment=constants.best_constants,
    measure=farthest_from_summary,
    gate=every(at_most=1e-9),
    control=constants.mean_and_median_exchanged,
    control_is="mean and median exchanged",
    unit="apart, at worst",
    exact=True,
)

OWN = Claim(
    label="claim-losses-own",
    sentence="With four hundred examples each of three noises is fitted best by its own likelihood.",
    experiment=lines.fits,
    measure=narrowest_win,
    gate=interval(at_least=1.0),
    control=lines.judged_by_the_next,
    control_is="the same fits, each noise judged as if the next loss were its own",
    unit="times the error of the noise's own loss, at the next best",
)

EFFICIENCY = Claim(
    label="claim-losses-efficiency",
    sentence="On Gaussian noise lines fitted by squared error have about 2/π of the mean squared miss of "
    "lines fitted by absolute error.",
    experiment=lines.fits,
    measure=lambda fits: fits.error["Gaussian", "squared"] / fits.error["Gaussian", "absolute"],
    gate=mean(at_least=0.57, at_most=0.7),
    control=lines.on_laplace,
    control_is="the same two losses on Laplace noise",
    unit="of absolute error's",
)

FEW = Claim(
    label="claim-losses-few",
    sentence="From a dozen examples with Laplace noise, Student's loss finds a better line than "
    "absolute error, "
    "which is the noise's own loss.",
    experiment=lines.from_few,
    measure=lambda fits: fits.over_own("Laplace")["Student"],
    gate=interval(at_most=1.0),
    control=lines.fits,
    control_is="lines from four hundred examples",
    unit="of the own loss's error",
)

ROBUST = Claim(
    label="claim-losses-robust",
    sentence="With one target in ten moved far up, networks trained on absolute error end, in the median, at "
    "most two fifths as far from the truth as networks trained on squared error.",
    experiment=outliers.waves,
    measure=lambda found: found.error("absolute") / found.error("squared"),
    gate=median(at_most=0.4),
    control=outliers.without_outliers,
    control_is="targets of which none is wrong",
    unit="of squared error's distance",
)

FLAT = Claim(
    label="claim-losses-flat",
    sentence="Under absolute error an error a hundred times larger gives the same tweak.",
    experiment=lambda _: errors.absolute,
    measure=hundredfold,
    gate=every(at_least=1 - 1e-12, at_most=1 + 1e-12),
    control=lambda _: errors.squared,
    control_is="squared error, whose tweak grows a hundredfold",
    unit="times the tweak",
    statements=("A11",),
    exact=True,
)

TURNS = Claim(
    label="claim-losses-turns",
    sentence="Under squared error a sigmoid's tweak is largest at an error of two thirds. Beyond, it is "
    "smaller.",
    experiment=lambda _: saturation.squared,
    measure=lambda loss: abs(saturation.steepest_error(loss) - 2 / 3),
    gate=every(at_most=1e-9),
    control=lambda _: saturation.cross_entropy,
    control_is="cross-entropy, whose tweak grows all the way",
    unit="away from two thirds",
    statements=("A11",),
    exact=True,
)

STALLS = Claim(
    label="claim-losses-stalls",
    sentence="Networks born sure that every digit is odd learn by cross-entropy and not by squared "
    "error: the "
    "gain is at least three tenths of the digits, with the better rate for each loss.",
    experiment=saturation.born_sure,
    measure=lambda found: found.gain,
    gate=every(at_least=0.3),
    control=saturation.born_undecided,
    control_is="networks born undecided",
    unit="of the digits, gained",
    statements=("A11",),
)

COVERS = Claim(
    label="claim-losses-covers",
    sentence="With a thousand examples the predicted interval holds nine in ten new examples, within seven "
    "in a hundred, on the quiet half and on the loud half.",
    experiment=unsure.many,
    measure=lambda asked: asked.worst_departure,
    gate=every(at_most=0.07),
    control=unsure.one_spread,
    control_is="networks with one spread for all inputs",
    unit="away from nine tenths, on the worse half",
)

SHRINKS = Claim(
    label="claim-losses-shrinks",
    sentence="With twenty-five examples the interval that promises nine in ten holds, in the median, at most "
    "three in four.",
    experiment=unsure.few,
    measure=lambda asked: asked.coverage()[-1],
    gate=median(at_most=0.75),
    control=unsure.many,
    control_is="networks that saw a thousand examples",
    unit="of new examples held",
)

CLAIMS = (SAME, CONSTANT, OWN, EFFICIENCY, FEW, ROBUST, FLAT, TURNS, STALLS, COVERS, SHRINKS)
