"""More parameters than data, and then better: experiments and claims of the chapter on double descent."""

from landscaping.generalization.double_descent import features, nets, one_dimension, tables, widths
from landscaping.generalization.double_descent.claims import (
    BELOW,
    CLAIMS,
    FALLS,
    HIDDEN,
    NEVER,
    NOISE,
    OVERFITS,
    PEAK,
    PLACE,
    RIDGE,
    RISES,
    TEMPERED,
)
from landscaping.generalization.double_descent.least_squares import smallest_fit
from landscaping.generalization.double_descent.nets import stopped, trained, widest, widest_on_true_labels
from landscaping.generalization.double_descent.place import one_by_one
from landscaping.generalization.double_descent.widths import (
    added_by_noise,
    clean,
    clean_with_ridge,
    noisy,
    noisy_with_ridge,
    signals,
)

__all__ = [
    "BELOW",
    "CLAIMS",
    "FALLS",
    "HIDDEN",
    "NEVER",
    "NOISE",
    "OVERFITS",
    "PEAK",
    "PLACE",
    "RIDGE",
    "RISES",
    "TEMPERED",
    "added_by_noise",
    "clean",
    "clean_with_ridge",
    "features",
    "nets",
    "noisy",
    "noisy_with_ridge",
    "one_by_one",
    "one_dimension",
    "signals",
    "smallest_fit",
    "stopped",
    "tables",
    "trained",
    "widest",
    "widest_on_true_labels",
    "widths",
]
