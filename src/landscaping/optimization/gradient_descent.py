"""The claims of the chapter on gradient descent, and what each reads off its experiment."""

from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.claims import Claim, every
from landscaping.optimization.clean_land import FAST, Fates, Paces, on_gabor, on_line, slow_and_fast
from landscaping.optimization.quadratic import Contractions, Limits, coasting, contractions, limits, overshoot
from landscaping.optimization.speed_limit import Curvatures, watch

__all__ = ["CLAIMS", "CLOCK", "CONTRACTION", "EDGE", "INERTIA", "LIMIT", "NEVER_MET", "SLOWNESS", "VALLEYS"]

BEFORE_CONTACT = 48.0  # rate × steps until which no network at the three smallest rates meets its limit
LATE = 7  # the last measurements of curvature, long after it has stopped rising at the two largest rates


def foretold_wrongly(result: Contractions) -> float:
    """Largest gap between a step's factor and |1 − αλ|."""
    return (result.factor - (1 - result.rate_curvature).abs()[..., None]).abs().max().item()


def half_the_curvature(_: tuple[int, ...]) -> Contractions:
    """The same factors, with a rate × curvature that forgets half of it."""
    seen = contractions()
    return Contractions(seen.factor, seen.rate_curvature / 2)


def from_foretold(result: Limits) -> Float[Tensor, "seed"]:
    """How far the limit found by trying is from 2/λ, as a share of it."""
    return (result.found * result.curvature / 2 - 1).abs()


def disagreement(result: Curvatures) -> Float[Tensor, "seed"]:
    """How far the three smallest rates are apart in λ at equal rate × steps, at worst, before contact."""
    seen = result.sharpest[:3, result.times <= BEFORE_CONTACT]
    return (seen.amax(0) / seen.amin(0) - 1).amax(0)


def late_share_of_limit(result: Curvatures) -> Float[Tensor, "rate seed"]:
    """λ as a share of 2/α, the middle of the last measurements."""
    return result.of_limit[:, -LATE:].quantile(0.5, dim=1)


def at_the_limit(result: Curvatures) -> Float[Tensor, "seed"]:
    """λ as a share of 2/α late in training, at whichever of the two largest rates is further from it."""
    last = late_share_of_limit(result)[-2:]
    further = (last - 1).abs().argmax(0, keepdim=True)
    return last.gather(0, further)[0]


def highest_at_smallest_rate(result: Curvatures) -> Float[Tensor, "seed"]:
    """The largest share of its limit that curvature ever has at the smallest rate."""
    return result.of_limit[0].amax(0)


def coast(_: tuple[int, ...], momentum: float) -> Float[Tensor, "place 1"]:
    """No seed decides anything here."""
    return coasting(momentum)


def share_home(result: Fates) -> Float[Tensor, "seed"]:
    """Share of the starts that end in the target valley."""
    return result.share


def gained_by_slowness(result: Paces) -> Float[Tensor, "seed"]:
    """Share of starts that come home at the slow rate, minus that at the fast rate."""
    return result.slow.share - result.fast.share


CONTRACTION = Claim(
    label="claim-gradient-descent-contraction",
    sentence="In a quadratic valley each step multiplies the distance to the bottom by |1 − αλ|.",
    experiment=contractions,
    measure=foretold_wrongly,
    gate=every(at_most=1e-12),
    control=half_the_curvature,
    control_is="the same steps judged with half the curvature",
    unit="largest error of the formula",
    exact=True,
    statements=("A3",),
)
LIMIT = Claim(
    label="claim-gradient-descent-limit",
    sentence="In ten directions at once, the largest curvature λ alone sets the limit of the rate: 2/λ.",
    experiment=limits,
    measure=from_foretold,
    gate=every(at_most=0.01),
    control=partial(limits, of_all=torch.mean),
    control_is="the mean curvature in place of the largest",
    unit="of 2/λ apart from the limit found by trying",
    statements=("A3",),
)
CLOCK = Claim(
    label="claim-gradient-descent-clock",
    sentence="Before a network meets its limit, rate × steps alone sets its curvature, to a twentieth.",
    experiment=watch,
    measure=disagreement,
    gate=every(at_most=0.05),
    control=partial(watch, rates=(0.1, 0.3, 0.4)),
    control_is="two of the three rates raised until they meet the limit",
    unit="largest relative disagreement among three rates",
    statements=("A3",),
)
EDGE = Claim(
    label="claim-gradient-descent-edge",
    sentence="At the two largest rates the largest curvature rises to the limit 2/α and stays close to it.",
    experiment=watch,
    measure=at_the_limit,
    gate=every(at_least=0.9, at_most=1.15),
    control=partial(watch, rates=(0.1,)),
    control_is="a quarter of the largest rate, for the same rate × steps",
    unit="of 2/α",
    published="curvature hovers just above 2/α",
    citation="cohen2021gradient",
    statements=("A3",),
)
NEVER_MET = Claim(
    label="claim-gradient-descent-never-met",
    sentence="At the smallest rate, in the same rate × steps, curvature never comes to half its limit.",
    experiment=watch,
    measure=highest_at_smallest_rate,
    gate=every(at_most=0.5),
    control=partial(watch, rates=(0.4,)),
    control_is="the largest rate",
    unit="of 2/α at its highest",
    statements=("A3",),
)
INERTIA = Claim(
    label="claim-gradient-descent-inertia",
    sentence="Momentum carries the marble past the bottom at a rate where plain descent cannot cross it.",
    experiment=partial(coast, momentum=0.9),
    measure=overshoot,
    gate=every(at_least=0.5),
    control=partial(coast, momentum=0.0),
    control_is="plain descent at the same rate: it never crosses",
    unit="of the starting distance, on the other side",
    exact=True,
    statements=("A3",),
)
VALLEYS = Claim(
    label="claim-gradient-descent-valleys",
    sentence="On land made of clean examples, at most half of the starts end in the target valley.",
    experiment=on_gabor,
    measure=share_home,
    gate=every(at_most=0.5),
    control=on_line,
    control_is="a linear model on clean examples, where every start arrives",
    unit="of the starts",
    statements=("A5", "A8"),
)
SLOWNESS = Claim(
    label="claim-gradient-descent-slowness",
    sentence="A learning rate a hundred times smaller changes the share that arrives by less than a tenth.",
    experiment=slow_and_fast,
    measure=gained_by_slowness,
    gate=every(at_least=-0.1, at_most=0.1),
    control=partial(slow_and_fast, slow=FAST, fast=8 * FAST),
    control_is="a fast rate eight times larger, above the limit: it throws marbles out",
    unit="of the starts, slow minus fast",
    statements=("A5", "A8"),
)
CLAIMS = (CONTRACTION, LIMIT, CLOCK, EDGE, NEVER_MET, INERTIA, VALLEYS, SLOWNESS)
