"""The figures of the book: listed as pages are read, written as files when they are done."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def listed(env: BuildEnvironment) -> dict[str, list[dict]]:
    """The figures of every page read so far: docname -> entries in the order of the page."""
    if not hasattr(env, "landscaping_figures"):
        env.landscaping_figures = {}
    return env.landscaping_figures


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the figures of a page that is read again or gone."""
    listed(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over the figures that another process has read."""
    listed(env).update({name: figures for name, figures in listed(other).items() if name in docnames})


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the specification of every live chart; drop those of charts that are gone."""
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir, "figures")
    specs = {f["label"]: f["spec"] for figures in listed(app.env).values() for f in figures if f["spec"]}
    folder.mkdir(parents=True, exist_ok=True)
    for label, spec in specs.items():
        text = json.dumps(spec, separators=(",", ":"), ensure_ascii=False)
        path = folder / f"{label}.json"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    for path in folder.glob("*.json"):
        if path.stem not in specs:
            path.unlink()
