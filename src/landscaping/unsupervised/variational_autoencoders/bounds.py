"""What a map makes of an image: the log-likelihood itself, summed over the map, and bounds from below.

Everything here is `(seed, n)` for images `(seed, n, pixels)`, in nats.
"""

from functools import cache

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble
from landscaping.unsupervised.variational_autoencoders.networks import (
    LOG_TWO_PI,
    divergence,
    log_noise,
    log_normal,
    part,
)
from landscaping.unsupervised.variational_autoencoders.training import drawn

REACH, FINE = 5.0, 201  # the map is summed over a square grid from −REACH to REACH


def guesses(nets: Ensemble, x: Float[Tensor, "seed n pixels"]) -> tuple[Tensor, Tensor]:
    """The encoder's mean and log spread of every image, `(seed, n, latents)` each."""
    return part(nets, "encoder")(x, per_seed=True).chunk(2, dim=-1)


@cache
def grid(fine: int = FINE, reach: float = REACH) -> Float[Tensor, "g 2"]:
    """Places on the map, row by row."""
    line = torch.linspace(-reach, reach, fine)
    return torch.cartesian_prod(line, line)


def log_prior(z: Float[Tensor, "... latents"]) -> Float[Tensor, "..."]:
    """Log density of the standard normal prior."""
    return -0.5 * z.square().sum(-1) - 0.5 * z.shape[-1] * LOG_TWO_PI


def log_likelihood(
    nets: Ensemble, x: Float[Tensor, "seed n pixels"], fine: int = FINE
) -> Float[Tensor, "seed n"]:
    """log Pr(x) of a map with two dimensions: prior times likelihood, summed over a fine grid (UDL §17.2)."""
    places = grid(fine)
    cell = 2 * np.log(2 * REACH / (fine - 1))
    means, noises = part(nets, "decoder")(places), log_noise(nets)
    heights = [
        torch.logsumexp(log_prior(places) + log_normals(one, mean, noise), dim=1)
        for one, mean, noise in zip(x, means, noises, strict=True)
    ]
    return torch.stack(heights) + cell


def log_normals(
    x: Float[Tensor, "n pixels"], means: Float[Tensor, "g pixels"], log_spread: Tensor
) -> Float[Tensor, "n g"]:
    """Every image's log density at every place, by one matrix product."""
    distance = x.square().sum(1, keepdim=True) + means.square().sum(1) - 2 * x @ means.T
    return -0.5 * torch.exp(-2 * log_spread) * distance - x.shape[1] * (log_spread + LOG_TWO_PI / 2)


@cache
def nodes(count: int, latents: int = 2) -> tuple[Float[Tensor, "k latents"], Float[Tensor, "k"]]:
    """Places and weights for means under a standard normal (Gauss and Hermite)."""
    at, weight = np.polynomial.hermite_e.hermegauss(count)
    places = torch.cartesian_prod(*[torch.tensor(at, dtype=torch.float32)] * latents)
    weights = torch.cartesian_prod(*[torch.tensor(weight / weight.sum(), dtype=torch.float32)] * latents)
    return places.reshape(-1, latents), weights.reshape(-1, latents).prod(1)


def bound(
    nets: Ensemble, x: Float[Tensor, "seed n pixels"], guess: tuple[Tensor, Tensor], count: int = 12
) -> Float[Tensor, "seed n"]:
    """The evidence lower bound with this guess, its mean over places taken by quadrature (UDL §17.4)."""
    mean, log_spread = guess
    places, weights = nodes(count, mean.shape[-1])
    z = mean.unsqueeze(1) + log_spread.exp().unsqueeze(1) * places.reshape(1, -1, 1, mean.shape[-1])
    means = part(nets, "decoder")(z, per_seed=True)
    fit = log_normal(x.unsqueeze(1), means, log_noise(nets).reshape(-1, 1, 1))
    return (weights.reshape(1, -1, 1) * fit).sum(1) - divergence(mean, log_spread)


def weights_of(
    nets: Ensemble, x: Float[Tensor, "seed n pixels"], guess: tuple[Tensor, Tensor], k: int
) -> Float[Tensor, "seed k n"]:
    """Log importance weights of `k` places drawn from the guess: log Pr(x, z) − log q(z)."""
    rows = []
    for i, (mean, log_spread) in enumerate(zip(*guess, strict=True)):  # one seed after the other, for memory
        noise = drawn((k, *mean.shape), "importance", nets.seeds[i : i + 1])[0]
        z = mean + log_spread.exp() * noise
        fit = log_normal(x[i], decode(nets, i, z), log_noise(nets)[i])
        rows.append(fit + log_prior(z) - (log_prior(noise) - log_spread.sum(-1)))
    return torch.stack(rows)


def decode(nets: Ensemble, position: int, z: Float[Tensor, "*n latents"]) -> Float[Tensor, "*n pixels"]:
    """The mean pictures of places on one network's map."""
    own = part(nets, "decoder")
    return own.answer({name: p[position] for name, p in own.params.items()}, z)


def weighted_bound(log_weights: Float[Tensor, "seed k n"], k: int) -> Float[Tensor, "seed n"]:
    """The bound from `k` places at a time: log of the mean weight, averaged over groups of `k`."""
    groups = log_weights.unfold(1, k, k)  # (seed, group, n, k)
    return (torch.logsumexp(groups, -1) - np.log(k)).mean(1)
