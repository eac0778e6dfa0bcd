"""Regression and network on the same patients: how many examples does each need?"""

from dataclasses import dataclass, replace
from functools import cache

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.datasets import diabetes
from landscaping.ensemble import Adam, stack, train
from landscaping.models.shallow import Shallow
from landscaping.models.spectrum.told import least_squares
from landscaping.scores import r_squared

COUNTS = (14, 20, 30, 50, 100, 200, 350)  # patients to learn from, of 442
STEPS, LOOK_EVERY, RATE, WIDTH = 500, 10, 0.01, 32
PLENTY = tuple(COUNTS.index(n) for n in (200, 350))
ENOUGH = tuple(COUNTS.index(n) for n in (50, 100, 200, 350))


@dataclass(frozen=True)
class Compared:
    """R² on the patients that were held back, from the same splits."""

    line: Float[Tensor, "count seed"]
    fitted: Float[Tensor, "count seed"]  # the network after all steps
    stopped: Float[Tensor, "count seed"]  # the network at its best moment, chosen on the test patients


@cache
def compare(seeds: tuple[int, ...]) -> Compared:
    """Both models at every number of patients, one split a seed."""
    scores = [compare_at(count, seeds) for count in COUNTS]
    return Compared(*(torch.stack(column) for column in zip(*scores, strict=True)))


def compare_at(count: int, seeds: tuple[int, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """R² of the line, of the fitted network and of the stopped one, each `(seed,)`."""
    splits = [diabetes.split(count, seed) for seed in seeds]
    truth = torch.stack([test.y for _, test in splits])
    line = torch.stack([least_squares(seen.x, seen.y)(test.x) for seen, test in splits])
    path = network_path(splits, seeds, truth)
    return r_squared(line, truth), path[-1], path.max(0).values


def network_path(
    splits: list[tuple[diabetes.Patients, diabetes.Patients]],
    seeds: tuple[int, ...],
    truth: Float[Tensor, "seed n"],
) -> Float[Tensor, "look seed"]:
    """R² on the held-back patients while the networks train."""
    x, y = torch.stack([s.x for s, _ in splits]).float(), torch.stack([s.y for s, _ in splits]).float()
    asked = torch.stack([test.x for _, test in splits]).float()
    nets = stack(lambda: Shallow(WIDTH, n_in=10), seeds)
    path = []
    steps = train(nets, nn.functional.mse_loss, x, y.unsqueeze(-1), Adam(RATE), steps=STEPS, per_seed=True)
    for step, _ in enumerate(steps, start=1):
        if step % LOOK_EVERY == 0:
            path.append(r_squared(nets(asked, per_seed=True).detach().squeeze(-1).double(), truth))
    return torch.stack(path)


def compare_stopped(seeds: tuple[int, ...]) -> Compared:
    """The stopped networks in the place of the fitted ones."""
    found = compare(seeds)
    return replace(found, fitted=found.stopped)


def compare_fewest(seeds: tuple[int, ...]) -> Compared:
    """The scores with fourteen patients in the place of all others."""
    found = compare(seeds)
    return Compared(*(scores[:1].expand_as(scores) for scores in (found.line, found.fitted, found.stopped)))


def compare_most(seeds: tuple[int, ...]) -> Compared:
    """The scores with the most patients in the place of all others."""
    found = compare(seeds)
    return Compared(*(scores[-1:].expand_as(scores) for scores in (found.line, found.fitted, found.stopped)))
