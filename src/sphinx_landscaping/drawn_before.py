"""Drawings kept between builds, under a digest of what they were drawn from: a paragraph redraws nothing."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_landscaping.inputs import digest
from sphinx_landscaping.keeping import keep

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DAYS = 14  # a drawing that no build asked for in so long is thrown away
FOLDER: list[Path] = []  # where drawings are kept in this process; empty: nowhere


def kept(draw: Callable[[], str], *made_from: str) -> str:
    """The drawing made from exactly this, from the shelf where it stands there whole."""
    if not FOLDER:
        return draw()
    place = FOLDER[0] / digest(*made_from)
    try:
        seal, _, drawing = place.read_text(encoding="utf8").partition("\n")
        if seal == digest(drawing):
            os.utime(place)
            return drawing
    except (OSError, ValueError):
        pass
    drawing = draw()
    keep(place, f"{digest(drawing)}\n{drawing}".encode())
    return drawing


def open_shelf(app: "Sphinx") -> None:
    """Keep drawings beside the results of the chapters; throw away what was long not asked for."""
    folder = (Path(app.srcdir) / app.config.landscaping_executed).resolve().with_name("drawn")
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - DAYS * 86400:
            path.unlink(missing_ok=True)
    FOLDER[:] = [folder]
