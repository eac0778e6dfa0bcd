"""`_static/licences.txt`: what we serve that others wrote, with the licence that its package states."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import vl_convert
from sphinx.application import Sphinx

from sphinx_landscaping.drawing import VEGA_LITE
from sphinx_landscaping.keeping import put
from sphinx_landscaping.npm import package

HEAD = "What this site serves that others wrote. The book's code is MIT, its words and figures CC BY 4.0."
PIP = {
    "vl-convert-python": "what put vega.mjs together",
    "sphinx": "what Sphinx puts beside every site (basic.css, doctools.js, sphinx_highlight.js)",
}
NPM = {
    "@fontsource/stix-two-math": "the letters of formulas (math.woff2)",
    "minisearch": "how words are found (search.mjs, lost.mjs)",
    "temml": "how formulas are set (MathML in the pages, math.css)",
}
# vl-convert brings Vega inside itself and without its licences: these packages are installed to be quoted.
VEGA = {
    "vega": vl_convert.get_vega_version(),
    "vega-lite": VEGA_LITE,
    "vega-embed": vl_convert.get_vega_embed_version(),
}
COMMANDS = ("yargs", "commander", "iconv-lite", "rw")  # what only their command lines use: not served
WORDS = ("licen", "copying", "notice")


class Stated(NamedTuple):
    """A package, what it serves here, and the licence that it states."""

    name: str
    version: str
    what: str
    licence: str
    text: str


def by_pip(name: str, what: str) -> Stated:
    """An installed Python package, from its own metadata."""
    found = distribution(name)
    kinds = [line.rpartition("::")[2].strip() for line in found.metadata.get_all("Classifier") or []
             if line.startswith("License ::")]  # fmt: skip
    licence = found.metadata.get("License-Expression") or found.metadata.get("License") or ", ".join(kinds)
    files = [path for path in found.files or [] if any(word in path.name.lower() for word in WORDS)]
    texts = [Path(path.locate()).read_text("utf-8", "replace").strip() for path in files
             if path.suffix in ("", ".txt", ".md", ".rst")]  # fmt: skip
    return Stated(name, found.version, what, (licence.strip().splitlines() or [""])[0], "\n\n".join(texts))


def by_npm(folder: Path, name: str, what: str) -> Stated:
    """An installed npm package, from its own folder."""
    about = json.loads((folder / "package.json").read_text("utf-8"))
    texts = [path.read_text("utf-8", "replace").strip() for path in sorted(folder.iterdir())
             if path.is_file() and any(word in path.name.lower() for word in WORDS)]  # fmt: skip
    return Stated(name, about["version"], what, str(about.get("license") or ""), "\n\n".join(texts))


def needed(modules: Path, names: tuple[str, ...]) -> list[str]:
    """These npm packages and all that they are made of."""
    found: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in COMMANDS:
            found.append(name)
            about = json.loads((modules / name / "package.json").read_text("utf-8"))
            waiting += sorted(about.get("dependencies", {}))
    return sorted(found)


def vega(modules: Path) -> list[Stated]:
    """Vega and its parts; stops where npm has another version than vl-convert serves."""
    parts = [by_npm(modules / name, name, "in vega.mjs") for name in needed(modules, tuple(VEGA))]
    for part in parts:
        wanted = VEGA.get(part.name, "")
        if wanted and not f"{part.version}.".startswith(f"{wanted}."):
            raise ValueError(
                f"package.json has {part.name} {part.version}, and vl-convert serves {wanted}: write that "
                "version there and run `npm install`, so that the licences are those of what is served"
            )
    return parts


def listed(served: list[Stated]) -> str:
    """The whole file: a line for each package, then each text once, under the names that share it."""
    unknown = [part.name for part in served if not part.licence or not part.text]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no licence in its package; look it up before serving it")
    lines = [f"{name} {version}: {licence}. {what[0].upper()}{what[1:]}."
             for name, version, what, licence, _ in served]  # fmt: skip
    sharing: dict[str, list[str]] = {}
    for part in served:
        sharing.setdefault(part.text, []).append(f"{part.name} {part.version}")
    texts = [f"{'=' * 80}\n{', '.join(names)}\n\n{text}" for text, names in sharing.items()]
    return "\n".join([HEAD, "", *lines, "", *texts]) + "\n"


def write(app: Sphinx, error: Exception | None) -> None:
    """Put the list beside what it lists; a site that goes on from the last build has it."""
    place = Path(app.outdir, "_static", "licences.txt")
    if not error and app.builder.format == "html" and not place.exists():
        served = [by_pip(name, what) for name, what in PIP.items()]
        served += [by_npm(package(app, name), name, what) for name, what in NPM.items()]
        served += vega(package(app, "vega").parent)
        put(place, listed(served).encode())
