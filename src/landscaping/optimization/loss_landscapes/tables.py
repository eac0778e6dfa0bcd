"""Tables of the chapter on loss landscapes: what the charts draw."""

import pandas as pd
import torch

from landscaping.optimization.loss_landscapes.eigenvalues import Spectra
from landscaping.optimization.loss_landscapes.pairs import POINTS
from landscaping.optimization.loss_landscapes.ways import Crossing
from landscaping.spread import quartiles


def heights(found: dict[int, Crossing]) -> pd.DataFrame:
    """The loss along every way: columns width, way, step (share of the way), low, median, high."""
    share = torch.linspace(0, 1, POINTS)
    return pd.concat(
        quartiles(height, share).assign(width=width, way=way)
        for width, crossing in found.items()
        for way, height in crossing.heights.items()
    )


def ranks(found: Spectra) -> pd.DataFrame:
    """Curvatures by rank, the largest first: columns place, step (the rank), low, median, high."""
    parts = []
    for place, spectrum in (("at birth", found.birth), ("at the bottom", found.bottom)):
        falling = spectrum.curvature.flip(1).T
        shown = [k for k in range(len(falling)) if k < 30 or k % 10 == 9]
        parts.append(quartiles(falling[shown], torch.tensor(shown) + 1).assign(place=place))
    return pd.concat(parts, ignore_index=True)
