"""Every chapter as an executed notebook, `notebooks/<page>.ipynb`: plain Markdown, results kept.

Written with the chapter's page, from the same resolved text and the same stored run; a page that is kept
keeps its notebook.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from sphinx_landscaping import chapter_head, figure_list
from sphinx_landscaping.chapter_markdown import ChapterMarkdown
from sphinx_landscaping.execution import store_of
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.markdown_spans import Unknown
from sphinx_landscaping.notebook_cells import Cells, Figure, pieces
from sphinx_landscaping.notebook_outputs import Unshown, small
from sphinx_landscaping.project import find
from sphinx_landscaping.report import read_json

GUIDE = "reference/running.html"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "pygments_lexer": "ipython3",
}


def place(docname: str) -> str:
    """Where a chapter's notebook stands on the site."""
    return f"notebooks/{docname}.ipynb"


def is_chapter(app: Sphinx, docname: str) -> bool:
    """Tell whether a page has a notebook: chapters have, and nothing else runs."""
    return chapter_head.is_chapter(docname, source_of(app.env, docname))


def run_of(app: Sphinx, docname: str) -> list[dict[str, Any]]:
    """The code cells of a chapter with what they showed, from the store of executed chapters."""
    store = store_of(app)
    key = read_json(store / "shown.json").get(docname, {}).get("key", "")
    path = store / "executed" / key / "base.ipynb"
    if not key or not path.exists():
        raise ExtensionError(f"{docname} has no stored results for its notebook: run `make book`")
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def write(
    app: Sphinx, docname: str, _template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Write the notebook of a chapter whose page is being written."""
    if doctree is None or app.builder.format != "html" or not is_chapter(app, docname):
        return
    try:
        content = notebook(app, docname, doctree)
    except (Unknown, Unshown) as fault:
        raise ExtensionError(f"{docname}: {fault}") from fault
    path = Path(app.outdir, place(docname))
    put(path, content)
    context["notebook"] = place(docname)
    context["notebook_bytes"] = len(content)


def notebook(app: Sphinx, docname: str, doctree: nodes.document) -> bytes:
    """The whole notebook of a chapter, the same bytes every time."""
    numbers = app.env.toc_fignumbers.get(docname, {})
    writer = ChapterMarkdown(app.config.html_baseurl, app.builder.get_target_uri(docname), numbers)
    cells = Cells(run_of(app, docname), figures_of(app, docname))
    cells.code("install", {"source": installing(app), "metadata": {}})
    chapter = next(doctree.findall(nodes.section))
    sections = app.env.toc_secnumbers.get(docname, {})
    cells.lay(pieces(chapter, writer, sections, about(app, docname, writer.page)), writer)
    title = app.env.titles[docname].astext()
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE, "title": title}
    made = {"cells": cells.made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()


def figures_of(app: Sphinx, docname: str) -> dict[str, Figure]:
    """The figures of a chapter: drawn when asked for, and what is on them."""
    store = kept(app)
    return {
        figure["label"]: Figure(lambda svg=figure["svg"]: small(svg, store), figure["alt"])
        for figure in figure_list.listed(app.env).get(docname, [])
    }


def installing(app: Sphinx) -> str:
    """The first cell: the package at this edition, where it is missing."""
    who: Identity = app.config.html_context["identity"]
    stated = tomllib.loads((Path(app.srcdir).parent / "pyproject.toml").read_text("utf8"))
    package = find(Path(app.srcdir).parent).package
    return (
        "# Where the book's package is missing, as on Colab, this installs it: a minute or two.\n"
        "# Elsewhere it does nothing. A torch that is there already stays.\n"
        "from importlib.util import find_spec\n\n"
        f'if find_spec("{package}") is None:\n'
        f'    %pip install -q "{stated["project"]["name"]} @ git+{who.source}@{who.revision}"'
    )


def about(app: Sphinx, docname: str, page: str) -> str:
    """What stands under the title: what the chapter does, and the way back to its page."""
    who: Identity = app.config.html_context["identity"]
    said = chapter_head.read(source_of(app.env, docname)).get("description", "")
    return (
        f"*{said}*\n\n"
        f"This is a chapter of *{who.title}* as a notebook, edition {who.edition}. "
        f"[The same chapter as a page]({page}) has every figure alive without a kernel; "
        f"[how to run chapters]({who.edition_address}{GUIDE}) says what to do when something is slow. "
        "Text and figures: CC BY 4.0; code: MIT."
    )


def drop_old(app: Sphinx, error: Exception | None) -> None:
    """Take away the notebooks of pages that are gone or no longer run anything."""
    if error or app.builder.format != "html":
        return
    wanted = {place(docname) for docname in app.env.found_docs if is_chapter(app, docname)}
    for path in Path(app.outdir, "notebooks").rglob("*.ipynb"):
        if path.relative_to(app.outdir).as_posix() not in wanted:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Write a notebook with every page that is written."""
    app.connect("html-page-context", write, priority=300)
    app.connect("build-finished", drop_old)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
