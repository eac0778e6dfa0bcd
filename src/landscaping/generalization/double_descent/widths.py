"""Random features from few to many, fitted in closed form on clean and on noisy labels."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.generalization.double_descent.features import (
    CLASSES,
    EXAMPLES,
    Task,
    curves,
    hinges,
    images,
    redrawn,
    targets,
)
from landscaping.generalization.double_descent.least_squares import gain

WIDTHS = (10, 20, 40, 80, 120, 160, 180, 190, 200, 210, 220, 250, 300, 400, 800, 2000)
RIDGE, FAINT = 1.0, 1e-6
RIDGES, LABELS = (0.0, FAINT, RIDGE), ("clean", "noisy")


@dataclass(frozen=True)
class Scores:
    """Scores of one way to fit, `(width, seed)` each."""

    wrong: Float[Tensor, "width seed"]  # share of test examples
    squared: Float[Tensor, "width seed"]  # squared error on the test
    left: Float[Tensor, "width seed"]  # squared error left on the training examples
    length: Float[Tensor, "width seed"]  # of the coefficients
    smallest: Float[Tensor, "width seed"]  # singular value of the features

    def at(self, name: str, width: int) -> Float[Tensor, "seed"]:
        """One score at one width."""
        return getattr(self, name)[WIDTHS.index(width)]

    def rise(self, name: str) -> Float[Tensor, "seed"]:
        """The most that a score lies above its lowest value at a smaller width."""
        values = getattr(self, name)
        return (values - values.cummin(0).values).amax(0)

    def first_valley(self, name: str) -> Float[Tensor, "seed"]:
        """The lowest value of a score with fewer features than examples."""
        return getattr(self, name)[: WIDTHS.index(EXAMPLES)].amin(0)


def clean(seeds: tuple[int, ...]) -> Scores:
    """Digits, labels as they are, no ridge."""
    return everything(images, seeds)["clean", 0.0]


def clean_with_ridge(seeds: tuple[int, ...]) -> Scores:
    """The same with a ridge."""
    return everything(images, seeds)["clean", RIDGE]


def clean_with_faint_ridge(seeds: tuple[int, ...]) -> Scores:
    """The same with a millionth of the ridge."""
    return everything(images, seeds)["clean", FAINT]


def noisy(seeds: tuple[int, ...]) -> Scores:
    """Digits, a fifth of the training labels drawn anew, no ridge."""
    return everything(images, seeds)["noisy", 0.0]


def noisy_with_ridge(seeds: tuple[int, ...]) -> Scores:
    """The same with a ridge."""
    return everything(images, seeds)["noisy", RIDGE]


def signals(seeds: tuple[int, ...]) -> Scores:
    """Curves of MNIST-1D, labels as they are, no ridge."""
    return everything(curves, seeds)["clean", 0.0]


def added_by_noise(seeds: tuple[int, ...]) -> Float[Tensor, "width seed"]:
    """What noisy labels add to the share of wrong answers, in points."""
    return 100 * (noisy(seeds).wrong - clean(seeds).wrong)


def added_by_noise_with_ridge(seeds: tuple[int, ...]) -> Float[Tensor, "width seed"]:
    """The same when both fits have a ridge."""
    return 100 * (noisy_with_ridge(seeds).wrong - clean_with_ridge(seeds).wrong)


def near_less_far(added: Float[Tensor, "width seed"]) -> Float[Tensor, "seed"]:
    """A tenth below and above the threshold, less what it is at the greatest width."""
    near = [WIDTHS.index(EXAMPLES + side * EXAMPLES // 10) for side in (-1, 1)]
    return added[near].mean(0) - added[-1]


@lru_cache(maxsize=16)
def everything(draw: Callable[[int], Task], seeds: tuple[int, ...]) -> dict[tuple[str, float], Scores]:
    """Scores for each kind of labels and each ridge: one decomposition serves them all."""
    runs = [one_seed(draw(seed), seed) for seed in seeds]
    stacked = torch.stack(runs, -1)  # (label, ridge, score, width, seed)
    return {
        (label, ridge): Scores(*stacked[i, j])
        for i, label in enumerate(LABELS)
        for j, ridge in enumerate(RIDGES)
    }


def one_seed(task: Task, seed: int) -> Float[Tensor, "label ridge score width"]:
    """All scores of one seed; narrower fits use the first of the same features."""
    seen, unseen = (hinges(x, WIDTHS[-1], seed) for x in (task.x, task.test_x))
    wanted = torch.cat([targets(task.y), targets(redrawn(task.y, seed))], 1)
    by_width = [one_width(task, seen[:, :n], unseen[:, :n], wanted) for n in WIDTHS]
    return torch.stack(by_width, -1)


def one_width(task: Task, seen, unseen, wanted) -> Float[Tensor, "label ridge score"]:
    """Scores at one width, in the order of the fields of `Scores`."""
    left, stretch, right = torch.linalg.svd(seen, full_matrices=False)
    rows = []
    for ridge in RIDGES:
        found = right.mT @ (gain(stretch, ridge).unsqueeze(1) * (left.mT @ wanted))
        rest = (seen @ found - wanted).square()
        parts = (m.split(CLASSES, 1) for m in (unseen @ found, rest, found))
        rows.append([scored(task, *part, stretch) for part in zip(*parts, strict=True)])
    assert len(rows[0][0]) == len(fields(Scores))
    return torch.tensor(rows).transpose(0, 1)


def scored(task: Task, answers, rest, found, stretch) -> list[float]:
    """The scores of one fit."""
    wrong = (answers.argmax(1) != task.test_y).double().mean()
    squared = (answers - targets(task.test_y)).square().sum(1).mean()
    values = (wrong, squared, rest.sum(1).mean(), found.norm(), stretch.min())
    return [value.item() for value in values]
