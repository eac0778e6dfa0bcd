"""Files that cost something to make: where they stay between builds, and how they are written."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx


def kept(app: Sphinx) -> Path:
    """Where costly files stay between builds, each named by what it is made from."""
    folder = Path(app.srcdir).parent / "_build" / "made"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(path: Path, content: bytes) -> None:
    """Write a file where it is missing or different, so that nothing is newer than it must be."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
