"""Digits and spam: scores, probabilities and decisions, and when a probability may be believed."""

from landscaping.supervised.classification.claims import (
    BEND,
    BOUNDS,
    CLAIMS,
    COSTS,
    EARLY,
    GROWS,
    KERNEL,
    LATE,
    LOST,
    MENDS,
    OVERCOUNTS,
    PAIRS,
    SUPPORT,
)

__all__ = [
    "BEND",
    "BOUNDS",
    "CLAIMS",
    "COSTS",
    "EARLY",
    "GROWS",
    "KERNEL",
    "LATE",
    "LOST",
    "MENDS",
    "OVERCOUNTS",
    "PAIRS",
    "SUPPORT",
]
