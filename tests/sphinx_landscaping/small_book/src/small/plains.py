"""Plains."""

from .ground import base


def level() -> int:
    """How high a plain is."""
    return base()
