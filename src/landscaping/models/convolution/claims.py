"""What the chapter on convolution states, and what would show it wrong."""

from jaxtyping import Float
from torch import Tensor

from landscaping.claims import Claim, every, interval, mean
from landscaping.models.convolution import fields, following, kernels, matrices, rolls


def gain_of(better: kernels.Arm, worse: kernels.Arm):
    """By how many points one arm beats another, seed by seed, under the read-out that the claim reads."""
    return lambda run: run.accuracy[better, run.sides] - run.accuracy[worse, run.sides]


def times_wider(run: fields.Fields) -> Float[Tensor, "seed"]:
    """How many times as many places the units use after Gaussian signals."""
    ours, gaussian = (fields.places_used(w).mean(1) for w in (run.here, run.gaussian))
    return gaussian / ours


MATRIX = Claim(
    label="claim-convolution-matrix",
    sentence="A convolution gives the same answers as a dense layer with zeros and ties, on signals and "
    "images, with zeros beyond the edges and on a ring.",
    experiment=matrices.as_a_matrix,
    measure=lambda gap: gap,
    gate=every(at_most=1e-6),
    control=matrices.without_ties,
    control_is="the same zeros without the ties",
    unit="of the largest answer",
    statements=("C10",),
    exact=True,
)

RAILS = Claim(
    label="claim-convolution-rails",
    sentence="Descent on a dense layer that is put back on its zeros and ties after every step is descent on "
    "the convolution.",
    experiment=matrices.tied_descent,
    measure=lambda gap: gap,
    gate=every(at_most=1e-9),
    control=matrices.fenced_descent,
    control_is="a dense layer put back on its zeros only",
    unit="of the loss",
    statements=("A7", "C10"),
    exact=True,
)

RING = Claim(
    label="claim-convolution-ring",
    sentence="On a ring, a convolution's answer to a rolled image is its rolled answer.",
    experiment=following.follows,
    measure=lambda gap: gap,
    gate=every(at_most=1e-9),
    control=following.walled,
    control_is="a convolution with zeros beyond the edge",
    unit="of the answer",
    exact=True,
)

HALF = Claim(
    label="claim-convolution-half",
    sentence="With a stride of two, or with pooling by two, the answer follows rolls by an even number of "
    "columns.",
    experiment=following.even_rolls,
    measure=lambda gaps: gaps.max(),
    gate=every(at_most=1e-9),
    control=following.odd_rolls,
    control_is="rolls by an odd number",
    unit="of the answer",
    exact=True,
)

ROLLED = Claim(
    label="claim-convolution-rolled",
    sentence="Of digits rolled by three columns, a reader on the ring reads at least forty in a hundred more "
    "than a plain one, though neither saw a rolled digit.",
    experiment=rolls.readers,
    measure=lambda run: run.ring[run.far] - run.plain[run.far],
    gate=every(at_least=40.0),
    control=rolls.not_rolled,
    control_is="digits in their usual place, where the plain reader is no worse",
    unit="points",
    statements=("C2", "C8"),
)

SAW = Claim(
    label="claim-convolution-saw",
    sentence="A stride of two costs a reader at least fifteen points on digits rolled by one column, against "
    "two columns.",
    experiment=rolls.readers,
    measure=lambda run: run.strided[2] - run.strided[1],
    gate=every(at_least=15.0),
    control=rolls.without_stride,
    control_is="the reader without a stride",
    unit="points",
)

BLIND = Claim(
    label="claim-convolution-blind",
    sentence="Trained to tell rolled digits from others, the reader on the ring is right half the time.",
    experiment=rolls.blind,
    measure=lambda accuracy: accuracy,
    gate=every(at_least=49.5, at_most=50.5),
    control=rolls.sighted,
    control_is="a plain reader, which learns it",
    unit="% right",
    statements=("A4",),
)

LEARNED = Claim(
    label="claim-convolution-learned",
    sentence="When the read-out gets one number from each kernel, kernels that are learned from the designed "
    "ones on read digits, on average, at least five points better than these.",
    experiment=kernels.compare,
    measure=gain_of("improved", "designed"),
    gate=mean(at_least=5.0),
    control=kernels.every_place,
    control_is="a read-out that gets a number from every place",
    unit="points",
    statements=("C9",),
)

IMPROVED = Claim(
    label="claim-convolution-improved",
    sentence="When it gets four, the learned kernels are still, on average, at least one and a half points "
    "better.",
    experiment=kernels.four_regions,
    measure=gain_of("improved", "designed"),
    gate=mean(at_least=1.5),
    control=kernels.every_place,
    control_is="a read-out that gets a number from every place",
    unit="points",
    statements=("C9",),
)

CHANCE = Claim(
    label="claim-convolution-chance",
    sentence="When it gets a number from every place, the learned kernels lie, on average, within two "
    "points of the designed ones.",
    experiment=kernels.every_place,
    measure=gain_of("improved", "designed"),
    gate=interval(at_least=-2.0, at_most=2.0),
    control=kernels.compare,
    control_is="a read-out that gets one number from each kernel",
    unit="points",
    statements=("C9",),
)

LOCAL = Claim(
    label="claim-convolution-local",
    sentence="Units of a dense layer use at least a third more places after Gaussian signals as after "
    "signals with edges and the same covariance.",
    experiment=fields.emerged,
    measure=times_wider,
    gate=every(at_least=4 / 3),
    control=fields.without_edges,
    control_is="elliptical signals, which are not Gaussian and have no edges",
    unit="times",
    statements=("A4",),
)

CLAIMS = (MATRIX, RAILS, RING, HALF, ROLLED, SAW, BLIND, LEARNED, IMPROVED, CHANCE, LOCAL)
