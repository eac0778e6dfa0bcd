"""Files that cost something to make: where they stay between builds, and how they are written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .report import read_json, write_json

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def kept(app: Sphinx) -> Path:
    """Where costly files stay between builds, each named by what it is made from."""
    folder = Path(app.srcdir).parent / "_build" / "made"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(path: Path, content: bytes) -> bytes:
    """Write what others may make at the same time, and read: nobody ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
    return content


def put(path: Path, content: bytes) -> None:
    """Write a file where it is missing or different, so that nothing is newer than it must be."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def made_before(app: Sphinx, folder: str, of: str) -> bool:
    """Whether a folder of many small files in the site was made of exactly this by the last build.

    Such a folder (`building.MANY_SMALL`) is not copied from build to build, but put back whole.
    """
    notes = Path(app.doctreedir, "made_of.json")
    before = read_json(notes)
    write_json(notes, before | {folder: of})
    return before.get(folder) == of and Path(app.outdir, folder).is_dir()
