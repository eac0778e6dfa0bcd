"""What the chapter on diffusion states, and what would show it wrong."""

from functools import partial

import torch

from landscaping.claims import Claim, every, interval, median
from landscaping.datasets.mixtures import Mixture
from landscaping.unsupervised.diffusion import forward, lessons, samples, walks
from landscaping.unsupervised.diffusion.measures import (
    closeness,
    itself,
    more_on_clouds,
    over_other_distance,
    rarest,
    reversal,
    share_learned,
    width,
    worst_gap,
)

JUMP = Claim(
    label="claim-diffusion-jump",
    sentence="Many small steps make exactly the mean and the variance of one jump, at every time.",
    experiment=lambda _: forward.gap(),
    measure=itself,
    gate=every(at_most=1e-12),
    control=lambda _: forward.gap(shrink=False),
    control_is="steps that add the same noise and do not shrink",
    unit="apart, at worst",
    exact=True,
    statements=("B6",),
)
WALKS = Claim(
    label="claim-diffusion-walks",
    sentence="Thousands of points that walk through all steps keep the mean and the variance that one jump "
    "foretells, at every time, within an eighth.",
    experiment=walks.walks,
    measure=worst_gap,
    gate=every(at_most=0.125),
    control=partial(walks.walks, shrink=False),
    control_is="steps that add the same noise and do not shrink",
    unit="apart, at the worst time",
    statements=("B6",),
)
SLOPE = Claim(
    label="claim-diffusion-slope",
    sentence="The best guess of the noise is the slope of the log-density of the noisy data, turned round "
    "and times the noise's size.",
    experiment=lambda _: lessons.slope_gap(),
    measure=itself,
    gate=every(at_most=1e-9),
    control=lambda _: lessons.slope_gap(Mixture(torch.zeros(1, 2, dtype=torch.float64), 1.0)),
    control_is="the best guess for one wide cloud with the data's mean and variance",
    unit="apart, at worst",
    exact=True,
)
LEARNED = Claim(
    label="claim-diffusion-learned",
    sentence="On new points, a trained network has learned at least three quarters of what there is "
    "to learn, on every seed.",
    experiment=lessons.after_training,
    measure=share_learned,
    gate=every(at_least=0.75),
    control=lessons.before_training,
    control_is="the networks as they were born",
    unit="of the gain of the exact guess",
    statements=("B6",),
)
LAST = Claim(
    label="claim-diffusion-last",
    sentence="The last four fifths of the training bring at least a quarter of all new points onto clouds.",
    experiment=samples.long_and_short,
    measure=more_on_clouds,
    gate=every(at_least=0.25),
    control=samples.all_and_half,
    control_is="all of the training, and half of the steps back",
    unit="more after all of it, in shares of all points",
)
SAMPLES = Claim(
    label="claim-diffusion-samples",
    sentence="New points lie at most a fifth as far from fresh data as the noise that they were made of, "
    "which has the data's mean and variance.",
    experiment=samples.over_noise,
    measure=over_other_distance,
    gate=median(at_most=0.2),
    control=partial(samples.over_noise, steps=2),
    control_is="the same networks in two steps",
    unit="of the noise's energy distance",
    statements=("B6",),
)
CLOUDS = Claim(
    label="claim-diffusion-clouds",
    sentence="No cloud is left out: of the eight, even the rarest gets at least one new point in twenty.",
    experiment=samples.sampled,
    measure=rarest,
    gate=every(at_least=0.05),
    control=lambda seeds: samples.sampled(seeds, "network", 2),
    control_is="the same networks in two steps",
    unit="of the new points",
    statements=("B6",),
)
CENTRE = Claim(
    label="claim-diffusion-centre",
    sentence="From pure noise, one step with the exact guess puts every point at the mean of the data, where "
    "there are none.",
    experiment=lambda _: samples.one_step_reach(),
    measure=itself,
    gate=every(at_most=1e-9),
    control=lambda _: samples.one_step_reach(60),
    control_is="a step from four times earlier, where a little of the data is left",
    unit="from the mean, at most",
    exact=True,
)
BLAME = Claim(
    label="claim-diffusion-blame",
    sentence="Sixteen steps with the exact guess put more points on clouds than all steps with the network, "
    "on every seed.",
    experiment=samples.exact_and_learned,
    measure=more_on_clouds,
    gate=every(at_least=0.01),
    control=partial(samples.exact_and_learned, steps=4),
    control_is="four steps with the exact guess",
    unit="more, in shares of all points",
)
SAME_END = Claim(
    label="claim-diffusion-same-end",
    sentence="Without new noise a start keeps its end: at least nineteen in twenty reach the same cloud in "
    "sixteen steps as in all.",
    experiment=samples.same_end,
    measure=itself,
    gate=every(at_least=0.95),
    control=partial(samples.same_end, random=1.0),
    control_is="the random way back",
    unit="of the starts",
)
NOISE_HELPS = Claim(
    label="claim-diffusion-noise-helps",
    sentence="In all steps, the random way back puts more points on clouds than the one without new noise.",
    experiment=samples.random_and_not,
    measure=more_on_clouds,
    gate=interval(at_least=0.0),
    control=partial(samples.random_and_not, steps=4),
    control_is="four steps",
    unit="more, in shares of all points",
)
NARROW = Claim(
    label="claim-diffusion-narrow",
    sentence="Even with the exact guess, the random way back makes clouds at most seventeen twentieths as "
    "wide as they should be.",
    experiment=samples.exactly,
    measure=width,
    gate=every(at_most=0.85),
    control=partial(samples.exactly, random=0.0),
    control_is="the way back without new noise",
    unit="of the width of the ring's own clouds",
)
HEART = Claim(
    label="claim-diffusion-heart",
    sentence="The guess with the least possible loss on sixteen examples gives these back: its points lie at "
    "most a fifth as far from an example as fresh data do.",
    experiment=samples.by_heart,
    measure=closeness,
    gate=every(at_most=0.2),
    control=samples.by_truth,
    control_is="the exact guess for the ring",
    unit="of fresh data's distance",
)
HALFWAY = Claim(
    label="claim-diffusion-halfway",
    sentence="A network trained on sixteen examples is on its way there: its points lie at most seven tenths "
    "as far from an example as fresh data do, in the median.",
    experiment=samples.by_few,
    measure=closeness,
    gate=median(at_most=0.7),
    control=samples.by_many,
    control_is="the same network trained on a thousand examples",
    unit="of fresh data's distance",
)
RIVALS = Claim(
    label="claim-diffusion-rivals",
    sentence="The guess that knows the sixteen examples by heart beats the network on them, and loses to it "
    "on new points.",
    experiment=lessons.rivals,
    measure=reversal,
    gate=median(at_least=0.008),
    control=partial(lessons.rivals, truth=True),
    control_is="the exact guess for the ring, which does not win on the examples",
    unit="of squared error, the smaller of both gaps",
)
CLAIMS = (
    JUMP,
    WALKS,
    SLOPE,
    LEARNED,
    LAST,
    SAMPLES,
    CLOUDS,
    CENTRE,
    BLAME,
    SAME_END,
    NOISE_HELPS,
    NARROW,
    HEART,
    HALFWAY,
    RIVALS,
)
