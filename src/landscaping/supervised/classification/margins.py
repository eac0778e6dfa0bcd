"""Which examples hold a support vector machine in its place: it is fitted again without the others."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float
from sklearn.svm import SVC
from torch import Tensor

from landscaping.datasets import digits
from landscaping.randomness import stream
from landscaping.supervised.classification.readers import IMAGES, WEAK


@dataclass(frozen=True)
class Refitted:
    """Machines fitted twice: on all examples, and on some of them."""

    kept: Float[Tensor, "seed"]  # share of the examples that were kept
    changed: Float[Tensor, "seed"]  # new digits, of a hundred, that are read otherwise


@lru_cache(maxsize=2)
def on_support_vectors(seeds: tuple[int, ...]) -> Refitted:
    """Fitted again on its support vectors alone."""
    return _refitted(seeds, lambda fit, _: torch.from_numpy(fit.support_).long())


@lru_cache(maxsize=2)
def on_as_many(seeds: tuple[int, ...]) -> Refitted:
    """The control: fitted again on as many examples, drawn by chance."""
    return _refitted(
        seeds, lambda fit, seed: torch.randperm(IMAGES, generator=stream("kept", seed))[: len(fit.support_)]
    )


def _refitted(seeds: tuple[int, ...], choose) -> Refitted:
    kept, changed = [], []
    for seed in seeds:
        known, new = digits.split(IMAGES, seed)
        # A kernel of fixed width: scikit-learn's own looks at the examples, and those change.
        gamma = 1 / (known.x.shape[1] * known.x.var(correction=0).item())
        fit = SVC(C=WEAK, gamma=gamma).fit(known.x.numpy(), known.y.numpy())
        rows = choose(fit, seed)
        again = SVC(C=WEAK, gamma=gamma).fit(known.x[rows].numpy(), known.y[rows].numpy())
        kept.append(len(rows) / IMAGES)
        changed.append(100 * (fit.predict(new.x.numpy()) != again.predict(new.x.numpy())).mean())
    return Refitted(torch.tensor(kept), torch.tensor(changed))
