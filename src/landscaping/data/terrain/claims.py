"""What the chapter on the terrain states, and what would show it wrong."""

from functools import partial

from jaxtyping import Float
from torch import Tensor

from landscaping.claims import Claim, every, interval, mean
from landscaping.data.terrain.bottoms import FEW, Arrivals, Wander, arrivals, wander
from landscaping.data.terrain.outliers import Spoiled, reshaped, spoiled
from landscaping.data.terrain.unevenness import Ripples, parts, ripples
from landscaping.data.terrain.valleys import Valleys, counted, fewer_for_noise

MUCH = 0.5  # the noise of the control of claim SHARE


def itself(result: float) -> float:
    """The experiment's own number."""
    return result


def over_foretold(result: Ripples) -> Float[Tensor, "seed"]:
    """The noise's ripple over what the law says, mean over the numbers of examples."""
    return (result.noise / result.foretold).mean(0)


def share_of_noise(result: Ripples) -> Float[Tensor, "seed"]:
    """The noise's share of the ripples' variance, mean over the numbers of examples."""
    return result.share.mean(0)


def times_closer(result: Wander) -> Float[Tensor, "seed"]:
    """How many times closer to the truth the bottom lies with the most examples than with the fewest."""
    return result.distance[0] / result.distance[-1]


def more_by_noise(result: Valleys) -> Float[Tensor, "seed"]:
    """Valleys that noise adds."""
    return result.by_noise


def more_by_scarcity(result: Valleys) -> Float[Tensor, "seed"]:
    """Valleys that a lack of examples adds."""
    return result.by_scarcity


def change_of_share(result: Arrivals) -> Float[Tensor, "seed"]:
    """How the share of arriving marbles changed."""
    return result.change


def squared_over_absolute(result: Spoiled) -> Float[Tensor, "seed"]:
    """How many times farther the squared loss puts the lowest point, at the most wrong example."""
    return result.squared[-1] / result.absolute[-1]


PARTS = Claim(
    label="claim-terrain-parts",
    sentence="Noisy land is clean land, plus a constant, plus the sum −(2/n) Σ ε (f − f*), and nothing else.",
    experiment=parts,
    measure=itself,
    gate=every(at_most=1e-12),
    control=partial(parts, in_squares=False),
    control_is="absolute error, whose land does not split this way",
    unit="largest gap on the map",
    exact=True,
    statements=("A6",),
)
LAW = Claim(
    label="claim-terrain-law",
    sentence="From seven to 448 examples, the noise's ripple has the size 2σ√(height / n), within a fifth.",
    experiment=ripples,
    measure=over_foretold,
    gate=every(at_least=0.8, at_most=1.2),
    control=partial(ripples, in_order=True),
    control_is="the same errors dealt out so that they grow with the answers",
    unit="of the size foretold",
    statements=("A6",),
)
SHARE = Claim(
    label="claim-terrain-share",
    sentence="At the usual noise, at most a tenth of the ripples' variance comes from the noise; the rest "
    "comes from which inputs were drawn.",
    experiment=ripples,
    measure=share_of_noise,
    gate=every(at_most=0.1),
    control=partial(ripples, noise=MUCH),
    control_is="five times the noise",
    unit="of the variance",
    statements=("A6",),
)
NO_HOLES = Claim(
    label="claim-terrain-no-holes",
    sentence="Three times the usual noise adds, on average, less than one valley to land from 28 examples.",
    experiment=counted,
    measure=more_by_noise,
    gate=mean(at_most=1.0),
    control=fewer_for_noise,
    control_is="taking away three quarters of the examples instead",
    unit="valleys more",
    statements=("A6",),
)
FEW_EXAMPLES = Claim(
    label="claim-terrain-few-examples",
    sentence="Land from seven clean examples has, on average, at least three valleys more than land "
    "from 112.",
    experiment=counted,
    measure=more_by_scarcity,
    gate=mean(at_least=3.0),
    control=partial(counted, counts=(28,)),
    control_is="lands from equally many examples",
    unit="valleys more",
    statements=("A6",),
)
CLOSER = Claim(
    label="claim-terrain-closer",
    sentence="Sixteen times the examples bring the bottom of the right valley about four times closer to "
    "the truth.",
    experiment=wander,
    measure=times_closer,
    gate=mean(at_least=3.4, at_most=5.6),
    control=partial(wander, in_order=True),
    control_is="the same errors dealt out so that they grow with the answers",
    unit="times closer",
    statements=("A5",),
)
SAME_ROADS = Claim(
    label="claim-terrain-same-roads",
    sentence="Three times the usual noise changes the share of marbles that come to the bottom of the right "
    "valley by less than six in a hundred.",
    experiment=arrivals,
    measure=change_of_share,
    gate=interval(at_least=-0.06, at_most=0.06),
    control=partial(arrivals, noise=0.0, n=FEW),
    control_is="a quarter of the examples, without any noise",
    unit="of the starts",
    statements=("A5", "A6"),
)
FIXED_PULL = Claim(
    label="claim-terrain-fixed-pull",
    sentence="Under absolute error, an answer beyond the wave's reach may go ten times as far: the land "
    "only rises, its shape stays.",
    experiment=reshaped,
    measure=itself,
    gate=every(at_most=1e-12),
    control=partial(reshaped, loss="squared"),
    control_is="squared error",
    unit="largest change of shape",
    exact=True,
)
OUTLIER = Claim(
    label="claim-terrain-outlier",
    sentence="One very wrong example of 28 puts the lowest point at least four times as far from the truth "
    "under squared error as under absolute error.",
    experiment=spoiled,
    measure=squared_over_absolute,
    gate=every(at_least=4.0),
    control=partial(spoiled, wrong=(0.0,)),
    control_is="the same lands without the wrong example",
    unit="times as far",
    statements=("A6",),
)
CLAIMS = (PARTS, LAW, SHARE, FEW_EXAMPLES, NO_HOLES, CLOSER, SAME_ROADS, FIXED_PULL, OUTLIER)
