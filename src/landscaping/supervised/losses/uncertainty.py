"""Networks that say how far off they may be: a mean and a spread for every input."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float
from scipy import stats
from torch import Tensor, nn

from landscaping.ensemble import Adam, Ensemble, run, stack, train
from landscaping.models.shallow import Shallow
from landscaping.randomness import stream

WIDTH, RATE, TEST = 32, 0.01, 2000
COUNTS = (25, 100, 1000)  # examples to learn from
MARKS = (100, 300, 1000)  # steps after which the networks are asked
NOMINAL = 0.9  # share of new examples that the interval promises to hold
REACH = float(stats.norm.ppf(0.5 + NOMINAL / 2))  # its half-width, in spreads
WHERE = torch.linspace(-2, 2, 41).unsqueeze(1)


class MeanAndSpread(nn.Module):
    """A shallow network with two answers, mean and log-variance; with `fixed`, one variance for all."""

    def __init__(self, fixed: bool = False) -> None:
        super().__init__()
        self.net = Shallow(WIDTH, n_out=1 if fixed else 2)
        self.log_variance = nn.Parameter(torch.zeros(1)) if fixed else None

    def forward(self, x: Float[Tensor, "*n 1"]) -> Float[Tensor, "*n 2"]:
        """Mean and log-variance, beside each other."""
        answer = self.net(x)
        if self.log_variance is None:
            return answer
        return torch.cat([answer, self.log_variance.expand_as(answer)], dim=-1)


def negative_log_likelihood(answer: Float[Tensor, "n 2"], y: Float[Tensor, "n 1"]) -> Tensor:
    """Of normal noise with this mean and log-variance, without the constant ½ log 2π."""
    mean, log_variance = answer.chunk(2, dim=-1)
    return (log_variance + (y - mean).square() * torch.exp(-log_variance)).mean() / 2


def wave(x: Tensor) -> Tensor:
    """The true mean."""
    return torch.sin(2 * x)


def spread(x: Tensor) -> Tensor:
    """The true spread of the noise: small on the left, ten times larger on the right."""
    return 0.05 + 0.45 * torch.sigmoid(4 * x)


def examples(n: int, seed: int, purpose: str = "learn") -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    """Inputs from -2 to 2, and the wave with noise of changing spread."""
    source = stream(f"uncertainty {purpose}", seed)
    x = 4 * torch.rand(n, 1, generator=source) - 2
    return x, wave(x) + spread(x) * torch.randn(n, 1, generator=source)


@dataclass(frozen=True)
class Asked:
    """Answers, and whether new examples fell into the interval, after each mark."""

    answer: Float[Tensor, "mark seed place 2"]
    x: Float[Tensor, "seed n"]
    within: Float[Tensor, "mark seed n"]

    def coverage(self, low: float = -2.0, high: float = 2.0) -> Float[Tensor, "mark seed"]:
        """Share of new examples between these inputs that fell within the interval."""
        there = ((low <= self.x) & (self.x < high)).double()
        return (self.within * there).sum(-1) / there.sum(-1)

    @property
    def worst_departure(self) -> Float[Tensor, "seed"]:
        """How far coverage ends from what was promised, on the quieter or the louder half."""
        halves = torch.stack([self.coverage(-2.0, 0.0), self.coverage(0.0, 2.0)])
        return (halves[:, -1] - NOMINAL).abs().amax(0)


@cache
def trained(seeds: tuple[int, ...], n: int, fixed: bool = False) -> Asked:
    """One network a seed on its own `n` examples, asked on others after each mark."""
    x, y = (torch.stack(c) for c in zip(*(examples(n, seed) for seed in seeds), strict=True))
    new_x, new_y = (torch.stack(c) for c in zip(*(examples(TEST, s, "test") for s in seeds), strict=True))
    nets = stack(lambda: MeanAndSpread(fixed), seeds)
    answers, within, before = [], [], 0
    for mark in MARKS:
        steps = mark - before
        run(train(nets, negative_log_likelihood, x, y, Adam(RATE), steps=steps, per_seed=True))
        answers.append(nets(WHERE).detach())
        within.append(held(nets, new_x, new_y))
        before = mark
    return Asked(torch.stack(answers), new_x.squeeze(2), torch.stack(within))


def held(nets: Ensemble, x: Tensor, y: Tensor) -> Float[Tensor, "seed n"]:
    """1 where the interval around the predicted mean holds the target."""
    mean, log_variance = nets(x, per_seed=True).detach().chunk(2, dim=-1)
    return ((y - mean).abs() <= REACH * (log_variance / 2).exp()).double().squeeze(2)


def many(seeds: tuple[int, ...]) -> Asked:
    """Networks that saw a thousand examples."""
    return trained(seeds, COUNTS[-1])


def one_spread(seeds: tuple[int, ...]) -> Asked:
    """Networks that saw a thousand examples and have one spread for all inputs."""
    return trained(seeds, COUNTS[-1], fixed=True)


def few(seeds: tuple[int, ...]) -> Asked:
    """Networks that saw twenty-five examples."""
    return trained(seeds, COUNTS[0])
