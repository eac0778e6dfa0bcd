"""Networks that draw a wave from examples of which some are grossly wrong."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble import Adam, cosine, run, stack, train
from landscaping.models.shallow import Shallow
from landscaping.randomness import stream
from landscaping.supervised.losses.errors import LOSSES

EXAMPLES, WIDTH, STEPS, RATE, NOISE = 100, 32, 400, 0.02, 0.2
FAR = 3.0  # how far up a wrong target is moved
SHARES = (0.0, 0.1, 0.2, 0.4)  # of wrong targets
WHERE = torch.linspace(-2, 2, 41).unsqueeze(1)


@dataclass(frozen=True)
class Waves:
    """What the networks drew, for each share of wrong targets and each loss."""

    drawn: dict[tuple[float, str], Float[Tensor, "seed place"]]
    examples: dict[float, tuple[Float[Tensor, "seed n"], Float[Tensor, "seed n"]]]
    share: float = 0.1  # where the claim is measured

    def error(self, loss: str, share: float | None = None) -> Float[Tensor, "seed"]:
        """Root mean squared distance from the true wave."""
        drawn = self.drawn[self.share if share is None else share, loss]
        return (drawn - wave(WHERE).squeeze(1)).square().mean(1).sqrt()


def wave(x: Tensor) -> Tensor:
    """The truth."""
    return torch.sin(2 * x)


def examples(share: float, seed: int) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    """Noisy points of the wave; a larger share moves more of the same targets up."""
    source = stream("wave", seed)
    x = 4 * torch.rand(EXAMPLES, 1, generator=source) - 2
    noise = NOISE * torch.randn(EXAMPLES, 1, generator=source)
    wrong = torch.randperm(EXAMPLES, generator=source).unsqueeze(1) < round(share * EXAMPLES)
    return x, wave(x) + noise + FAR * wrong


@cache
def waves(seeds: tuple[int, ...], shares: tuple[float, ...] = SHARES) -> Waves:
    """Train one network a seed for every share and loss; the same birth and the same points for all."""
    drawn, seen = {}, {}
    for share in shares:
        x, y = (torch.stack(c) for c in zip(*(examples(share, seed) for seed in seeds), strict=True))
        seen[share] = x.squeeze(2), y.squeeze(2)
        drawn |= {(share, loss): fitted(loss, x, y, seeds) for loss in LOSSES}
    return Waves(drawn, seen)


def fitted(loss: str, x: Tensor, y: Tensor, seeds: tuple[int, ...]) -> Float[Tensor, "seed place"]:
    """The wave that each trained network draws; targets are divided by their noise's spread."""
    nets = stack(lambda: Shallow(WIDTH), seeds)
    rule = Adam(cosine(RATE, STEPS))
    run(train(nets, lambda f, y: LOSSES[loss](f / NOISE, y / NOISE), x, y, rule, steps=STEPS, per_seed=True))
    return nets(WHERE).detach().squeeze(2)


def without_outliers(seeds: tuple[int, ...]) -> Waves:
    """The same comparison on targets of which none is wrong."""
    found = waves(seeds)
    return Waves(found.drawn, found.examples, share=0.0)
