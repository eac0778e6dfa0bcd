"""How the book says that something is wrong: one warning, its kind, its place."""

from typing import Any

from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


def warn(message: str, kind: str, location: Any) -> None:
    """Warn with `landscaping.<kind>` as the warning's name; the build treats it as an error."""
    LOGGER.warning(f"{message} [landscaping.{kind}]", type="landscaping", subtype=kind, location=location)
