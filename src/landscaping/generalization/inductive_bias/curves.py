"""MNIST-1D with each seed's own examples, and the one way in which the chapter's nets are trained."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from landscaping.datasets import mnist1d
from landscaping.ensemble import Adam, Ensemble, cosine, run, train
from landscaping.randomness import stream
from landscaping.scores import accuracy

MOST, TEST, BATCH, WARM = 16_000, 2_000, 100, 60


@dataclass(frozen=True)
class Curves:
    """Each seed's examples to learn from, `(seed, n, position)`, and to be tested on, with their digits."""

    x: Float[Tensor, "seed n position"]
    y: Int[Tensor, "seed n"]
    test_x: Float[Tensor, "seed test position"]
    test_y: Int[Tensor, "seed test"]

    def first(self, n: int, seeds: int | None = None) -> "Curves":
        """Only the first `n` examples to learn from, of all seeds or the first few; the test stays."""
        return Curves(self.x[:seeds, :n], self.y[:seeds, :n], self.test_x[:seeds], self.test_y[:seeds])

    def training(self) -> "Curves":
        """The same with the training examples in the test's place: what was learnt by heart?"""
        return Curves(self.x, self.y, self.x, self.y)

    def shuffled(self) -> "Curves":
        """The same with the forty positions in one other order, the same order for all seeds and examples."""
        order = torch.randperm(mnist1d.LENGTH, generator=stream("positions", 0))
        return Curves(self.x[..., order], self.y, self.test_x[..., order], self.test_y)


@lru_cache(maxsize=2)
def drawn(seeds: tuple[int, ...]) -> Curves:
    """Fresh examples for each seed: the first 2,000 are the test, the other 16,000 there to learn from."""
    examples = [mnist1d.generate(TEST + MOST, seed) for seed in seeds]
    x, y = (torch.stack([getattr(e, name) for e in examples]) for name in ("x", "y"))
    return Curves(x[:, TEST:], y[:, TEST:], x[:, :TEST], y[:, :TEST])


def fit(nets: Ensemble, curves: Curves, rate: float, steps: int) -> None:
    """Train in place, on batches of a hundred."""
    rule = Adam(warmed(rate, steps))
    run(train(nets, cross_entropy, curves.x, curves.y, rule, batch=BATCH, steps=steps, per_seed=True))


def warmed(rate: float, steps: int) -> Callable[[int], float]:
    """A rate that climbs for sixty steps, lest an early leap kill units, then falls along half a cosine."""
    falling = cosine(rate, steps)
    return lambda step: min(1.0, (step + 1) / WARM) * falling(step)


@torch.no_grad()
def points(nets: Ensemble, curves: Curves) -> Float[Tensor, "seed"]:
    """Test accuracy in percentage points."""
    return 100 * accuracy(nets(curves.test_x, per_seed=True), curves.test_y)
