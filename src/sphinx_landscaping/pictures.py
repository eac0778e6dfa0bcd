"""Pictures drawn by hand: a `{figure}` of an SVG becomes a figure like any other, inside the page.

Anything else that would become an `<img>` stops the build: it has no number, no words, or does not follow the
reader's colours.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import figure_list, stills
from sphinx_landscaping.warn import warn

UNCLEAN = re.compile(r"<(style|script|image|foreignObject)\b|\s(style|on\w+)\s*=", re.IGNORECASE)
BEFORE = 400  # Sphinx's own collector, which would copy the picture, comes at 500
HOW = "write ```{figure} name.svg with :name: fig-<chapter>-<idea>, :alt: what is there, and a caption"


def take(app: Sphinx, document: nodes.document) -> None:
    """Put every picture of a page into it, or warn."""
    for image in list(document.findall(nodes.image)):
        figure = image.parent
        while figure is not None and not isinstance(figure, nodes.figure):
            figure = figure.parent
        place = (app.env.docname, image.line or (image.parent.line if image.parent else None))
        found = wrong(app.env, image, figure)
        if found:
            warn(found, "figure", place)
        else:
            enter(app.env, image, figure)


def wrong(env: BuildEnvironment, image: nodes.image, figure: nodes.figure | None) -> str:
    """What a picture lacks, or an empty string."""
    name = image["uri"]
    if figure is None:
        return f"the picture {name} has no number and no caption: {HOW}"
    label, alt = next(iter(figure["names"]), ""), str(image.get("alt") or "").strip()
    who = f"figure {label or name}"
    if not label.startswith("fig-"):
        return f"{who}: it has no label: {HOW}"
    if not any(isinstance(child, nodes.caption) and child.astext().strip() for child in figure):
        return f"{who}: it has no caption: {HOW}"
    if not alt or alt == name or alt.rpartition("/")[2] == name.rpartition("/")[2]:
        return f"{who}: it has no alternative text: {HOW}"
    return unfit(env, who, name)


def unfit(env: BuildEnvironment, who: str, name: str) -> str:
    """Why a file cannot stand in a page, or an empty string."""
    if "://" in name:
        return f"{who}: {name} lies elsewhere: put the picture beside the chapter, as an SVG"
    path = Path(env.relfn2path(name)[1])
    if path.suffix != ".svg":
        return (
            f"{who}: {name} is no SVG: its colours cannot follow the reader's. Let a cell display a chart, "
            "or draw it as an SVG"
        )
    if not path.is_file():
        return f"{who}: there is no file {name} beside the page: see how its name is written"
    found = UNCLEAN.search(path.read_text("utf-8"))
    if found:
        return (
            f"{who}: {name} has `{found[1] or found[2]}`, which a page may not hold: use attributes, as fill="
        )
    return ""


def enter(env: BuildEnvironment, image: nodes.image, figure: nodes.figure) -> None:
    """Draw the picture inside the page and list it."""
    relative, absolute = env.relfn2path(image["uri"])
    env.note_dependency(relative)
    label, alt = figure["ids"][0], str(image["alt"])
    svg = stills.sized(stills.tidied(Path(absolute).read_text("utf-8").strip(), label, alt))
    image.replace_self(nodes.raw("", f'<div class="picture">{svg}</div>', format="html"))
    caption = next(child for child in figure if isinstance(child, nodes.caption)).astext()
    entry = {"label": label, "kind": "still", "caption": caption, "alt": alt, "svg": svg,
             "card": svg, "spec": None, "code": "", "csv": ""}  # fmt: skip
    figure_list.listed(env).setdefault(env.docname, []).append(entry)


def setup(app: Sphinx) -> dict[str, Any]:
    """Look at every page when it was read."""
    app.connect("doctree-read", take, priority=BEFORE)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
