"""Where npm put a package: the folder `node_modules` beside the book's settings or above them."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError


def package(app: Sphinx, name: str) -> Path:
    """The folder of an installed npm package."""
    return under(Path(app.confdir), name)


def under(folder: Path, name: str) -> Path:
    """The same, seen from a folder of the book. Raises `ExtensionError` where it is not installed."""
    here = folder.resolve()
    for above in (here, *here.parents, *Path(__file__).resolve().parents):
        found = above / "node_modules" / name
        if found.is_dir():
            return found
    raise ExtensionError(f"npm package {name} is not in node_modules above {here}: run `npm ci` (make does)")
