"""Do local weights emerge in a dense layer? Signals on a ring with edges, and without, of one covariance.

After Ingrosso and Goldt (2022): two classes of signals that differ in their length of correlation only.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.ensemble import Adam, Ensemble, Player, descend, stack

Kind = Literal["edges", "gaussian", "elliptical"]
PLACES, UNITS, LENGTHS, GAIN = 60, 8, (2.0, 6.0), 10.0
BATCH, STEPS, RATE, START = 128, 1000, 0.003, 0.1


class Detector(nn.Module):
    """One dense layer of erf units and a read-out; small first weights, thresholds at plus or minus one."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.output = nn.Linear(PLACES, UNITS), nn.Linear(UNITS, 1)
        nn.init.normal_(self.hidden.weight, std=START / PLACES**0.5)
        nn.init.normal_(self.output.weight, std=0.25)
        self.hidden.bias.data.normal_().sign_()

    def forward(self, x: Float[Tensor, "n places"]) -> Float[Tensor, "n"]:
        """The class, +1 or -1."""
        return self.output(torch.erf(self.hidden(x) / 2**0.5)).squeeze(-1)


def smooth(length: float) -> Float[Tensor, "places places"]:
    """Covariance of a smooth Gaussian signal on the ring: exp(-(distance / length)²)."""
    steps = torch.arange(PLACES, dtype=torch.float64)
    apart = (steps[:, None] - steps).abs()
    return torch.exp(-((torch.minimum(apart, PLACES - apart) / length) ** 2))


def after_erf(covariance: Float[Tensor, "places places"]) -> Float[Tensor, "places places"]:
    """Covariance of erf(GAIN z / √2), divided by its standard deviation, for z with this covariance."""
    share = GAIN**2 / (1 + GAIN**2)
    return torch.asin(share * covariance) / torch.asin(torch.tensor(share, dtype=torch.float64))


def root(covariance: Float[Tensor, "places places"]) -> Float[Tensor, "places places"]:
    """Its symmetric square root: what white noise must be multiplied by."""
    values, vectors = torch.linalg.eigh(covariance)
    return (vectors * values.clamp(min=0).sqrt() @ vectors.T).float()


def with_edges(noise: Float[Tensor, "n wide"], mixing: Float[Tensor, "places places"]) -> Tensor:
    """A smooth signal, pushed towards -1 and +1: plateaus with edges between."""
    height = (2 / torch.pi * torch.asin(torch.tensor(GAIN**2 / (1 + GAIN**2)))).sqrt()
    return torch.erf(GAIN * noise[:, :PLACES] @ mixing / 2**0.5) / height


def gaussian(noise: Float[Tensor, "n wide"], mixing: Float[Tensor, "places places"]) -> Tensor:
    """Normal numbers with this covariance."""
    return noise[:, :PLACES] @ mixing


def elliptical(noise: Float[Tensor, "n wide"], mixing: Float[Tensor, "places places"]) -> Tensor:
    """The same, each signal louder or softer as a whole: not Gaussian, and still of this covariance."""
    return gaussian(noise, mixing) * noise[:, PLACES:].square().mean(1, keepdim=True).sqrt()


MAKERS: dict[Kind, Callable[[Tensor, Tensor], Tensor]] = {
    "edges": with_edges,
    "gaussian": gaussian,
    "elliptical": elliptical,
}


def mixings(kind: Kind) -> Float[Tensor, "2 places places"]:
    """For both classes, what turns white noise into signals whose covariance is the same for every kind."""
    wanted = [smooth(length) for length in LENGTHS]
    return torch.stack([root(c if kind == "edges" else after_erf(c)) for c in wanted])


def signals(kind: Kind, noise: Float[Tensor, "n wide"], mixing: Tensor) -> tuple[Tensor, Tensor]:
    """Signals of both classes, one half each, and their classes."""
    halves = noise.unflatten(0, (2, -1))
    x = torch.cat([MAKERS[kind](halves[k], mixing[k]) for k in (0, 1)])
    return x, torch.ones(len(x)).where(torch.arange(len(x)) < len(x) // 2, -1.0)


@lru_cache(maxsize=8)
def trained(kind: Kind, seeds: tuple[int, ...]) -> Ensemble:
    """One dense network a seed; every step sees signals that were never seen before."""

    def error(nets, mixing: tuple[Tensor, ...], noise: Tensor) -> Tensor:
        x, wanted = signals(kind, noise, mixing[0])
        return (nets[0](x) - wanted).square().mean()

    nets = stack(Detector, seeds)
    players = [Player(nets, error, Adam(RATE))]
    for _ in descend(players, (mixings(kind),), noise=(BATCH, PLACES + 2), steps=STEPS):
        pass
    return nets


def places_used(weights: Float[Tensor, "*units places"]) -> Float[Tensor, "*units"]:
    """Participation ratio (Σw²)²/Σw⁴: one for a single weight, `places` for weights of equal size."""
    return weights.square().sum(-1) ** 2 / weights.pow(4).sum(-1)


@dataclass(frozen=True)
class Fields:
    """First weights after training on two kinds of signals, `(seed, unit, place)`, and before it."""

    here: Float[Tensor, "seed unit place"]
    gaussian: Float[Tensor, "seed unit place"]
    before: Float[Tensor, "seed unit place"]


def emerged(seeds: tuple[int, ...]) -> Fields:
    """Signals with edges, and Gaussian ones of the same covariance."""
    before = stack(Detector, seeds).params["hidden.weight"]
    return Fields(weights_of("edges", seeds), weights_of("gaussian", seeds), before)


def without_edges(seeds: tuple[int, ...]) -> Fields:
    """The control: elliptical signals in the place of those with edges."""
    return replace(emerged(seeds), here=weights_of("elliptical", seeds))


def weights_of(kind: Kind, seeds: tuple[int, ...]) -> Float[Tensor, "seed unit place"]:
    """What the hidden units look at after training."""
    return trained(kind, seeds).params["hidden.weight"]
