"""Probabilistic PCA: the straight map, whose likelihood, posterior and best weights are known in closed form.

The images are `(n, pixels)`; everything is computed in double precision (Tipping and Bishop's model).
"""

from dataclasses import dataclass, replace
from math import log

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble
from landscaping.unsupervised.variational_autoencoders.bounds import guesses
from landscaping.unsupervised.variational_autoencoders.networks import divergence, log_noise, log_normal
from landscaping.unsupervised.variational_autoencoders.training import drawn, images


@dataclass(frozen=True)
class StraightMap:
    """Images `weight @ z + middle`, with Gaussian noise of one spread."""

    weight: Float[Tensor, "pixels latents"]
    middle: Float[Tensor, "pixels"]
    noise: float

    def log_likelihood(self, x: Float[Tensor, "n pixels"]) -> Float[Tensor, "n"]:
        """log Pr(x), exactly: the images are Gaussian."""
        spread = self.weight @ self.weight.T + self.noise**2 * torch.eye(len(self.middle)).double()
        return torch.distributions.MultivariateNormal(self.middle, spread).log_prob(x.double())

    def posterior(self, x: Float[Tensor, "n pixels"]) -> tuple[Tensor, Tensor]:
        """Where an image lies on the map: means `(n, latents)` and their one covariance."""
        precision = torch.eye(self.weight.shape[1]).double() + self.weight.T @ self.weight / self.noise**2
        covariance = precision.inverse()
        return (x.double() - self.middle) @ self.weight @ covariance / self.noise**2, covariance

    def bound(
        self, x: Float[Tensor, "n pixels"], mean: Tensor, spread: Float[Tensor, "*n latents"]
    ) -> Float[Tensor, "n"]:
        """The evidence lower bound with independent Gaussian guesses, in closed form."""
        fit = log_normal(x.double(), mean @ self.weight.T + self.middle, log(self.noise))
        blur = (spread.square() * self.weight.square().sum(0)).sum(-1) / (2 * self.noise**2)
        return fit - blur - divergence(mean, spread.log().expand_as(mean))


def directions(x: Float[Tensor, "n pixels"]) -> tuple[Tensor, Tensor, Tensor]:
    """The mean, the variances along the principal directions, largest first, and these as columns."""
    middle = x.double().mean(0)
    around = x.double() - middle
    variances, columns = torch.linalg.eigh(around.T @ around / len(x))
    return middle, variances.flip(0), columns.flip(1)


def most_likely(x: Float[Tensor, "n pixels"], latents: int, noise: float | None = None) -> StraightMap:
    """The straight map that makes the images most likely; its noise is found too unless it is given."""
    middle, variances, columns = directions(x)
    noise = variances[latents:].mean().sqrt().item() if noise is None else noise
    lengths = (variances[:latents] - noise**2).clamp(min=0).sqrt()
    return StraightMap(columns[:, :latents] * lengths, middle, noise)


def told(variances: Float[Tensor, "k"], noise: float) -> Float[Tensor, "k"]:
    """What a direction of the best straight map tells of an image: ½ log(variance / noise²), or nothing."""
    return 0.5 * (variances / noise**2).log().clamp(min=0)


def learned(nets: Ensemble, position: int) -> StraightMap:
    """The straight map in the decoder of one network."""
    weight, middle = (nets.params[f"decoder.{name}"][position].double() for name in ("weight", "bias"))
    return StraightMap(weight, middle, log_noise(nets)[position].double().exp().item())


def bound_of(nets: Ensemble, x: Float[Tensor, "seed n pixels"]) -> Float[Tensor, "seed n"]:
    """The bound of straight autoencoders, with no draw."""
    rows = [
        learned(nets, i).bound(x[i], mean.double(), log_spread.double().exp())
        for i, (mean, log_spread) in enumerate(zip(*guesses(nets, x), strict=True))
    ]
    return torch.stack(rows)


def gap(straight: StraightMap, x: Float[Tensor, "n pixels"]) -> float:
    """The largest price over images when every guess is the best of independent Gaussians.

    That guess has the posterior's means, and in each direction one over its precision as variance.
    """
    mean, covariance = straight.posterior(x)
    spread = covariance.inverse().diagonal().rsqrt()
    return (straight.log_likelihood(x) - straight.bound(x, mean, spread)).abs().max().item()


def along_the_axes(seeds: tuple[int, ...]) -> tuple[StraightMap, Tensor]:
    """The most likely straight map of a thousand digits, with five directions, and the digits."""
    x = images(seeds[:1])[0][0]
    return most_likely(x, 5), x


def turned(seeds: tuple[int, ...]) -> tuple[StraightMap, Tensor]:
    """The same map with its latent axes turned: every image is exactly as likely as before."""
    straight, x = along_the_axes(seeds)
    turn, _ = torch.linalg.qr(drawn((5, 5), "turn", seeds[:1])[0].double())
    return replace(straight, weight=straight.weight @ turn), x
