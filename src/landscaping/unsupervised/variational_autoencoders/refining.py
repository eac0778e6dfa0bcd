"""The best Gaussian guess for one image: no encoder, descent on the guess itself."""

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Ensemble, cosine
from landscaping.unsupervised.variational_autoencoders import bounds
from landscaping.unsupervised.variational_autoencoders.networks import log_noise, part

STEPS, RATE, NODES = 80, 0.05, 6

Guess = tuple[Tensor, Tensor]


def most_likely_places(nets: Ensemble, x: Float[Tensor, "seed n pixels"]) -> Float[Tensor, "seed n 2"]:
    """For every image the place of the grid where Pr(x, z) is largest."""
    places = bounds.grid()
    means, noises = part(nets, "decoder")(places), log_noise(nets)
    rows = [
        places[(bounds.log_prior(places) + bounds.log_normals(own, mean, noise)).argmax(1)]
        for own, mean, noise in zip(x, means, noises, strict=True)
    ]
    return torch.stack(rows)


def best_guess(nets: Ensemble, x: Float[Tensor, "seed n pixels"]) -> Guess:
    """The best mean and log spread for every image, found by descent from its most likely place."""
    return climbed(nets, x, (most_likely_places(nets, x), bounds.guesses(nets, x)[1]), (RATE, RATE))


def best_spread(nets: Ensemble, x: Float[Tensor, "seed n pixels"]) -> Guess:
    """The best log spread for every image around the place that the encoder guesses."""
    return climbed(nets, x, bounds.guesses(nets, x), (0.0, RATE))


def climbed(nets: Ensemble, x: Tensor, start: Guess, rates: tuple[float, float]) -> Guess:
    """The guesses after descent on minus the bound, each part at its rate."""
    guess = [own.detach().clone().requires_grad_() for own in start]
    rule = torch.optim.Adam([{"params": [own], "lr": rate} for own, rate in zip(guess, rates, strict=True)])
    share = cosine(1.0, STEPS)
    for step in range(STEPS):
        for group, rate in zip(rule.param_groups, rates, strict=True):
            group["lr"] = rate * share(step)
        minus = -bounds.bound(nets, x, tuple(guess), NODES).sum()
        for own, slope in zip(guess, torch.autograd.grad(minus, guess), strict=True):
            own.grad = slope
        rule.step()
    return tuple(own.detach() for own in guess)
