"""Destroy slowly, learn to undo: experiments and claims of the chapter on diffusion."""

from landscaping.unsupervised.diffusion.claims import (
    BLAME,
    CENTRE,
    CLAIMS,
    CLOUDS,
    HALFWAY,
    HEART,
    JUMP,
    LAST,
    LEARNED,
    NARROW,
    NOISE_HELPS,
    RIVALS,
    SAME_END,
    SAMPLES,
    SLOPE,
    WALKS,
)

__all__ = [
    "BLAME",
    "CENTRE",
    "CLAIMS",
    "CLOUDS",
    "HALFWAY",
    "HEART",
    "JUMP",
    "LAST",
    "LEARNED",
    "NARROW",
    "NOISE_HELPS",
    "RIVALS",
    "SAME_END",
    "SAMPLES",
    "SLOPE",
    "WALKS",
]
