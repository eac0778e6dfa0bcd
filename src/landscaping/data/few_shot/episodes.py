"""An episode: a few things, a few examples of each to go by, and others to name."""

import torch
from jaxtyping import Float, Int
from torch import Tensor

from landscaping.randomness import stream

WAYS, SHOTS, QUERIES = 5, 5, 10
EPISODES = 200  # with five ways; as many queries with others

Embedded = Float[Tensor, "seed thing each feature"]


def squared_distances(
    points: Float[Tensor, "*batch n feature"], prototypes: Float[Tensor, "*batch way feature"]
) -> Float[Tensor, "*batch n way"]:
    """From every point to every prototype, multiplied out: one matrix product."""
    far = points.square().sum(-1)[..., :, None] + prototypes.square().sum(-1)[..., None, :]
    return far - 2 * points @ prototypes.mT


def episodes(
    seed: int, count: int, each: int, ways: int, examples: int
) -> tuple[Int[Tensor, "episode ways 1"], Int[Tensor, "episode ways examples"]]:
    """Which things, and which of their examples, are drawn for each of a seed's episodes."""
    source, many = stream("episodes", seed), EPISODES * WAYS // ways
    things = torch.rand(many, count, generator=source).argsort(1)[:, :ways, None]
    return things, torch.rand(many, ways, each, generator=source).argsort(2)[..., :examples]


def right(
    embedded: Embedded, seeds: tuple[int, ...], ways: int = WAYS, shots: int = SHOTS
) -> Float[Tensor, "seed"]:
    """How many queries in a hundred lie nearest to the prototype of their own thing, over many episodes."""
    return torch.stack([_right_of(z, seed, ways, shots) for z, seed in zip(embedded, seeds, strict=True)])


def _right_of(z: Float[Tensor, "thing each feature"], seed: int, ways: int, shots: int) -> Tensor:
    things, which = episodes(seed, *z.shape[:2], ways, shots + QUERIES)
    chosen = z[things, which]  # (episode, way, example, feature)
    prototypes, queries = chosen[:, :, :shots].mean(2), chosen[:, :, shots:].flatten(1, 2)
    named = squared_distances(queries, prototypes).argmin(2)
    return 100 * (named == torch.arange(ways).repeat_interleave(QUERIES)).double().mean()


def share_between(embedded: Embedded) -> Float[Tensor, "seed"]:
    """The share of the embedding's variance that lies between things; the rest lies among examples of one."""
    within = embedded.var(2, correction=0).mean(1).sum(1)
    return 100 * (1 - within / embedded.flatten(1, 2).var(1, correction=0).sum(1))
