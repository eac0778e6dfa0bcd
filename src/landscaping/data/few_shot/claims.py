"""What the chapter on few-shot learning states, and what would show it wrong."""

from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.claims import Claim, every, mean
from landscaping.data.few_shot.counts import Many, few_and_many, many_as_if_few, more_of_the_same
from landscaping.data.few_shot.geometry import bend, gap_in_plane
from landscaping.data.few_shot.trainings import Arms, Learnt, arms, learnt, untrained_as_if_learnt

POINTS = "points"


def itself(result: float) -> float:
    """The experiment's own number."""
    return result


def swapped(one: str, other: str, seeds: tuple[int, ...]) -> Arms:
    """The control: one arm's scores in another's place."""
    return arms(seeds).swapped(one, other)


def usual_places(seeds: tuple[int, ...]) -> Arms:
    """The control: the usual new things in the place of those that only their place tells apart."""
    return arms(seeds).with_usual_places()


def least_over_raw(result: Arms) -> Float[Tensor, "seed"]:
    """What training is worth: the weakest of three trained embeddings over raw samples, on new things."""
    trained = [result.new[name] for name in ("prototypes", "neighbours", "cosine classifier")]
    return torch.stack(trained).amin(0) - result.new["raw samples"]


def without_over_with_episodes(result: Arms) -> Float[Tensor, "seed"]:
    """Neighbours less prototypes, on new things."""
    return result.new["neighbours"] - result.new["prototypes"]


def cosine_over_plain(result: Arms) -> Float[Tensor, "seed"]:
    """The cosine classifier less the plain one, on new things."""
    return result.new["cosine classifier"] - result.new["plain classifier"]


def share_by_hand(result: Arms) -> Float[Tensor, "seed"]:
    """The part of the way from raw samples to neighbours that the embedding made by hand goes."""
    raw = result.new["raw samples"]
    return (result.new["made by hand"] - raw) / (result.new["neighbours"] - raw)


def raw_over_trained(result: Arms) -> Float[Tensor, "seed"]:
    """Raw samples less neighbours, where only the place tells things apart."""
    return result.places["raw samples"] - result.places["neighbours"]


def times_apart(result: Learnt) -> Float[Tensor, "seed"]:
    """How many times the variance's share between things grew over that of raw samples."""
    return result.trained / result.raw


def many_over_few(result: Many) -> Float[Tensor, "seed"]:
    """What fifty things are worth over five, on new things; or more examples of five."""
    return result.new[-1] - result.new[0]


def known_over_new(result: Many) -> Float[Tensor, "seed"]:
    """How much better a network knows its own five things than new ones."""
    return result.known[0] - result.new[0]


STRAIGHT = Claim(
    label="claim-few-shot-straight",
    sentence="Between two prototypes the border of squared distance is straight: the logits' difference is a "
    "linear function of the embedding.",
    experiment=bend,
    measure=itself,
    gate=every(at_most=1e-11),
    control=partial(bend, squared=False),
    control_is="distance that is not squared",
    unit="largest bend",
    exact=True,
)
PLANE = Claim(
    label="claim-few-shot-plane",
    sentence="With three ways, a query's answer depends only on its foot in the plane of the three "
    "prototypes.",
    experiment=gap_in_plane,
    measure=itself,
    gate=every(at_most=1e-11),
    control=partial(gap_in_plane, ways=4),
    control_is="four ways, seen in the plane that their prototypes leave least",
    unit="largest change of a difference",
    exact=True,
)
TRAINED = Claim(
    label="claim-few-shot-trained",
    sentence="Training on fifty other things, by episodes or without, is worth at least 40 points on new "
    "things.",
    experiment=arms,
    measure=least_over_raw,
    gate=every(at_least=40.0),
    control=partial(swapped, "prototypes", "untrained"),
    control_is="the same network untrained",
    unit=POINTS,
    statements=("A9",),
)
NO_EPISODES = Claim(
    label="claim-few-shot-no-episodes",
    sentence="Trained on mixed examples without any episode, the network is on average no more than a point "
    "behind the one trained on episodes.",
    experiment=arms,
    measure=without_over_with_episodes,
    gate=mean(at_least=-1.0),
    control=partial(swapped, "neighbours", "plain classifier"),
    control_is="the plain classifier in its place",
    unit=POINTS,
    statements=("A9",),
)
FALSE_CAUSE = Claim(
    label="claim-few-shot-false-cause",
    sentence="Without episodes either way, a classifier of cosines beats a plain classifier by at least six "
    "points on average.",
    experiment=arms,
    measure=cosine_over_plain,
    gate=mean(at_least=6.0),
    control=partial(swapped, "cosine classifier", "the layer below"),
    control_is="the plain classifier again, read one layer lower",
    unit=POINTS,
    statements=("A9",),
)
MANY_THINGS = Claim(
    label="claim-few-shot-many-things",
    sentence="Two thousand examples of fifty things beat two thousand of five by at least 15 points on new "
    "things, on average.",
    experiment=few_and_many,
    measure=many_over_few,
    gate=mean(at_least=15.0),
    control=more_of_the_same,
    control_is="ten times the examples of the same five things",
    unit=POINTS,
    statements=("A9",),
)
KNOWN = Claim(
    label="claim-few-shot-known",
    sentence="Trained on five things, the network is at least 15 points better at telling these five apart "
    "than at new things.",
    experiment=few_and_many,
    measure=known_over_new,
    gate=every(at_least=15.0),
    control=many_as_if_few,
    control_is="the network trained on fifty things",
    unit=POINTS,
    statements=("A9",),
)
APART = Claim(
    label="claim-few-shot-apart",
    sentence="Training on other things makes the share of the variance that lies between new things at least "
    "six times as large.",
    experiment=learnt,
    measure=times_apart,
    gate=every(at_least=6.0),
    control=untrained_as_if_learnt,
    control_is="the same network untrained",
    unit="times the share",
    statements=("A9",),
)
BY_HAND = Claim(
    label="claim-few-shot-by-hand",
    sentence="Saying by hand that the place does not matter gives between half and three quarters of what "
    "training gives.",
    experiment=arms,
    measure=share_by_hand,
    gate=every(at_least=0.5, at_most=0.75),
    control=partial(swapped, "made by hand", "untrained"),
    control_is="the untrained network in its place",
    unit="of the way",
)
PLACES = Claim(
    label="claim-few-shot-places",
    sentence="Where only the place tells things apart, raw samples beat the trained embedding by at least 12 "
    "points on average.",
    experiment=arms,
    measure=raw_over_trained,
    gate=mean(at_least=12.0),
    control=usual_places,
    control_is="the usual new things, told apart by their curves",
    unit=POINTS,
    statements=("A9",),
)
CLAIMS = (STRAIGHT, PLANE, TRAINED, NO_EPISODES, FALSE_CAUSE, MANY_THINGS, KNOWN, APART, BY_HAND, PLACES)
