"""A first fit: a loss, a slope, a step, training and test data, a seed."""

from landscaping.first_fit.claims import ALIKE, APART, CLAIMS, LINE, REPEAT, STEP, TEST

__all__ = ["ALIKE", "APART", "CLAIMS", "LINE", "REPEAT", "STEP", "TEST"]
