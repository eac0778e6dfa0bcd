"""A book of a few pages without cells, in the full dress of the site: for labels, their lock, editions."""

import shutil
from pathlib import Path

from small_book import Book, fresh

ROOT = Path(__file__).parents[1]
CONFIG = """
title: A Small Book
author: Its author
only_build_toc_files: true
execute: {execute_notebooks: cache}
parse: {myst_enable_extensions: [colon_fence, deflist, dollarmath]}
html: {use_multitoc_numbering: true}
latex: {use_jupyterbook_latex: false}
sphinx:
  config:
    extensions:
      [myst_nb, jupyter_book, sphinx_external_toc, sphinxcontrib.bibtex, sphinx_exercise, sphinx_proof,
       sphinx_landscaping.ext]
    bibtex_bibfiles: []
    html_theme: landscaping
    html_copy_source: false
    html_show_sourcelink: false
    html_use_index: false
    html_domain_indices: false
    html_math_renderer: temml
    html_permalinks_icon: "¶"
    math_numfig: true
    myst_heading_anchors: 0
    nb_ipywidgets_js: {}
    numfig: true
    numfig_secnum_depth: 1
    nitpicky: true
    playground_modules: ../../book/none
"""
TOC = """
format: jb-book
root: index
defaults: {numbered: 3}
parts:
  - caption: Models
    chapters:
      - file: models/hills
      - file: models/rivers
"""
PAGES = {
    "index": """
(ch-index)=
# A small book

Two chapters: {ref}`ch-hills` and {ref}`ch-rivers`.
""",
    "models/hills": """
(ch-hills)=
# How high is a hill?

A hill is high.

(sec-hills-steep)=
## Steep

$$
h = 2s
$$ (eq-hills-height)

{eq}`eq-hills-height` holds on slopes.

:::{question} Is a hill high?
:label: q-hills-1

Yes
: Right. It is.

No
: It is high.

Perhaps
: It is, always.
:::

(sec-hills-flat)=
## Flat

Not every place is steep, see {ref}`sec-hills-steep`.

(sec-hills-flat-top)=
### The top

It is flat there.

```{exercise} By hand
:label: ex-hills-1
How high is it after two steps?
```

```{solution} ex-hills-1
Four.
```
""",
    "models/rivers": """
(ch-rivers)=
# How long is a river?

```{prf:theorem} It ends
:label: thm-rivers-end
Every river ends in a lake or in the sea.
```

(tab-rivers-long)=
```{list-table} Long rivers
* - Nile
* - Amazon
```

(sec-rivers-mouth)=
## The mouth

It is wide, as {prf:ref}`thm-rivers-end` says.
""",
}
LABELS = {
    *("ch-index", "ch-hills", "sec-hills-steep", "eq-hills-height", "q-hills-1", "sec-hills-flat"),
    *(
        "sec-hills-flat-top",
        "ex-hills-1",
        "ch-rivers",
        "thm-rivers-end",
        "tab-rivers-long",
        "sec-rivers-mouth",
    ),
}


def labelled(to: Path) -> Book:
    """A labelled book that was never built; what costs time and is the same for every book comes with it."""
    book = fresh(to)
    shutil.rmtree(book.root / "book")
    (book.root / "_config.yml").write_text(CONFIG, encoding="utf8")
    (book.root / "_toc.yml").write_text(TOC, encoding="utf8")
    (book.root / "node_modules").symlink_to(ROOT / "node_modules")
    for name, text in PAGES.items():
        file = book.root / "book" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf8")
    if (ROOT / "_build" / "made").exists():
        shutil.copytree(ROOT / "_build" / "made", book.root / "_build" / "made")
    return book
