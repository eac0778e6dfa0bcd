"""Everything that the site serves besides its pages: style, scripts, Vega, playgrounds."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path

import vl_convert
from sphinx.application import Sphinx

from sphinx_landscaping import licences, rooms
from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.palette import tokens
from sphinx_landscaping.slimming import bundle, slim

HERE = Path(__file__).parent
# The address names a module in vl-convert's own store, nothing is fetched: the Vega that vegaEmbed uses.
VEGA = f"https://cdn.jsdelivr.net/npm/vega@{vl_convert.get_vega_version()}/+esm"
START = re.compile(r"^export default\b", re.MULTILINE)  # of a playground's module
SNIPPET = f"import {{ scheme }} from '{VEGA}'; export {{ scheme, vegaEmbed }};"


@cache
def style() -> str:
    """The style sheet: the palette's variables, the theme's files in their order, the playgrounds' rooms."""
    parts = [path.read_text("utf-8") for path in sorted((HERE / "theme" / "css").glob("*.css"))]
    return tokens() + "\n".join([*parts, rooms.rules(started(library()))])


@cache
def served() -> dict[str, bytes]:
    """Name -> content of every small file of `_static/` that is the book's own."""
    live = {path.name: path.read_bytes() for path in sorted((HERE / "live").iterdir()) if path.is_file()}
    return {"book.css": style().encode(), **live}


@cache
def version(name: str) -> str:
    """A few letters that change with the file; nothing for files made later in the build."""
    content = served().get(name)
    return hashlib.sha256(content).hexdigest()[:8] if content else ""


def playgrounds(app: Sphinx) -> list[Path]:
    """The playgrounds of the book: in a folder that a setting names, or in the book's library."""
    stated = app.config.playground_modules
    return started(Path(app.confdir, stated) if stated else library())


def started(folder: Path | None) -> list[Path]:
    """The modules that a host starts: those of the folder with a default export; the rest they import."""
    modules = sorted(folder.glob("*.mjs")) if folder and folder.is_dir() else []
    return [module for module in modules if START.search(module.read_text("utf-8"))]


def library() -> Path | None:
    """The folder of playgrounds in the book's library (found, not imported)."""
    found = importlib.util.find_spec("landscaping")
    places = list(found.submodule_search_locations or []) if found else []
    return Path(places[0], "playgrounds") if places else None


def vega(folder: Path) -> bytes:
    """Vega with its interpreter as one module; made once for each version of vl-convert and kept."""
    key = hashlib.sha256(f"{vl_convert.__version__} {SNIPPET}".encode()).hexdigest()[:12]
    path = folder / f"vega-{key}.mjs"
    if not path.exists():
        put(path, vl_convert.javascript_bundle(snippet=SNIPPET).encode())
    return path.read_bytes()


def write(app: Sphinx, error: Exception | None) -> None:
    """Put everything into `_static/`."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for name, content in served().items():
        put(static / name, slim(app, name, content))
    put(static / "vega.mjs", vega(kept(app)))
    for module in playgrounds(app):
        put(static / "playgrounds" / module.name, bundle(app, module))


def setup(app: Sphinx) -> dict:
    """Register the writing of the files."""
    app.add_config_value("playground_modules", "", "env", [str])
    app.connect("build-finished", write)
    app.connect("build-finished", licences.write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
