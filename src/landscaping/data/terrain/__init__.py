"""How do examples shape the landscape? Experiments and claims of that chapter."""

from landscaping.data.terrain.bottoms import arrivals, wander
from landscaping.data.terrain.claims import (
    CLAIMS,
    CLOSER,
    FEW_EXAMPLES,
    FIXED_PULL,
    LAW,
    NO_HOLES,
    OUTLIER,
    PARTS,
    SAME_ROADS,
    SHARE,
)
from landscaping.data.terrain.outliers import reshaped, spoiled
from landscaping.data.terrain.unevenness import on_the_map, parts, ripples
from landscaping.data.terrain.valleys import counted

__all__ = [
    "CLAIMS",
    "CLOSER",
    "FEW_EXAMPLES",
    "FIXED_PULL",
    "LAW",
    "NO_HOLES",
    "OUTLIER",
    "PARTS",
    "SAME_ROADS",
    "SHARE",
    "arrivals",
    "counted",
    "on_the_map",
    "parts",
    "reshaped",
    "ripples",
    "spoiled",
    "wander",
]
