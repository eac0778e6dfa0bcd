"""Two ways to weigh the same words, with more and more mail: count each for itself, or fit all together."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float
from sklearn.linear_model import LogisticRegression
from torch import Tensor

from landscaping.randomness import stream
from landscaping.supervised.classification import mail

AMOUNTS = (20, 40, 80, 160, 320, 640, 2000)  # messages to learn from
FEW, MANY = 80, AMOUNTS[-1]
DRAWS, TEST = 3, 2000  # mailboxes to learn from for each seed and amount; new messages
FREE, HELD = 1e-3, 1.0  # the penalty on squared weights: next to none, and scikit-learn's own

Weights = tuple[Float[Tensor, "word"], float]


def naive_bayes(x: Float[Tensor, "n word"], y: Float[Tensor, "n"]) -> Weights:
    """A weight for every word from counts alone, as if words were independent; and an intercept.

    Every count starts at one, so that a word never seen is not impossible.
    """
    spam, other = ((x[y == kind].sum(0) + 1) / ((y == kind).sum() + 2) for kind in (1, 0))
    absent = torch.log1p(-spam) - torch.log1p(-other)
    return spam.logit() - other.logit(), absent.sum().item() + (y.mean() / (1 - y.mean())).log().item()


def logistic(x: Float[Tensor, "n word"], y: Float[Tensor, "n"], penalty: float) -> Weights:
    """The weights and intercept of least cross-entropy, with this penalty on the squared weights."""
    fit = LogisticRegression(C=1 / penalty, solver="newton-cholesky", max_iter=200).fit(x.numpy(), y.numpy())
    return torch.from_numpy(fit.coef_[0]), fit.intercept_.item()


FILTERS = {
    "naive Bayes": naive_bayes,
    "logistic regression": lambda x, y: logistic(x, y, FREE),
    "with a penalty": lambda x, y: logistic(x, y, HELD),
}


@dataclass(frozen=True)
class Filtered:
    """Log-odds of spam that each filter gives to new messages, which alternate: spam, other, spam, …"""

    odds: dict[tuple[str, int], Float[Tensor, "seed draw test"]]  # (filter, messages learned from)

    def right(self, name: str, n: int) -> Float[Tensor, "seed"]:
        """Share of new messages on whose side of even odds the filter is."""
        spam = torch.arange(TEST) % 2 == 0
        return ((self.odds[name, n] > 0) == spam).double().mean((1, 2))

    def lead(self, one: str, other: str, n: int) -> Float[Tensor, "seed"]:
        """How many more new messages the one filter gets right, in points."""
        return 100 * (self.right(one, n) - self.right(other, n))


@lru_cache(maxsize=4)
def filtered(seeds: tuple[int, ...], copies: int = mail.COPIES) -> Filtered:
    """All filters on the same mailboxes of every amount; each seed has its own vocabulary."""
    rows = [_of_seed(seed, copies) for seed in seeds]
    return Filtered({key: torch.stack([row[key] for row in rows]) for key in rows[0]})


def _of_seed(seed: int, copies: int) -> dict[tuple[str, int], Tensor]:
    words, source = mail.vocabulary(seed, copies), stream("mail", seed)
    new, _ = mail.messages(TEST, words, source)
    boxes = {n: [mail.messages(n, words, source) for _ in range(DRAWS)] for n in AMOUNTS}
    return {
        (name, n): torch.stack([new @ w + b for w, b in (learn(x, y) for x, y in boxes[n])])
        for name, learn in FILTERS.items()
        for n in AMOUNTS
    }


def single_words(seeds: tuple[int, ...]) -> Filtered:
    """The same filters on mail in which no two words belong together."""
    return filtered(seeds, copies=1)
