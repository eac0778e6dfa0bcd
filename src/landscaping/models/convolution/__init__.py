"""Convolution: a dense layer with zeros and ties, what it follows, and where its weights come from."""

from landscaping.models.convolution.claims import (
    BLIND,
    CHANCE,
    CLAIMS,
    HALF,
    IMPROVED,
    LEARNED,
    LOCAL,
    MATRIX,
    RAILS,
    RING,
    ROLLED,
    SAW,
)
from landscaping.models.convolution.fields import emerged, places_used
from landscaping.models.convolution.following import even_rolls, follows
from landscaping.models.convolution.kernels import compare, every_place, four_regions
from landscaping.models.convolution.matrices import as_a_matrix, on_rails, tied_descent, written_out
from landscaping.models.convolution.rolls import blind, readers, rolled
from landscaping.models.layers import Tied, Untied, Window, network

__all__ = [
    "BLIND",
    "CHANCE",
    "CLAIMS",
    "HALF",
    "IMPROVED",
    "LEARNED",
    "LOCAL",
    "MATRIX",
    "RAILS",
    "RING",
    "ROLLED",
    "SAW",
    "Tied",
    "Untied",
    "Window",
    "as_a_matrix",
    "blind",
    "compare",
    "emerged",
    "even_rolls",
    "every_place",
    "follows",
    "four_regions",
    "network",
    "on_rails",
    "places_used",
    "readers",
    "rolled",
    "tied_descent",
    "written_out",
]
