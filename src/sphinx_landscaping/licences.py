"""`_static/licences.txt`: what we serve that others wrote, with the licence that its package states."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_landscaping.keeping import put
from sphinx_landscaping.npm import package

# What stands where on the site, and the package that brought it. Vega's parts come inside vl-convert.
PIP = {
    "vl-convert-python": "Vega, Vega-Lite, vega-embed, vega-interpreter and D3 (vega.mjs)",
    "sphinx": "search (searchtools.js, language_data.js, doctools.js, sphinx_highlight.js)",
}
NPM = {
    "@fontsource/stix-two-math": "the letters of formulas (math.woff2)",
    "temml": "how formulas are set (MathML in the pages, math.css)",
}
WORDS = ("licen", "copying", "notice")


def stated(name: str) -> tuple[str, str, str]:
    """Version, licence and text of an installed Python package, from its own metadata."""
    found = distribution(name)
    kinds = [line.rpartition("::")[2].strip() for line in found.metadata.get_all("Classifier") or []
             if line.startswith("License ::")]  # fmt: skip
    licence = found.metadata.get("License-Expression") or found.metadata.get("License") or ", ".join(kinds)
    files = [path for path in found.files or [] if any(word in path.name.lower() for word in WORDS)]
    texts = [Path(path.locate()).read_text("utf-8", "replace").strip() for path in files
             if path.suffix in ("", ".txt", ".md", ".rst")]  # fmt: skip
    return found.version, licence.strip().splitlines()[0] if licence else "", "\n\n".join(texts)


def stated_by_npm(folder: Path) -> tuple[str, str, str]:
    """Version, licence and text of an installed npm package."""
    about = json.loads((folder / "package.json").read_text("utf-8"))
    texts = [path.read_text("utf-8", "replace").strip() for path in sorted(folder.iterdir())
             if path.is_file() and any(word in path.name.lower() for word in WORDS)]  # fmt: skip
    return about["version"], str(about.get("license") or ""), "\n\n".join(texts)


def listed(app: Sphinx) -> str:
    """The whole file: a line for each, then each text."""
    found = {name: stated(name) for name in PIP} | {n: stated_by_npm(package(app, n)) for n in NPM}
    served = PIP | NPM
    unknown = [name for name, (_, licence, _) in found.items() if not licence]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no licence in its metadata; look it up before serving it")
    lines = [f"{name} {version}: {licence}. {served[name][0].upper()}{served[name][1:]}."
             for name, (version, licence, _) in found.items()]  # fmt: skip
    texts = [f"{'=' * 80}\n{name} {version}\n\n{text}" for name, (version, _, text) in found.items() if text]
    head = "What this site serves that others wrote. The book's code is MIT, its words and figures CC BY 4.0."
    return "\n".join([head, "", *lines, "", *texts]) + "\n"


def write(app: Sphinx, error: Exception | None) -> None:
    """Put the list beside what it lists."""
    if not error and app.builder.format == "html":
        put(Path(app.outdir, "_static", "licences.txt"), listed(app).encode())
