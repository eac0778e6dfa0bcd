"""Scripts and styles as the site serves them: the same program without comments, blanks and long names.

A playground comes with the modules that it imports as one file: one request, and nothing unused.

esbuild does it, one process for a file, and what it made is kept: a build that changes no script starts none.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.npm import package

BUNDLED = ("--bundle", "--format=esm", "--drop-labels=NOTEBOOK")  # what the page itself has is left out
LOADERS = {".mjs": ("--loader=js", "--format=esm"), ".js": ("--loader=js",), ".css": ("--loader=css",)}


def program(app: Sphinx) -> Path:
    """esbuild's own program for this machine: npm installs the one that fits."""
    folder = package(app, "esbuild").parent / "@esbuild"
    found = sorted([*folder.glob("*/bin/esbuild"), *folder.glob("*/esbuild.exe")])
    if not found:
        raise ExtensionError(f"esbuild has no program for this machine in {folder}: run `npm ci` (make does)")
    return found[0]


def slim(app: Sphinx, name: str, content: bytes) -> bytes:
    """A script or style sheet made small; any other file as it is."""
    words = LOADERS.get(Path(name).suffix)
    if not words:
        return content
    path = kept(app) / f"slim-{hashlib.sha256(repr(words).encode() + content).hexdigest()[:16]}"
    if not path.exists():
        put(path, _made(program(app), name, words, content))
    return path.read_bytes()


def bundle(app: Sphinx, module: Path, *packages: Path) -> bytes:
    """A module and all that it imports, from its folder and from npm packages, as one small file."""
    neighbours = [path.read_bytes() for path in sorted(module.parent.glob("*.mjs"))]
    versions = [(package / "package.json").read_bytes() for package in packages]
    parts = [repr(BUNDLED).encode(), module.name.encode(), *neighbours, *versions]
    key = hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
    path = kept(app) / f"bundle-{key}"
    if not path.exists():
        put(path, _made(program(app), module.name, [str(module), *BUNDLED], b"", packages))
    return path.read_bytes()


def _made(
    esbuild: Path, name: str, words: Sequence[str], content: bytes, packages: Sequence[Path] = ()
) -> bytes:
    command = [str(esbuild), *words, "--minify", "--charset=utf8", "--log-level=error"]
    found = os.pathsep.join(str(package.parent) for package in packages)
    environment = {**os.environ, "NODE_PATH": found}
    done = subprocess.run(command, input=content, env=environment, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise ExtensionError(f"{name} cannot be read by esbuild: {said}")
    return done.stdout
