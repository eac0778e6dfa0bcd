"""Maps of handwriting with two directions, and what they make of known and of new digits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble
from landscaping.unsupervised.variational_autoencoders import bounds, linear
from landscaping.unsupervised.variational_autoencoders.networks import curved, log_noise, part, straight
from landscaping.unsupervised.variational_autoencoders.refining import best_guess
from landscaping.unsupervised.variational_autoencoders.training import drawn, images, labels, trained

WIDTH, RATE, STEPS = 32, 0.01, 1500
# Images for exact sums, images that get a guess of their own, and places drawn for an image.
ASKED, REFINED, DRAWS = 100, 50, 1000


@dataclass(frozen=True)
class Maps:
    """One trained map for each seed, and the images that it is asked about."""

    nets: Ensemble

    @cached_property
    def known(self) -> Float[Tensor, "seed n 64"]:
        """Digits that the map learned from."""
        return images(self.nets.seeds)[0][:, :ASKED]

    @cached_property
    def new(self) -> Float[Tensor, "seed n 64"]:
        """Digits that it never saw."""
        return images(self.nets.seeds)[1][:, :ASKED]

    @cached_property
    def likely(self) -> dict[str, Float[Tensor, "seed n"]]:
        """log Pr(x) of known and of new digits."""
        return {name: bounds.log_likelihood(self.nets, getattr(self, name)) for name in ("known", "new")}

    def price(self, name: str = "new") -> Float[Tensor, "seed n"]:
        """How far the bound lies below log Pr(x), for every image."""
        x = getattr(self, name)
        return self.likely[name] - bounds.bound(self.nets, x, bounds.guesses(self.nets, x))

    def left(self, better: Callable = best_guess) -> Float[Tensor, "seed"]:
        """The share of the price of new digits that is left once each has the best guess for itself."""
        x, exact = self.new[:, :REFINED], self.likely["new"][:, :REFINED]
        own = bounds.bound(self.nets, x, better(self.nets, x))
        return (exact - own).mean(1) / self.price()[:, :REFINED].mean(1)

    @cached_property
    def log_weights(self) -> Float[Tensor, "seed k n"]:
        """Log importance weights of a thousand places for every new digit."""
        return bounds.weights_of(self.nets, self.new, bounds.guesses(self.nets, self.new), DRAWS)

    def repaid(self, k: int = DRAWS) -> Float[Tensor, "seed"]:
        """The share of the price of new digits that `k` weighted draws pay back."""
        one = self.price().mean(1)
        return 1 - (self.likely["new"] - bounds.weighted_bound(self.log_weights, k)).mean(1) / one

    def over_straight(self, latents: int) -> Float[Tensor, "seed"]:
        """By how many nats a new digit is more likely here than under the best straight map."""
        maps = [linear.most_likely(x, latents) for x in images(self.nets.seeds)[0]]
        straight = [m.log_likelihood(x) for m, x in zip(maps, self.new, strict=True)]
        return self.likely["new"].mean(1) - torch.stack(straight).mean(1)

    def neighbours(self, count: int = 10) -> Float[Tensor, "seed"]:
        """Share of new digits whose nearest known digits on the map mostly show the same digit."""
        known, new = (bounds.guesses(self.nets, x)[0] for x in images(self.nets.seeds))
        return agreement(known, new, *labels(self.nets.seeds), count)

    @property
    def pictures(self) -> dict[str, Float[Tensor, "seed n 64"]]:
        """New digits, decoded means of places drawn from the prior, and these with the noise: samples."""
        means = part(self.nets, "decoder")(drawn((ASKED, 2), "places", self.nets.seeds), per_seed=True)
        noise = drawn((ASKED, 64), "pixels", self.nets.seeds)
        samples = means + log_noise(self.nets).exp().reshape(-1, 1, 1) * noise
        return {"digits": self.new, "means": means, "samples": samples}


def agreement(known: Tensor, new: Tensor, labels: Tensor, truth: Tensor, count: int) -> Float[Tensor, "seed"]:
    """Share of `new` places, `(seed, m, latents)`, whose `count` nearest known ones vote for their label."""
    near = torch.cdist(new, known).topk(count, largest=False).indices  # (seed, m, count)
    votes = torch.stack([own[rows] for own, rows in zip(labels, near, strict=True)])
    return (votes.mode(-1).values == truth).double().mean(1)


@lru_cache(maxsize=4)
def maps(seeds: tuple[int, ...]) -> Maps:
    """Curved maps: two layers each way."""
    return Maps(trained(lambda: curved(2, WIDTH), seeds, latents=2, rate=RATE, steps=STEPS))


@lru_cache(maxsize=4)
def straight_maps(seeds: tuple[int, ...], steps: int = STEPS) -> Maps:
    """Straight maps: one linear layer each way."""
    return Maps(trained(lambda: straight(2), seeds, latents=2, rate=2 * RATE, steps=steps))


def straight_briefly(seeds: tuple[int, ...]) -> Maps:
    """Straight maps after a tenth of the steps."""
    return straight_maps(seeds, STEPS // 10)


def missing(made: Maps) -> Float[Tensor, "seed"]:
    """How far the bound of straight maps lies below the highest likelihood of any, a known digit."""
    x = images(made.nets.seeds)[0]
    best = [linear.most_likely(own, 2).log_likelihood(own).mean() for own in x]
    return torch.stack(best) - linear.bound_of(made.nets, x).mean(1)
