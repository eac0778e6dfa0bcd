"""What one wrong example does to the land under squared and under absolute error."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.data.terrain.lands import EXAMPLES, NOISE, Lands, draw, truth
from landscaping.models import gabor
from landscaping.spread import quartiles

LANDS = 6  # for each seed
WRONG = (0.0, 1.5, 3.0, 6.0)  # how much too high one example is recorded
LOSSES: dict[str, gabor.Height] = {"squared": gabor.loss, "absolute": gabor.absolute_loss}


def spoil(lands: Lands, by: float) -> Lands:
    """The same lands after the first example of each was recorded too high by so much."""
    errors = torch.zeros_like(lands.y)
    errors[..., 0] = by
    return lands.with_errors(errors)


def lowest(lands: Lands, height: gabor.Height) -> Float[Tensor, "seed land 2"]:
    """The lowest point of each land's whole map."""
    pairs = zip(lands.x.flatten(0, 1), lands.y.flatten(0, 1), strict=True)
    return torch.stack([gabor.lowest(x, y, height) for x, y in pairs]).view(*lands.x.shape[:2], 2)


@dataclass(frozen=True)
class Spoiled:
    """Median distance of the lowest point from the truth, by loss and by how wrong one example is."""

    wrong: tuple[float, ...]
    squared: Float[Tensor, "wrong seed"]
    absolute: Float[Tensor, "wrong seed"]


def spoiled(seeds: tuple[int, ...], wrong: tuple[float, ...] = WRONG, n: int = EXAMPLES) -> Spoiled:
    """Lowest points of the same lands, with one example ever more wrong."""
    lands = draw(seeds, LANDS, n, NOISE)
    off = {name: [distance(spoil(lands, by), height) for by in wrong] for name, height in LOSSES.items()}
    return Spoiled(wrong, *(torch.stack(rows) for rows in off.values()))


def distance(lands: Lands, height: gabor.Height) -> Float[Tensor, "seed"]:
    """Median over the lands of a seed."""
    return (lowest(lands, height) - truth()).norm(dim=2).quantile(0.5, dim=1)


def table(found: Spoiled) -> pd.DataFrame:
    """Columns arm (the loss), step (how wrong), low, median, high."""
    rows = [quartiles(getattr(found, name), found.wrong).assign(arm=name) for name in LOSSES]
    return pd.concat(rows, ignore_index=True)


def reshaped(_: tuple[int, ...] = (), loss: str = "absolute") -> float:
    """How much the land's shape changes when one answer, already beyond the wave, goes ten times as far."""
    places, land = gabor.points(30).flatten(0, 1), draw((0,), 1)
    near, far = (spoil(land, by).heights(places, LOSSES[loss]) for by in (2.5, 25.0))
    change = far - near
    return (change.max() - change.min()).item()
