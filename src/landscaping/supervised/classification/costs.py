"""From a probability to a decision, where a false alarm costs more than a miss."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.supervised.classification import trust
from landscaping.supervised.classification.filters import MANY, TEST, Filtered, filtered, single_words

FALSE_ALARM, MISS = 9.0, 1.0
HELD = 500  # messages held back for the temperature


@dataclass(frozen=True)
class Decided:
    """A filter's log-odds for new messages, those divided by a fitted temperature, and what is spam."""

    odds: Float[Tensor, "seed test"]
    mended: Float[Tensor, "seed test"]
    spam: Float[Tensor, "test"]

    def overpromised(self) -> Float[Tensor, "seed"]:
        """Mean probability of the answers minus the share that was right, in points."""
        return 100 * (self.odds.abs().sigmoid() - ((self.odds > 0) == self.spam.bool()).double()).mean(1)

    def cheaper(self) -> Float[Tensor, "seed"]:
        """Cost of deciding by mended odds over cost of deciding by raw ones."""
        return cost(self.mended, self.spam) / cost(self.odds, self.spam)


def threshold() -> float:
    """The log-odds above which it pays to remove a message."""
    return torch.tensor(FALSE_ALARM / MISS).log().item()


def cost(odds: Float[Tensor, "*seed test"], spam: Float[Tensor, "test"]) -> Float[Tensor, "*seed"]:
    """Mean cost of a message if it is removed where the odds of spam are above the threshold."""
    removed = (odds > threshold()).double()
    return (FALSE_ALARM * removed * (1 - spam) + MISS * (1 - removed) * spam).mean(-1)


def decided(found: Filtered, name: str = "naive Bayes") -> Decided:
    """One mailbox of each seed; the first messages after it set the temperature, the others are decided."""
    odds, spam = found.odds[name, MANY][:, 0], (torch.arange(TEST) % 2 == 0).double()
    held = [trust.temperature(trust.two_classes(o), spam[:HELD].long()) for o in odds[:, :HELD]]
    new = odds[:, HELD:]
    return Decided(new, new / torch.tensor(held, dtype=torch.float64).unsqueeze(1), spam[HELD:])


@lru_cache(maxsize=4)
def naive(seeds: tuple[int, ...]) -> Decided:
    """Naive Bayes after much mail whose words come in phrases."""
    return decided(filtered(seeds))


@lru_cache(maxsize=4)
def naive_on_single_words(seeds: tuple[int, ...]) -> Decided:
    """The control: naive Bayes on mail in which no two words belong together."""
    return decided(single_words(seeds))
