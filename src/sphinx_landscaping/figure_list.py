"""The figures of the book: listed as pages are read, written as files when they are done."""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import figure_files
from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.report import read_json, write_json

SHOWN = ("label", "number", "kind", "caption", "alt", "page", "spec", "embed")


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


def number(env: BuildEnvironment, docname: str, label: str) -> str:
    """The number that the page prints, as `2.1`; empty where the book counts no figures."""
    found = env.toc_fignumbers.get(docname, {}).get("figure", {}).get(label, ())
    return ".".join(str(part) for part in found)


def title(env: BuildEnvironment, docname: str, figure: dict) -> str:
    """`Figure 2.1`, or its label where it has no number."""
    found = number(env, docname, figure["label"])
    return f"Figure {found}" if found else f"Figure {figure['label']}"


def entry(app: Sphinx, docname: str, figure: dict) -> dict[str, Any]:
    """One figure as `figures.json` lists it; `spec` is null where there is no chart."""
    label = figure["label"]
    made = {
        "number": number(app.env, docname, label),
        "page": f"{app.builder.get_target_uri(docname)}#{label}",
        "spec": f"figures/{label}.json" if figure["spec"] else None,
        "embed": f"figures/{label}.html",
    }
    return {name: {**figure, **made}[name] for name in SHOWN}


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the list, and for every figure its drawing, picture and data; drop the files of those gone."""
    if error or app.builder.format != "html":
        return
    folder, figures = Path(app.outdir, "figures"), listed(app.env)
    rows = [entry(app, docname, figure) for docname, found in sorted(figures.items()) for figure in found]
    put(folder.with_name("figures.json"), (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode())
    wanted = {f"{row['label']}.html" for row in rows}
    wanted.update(name for made in written(app, folder).values() for name in made["names"])
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file() and path.relative_to(folder).as_posix() not in wanted:
            path.unlink()


def written(app: Sphinx, folder: Path) -> dict[str, dict[str, Any]]:
    """Write the files of every page's figures, unless the last build made the same; their names."""
    notes = Path(app.doctreedir, "figure_files.json")
    before, now = read_json(notes), {}
    for docname, figures in sorted(listed(app.env).items()):
        of = hashlib.sha256(pickle.dumps(figures)).hexdigest()
        known = before.get(docname, {"of": "", "names": []})
        if known["of"] != of or not all((folder / name).exists() for name in known["names"]):
            made = {name: text for figure in figures for name, text in files(figure, kept(app)).items()}
            for name, content in made.items():
                put(folder / name, content)
            known = {"of": of, "names": sorted(made)}
        now[docname] = known
    write_json(notes, now)
    return now


def files(figure: dict, store: Path) -> dict[str, bytes]:
    """What one figure offers, by name: its chart, the tables it shares, a drawing, a picture, its data."""
    label = figure["label"]
    made = {f"{label}.csv": figure["csv"].encode()} if figure["csv"] else {}
    if figure["spec"]:
        spec, tables = figure_files.split(figure["spec"])
        made |= {f"{label}.json": figure_files.compact(spec).encode()}
        made |= {f"data/{name}.json": text.encode() for name, text in tables.items()}
    if figure["svg"]:
        svg = figure_files.standalone(figure["svg"])
        made |= {f"{label}.svg": svg.encode(), f"{label}.png": figure_files.picture(svg, store)}
    return made
