"""Are flat valleys better? Experiments and claims of that chapter."""

from landscaping.generalization.flatness.claims import (
    BATCH,
    BELOW,
    CLAIMS,
    EDGE,
    INVARIANT,
    NO_ARTEFACT,
    NOT_BETTER,
    PIXELS,
    RATE,
    SAME,
    SHARPER,
    THROWN,
    TRUE_LABELS,
    WEIGHTS,
)

__all__ = [
    "BATCH",
    "BELOW",
    "CLAIMS",
    "EDGE",
    "INVARIANT",
    "NOT_BETTER",
    "NO_ARTEFACT",
    "PIXELS",
    "RATE",
    "SAME",
    "SHARPER",
    "THROWN",
    "TRUE_LABELS",
    "WEIGHTS",
]
