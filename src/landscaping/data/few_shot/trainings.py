"""Four ways to train one embedding on fifty things, and three embeddings without training, on new things."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from landscaping.data.few_shot import family, losses
from landscaping.data.few_shot.episodes import right, share_between
from landscaping.data.few_shot.networks import (
    Classifier,
    CosineClassifier,
    body,
    embed,
    embedding,
    on_sphere,
    without_place,
)
from landscaping.ensemble import Adam, Ensemble, Player, cosine, descend, run, stack

THINGS, EACH = 50, 40  # in training
EPISODE_WAYS, EPISODE_SHOTS, EPISODE_EXAMPLES = 20, 5, 10
BATCH = EPISODE_WAYS * EPISODE_EXAMPLES  # curves that every arm sees in a step
STEPS, RATE = 250, 0.02
TOLD = ("raw samples", "untrained", "made by hand")
TRAINED = ("plain classifier", "cosine classifier", "neighbours", "prototypes")
ARMS = (*TOLD, *TRAINED, "the layer below")


def descended(nets: Ensemble, objective: Callable, data: tuple, batch: int, noise=None) -> Ensemble:
    """Train in place."""
    player = Player(nets, objective, Adam(cosine(RATE, STEPS)))
    run(descend([player], data, batch=batch, noise=noise, steps=STEPS, per_seed=True))
    return nets


def mixed(curves: Float[Tensor, "seed thing each 40"]) -> tuple[Tensor, Int[Tensor, "seed n"]]:
    """Examples of all things in one pile, with the number of their thing."""
    seeds, count, each, _ = curves.shape
    return curves.flatten(1, 2), torch.arange(count).repeat_interleave(each).expand(seeds, -1)


@lru_cache(maxsize=4)
def by_prototypes(seeds: tuple[int, ...]) -> Ensemble:
    """Trained on episodes: each step draws things, then examples of them."""
    curves = family.to_learn(seeds, THINGS, EACH)

    def objective(nets, seen, chance):  # (way, all examples, 40); one random number for each example
        chosen = chance.argsort(1)[:, :EPISODE_EXAMPLES, None].expand(-1, -1, curves.shape[-1])
        embedded = nets[0](seen[0].gather(1, chosen).flatten(0, 1))
        return losses.prototypical(embedded.unflatten(0, chosen.shape[:2]), EPISODE_SHOTS)

    nets = stack(embedding, seeds)
    return descended(nets, objective, (curves,), EPISODE_WAYS, noise=(EPISODE_WAYS, EACH))


def by_neighbours(seeds: tuple[int, ...]) -> Ensemble:
    """Trained without episodes on piles of examples, each to be near others of its thing."""
    objective = lambda nets, seen, _: losses.neighbours(nets[0](seen[0]), seen[1])  # noqa: E731
    return descended(stack(embedding, seeds), objective, mixed(family.to_learn(seeds, THINGS, EACH)), BATCH)


def classifiers(kind: type, seeds: tuple[int, ...], things: int, each: int) -> Ensemble:
    """Trained without episodes to name the thing of every example."""
    objective = lambda nets, seen, _: cross_entropy(nets[0](seen[0]), seen[1])  # noqa: E731
    nets = stack(lambda: kind(things), seeds)
    return descended(nets, objective, mixed(family.to_learn(seeds, things, each)), BATCH)


@lru_cache(maxsize=16)
def embeddings(seeds: tuple[int, ...]) -> dict[str, Callable[[Tensor], Tensor]]:
    """By name, what makes an embedding of curves: three without training, four trained on the same."""
    plain, angles = classifiers(Classifier, seeds, THINGS, EACH), cosines(seeds, THINGS, EACH)
    nets = {
        "untrained": stack(embedding, seeds),
        "neighbours": by_neighbours(seeds),
        "prototypes": by_prototypes(seeds),
    }
    found = {name: lambda x, net=net: embed(net, x) for name, net in nets.items()}
    found |= {"raw samples": lambda x: x, "made by hand": without_place}
    found |= {"plain classifier": lambda x: embed(plain, x), "cosine classifier": angles}
    found |= {"the layer below": lambda x: embed(body(plain), x)}
    return {name: found[name] for name in ARMS}


@lru_cache(maxsize=32)
def cosines(seeds: tuple[int, ...], things: int, each: int) -> Callable[[Tensor], Tensor]:
    """The embedding of a cosine classifier trained on so many things."""
    nets = body(classifiers(CosineClassifier, seeds, things, each))
    return lambda curves: on_sphere(embed(nets, curves))


@dataclass(frozen=True)
class Arms:
    """Right answers in a hundred, five ways and five shots: on new things, and where only the place tells."""

    new: dict[str, Float[Tensor, "seed"]]
    places: dict[str, Float[Tensor, "seed"]]

    def swapped(self, one: str, other: str) -> "Arms":
        """The scores with one arm's on new things in another's place."""
        return replace(self, new=self.new | {one: self.new[other]})

    def with_usual_places(self) -> "Arms":
        """The usual new things in the place of those that only their place tells apart."""
        return replace(self, places=self.new)


@lru_cache(maxsize=4)
def arms(seeds: tuple[int, ...]) -> Arms:
    """Every embedding on the same episodes."""
    return Arms(*(scores(seeds, test(seeds)) for test in (family.new, family.places)))


def scores(seeds: tuple[int, ...], curves: Tensor) -> dict[str, Float[Tensor, "seed"]]:
    """Every embedding on episodes of these curves."""
    return {name: right(make(curves), seeds) for name, make in embeddings(seeds).items()}


@dataclass(frozen=True)
class Learnt:
    """The share of the variance that lies between new things, in a hundred."""

    raw: Float[Tensor, "seed"]
    trained: Float[Tensor, "seed"]


def learnt(seeds: tuple[int, ...], by: str = "prototypes") -> Learnt:
    """Before and after an embedding."""
    curves = family.new(seeds)
    return Learnt(share_between(curves), share_between(embeddings(seeds)[by](curves)))


def untrained_as_if_learnt(seeds: tuple[int, ...]) -> Learnt:
    """The control: the untrained network in the trained one's place."""
    return learnt(seeds, "untrained")
