"""What the chapter on shallow networks states, and what would show it wrong."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.claims import Claim, every, mean
from landscaping.models.shallow_networks import by_hand, descent, regions


def miscounted(counted: list[regions.Counted]) -> float:
    """The largest difference between regions counted and foretold."""
    return float(max(abs(network.counted - network.foretold) for network in counted))


def widest_gap(joined: list[by_hand.Joined]) -> float:
    """How far the worst network is from the lines that it should draw."""
    return max(each.gap() for each in joined)


def of_bound(errors: Float[Tensor, "width"]) -> float:
    """The largest error of the square root, as a multiple of `1/(2D²)` for D units."""
    return (errors * 2 * torch.tensor(by_hand.UNITS) ** 2).max().item()


def hand_made_error() -> float:
    """Root mean squared error of the hand-made square root on the same examples."""
    x = descent.EVENLY.double()
    return (by_hand.root(descent.WIDTH)(x) - x.sqrt()).square().mean().sqrt().item()


def left_on_the_table(roots: descent.Roots) -> Float[Tensor, "seed"]:
    """The trained error in multiples of the hand-made one."""
    return roots.error() / hand_made_error()


def gained_by_moving(births: descent.Births) -> Float[Tensor, "seed"]:
    """How many times smaller the error is with moved joints, on the same seed."""
    return births.born.error() / births.moved.error()


REGIONS = Claim(
    label="claim-shallow-networks-regions",
    sentence="Networks of one to twelve hidden units, as they are born, have exactly as many linear regions "
    "as Zaslavsky's sum says, on one input and on two.",
    experiment=regions.count_networks,
    measure=miscounted,
    gate=every(at_most=0.0),
    control=regions.count_without_biases,
    control_is="the same networks without biases, all of whose hinges pass through the origin",
    unit="regions miscounted at most",
    exact=True,
)
JOIN = Claim(
    label="claim-shallow-networks-join",
    sentence="A network with one hinge for each piece, turning by the change of slope, draws the straight "
    "lines between any points in order.",
    experiment=by_hand.join_points,
    measure=widest_gap,
    gate=every(at_most=1e-9),
    control=by_hand.join_by_slopes,
    control_is="hinges that turn by their piece's whole slope",
    unit="apart at most",
    statements=("B3",),
    exact=True,
)
ROOT = Claim(
    label="claim-shallow-networks-root",
    sentence="With joints at fourth powers, D hidden units draw the square root from 0 to 1 with an error of "
    "at most 1/(2D²) everywhere.",
    experiment=by_hand.worst_root_errors,
    measure=of_bound,
    gate=every(at_most=1.0),
    control=by_hand.even_root_errors,
    control_is="evenly spaced joints",
    unit="of 1/(2D²) at worst, from 1 unit to 64",
    statements=("B3", "C7"),
    exact=True,
)
LEFT = Claim(
    label="claim-shallow-networks-left",
    sentence="Trained from random weights, a network of the same width errs at least four times as much as "
    "the hand-made square root.",
    experiment=descent.learn_root,
    measure=left_on_the_table,
    gate=every(at_least=4.0),
    control=descent.from_hand_made,
    control_is="descent that starts at the hand-made network",
    unit="times the hand-made error",
    statements=("B3", "C7"),
)
WHERE = Claim(
    label="claim-shallow-networks-where",
    sentence="After training, at most half of the joints lie where the examples are.",
    experiment=descent.learn_root,
    measure=descent.Roots.inside,
    gate=every(at_most=0.5),
    control=descent.from_hand_made,
    control_is="descent that starts at the hand-made network",
    unit="of the joints",
    statements=("C7",),
)
BIRTH = Claim(
    label="claim-shallow-networks-birth",
    sentence="Moving the joints into the range before the first step makes the trained error smaller, by a "
    "tenth or more on average over seeds.",
    experiment=descent.two_births,
    measure=gained_by_moving,
    gate=mean(at_least=1.1),
    control=descent.two_births_beyond,
    control_is="joints moved far to the right of all examples",
    unit="times smaller",
    statements=("C7",),
)
FLOOR = Claim(
    label="claim-shallow-networks-floor",
    sentence="A network trained on a step errs at most a tenth more than the best curve of its own steepest "
    "slope.",
    experiment=descent.learn_step,
    measure=lambda seen: seen.over_floor()[-1],
    gate=every(at_most=1.1),
    control=descent.untrained,
    control_is="the networks as they were born",
    unit="times the least possible",
    statements=("C7",),
)
STEEPER = Claim(
    label="claim-shallow-networks-steeper",
    sentence="Twice as many steps make the drawn step about twice as steep.",
    experiment=descent.learn_step,
    measure=lambda seen: seen.slope[-1] / seen.slope[-2],
    gate=every(at_least=1.4, at_most=2.6),
    control=descent.learn_gentle,
    control_is="the same networks learning a gentle rise, which is done by then",
    unit="times as steep",
    statements=("C7",),
)
BEYOND = Claim(
    label="claim-shallow-networks-beyond",
    sentence="Asked for the square root of nine, networks trained between zero and one err at least forty "
    "times as much as on their examples.",
    experiment=descent.error_beyond,
    measure=lambda ratio: ratio,
    gate=every(at_least=40.0),
    control=descent.error_within,
    control_is="the same networks asked inside the range",
    unit="times the error inside",
    statements=("B3",),
)

CLAIMS = (REGIONS, JOIN, ROOT, LEFT, WHERE, BIRTH, FLOOR, STEEPER, BEYOND)
