"""What does a real landscape look like? Experiments and claims of that chapter."""

from landscaping.optimization.loss_landscapes.claims import (
    BARRIER,
    BEND,
    BLIND,
    BORN,
    CLAIMS,
    COPIES,
    DELAY,
    FIVE,
    LOWER,
    OUTLIERS,
    OWN,
    RENUMBER,
    SLICE,
    TWIN,
)
from landscaping.optimization.loss_landscapes.copies import moved_answers
from landscaping.optimization.loss_landscapes.cuts import slices
from landscaping.optimization.loss_landscapes.eigenvalues import of_five_digits, spectra
from landscaping.optimization.loss_landscapes.saddles import from_twins
from landscaping.optimization.loss_landscapes.ways import crossings

__all__ = [
    "BARRIER",
    "BEND",
    "BLIND",
    "BORN",
    "CLAIMS",
    "COPIES",
    "DELAY",
    "FIVE",
    "LOWER",
    "OUTLIERS",
    "OWN",
    "RENUMBER",
    "SLICE",
    "TWIN",
    "crossings",
    "from_twins",
    "moved_answers",
    "of_five_digits",
    "slices",
    "spectra",
]
