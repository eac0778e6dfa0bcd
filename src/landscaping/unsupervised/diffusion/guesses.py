"""What a noisy point was: the exact answer where the data's distribution is known (UDL §18.5)."""

from collections.abc import Callable

from jaxtyping import Float
from torch import Tensor

from landscaping.datasets.mixtures import Mixture
from landscaping.unsupervised.diffusion.forward import noise, signal

# From noisy points `(seed, n, 2)` of a time to the mean of all clean points that can have become each.
Guess = Callable[[Tensor, int], Tensor]


def exact(mixture: Mixture) -> Guess:
    """The guess of least squared error for data from this mixture.

    Of a point z, centre k was the origin with a probability proportional to the density of its noised
    cloud there; given the centre, the mean of normal data under normal noise is a weighted mean.
    """

    def guess(z: Float[Tensor, "*seed n d"], t: int) -> Float[Tensor, "*seed n d"]:
        variance = _variance(mixture, t)
        share = (_exponents(mixture, z, t)).softmax(-1)  # (*seed, n, centre)
        centre = share @ mixture.centres.to(z.dtype)
        drawn_in = signal(t) * mixture.spread**2 / variance
        return centre + drawn_in * (z - signal(t) * centre)

    return guess


def log_density(mixture: Mixture, z: Float[Tensor, "*seed n d"], t: int) -> Float[Tensor, "*seed n"]:
    """Of the mixture's points at time t, but for a constant."""
    return _exponents(mixture, z, t).logsumexp(-1)


def _variance(mixture: Mixture, t: int) -> float:
    return (signal(t) * mixture.spread) ** 2 + noise(t) ** 2


def _exponents(mixture: Mixture, z: Tensor, t: int) -> Float[Tensor, "*seed n centre"]:
    """Minus half the squared distance to each shrunken centre, in variances of its noised cloud."""
    centres = signal(t) * mixture.centres.to(z.dtype)
    squared = (z.unsqueeze(-2) - centres.unsqueeze(-3)).square().sum(-1)
    return -squared / (2 * _variance(mixture, t))


def noise_of(guess: Tensor, z: Tensor, t: int) -> Tensor:
    """The noise that is in z if the guess is right: what UDL's network predicts."""
    return (z - signal(t) * guess) / noise(t)


def turn_of(guess: Tensor, z: Tensor, t: int) -> Tensor:
    """How z moves as the angle of time grows, if the guess is right: what our network predicts."""
    return (signal(t) * z - guess) / noise(t)
