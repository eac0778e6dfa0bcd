"""Who reads a handwritten digit best? Logistic regression, networks, and support vector machines."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.svm import SVC
from torch import Tensor, nn
from torch.nn import functional

from landscaping.datasets import digits
from landscaping.ensemble import Adam, cosine, run, stack, train
from landscaping.models.shallow import Shallow

IMAGES, WIDTH, BATCH = 1000, 256, 50
PIXELS = digits.SIDE**2
WEAK = 10.0  # scikit-learn's C: a light penalty


def network() -> nn.Module:
    """A hidden layer with a bend."""
    return Shallow(WIDTH, n_in=PIXELS, n_out=digits.CLASSES)


def without_bend() -> nn.Module:
    """The same layers with nothing between: however wide, still a straight line for every pair of digits."""
    return nn.Sequential(nn.Linear(PIXELS, WIDTH), nn.Linear(WIDTH, digits.CLASSES))


def logistic() -> nn.Module:
    """Multiclass logistic regression: one layer."""
    return nn.Linear(PIXELS, digits.CLASSES)


# name -> network, steps, learning rate
TRAINED: dict[str, tuple[Callable[[], nn.Module], int, float]] = {
    "logistic regression": (logistic, 600, 0.03),
    "no bend": (without_bend, 400, 0.003),
    "network": (network, 400, 0.01),
}


def _linear() -> LogisticRegression:
    return LogisticRegression(C=WEAK, max_iter=2000)


FITTED = {
    "ten at once": _linear,
    "one against the rest": lambda: OneVsRestClassifier(_linear()),
    "in pairs": lambda: OneVsOneClassifier(_linear()),
    "straight SVM": lambda: SVC(kernel="linear", C=1),
    "kernel SVM": lambda: SVC(C=WEAK),
    "narrow kernel": lambda: SVC(C=WEAK, gamma=3.0),
}


@lru_cache(maxsize=4)
def splits(seeds: tuple[int, ...], images: int = IMAGES) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Each seed's digits to learn from, `(seed, n, 64)` with labels, and all others, the same way."""
    pairs = [digits.split(images, seed) for seed in seeds]
    return tuple(torch.stack([getattr(pair[k], name) for pair in pairs]) for k in (0, 1) for name in "xy")


@dataclass(frozen=True)
class Read:
    """What readers said to the new digits."""

    said: dict[str, Int[Tensor, "seed n"]]
    truth: Int[Tensor, "seed n"]

    def right(self, reader: str) -> Float[Tensor, "seed"]:
        """Share of new digits read right, in points."""
        return 100 * (self.said[reader] == self.truth).double().mean(1)

    def lead(self, one: str, other: str) -> Float[Tensor, "seed"]:
        """How many more digits the one reads right, in points."""
        return self.right(one) - self.right(other)

    def confused(self, reader: str) -> Int[Tensor, "digit said"]:
        """How often a digit was read as another, over all seeds."""
        pairs = digits.CLASSES * self.truth + self.said[reader]
        return torch.bincount(pairs.flatten(), minlength=digits.CLASSES**2).unflatten(0, (digits.CLASSES, -1))


@lru_cache(maxsize=2)
def read(seeds: tuple[int, ...]) -> Read:
    """Every reader learns from the same thousand digits of a seed, and is asked the others."""
    x, y, new, truth = splits(seeds)
    said = {name: _trained(seeds, *how) for name, how in TRAINED.items()}
    for name, make in FITTED.items():
        fits = [make().fit(x[k].numpy(), y[k].numpy()) for k in range(len(seeds))]
        said[name] = torch.stack([torch.from_numpy(f.predict(new[k].numpy())) for k, f in enumerate(fits)])
    return Read(said, truth)


def _trained(seeds: tuple[int, ...], make: Callable, steps: int, rate: float) -> Int[Tensor, "seed n"]:
    x, y, new, _ = splits(seeds)
    nets, rule = stack(make, seeds), Adam(cosine(rate, steps))
    run(train(nets, functional.cross_entropy, x, y, rule, batch=BATCH, steps=steps, per_seed=True))
    return nets(new, per_seed=True).detach().argmax(-1)
