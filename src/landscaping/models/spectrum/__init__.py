"""From calculator to deep network: what a model is told, and what data must tell it."""

from landscaping.models.spectrum.adding import (
    by_sizes,
    by_squares,
    plain,
    pushed_by_sizes,
    pushed_by_squares,
    ten_numbers,
    unbiased,
)
from landscaping.models.spectrum.claims import (
    BARE,
    BY_HAND,
    CLAIMS,
    FITTED,
    FOURTEEN,
    INSIDE,
    PUSHED,
    SCALE,
    STOPPED,
    TEN,
    THREE,
    ZEROS,
)
from landscaping.models.spectrum.patients import compare
from landscaping.models.spectrum.told import (
    Line,
    as_network,
    emulate_patients,
    least_squares,
    line_from_pairs,
)

__all__ = [
    "BARE",
    "BY_HAND",
    "CLAIMS",
    "FITTED",
    "FOURTEEN",
    "INSIDE",
    "PUSHED",
    "SCALE",
    "STOPPED",
    "TEN",
    "THREE",
    "ZEROS",
    "Line",
    "as_network",
    "by_sizes",
    "by_squares",
    "compare",
    "emulate_patients",
    "least_squares",
    "line_from_pairs",
    "plain",
    "pushed_by_sizes",
    "pushed_by_squares",
    "ten_numbers",
    "unbiased",
]
