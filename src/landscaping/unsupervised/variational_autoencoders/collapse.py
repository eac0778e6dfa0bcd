"""Directions of the map that tell nothing: priced out by the noise, or shut out by the way down."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor

from landscaping.ensemble import Ensemble, cosine, stack
from landscaping.unsupervised.variational_autoencoders import linear
from landscaping.unsupervised.variational_autoencoders.bounds import guesses
from landscaping.unsupervised.variational_autoencoders.networks import (
    curved,
    each_divergence,
    log_noise,
    straight,
)
from landscaping.unsupervised.variational_autoencoders.training import drawn, go_on, images, trained

NOISE, STRAIGHT_LATENTS, STRAIGHT_STEPS = 0.4, 12, 1500
LATENTS, WIDTH, RATE, FIRST, REST, CHEAP, DEAR = 10, 32, 0.005, 400, 800, 0.2, 5.0
USED, DRAWS = 0.05, 10  # nats that a direction must tell to count as used; draws for the bound


@dataclass(frozen=True)
class Directions:
    """Trained autoencoders with more directions than they may need."""

    nets: Ensemble

    @cached_property
    def told(self) -> Float[Tensor, "seed latents"]:
        """What each direction tells of a known digit, most telling first, in nats."""
        mean, log_spread = guesses(self.nets, images(self.nets.seeds)[0])
        return each_divergence(mean, log_spread).mean(1).sort(dim=1, descending=True).values

    @property
    def used(self) -> Float[Tensor, "seed"]:
        """How many directions tell anything."""
        return (self.told > USED).sum(1).double()

    @cached_property
    def bound(self) -> Float[Tensor, "seed"]:
        """The bound of new digits, averaged over a few draws each."""
        x = images(self.nets.seeds)[1]
        noises = drawn((DRAWS, x.shape[1], self.told.shape[1]), "draws", self.nets.seeds)
        asked = [self.nets(torch.cat([x, noise], -1), per_seed=True).sum(-1) for noise in noises.unbind(1)]
        return -torch.stack(asked).mean((0, 2))


@dataclass(frozen=True)
class Starts:
    """The same networks twice: at full price all the way, and with another price at first."""

    plain: Directions
    other: Directions

    @property
    def gain(self) -> Float[Tensor, "seed"]:
        """What the other start adds to the bound of new digits, in nats."""
        return self.other.bound - self.plain.bound


@lru_cache(maxsize=4)
def straight_directions(seeds: tuple[int, ...], price: float = 1.0) -> Directions:
    """Straight maps of twelve directions under a noise that is given."""
    make = lambda: straight(STRAIGHT_LATENTS, noise=NOISE)  # noqa: E731
    nets = trained(make, seeds, latents=STRAIGHT_LATENTS, rate=0.02, steps=STRAIGHT_STEPS, price=price)
    return Directions(nets)


def at_half_price(seeds: tuple[int, ...]) -> Directions:
    """The same with the divergence at half its price."""
    return straight_directions(seeds, 0.5)


def foretold(seeds: tuple[int, ...]) -> Float[Tensor, "seed latents"]:
    """What each direction should tell, by the variances of the digits alone."""
    variances = [linear.directions(x)[1][:STRAIGHT_LATENTS] for x in images(seeds)[0]]
    return torch.stack([linear.told(own, NOISE) for own in variances])


def worth(found: Directions) -> Int[Tensor, "seed"]:
    """How many directions of a straight map would be worth telling under the noise that a network learned."""
    noises = log_noise(found.nets).exp()
    found_by = zip(images(found.nets.seeds)[0], noises, strict=True)
    return torch.stack([(linear.directions(x)[1] > noise**2).sum() for x, noise in found_by])


def off(found: Directions) -> Float[Tensor, "seed"]:
    """How far any direction is from what is foretold, in nats."""
    return (found.told - foretold(found.nets.seeds)).abs().amax(1)


@lru_cache(maxsize=4)
def curved_directions(seeds: tuple[int, ...], price: float = 1.0) -> Directions:
    """Curved maps of ten directions, trained at this price first and then at the full one."""
    nets = stack(lambda: curved(LATENTS, WIDTH), seeds)
    go_on(nets, latents=LATENTS, rate=RATE, steps=FIRST, price=price)
    go_on(nets, latents=LATENTS, rate=cosine(RATE, REST), steps=REST)
    return Directions(nets)


def starts(seeds: tuple[int, ...]) -> Starts:
    """Full price against a cheap start."""
    return Starts(curved_directions(seeds), curved_directions(seeds, CHEAP))


def dear_start(seeds: tuple[int, ...]) -> Starts:
    """Full price against a dear start."""
    return Starts(curved_directions(seeds), curved_directions(seeds, DEAR))
