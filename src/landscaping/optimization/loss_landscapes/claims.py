"""The claims of the chapter on loss landscapes."""

from functools import partial

from landscaping.claims import Claim, every, median
from landscaping.optimization.loss_landscapes.copies import half_renumbered, moved_answers
from landscaping.optimization.loss_landscapes.cuts import NORMALIZED, slices
from landscaping.optimization.loss_landscapes.eigenvalues import (
    in_sharp_directions,
    never_trained,
    of_five_digits,
    spectra,
)
from landscaping.optimization.loss_landscapes.measures import (
    barrier_to,
    changed_slice,
    delay_over_foretold,
    left_over,
    louder_bottom,
    lowest_curvature,
    raw_slices,
    relative_to,
    same,
    seen_by_slices,
    standing_out,
    unshuffled,
)
from landscaping.optimization.loss_landscapes.pairs import WIDTH
from landscaping.optimization.loss_landscapes.saddles import from_twins, from_valley
from landscaping.optimization.loss_landscapes.ways import (
    BENT,
    OWN_COPY,
    RENUMBERED,
    STRAIGHT,
    crossings,
    parted,
    shuffled,
)

only_one_width = partial(crossings, widths=(WIDTH,))

COPIES = Claim(
    label="claim-loss-landscapes-copies",
    sentence="Renumber the hidden units of a network, and every answer stays the same.",
    experiment=moved_answers,
    measure=same,
    gate=every(at_most=1e-4),
    control=partial(moved_answers, renumber=half_renumbered),
    control_is="a renumbering of what comes in alone",
    unit="largest change of an answer",
    statements=("B10",),
)
OWN = Claim(
    label="claim-loss-landscapes-own-copy",
    sentence="Straight from a network to its own renumbered copy the loss rises by a tenth of a nat or more.",
    experiment=crossings,
    measure=partial(barrier_to, way=OWN_COPY),
    gate=every(at_least=0.1),
    control=unshuffled,
    control_is="a copy with its units in their own order",
    unit="nats of barrier",
    statements=("B10",),
)
BARRIER = Claim(
    label="claim-loss-landscapes-barrier",
    sentence="Straight between networks from different starts the loss rises by a tenth of a nat or more.",
    experiment=crossings,
    measure=partial(barrier_to, way=STRAIGHT),
    gate=every(at_least=0.1),
    control=parted,
    control_is="two networks that were one for the first half of training",
    unit="nats of barrier",
    statements=("B10",),
)
RENUMBER = Claim(
    label="claim-loss-landscapes-renumbered",
    sentence="Renumber the second to fit the first, and at most 35 hundredths of the barrier are left.",
    experiment=crossings,
    measure=partial(relative_to, way=RENUMBERED),
    gate=every(at_most=0.35),
    control=partial(only_one_width, renumber=shuffled, bending=0),
    control_is="a random renumbering",
    unit="of the straight barrier",
    statements=("B10",),
)
BEND = Claim(
    label="claim-loss-landscapes-bent",
    sentence="A trained bend joins two such networks, with at most a twentieth of the straight barrier.",
    experiment=crossings,
    measure=partial(relative_to, way=BENT),
    gate=every(at_most=0.05),
    control=partial(only_one_width, bending=0),
    control_is="the bend before it is trained, which is the straight line",
    unit="of the straight barrier",
    published="paths between minima essentially flat in training and test, on CIFAR-10 and CIFAR-100",
    citation="draxler2018essentially",
    statements=("B10",),
)
SLICE = Claim(
    label="claim-loss-landscapes-slice",
    sentence="Rescaling a network without changing its function leaves a filter-normalized slice as it was.",
    experiment=slices,
    measure=partial(changed_slice, kind=NORMALIZED),
    gate=every(at_most=1e-3),
    control=raw_slices,
    control_is="the raw slice, which changes many times over",
    unit="largest change, in units of the slice's rise",
)
BLIND = Claim(
    label="claim-loss-landscapes-blind",
    sentence="The sharpest of two hundred random slices shows less than a tenth of the sharpest curvature.",
    experiment=spectra,
    measure=seen_by_slices,
    gate=every(at_most=0.1),
    control=in_sharp_directions,
    control_is="slices along mixtures of the ten sharpest directions",
    unit="of the largest curvature",
)
OUTLIERS = Claim(
    label="claim-loss-landscapes-outliers",
    sentence="With ten digits, seven to eleven of 610 curvatures exceed a tenth of the largest.",
    experiment=spectra,
    measure=standing_out,
    gate=every(at_least=7, at_most=11),
    control=never_trained,
    control_is="the same networks at birth",
    unit="curvatures",
    statements=("B10",),
)
FIVE = Claim(
    label="claim-loss-landscapes-five",
    sentence="With five digits, three to five curvatures exceed a tenth of the largest.",
    experiment=of_five_digits,
    measure=standing_out,
    gate=every(at_least=3, at_most=5),
    control=spectra,
    control_is="all ten digits",
    unit="curvatures",
    statements=("B10",),
)
BORN = Claim(
    label="claim-loss-landscapes-born",
    sentence="Networks born three times as large end in valleys about as sharply curved, at equal loss.",
    experiment=spectra,
    measure=louder_bottom,
    gate=median(at_least=0.65, at_most=1.35),
    control=never_trained,
    control_is="the same comparison at birth",
    unit="of the usual network's largest curvature",
    statements=("B10",),
)
TWIN = Claim(
    label="claim-loss-landscapes-twin",
    sentence="Give the unit of a network in its valley a twin, and the valley becomes a saddle.",
    experiment=from_twins,
    measure=lowest_curvature,
    gate=every(at_most=-0.1),
    control=from_valley,
    control_is="the network without the twin",
    unit="lowest curvature",
    statements=("B14",),
)
DELAY = Claim(
    label="claim-loss-landscapes-delay",
    sentence="Each ten times smaller nudge off the saddle costs as many steps as the curvature foretells.",
    experiment=from_twins,
    measure=delay_over_foretold,
    gate=every(at_least=0.95, at_most=1.05),
    control=from_valley,
    control_is="the valley, which nothing leaves",
    unit="of the steps foretold",
    statements=("B14",),
)
LOWER = Claim(
    label="claim-loss-landscapes-lower",
    sentence="From the saddle the wider network falls to at most 85 hundredths of the narrow one's loss.",
    experiment=from_twins,
    measure=left_over,
    gate=every(at_most=0.85),
    control=from_valley,
    control_is="the narrow network, nudged as far",
    unit="of the loss in the narrow network's valley",
    statements=("B14",),
)
CLAIMS = (SLICE, COPIES, OWN, BARRIER, RENUMBER, BEND, TWIN, DELAY, LOWER, OUTLIERS, FIVE, BLIND, BORN)
