"""A small network that learns to undo noise at every time (UDL §18.4, §18.6)."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import pi

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets.mixtures import ring
from landscaping.ensemble import Adam, Ensemble, Player, cosine, descend, run, stack
from landscaping.unsupervised.diffusion.forward import TIMES, noise, signal
from landscaping.unsupervised.diffusion.guesses import Guess

WIDTH, DEPTH, RATE, STEPS = 32, 3, 0.01, 1500
EXAMPLES, FEW, BATCH = 1000, 16, 256


class Denoiser(nn.Module):
    """From a noisy point and the signal and noise of its time to the point's turn (see `turn_of`).

    Where time is an angle, a point runs from data to noise as z = cos·x + sin·ε, and its turn is the
    derivative, cos·ε − sin·x. Knowing z, the turn gives both x and ε without any division.
    """

    def __init__(self, bend: type[nn.Module] = nn.ReLU) -> None:
        super().__init__()
        sizes = [4] + DEPTH * [WIDTH]
        layers = [part for a, b in pairwise(sizes) for part in (nn.Linear(a, b), bend())]
        self.layers = nn.Sequential(*layers, nn.Linear(WIDTH, 2))

    def forward(self, z_and_time: Float[Tensor, "*n 4"]) -> Float[Tensor, "*n 2"]:
        """Through all layers."""
        return self.layers(z_and_time)


def lesson(nets: Sequence, seen: Sequence[Tensor], chance: Float[Tensor, "n 3"]) -> Tensor:
    """One step's loss: draw a time and noise for each example, and ask for the turn (UDL algorithm 18.1)."""
    epsilon, time = chance[:, :2], torch.special.ndtr(chance[:, 2:])  # even in [0, 1]
    turned = pi / 2 * (time * TIMES).ceil().clamp(min=1) / TIMES
    cos, sin = turned.cos(), turned.sin()
    z = cos * seen[0] + sin * epsilon
    answer = nets[0](torch.cat([z, cos, sin], 1))
    return (answer - (cos * epsilon - sin * seen[0])).square().mean()


def examples(seeds: Sequence[int], n: int) -> Float[Tensor, "seed n 2"]:
    """What the networks learn from: each seed has its own."""
    return torch.stack([ring().draw(n, seed) for seed in seeds])


def learned(
    seeds: tuple[int, ...], n: int = EXAMPLES, steps: int = STEPS, bend: type[nn.Module] = nn.ReLU
) -> Ensemble:
    """Denoisers trained on `n` examples each; a batch sees few examples several times, with other noise."""
    return _learned(seeds, n, steps, bend)


@cache
def _learned(seeds: tuple[int, ...], n: int, steps: int, bend: type[nn.Module]) -> Ensemble:
    seen = examples(seeds, n)
    seen = seen.repeat(1, -(-BATCH // n), 1)
    nets = stack(lambda: Denoiser(bend), seeds)
    player = Player(nets, lesson, Adam(cosine(RATE, steps)))
    run(descend([player], (seen,), batch=BATCH, noise=(BATCH, 3), steps=steps, per_seed=True))
    return nets


def untrained(seeds: tuple[int, ...]) -> Ensemble:
    """Denoisers as they are born."""
    return stack(Denoiser, seeds)


def turn(nets: Ensemble, z: Float[Tensor, "seed n 2"], t: int) -> Float[Tensor, "seed n 2"]:
    """What each seed's network says about its points."""
    time = torch.tensor([signal(t), noise(t)], dtype=z.dtype).expand(*z.shape[:-1], 2)
    return nets(torch.cat([z, time], -1), per_seed=True).detach()


def guess_of(nets: Ensemble) -> Guess:
    """The networks' guess of the clean point: back along the turn."""
    return lambda z, t: signal(t) * z - noise(t) * turn(nets, z, t)
