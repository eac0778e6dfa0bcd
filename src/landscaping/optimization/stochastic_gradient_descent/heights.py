"""A marble at the bottom of its valley, and how high minibatches lift it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.func import grad, vmap

from landscaping.datasets import toys
from landscaping.ensemble import SGD, Adam, Ensemble, cosine, run, stack, train
from landscaping.randomness import stream

EXAMPLES, WIDTH, NOISE = 200, 10, 0.3
TIME = 16.0  # rate × steps of every run; heights are means over its second half
RATE, BATCH = 0.01, 5
PAIRS = {  # of rate and batch size
    "α, B": (RATE, BATCH),
    "2α, 2B": (2 * RATE, 2 * BATCH),
    "4α, 4B": (4 * RATE, 4 * BATCH),
    "α, 4B": (RATE, 4 * BATCH),
    "4α, B": (4 * RATE, BATCH),
}


@dataclass(frozen=True)
class Bottom:
    """Networks trained until they rest, and the examples that they cannot all fit."""

    nets: Ensemble
    x: Float[Tensor, "seed n 1"]
    y: Float[Tensor, "seed n 1"]

    def loss(self, nets: Ensemble) -> Float[Tensor, "seed"]:
        """Mean squared residual over all examples."""
        return (nets(self.x, per_seed=True) - self.y).square().mean((1, 2))


@dataclass(frozen=True)
class Heights:
    """How high above full-batch descent each way of stepping hovers, `(seed,)` each."""

    of: dict[str, Float[Tensor, "seed"]]

    def table(self) -> pd.DataFrame:
        """One row for each way and seed: columns arm, seed, height."""
        rows = [
            {"arm": arm, "seed": seed, "height": height}
            for arm, heights in self.of.items()
            for seed, height in enumerate(heights.tolist())
        ]
        return pd.DataFrame(rows)


def network() -> nn.Sequential:
    """A smooth network of one input, one hidden layer, one output."""
    return nn.Sequential(nn.Linear(1, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))


def squared_error(answer: Float[Tensor, "n 1"], target: Float[Tensor, "n 1"]) -> Float[Tensor, ""]:
    """Mean squared residual."""
    return (answer - target).square().mean()


@cache  # three experiments start from here
def bottom(seeds: tuple[int, ...]) -> Bottom:
    """Train on noisy examples of a wave, all at every step; a seed draws examples and weights."""
    drawn = [toys.near_curve(lambda x: torch.sin(3 * x), EXAMPLES, NOISE, seed) for seed in seeds]
    x, y = map(torch.stack, zip(*drawn, strict=True))
    nets = stack(network, seeds)
    run(train(nets, squared_error, x, y, Adam(cosine(0.02, 1000)), steps=1000, per_seed=True))
    return Bottom(nets, x, y)


def hovering(seeds: tuple[int, ...], pairs: dict[str, tuple[float, int]] = PAIRS) -> Heights:
    """Let go of the marble at the bottom, at each pair of rate and batch; a seed draws all."""
    low = bottom(seeds)
    resting = hover(low, 4 * RATE, None)
    return Heights({arm: hover(low, *pair) - resting for arm, pair in pairs.items()})


def freely(seeds: tuple[int, ...], shuffled: bool = True) -> Heights:
    """The same at `α, 4B`, in shuffled epochs and in batches drawn anew at every step."""
    low = bottom(seeds)
    resting, (rate, batch) = hover(low, 4 * RATE, None), PAIRS["α, 4B"]
    anew = hover(low, rate, batch, "drawn anew") - resting
    epochs = hover(low, rate, batch, None if shuffled else "drawn again") - resting
    return Heights({"shuffled epochs": epochs, "drawn anew": anew})


def settling(seeds: tuple[int, ...], falling: bool = True) -> Heights:
    """The last height of a run at `4α, B` with a falling rate, and the mean one of a fixed rate."""
    low = bottom(seeds)
    rate, batch = PAIRS["4α, B"]
    steps, resting, nets = round(2 * TIME / rate), hover(low, 4 * RATE, None), low.nets.copy()
    rule = SGD(cosine(rate, steps) if falling else rate)
    run(train(nets, squared_error, low.x, low.y, rule, batch=batch, steps=steps, per_seed=True))
    return Heights({"last": low.loss(nets) - resting, "fixed rate": hover(low, rate, batch) - resting})


def hover(low: Bottom, rate: float, batch: int | None, anew: str | None = None) -> Float[Tensor, "seed"]:
    """Mean loss over the second half of a run from the bottom; `anew` names a stream of free draws."""
    steps, nets, seen = round(TIME / rate), low.nets.copy(), []
    if anew:
        running = in_free_batches(low, nets, rate, batch, anew, steps)
    else:
        running = train(nets, squared_error, low.x, low.y, SGD(rate), batch=batch, steps=steps, per_seed=True)
    for step, _ in enumerate(running):
        if step >= steps // 2 and step % max(1, steps // 80) == 0:
            seen.append(low.loss(nets))
    return torch.stack(seen).mean(0)


def in_free_batches(
    low: Bottom, nets: Ensemble, rate: float, batch: int, purpose: str, steps: int
) -> Iterator[None]:
    """Plain descent in place, each step in a batch that knows nothing of those before it."""
    slope = vmap(grad(lambda params, x, y: squared_error(nets.answer(params, x), y)))
    sources, rows = [stream(purpose, seed) for seed in nets.seeds], torch.arange(len(nets.seeds))[:, None]
    for _ in range(steps):
        drawn = torch.stack([torch.randperm(EXAMPLES, generator=s)[:batch] for s in sources])
        slopes = slope(nets.params, low.x[rows, drawn], low.y[rows, drawn])
        nets.params = {name: p - rate * slopes[name] for name, p in nets.params.items()}
        yield
