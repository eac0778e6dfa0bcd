"""A latent map, and the price of its bound: variational autoencoders."""

from landscaping.unsupervised.variational_autoencoders import (
    collapse,
    linear,
    maps,
    tables,
    training,
    walking,
)
from landscaping.unsupervised.variational_autoencoders.claims import (
    APART,
    BLUR,
    CLAIMS,
    CURVED,
    GUESS,
    LIKELIER,
    NEIGHBOURS,
    NEW,
    PRICE,
    START,
    STRAIGHT,
    TIGHT,
    TOLD,
    WEIGHTED,
)

__all__ = [
    "APART",
    "BLUR",
    "CLAIMS",
    "CURVED",
    "GUESS",
    "LIKELIER",
    "NEIGHBOURS",
    "NEW",
    "PRICE",
    "START",
    "STRAIGHT",
    "TIGHT",
    "TOLD",
    "WEIGHTED",
    "collapse",
    "linear",
    "maps",
    "tables",
    "training",
    "walking",
]
