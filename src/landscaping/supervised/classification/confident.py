"""Networks trained long after every example is right: what becomes of what they promise?"""

from dataclasses import dataclass, replace
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

from landscaping.ensemble import Adam, run, stack, train
from landscaping.supervised.classification import trust
from landscaping.supervised.classification.readers import network, splits

IMAGES, RATE = 100, 0.01
MARKS = (30, 100, 300, 1000)  # gradient steps
HELD = 200  # digits held back for the temperature; all others are for the test


@dataclass(frozen=True)
class Promises:
    """Scores after each mark, and the temperatures by which they could be divided."""

    scores: Float[Tensor, "mark seed n c"]  # of new digits
    truth: Int[Tensor, "seed n"]
    fitted: Float[Tensor, "mark seed"]  # temperatures that suit digits held back
    own: Float[Tensor, "mark seed"]  # temperatures that suit the digits learned from
    used: Float[Tensor, "mark seed"]  # those that are judged

    def right(self) -> Float[Tensor, "mark seed"]:
        """Share of new digits read right."""
        return (self.scores.argmax(-1) == self.truth).double().mean(-1)

    def loss(self, warmed: bool = False) -> Float[Tensor, "mark seed"]:
        """Cross-entropy on new digits, before and after the temperature."""
        return self._each(functional.cross_entropy, warmed)

    def gap(self, warmed: bool = False) -> Float[Tensor, "mark seed"]:
        """Expected calibration error on new digits, before and after the temperature."""
        return self._each(lambda scores, y: torch.tensor(trust.gap(scores, y)), warmed)

    def sure(self) -> Float[Tensor, "mark seed"]:
        """Mean probability of the answers."""
        return self.scores.softmax(-1).amax(-1).mean(-1)

    def _each(self, measure, warmed: bool) -> Float[Tensor, "mark seed"]:
        by = self.used if warmed else torch.ones_like(self.used)
        rows = [
            [measure(s / t, y) for s, t, y in zip(*row, self.truth, strict=True)]
            for row in zip(self.scores, by, strict=True)
        ]
        return torch.tensor(rows, dtype=torch.float64)


@lru_cache(maxsize=2)
def trained_long(seeds: tuple[int, ...]) -> Promises:
    """A hundred digits to learn from; after each mark a temperature is fitted to digits held back."""
    x, y, new, truth = splits(seeds, IMAGES)
    nets, scores, known, before = stack(network, seeds), [], [], 0
    for mark in MARKS:
        run(train(nets, functional.cross_entropy, x, y, Adam(RATE), steps=mark - before, per_seed=True))
        scores.append(nets(new, per_seed=True).detach().double())
        known.append(nets(x, per_seed=True).detach().double())
        before = mark
    every = torch.stack(scores)
    fitted = temperatures(every[:, :, :HELD], truth[:, :HELD])
    return Promises(every[:, :, HELD:], truth[:, HELD:], fitted, temperatures(torch.stack(known), y), fitted)


def temperatures(
    scores: Float[Tensor, "mark seed n c"], y: Int[Tensor, "seed n"]
) -> Float[Tensor, "mark seed"]:
    """The temperature that suits each network's answers best."""
    return torch.tensor([[trust.temperature(*each) for each in zip(row, y, strict=True)] for row in scores])


def on_its_own(seeds: tuple[int, ...]) -> Promises:
    """The control: temperatures fitted to the digits that the networks learned from."""
    found = trained_long(seeds)
    return replace(found, used=found.own)


def cooled_down(seeds: tuple[int, ...]) -> Promises:
    """The control: the same networks, with scores divided by their temperatures."""
    found = trained_long(seeds)
    return replace(found, scores=found.scores / found.fitted[:, :, None, None])
