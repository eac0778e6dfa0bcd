"""A sentence of the book that can turn out false: measured, gated, and shown failing on a control."""

from landscaping.claims.claim import MIME, Checked, Claim, ClaimFailed
from landscaping.claims.gates import Gate, every, interval, mean, median, share

__all__ = [
    "MIME",
    "Checked",
    "Claim",
    "ClaimFailed",
    "Gate",
    "every",
    "interval",
    "mean",
    "median",
    "share",
]
