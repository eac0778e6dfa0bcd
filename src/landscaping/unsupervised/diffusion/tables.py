"""Tables of the chapter on diffusion: what the charts draw."""

import pandas as pd
import torch
from torch import Tensor

from landscaping.datasets.mixtures import ring
from landscaping.spread import quartiles
from landscaping.unsupervised.diffusion import lessons, samples

TRAINED = (150, 300, 500, 1500)  # steps of training that are compared
WORDS = {0.0: "no new noise", 1.0: "new noise"}


def along_one_axis(reach: float = 3.2, points: int = 129) -> pd.DataFrame:
    """Places, each paired with every place that centres of the ring share: columns x, centre, weight."""
    centres = ring().centres[:, 0].double().round(decimals=4)
    shared, counts = centres.unique(return_counts=True)
    x = torch.linspace(-reach, reach, points, dtype=torch.float64)
    index = pd.MultiIndex.from_product([x.tolist(), range(len(shared))], names=["x", "k"])
    table = index.to_frame(index=False)
    weights = (counts / counts.sum()).tolist()
    table["centre"], table["weight"] = (table["k"].map(v.__getitem__) for v in (shared.tolist(), weights))
    return table.drop(columns="k")


def losses_by_time(found: lessons.Losses) -> pd.DataFrame:
    """Squared error at each time: columns arm, step, low, median, high."""
    arms = {"answering zero": found.of_nothing, "network": found.of_guess, "exact guess": found.of_best}
    return pd.concat(quartiles(rows, lessons.ASKED).assign(arm=arm) for arm, rows in arms.items())


def by_training(seeds: tuple[int, ...]) -> pd.DataFrame:
    """Share learned and share of new points on clouds, by training steps: columns arm, step, low, …"""
    gains = torch.stack([lessons.after_training(seeds, steps).learned for steps in TRAINED])
    good = torch.stack([samples.trained_for(seeds, steps).on_cloud for steps in TRAINED])
    arms = {"share learned": gains, "new points on a cloud": good}
    return pd.concat(quartiles(rows, TRAINED).assign(arm=arm) for arm, rows in arms.items())


def by_steps(found: samples.BySteps) -> pd.DataFrame:
    """Quality by number of steps: columns measure, arm, step, low, median, high."""
    measures = {"energy distance": "distance", "share on a cloud": "on_cloud", "width of the clouds": "width"}
    rows = []
    for words, name in measures.items():
        for kind, random in samples.ARMS:
            runs = [getattr(found.of(kind, random, steps), name) for steps in samples.COUNTS]
            rows.append(_of_arm(runs).assign(measure=words, arm=f"{kind}, {WORDS[random]}"))
        floor = [getattr(found.floor, name)] * len(samples.COUNTS)
        rows.append(_of_arm(floor).assign(measure=words, arm="fresh data"))
    return pd.concat(rows)


def _of_arm(runs: list[Tensor]) -> pd.DataFrame:
    return quartiles(torch.stack(runs), samples.COUNTS).round(4)


def memories(runs: dict[str, samples.Copies], seed: int = 0, points: int = 100) -> pd.DataFrame:
    """One seed's new points, and its examples where they are few: columns picture, kind, x, y."""
    rows = []
    for picture, run in runs.items():
        kinds = {"new point": run.points[seed, :points], "example": run.seen[seed]}
        rows += [
            _dots(at).assign(picture=picture, kind=kind) for kind, at in kinds.items() if len(at) <= points
        ]
    return pd.concat(rows)


def _dots(at: Tensor) -> pd.DataFrame:
    return pd.DataFrame(at.double().round(decimals=3).numpy(), columns=["x", "y"])


def closeness(runs: dict[str, samples.Copies]) -> pd.DataFrame:
    """Every seed's closeness: columns arm, seed, times."""
    return pd.concat(
        pd.DataFrame({"arm": arm, "seed": range(len(run.closeness)), "times": run.closeness.numpy()})
        for arm, run in runs.items()
    )
