"""Where npm put a package: the folder `node_modules` beside the book's settings or above them."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError


def package(app: Sphinx, name: str) -> Path:
    """The folder of an installed npm package."""
    here = Path(app.confdir).resolve()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        found = folder / "node_modules" / name
        if found.is_dir():
            return found
    raise ExtensionError(f"npm package {name} is not in node_modules above {here}: run `npm ci` (make does)")
