"""All curvatures of small networks, at birth and at the bottom, and how little random slices show of them."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import cross_entropy

from landscaping.ensemble import SGD, Ensemble, stack, train
from landscaping.optimization.curvature import sharpest
from landscaping.optimization.hessian import Rows, along, hessians, named
from landscaping.optimization.loss_landscapes.pairs import Handwriting, handwriting, network
from landscaping.randomness import stream

WIDTH, EXAMPLES, RATE = 8, 300, 0.3
BOTTOM = 0.1  # training stops where the loss first falls below this
PATIENCE = 3000  # steps after which a network that has not come there is taken where it is
SLICES = 200
LOUD = 3.0  # times the usual initial weights


@dataclass(frozen=True)
class Spectrum:
    """Every network's curvatures at one place, smallest first, and those that random slices show."""

    curvature: Rows
    sliced: Float[Tensor, "seed slice"]

    @property
    def largest(self) -> Float[Tensor, "seed"]:
        """The largest curvature."""
        return self.curvature[:, -1]

    @property
    def of_largest(self) -> Rows:
        """Curvatures as shares of the largest."""
        return self.curvature / self.curvature[:, -1:]

    @property
    def standing_out(self) -> Float[Tensor, "seed"]:
        """How many curvatures exceed a tenth of the largest."""
        return (self.of_largest > 0.1).double().sum(1)


@dataclass(frozen=True)
class Spectra:
    """Where networks were born and where they stopped; the largest curvatures of those born louder."""

    birth: Spectrum
    bottom: Spectrum
    loud_birth: Float[Tensor, "seed"]
    loud_bottom: Float[Tensor, "seed"]


def born(seeds: tuple[int, ...], scale: float = 1.0) -> Ensemble:
    """Small networks, their initial weights multiplied by `scale`."""
    nets = stack(lambda: network(WIDTH), seeds)
    nets.params = {name: scale * p for name, p in nets.params.items()}
    return nets


def run_down(nets: Ensemble, seen: Handwriting) -> Ensemble:
    """Full-batch descent until each network's loss first lies below `BOTTOM`: all stop equally high."""
    rows, arrived = nets.flat(), torch.zeros(len(nets.seeds), dtype=torch.bool)
    moving = nets.copy()
    training = train(moving, cross_entropy, seen.x, seen.y, SGD(RATE), steps=PATIENCE, per_seed=True)
    for losses in training:
        rows = rows.where(arrived[:, None], moving.flat())
        arrived |= losses < BOTTOM
        if arrived.all():
            break
    return Ensemble(nets.net, named(nets, rows), nets.seeds)


def spectrum(nets: Ensemble, seen: Handwriting, sharp: int = 0) -> Spectrum:
    """The whole Hessian's curvatures, and those along random slices (of the `sharp` sharpest directions)."""
    hessian = hessians(nets, cross_entropy, nets.flat(), seen.x, seen.y, per_seed=True).double()
    values, vectors = torch.linalg.eigh((hessian + hessian.mT) / 2)
    streams = [stream("slices", seed) for seed in nets.seeds]
    drawn = torch.stack([torch.randn(SLICES, nets.size, generator=s).double() for s in streams])
    slices = drawn[..., -sharp:] @ vectors[..., -sharp:].mT if sharp else drawn
    return Spectrum(values, along(hessian, slices))


def largest(nets: Ensemble, seen: Handwriting) -> Float[Tensor, "seed"]:
    """The largest curvature alone."""
    return sharpest(nets, cross_entropy, seen.x, seen.y, per_seed=True).double()


def spectra(seeds: tuple[int, ...]) -> Spectra:
    """Curvatures of networks on their own digits, at birth and at the bottom, born as usual and louder."""
    seen = handwriting(seeds, EXAMPLES)
    nets, loud = born(seeds), born(seeds, LOUD)
    places = [spectrum(nets, seen), spectrum(run_down(nets, seen), seen)]
    return Spectra(*places, largest(loud, seen), largest(run_down(loud, seen), seen))


def five_digits(seeds: tuple[int, ...]) -> Handwriting:
    """As many examples for every seed, of the digits below five alone."""
    drawn = handwriting(seeds, 3 * EXAMPLES)
    few = torch.stack([(y < 5).nonzero()[:EXAMPLES, 0] for y in drawn.y])
    rows = torch.arange(len(seeds))[:, None]
    return Handwriting(drawn.x[rows, few], drawn.y[rows, few], drawn.test_x, drawn.test_y)


def of_five_digits(seeds: tuple[int, ...]) -> Spectra:
    """The curvatures of networks that learned five digits, born as usual."""
    seen = five_digits(seeds)
    birth, bottom = spectrum(born(seeds), seen), spectrum(run_down(born(seeds), seen), seen)
    return Spectra(birth, bottom, birth.largest, bottom.largest)


def never_trained(seeds: tuple[int, ...]) -> Spectra:
    """The networks as they were born, taken for networks at the bottom."""
    seen = handwriting(seeds, EXAMPLES)
    birth, loud = spectrum(born(seeds), seen), largest(born(seeds, LOUD), seen)
    return Spectra(birth, birth, loud, loud)


def in_sharp_directions(seeds: tuple[int, ...]) -> Spectra:
    """Slices along random mixtures of the ten sharpest directions: only who knows the Hessian can cut so."""
    seen = handwriting(seeds, EXAMPLES)
    bottom = spectrum(run_down(born(seeds), seen), seen, sharp=10)
    return Spectra(bottom, bottom, bottom.largest, bottom.largest)
