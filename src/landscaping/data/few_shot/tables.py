"""Tables for the charts of the chapter on few-shot learning."""

import pandas as pd
import torch

from landscaping.data.few_shot import family
from landscaping.data.few_shot.counts import Many
from landscaping.data.few_shot.episodes import right
from landscaping.data.few_shot.trainings import TOLD, TRAINED, Arms, embeddings
from landscaping.spread import describe, quartiles

SEEN_WAYS, SEEN_SHOTS = (2, 5, 20), (1, 2, 5, 20)


def by_arm(found: Arms) -> pd.DataFrame:
    """Columns arm, seed, right: on new things, a row for each embedding and seed."""
    rows = [(name, seed, v) for name in (*TOLD, *TRAINED) for seed, v in enumerate(found.new[name].tolist())]
    return pd.DataFrame(rows, columns=["arm", "seed", "right"])


def by_test(found: Arms, names: tuple[str, ...]) -> pd.DataFrame:
    """Columns arm, test, low, median, high: for each kind of task."""
    tests = {"the curve tells": found.new, "only the place tells": found.places}
    rows = [(name, test, describe(scored[name])) for name in names for test, scored in tests.items()]
    return pd.DataFrame(
        [(name, test, s.low, s.median, s.high) for name, test, s in rows],
        columns=["arm", "test", "low", "median", "high"],
    )


def by_count(found: Many) -> pd.DataFrame:
    """Columns arm, step (the number of things), low, median, high."""
    tested = {"new things": found.new, "its own things": found.known}
    parts = [
        quartiles(values, torch.tensor(found.counts).double()).assign(arm=name)
        for name, values in tested.items()
    ]
    return pd.concat(parts, ignore_index=True)


def by_shots(seeds: tuple[int, ...], names: tuple[str, ...]) -> pd.DataFrame:
    """Columns arm, ways, step (shots), low, median, high: new things in larger and smaller episodes."""
    curves, parts = family.new(seeds), []
    for name in names:
        embedded = embeddings(seeds)[name](curves)
        for ways in SEEN_WAYS:
            values = torch.stack([right(embedded, seeds, ways, shots) for shots in SEEN_SHOTS])
            parts.append(quartiles(values, torch.tensor(SEEN_SHOTS).double()).assign(arm=name, ways=ways))
    return pd.concat(parts, ignore_index=True)
