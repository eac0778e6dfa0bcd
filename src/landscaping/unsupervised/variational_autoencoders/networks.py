"""A variational autoencoder: where an image lies on the map, and what picture a place has."""

from math import log, pi

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.ensemble import Ensemble

LOG_TWO_PI = log(2 * pi)
PIXELS = 64


class Autoencoder(nn.Module):
    """Images with Gaussian noise of one spread around the decoder's mean (UDL §17.6).

    `noise` fixes that spread; without it the network learns it.
    """

    def __init__(self, encoder: nn.Module, decoder: nn.Module, noise: float | None = None) -> None:
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.log_noise = nn.Parameter(torch.zeros(())) if noise is None else log(noise)

    def forward(self, seen: Float[Tensor, "n both"]) -> Float[Tensor, "n 2"]:
        """Misfit and divergence of every image from one draw each: their sum is minus the bound.

        `seen` has an image's pixels and then one standard normal number for each latent direction.
        """
        x, noise = seen[..., :PIXELS], seen[..., PIXELS:]
        mean, log_spread = self.encoder(x).chunk(2, dim=-1)
        z = mean + log_spread.exp() * noise  # the reparameterization trick (UDL §17.7)
        misfit = -log_normal(x, self.decoder(z), self.log_noise)
        return torch.stack([misfit, divergence(mean, log_spread)], dim=-1)


def log_normal(x: Tensor, mean: Tensor, log_spread: Tensor | float) -> Tensor:
    """Log density of independent Gaussian pixels of one spread, in nats: `(..., pixels)` to `(...)`."""
    precision = torch.exp(torch.as_tensor(-2 * log_spread, dtype=x.dtype))
    distance = (x - mean).square().sum(-1)
    return -0.5 * precision * distance - x.shape[-1] * (log_spread + LOG_TWO_PI / 2)


def each_divergence(mean: Tensor, log_spread: Tensor) -> Tensor:
    """What every latent direction tells of the image: its divergence from the prior, in nats."""
    return 0.5 * (mean.square() + torch.exp(2 * log_spread) - 1) - log_spread


def divergence(mean: Tensor, log_spread: Tensor) -> Tensor:
    """Kullback–Leibler divergence of the encoder's Gaussian from the standard normal prior, in nats."""
    return each_divergence(mean, log_spread).sum(-1)


def curved(latents: int, width: int, noise: float | None = None) -> Autoencoder:
    """An encoder and a decoder with two layers of tanh units; pixels between 0 and 1."""
    encoder = nn.Sequential(
        nn.Linear(PIXELS, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 2 * latents)
    )
    return Autoencoder(encoder, decoder(latents, width), noise)


def decoder(latents: int, width: int) -> nn.Sequential:
    """From a place on the map to the mean of every pixel."""
    return nn.Sequential(
        nn.Linear(latents, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, PIXELS),
        nn.Sigmoid(),
    )  # fmt: skip


class Straight(nn.Module):
    """A linear encoder whose spread is the same for every image: all that probabilistic PCA needs."""

    def __init__(self, latents: int) -> None:
        super().__init__()
        self.mean = nn.Linear(PIXELS, latents)
        self.log_spread = nn.Parameter(torch.zeros(latents))

    def forward(self, x: Float[Tensor, "n pixels"]) -> Float[Tensor, "n both"]:
        """Means and log spreads, side by side."""
        return torch.cat([self.mean(x), self.log_spread.expand(len(x), -1)], dim=-1)


def straight(latents: int, noise: float | None = None) -> Autoencoder:
    """A linear encoder and a linear decoder."""
    return Autoencoder(Straight(latents), nn.Linear(latents, PIXELS), noise)


def part(nets: Ensemble, name: str) -> Ensemble:
    """The stacked encoders or decoders of stacked autoencoders."""
    mine = {key.removeprefix(f"{name}."): p for key, p in nets.params.items() if key.startswith(f"{name}.")}
    return Ensemble(getattr(nets.net, name), mine, nets.seeds)


def log_noise(nets: Ensemble) -> Float[Tensor, "seed"]:
    """The log of every network's pixel noise, learned or given."""
    given = nets.net.log_noise
    return torch.full((len(nets.seeds),), given) if isinstance(given, float) else nets.params["log_noise"]
