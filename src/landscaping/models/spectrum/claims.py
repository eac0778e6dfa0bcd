"""What the chapter on the spectrum states, and what would show it wrong."""

import torch
from torch import Tensor

from landscaping.claims import Claim, every, mean, median
from landscaping.models.spectrum import adding, patients, told
from landscaping.models.spectrum.square import SQUARE, in_double, relative_error, without_biases


def gain_inside_over_outside(run: adding.Adding) -> Tensor:
    """How many times more the error fell inside than at five times the range, from early to late."""
    gain = run.error[adding.EARLY] / run.error[-1]
    return gain[0] / gain[adding.OUTSIDE]


@torch.no_grad()
def scaling_gap(run: adding.Adding) -> float:
    """The largest `|f(100x) - 100 f(x)|`, relative to the largest `|100 f(x)|`, in double precision."""
    nets = in_double(run.nets)
    far, near = nets(100 * SQUARE), 100 * nets(SQUARE)
    return ((far - near).abs().max() / near.abs().max()).item()


def bare_gap(run: adding.Adding) -> Tensor:
    """How far the relative error is from that of the same networks with their biases deleted."""
    return (relative_error(run.nets, run.far) / relative_error(without_biases(run.nets), 1.0) - 1).abs()


def error_far_out(run: adding.Adding) -> Tensor:
    """The relative error at a hundred times the training range."""
    return run.error[-1, -1]


def share_near_zero(run: adding.Adding) -> Tensor:
    """Share of weights and biases smaller than a thousandth."""
    return (run.nets.flat().abs() < 1e-3).double().mean(1)


THREE = Claim(
    label="claim-spectrum-three",
    sentence="A regression that has seen three sums adds pairs from a range a hundred times wider.",
    experiment=told.line_from_pairs,
    measure=lambda errors: errors,
    gate=every(at_most=1e-6),
    control=told.line_from_two_pairs,
    control_is="a regression that has seen two sums",
    unit="of the range",
    statements=("C5",),
)

INSIDE = Claim(
    label="claim-spectrum-inside",
    sentence="Sixty times more steps cut a network's error inside the training range at least five times "
    "more than its error at five times that range.",
    experiment=adding.plain,
    measure=gain_inside_over_outside,
    gate=median(at_least=5.0),
    control=adding.unbiased,
    control_is="networks without biases, whose two errors fall together",
    unit="times",
    statements=("C3",),
)

SCALE = Claim(
    label="claim-spectrum-scale",
    sentence="Without biases a network that gets inputs a hundred times larger gives answers a hundred times "
    "larger, so its relative error is the same at every range.",
    experiment=adding.unbiased,
    measure=scaling_gap,
    gate=every(at_most=1e-12),
    control=adding.plain,
    control_is="networks with biases",
    statements=("C3",),
    exact=True,
)

BARE = Claim(
    label="claim-spectrum-bare",
    sentence="At a hundred times its range a network errs as much as it does once its biases are deleted, "
    "within a twentieth.",
    experiment=adding.plain,
    measure=bare_gap,
    gate=every(at_most=0.05),
    control=adding.asked_inside,
    control_is="the same networks inside the training range",
    unit="relative difference",
    statements=("C3",),
)

TEN = Claim(
    label="claim-spectrum-ten",
    sentence="Networks that learned to add ten normal numbers err by at most three hundredths at ten times "
    "the spread that they saw.",
    experiment=adding.ten_numbers,
    measure=lambda run: run.at_ten_times,
    gate=every(at_most=0.03),
    control=adding.two_numbers,
    control_is="the networks that add two numbers, at ten times their range",
    unit="of the mean size",
    statements=("C3",),
)

BY_HAND = Claim(
    label="claim-spectrum-by-hand",
    sentence="A network of two hidden units, set by hand, gives every patient the regression's answer.",
    experiment=told.emulate_patients,
    measure=told.Emulation.gap,
    gate=every(at_most=1e-12),
    control=told.emulate_with_one_unit,
    control_is="the network with one of its two units",
    unit="standard deviations",
    statements=("C6",),
    exact=True,
)

ZEROS = Claim(
    label="claim-spectrum-zeros",
    sentence="Training alone brings at most one weight in twenty below a thousandth.",
    experiment=adding.plain,
    measure=share_near_zero,
    gate=every(at_most=0.05),
    control=adding.pushed_by_sizes,
    control_is="networks whose weights are pushed to zero by size",
    unit="of all weights",
    statements=("C6",),
)

PUSHED = Claim(
    label="claim-spectrum-pushed",
    sentence="Pushed to zero by size, the median network errs by at most a hundredth at a hundred times "
    "the range.",
    experiment=adding.pushed_by_sizes,
    measure=error_far_out,
    gate=median(at_most=0.01),
    control=adding.plain,
    control_is="networks trained without a push",
    unit="of the range",
    statements=("C6",),
)

FITTED = Claim(
    label="claim-spectrum-fitted",
    sentence="With fifty patients or more, regression beats a network trained until it fits them, at every "
    "number of patients and on every split.",
    experiment=patients.compare,
    measure=lambda found: (found.line - found.fitted)[list(patients.ENOUGH)].min(0).values,
    gate=every(at_least=0.0),
    control=patients.compare_stopped,
    control_is="the network stopped at its best moment",
    unit="R²",
    statements=("C4", "C6"),
)

STOPPED = Claim(
    label="claim-spectrum-stopped",
    sentence="With two hundred patients or more, even a network stopped at the moment when its test error "
    "was lowest gains at most a twentieth of R² over regression.",
    experiment=patients.compare,
    measure=lambda found: (found.stopped - found.line)[list(patients.PLENTY)].mean(0),
    gate=mean(at_most=0.05),
    control=patients.compare_fewest,
    control_is="the same comparison with fourteen patients",
    unit="R²",
    statements=("C4", "C6"),
)

FOURTEEN = Claim(
    label="claim-spectrum-fourteen",
    sentence="From fourteen patients regression does worse than guessing their mean.",
    experiment=patients.compare,
    measure=lambda found: found.line[0],
    gate=median(at_most=0.0),
    control=patients.compare_most,
    control_is="regression on the most patients",
    unit="R²",
    statements=("C4", "C5"),
)

CLAIMS = (THREE, INSIDE, SCALE, BARE, TEN, BY_HAND, ZEROS, PUSHED, FITTED, STOPPED, FOURTEEN)
