"""What the chapter on noise, momentum and Adam states, and what would show it wrong."""

from functools import partial

from landscaping.claims import Claim, every, mean, median
from landscaping.optimization.clean_land import EXAMPLES
from landscaping.optimization.stochastic_gradient_descent import measures
from landscaping.optimization.stochastic_gradient_descent.crossing import crossings
from landscaping.optimization.stochastic_gradient_descent.heights import PAIRS, freely, hovering, settling
from landscaping.optimization.stochastic_gradient_descent.momentum import (
    late_curvature,
    plain_in_its_place,
    race,
)
from landscaping.optimization.stochastic_gradient_descent.noise import batch_noise
from landscaping.optimization.stochastic_gradient_descent.scales import MOMENTUM, turned_inputs
from landscaping.optimization.stochastic_gradient_descent.tuning import sweep
from landscaping.optimization.stochastic_gradient_descent.turning import (
    bent,
    both_ways,
    momentum_in_its_place,
    turned_twice,
)

NOISE = Claim(
    label="claim-stochastic-gradient-descent-noise",
    sentence="A batch's slope varies by the examples' variance × (n − B) / ((n − 1) B), to within a tenth.",
    experiment=batch_noise,
    measure=measures.from_the_law,
    gate=every(at_most=0.1),
    control=partial(batch_noise, replaced=True),
    control_is="the law for batches in which an example may stand twice",
    unit="largest relative error of the law",
)
HEIGHT = Claim(
    label="claim-stochastic-gradient-descent-height",
    sentence="Twice the rate with twice the batch hovers at the same height, to within a third.",
    experiment=hovering,
    measure=measures.doubled_over_single,
    gate=median(at_least=0.75, at_most=1.33),
    control=partial(hovering, pairs={"α, B": PAIRS["α, B"], "2α, 2B": PAIRS["4α, B"]}),
    control_is="four times the rate with the same batch",
    unit="times the height",
)
EPOCHS = Claim(
    label="claim-stochastic-gradient-descent-epochs",
    sentence="Shuffled epochs hover at less than half the height of batches drawn anew at every step.",
    experiment=freely,
    measure=measures.epochs_over_anew,
    gate=median(at_most=0.5),
    control=partial(freely, shuffled=False),
    control_is="batches drawn anew in both runs, by other chances",
    unit="of the height of batches drawn anew",
)
DECAY = Claim(
    label="claim-stochastic-gradient-descent-decay",
    sentence="A rate that falls to zero takes away all but a twentieth of the height.",
    experiment=settling,
    measure=measures.last_over_fixed,
    gate=every(at_most=0.05),
    control=partial(settling, falling=False),
    control_is="the same steps at a fixed rate",
    unit="of the fixed rate's height",
)
RESCUE = Claim(
    label="claim-stochastic-gradient-descent-rescue",
    sentence="On wavy land, noise brings home a few marbles that plain descent does not, a fifth at most.",
    experiment=crossings,
    measure=measures.rescued,
    gate=mean(at_least=0.02, at_most=0.2),
    control=partial(crossings, batch=EXAMPLES),
    control_is="batches of all the examples, which have no noise",
    unit="of the marbles",
    statements=("A3",),
)
GAIN = Claim(
    label="claim-stochastic-gradient-descent-gain",
    sentence="In valleys of condition number 100, momentum needs at most a fifth of descent's steps.",
    experiment=race,
    measure=measures.times_fewer,
    gate=every(at_least=5.0),
    control=partial(race, condition=2.0),
    control_is="valleys of condition number 2",
    unit="times fewer steps",
    statements=("A3",),
)
FACTOR = Claim(
    label="claim-stochastic-gradient-descent-factor",
    sentence="At its best, momentum multiplies the distance by (√κ − 1)/(√κ + 1) a step, to a fiftieth.",
    experiment=race,
    measure=measures.from_foretold,
    gate=every(at_most=0.02),
    control=plain_in_its_place,
    control_is="plain descent at its own best rate",
    unit="relative error of the formula",
    published="(√κ − 1)/(√κ + 1)",
    citation="polyak1964some",
)
RAISED = Claim(
    label="claim-stochastic-gradient-descent-raised",
    sentence="With momentum β the curvature of networks settles at the raised limit, 2(1 + β)/α.",
    experiment=late_curvature,
    measure=measures.of_raised_limit,
    gate=median(at_least=0.93, at_most=1.07),
    control=partial(late_curvature, momentum=0.0),
    control_is="plain descent at the same rate, which settles at 2/α",
    unit="of 2(1 + β)/α",
    published="curvature hovers around 2(1 + β)/α",
    citation="cohen2021gradient",
)
CLOCK = Claim(
    label="claim-stochastic-gradient-descent-clock",
    sentence="Momentum of nine tenths trains like plain descent at ten times the rate, to within 15 %.",
    experiment=sweep,
    measure=measures.clocked,
    gate=every(at_least=0.85, at_most=1.15),
    control=partial(sweep, rates=(0.03, 0.3), momentum=0.0),
    control_is="the small rate without momentum",
    unit="times the loss",
)
STRAIGHT = Claim(
    label="claim-stochastic-gradient-descent-straight",
    sentence="Turn the axes, and the paths of descent and of momentum turn with them, exactly.",
    experiment=bent,
    measure=measures.furthest,
    gate=every(at_most=1e-9),
    control=partial(bent, rules=("Adam",)),
    control_is="Adam",
    unit="largest distance between the paths",
    exact=True,
)
ALONG = Claim(
    label="claim-stochastic-gradient-descent-along",
    sentence="Along the axes of a long valley, Adam needs at most a twentieth of the steps of tuned descent.",
    experiment=both_ways,
    measure=measures.adam_against_descent,
    gate=median(at_least=20.0),
    control=turned_twice,
    control_is="the same valleys, turned",
    unit="times fewer steps",
)
TURNED = Claim(
    label="claim-stochastic-gradient-descent-turned",
    sentence="Turn such a valley, and Adam needs at least three times as many steps.",
    experiment=both_ways,
    measure=measures.turned_over_along,
    gate=median(at_least=3.0),
    control=momentum_in_its_place,
    control_is="momentum, which needs as many as before",
    unit="times the steps",
)
INPUTS = Claim(
    label="claim-stochastic-gradient-descent-inputs",
    sentence="On pixels of unequal scale, turned axes leave Adam with a loss at least 1.25 times as high.",
    experiment=turned_inputs,
    measure=measures.loss_when_turned,
    gate=median(at_least=1.25),
    control=partial(turned_inputs, rule=MOMENTUM),
    control_is="momentum, to which both are one problem",
    unit="times the loss",
)
COMMON = Claim(
    label="claim-stochastic-gradient-descent-common",
    sentence="At a common rate of a hundredth, momentum's loss is at least five times Adam's.",
    experiment=sweep,
    measure=measures.behind_at_common,
    gate=every(at_least=5.0),
    control=partial(sweep, rates=(0.3,), common=0.3),
    control_is="a common rate thirty times larger",
    unit="times Adam's loss",
)
TUNED = Claim(
    label="claim-stochastic-gradient-descent-tuned",
    sentence="With each at its own best rate, momentum's loss is at most three times Adam's.",
    experiment=sweep,
    measure=measures.behind_when_tuned,
    gate=median(at_most=3.0),
    control=partial(sweep, rates=(0.01,)),
    control_is="one rate for both, a hundredth",
    unit="times Adam's loss",
    published="well tuned, a more general optimizer is never worse than its special case",
    citation="choi2019empirical",
)
CLAIMS = (
    *(NOISE, HEIGHT, EPOCHS, DECAY, RESCUE),
    *(GAIN, FACTOR, RAISED, CLOCK),
    *(STRAIGHT, ALONG, TURNED, INPUTS),
    *(COMMON, TUNED),
)
