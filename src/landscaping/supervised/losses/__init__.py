"""Every loss is a likelihood: what a loss believes about errors, and what that does to a fit."""

from landscaping.supervised.losses.best_line import best_line, best_spread
from landscaping.supervised.losses.claims import (
    CLAIMS,
    CONSTANT,
    COVERS,
    EFFICIENCY,
    FEW,
    FLAT,
    OWN,
    ROBUST,
    SAME,
    SHRINKS,
    STALLS,
    TURNS,
)
from landscaping.supervised.losses.constants import best_constants
from landscaping.supervised.losses.likelihoods import six

__all__ = [
    "CLAIMS",
    "CONSTANT",
    "COVERS",
    "EFFICIENCY",
    "FEW",
    "FLAT",
    "OWN",
    "ROBUST",
    "SAME",
    "SHRINKS",
    "STALLS",
    "TURNS",
    "best_constants",
    "best_line",
    "best_spread",
    "six",
]
