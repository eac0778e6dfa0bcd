"""What one hidden layer can draw: by hand, and by descent."""

from landscaping.models.shallow_networks.claims import (
    BEYOND,
    BIRTH,
    CLAIMS,
    FLOOR,
    JOIN,
    LEFT,
    REGIONS,
    ROOT,
    STEEPER,
    WHERE,
    hand_made_error,
)

__all__ = [
    "BEYOND",
    "BIRTH",
    "CLAIMS",
    "FLOOR",
    "JOIN",
    "LEFT",
    "REGIONS",
    "ROOT",
    "STEEPER",
    "WHERE",
    "hand_made_error",
]
