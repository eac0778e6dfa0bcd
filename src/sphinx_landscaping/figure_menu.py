"""The menu under every figure: links and one line to copy, in a fold that needs no script. No Sphinx here."""

from __future__ import annotations

import html

from sphinx_landscaping.figure_files import SIZE


def embed_line(address: str, label: str, title: str, height: int) -> str:
    """What a teacher puts into a course page. `address` is the site's, with its closing slash."""
    said = html.escape(title)
    return (
        f'<iframe src="{address}figures/{label}.html" title="{said}" width="100%" height="{height}" '
        f'loading="lazy"></iframe>'
    )


def offers(figure: dict) -> list[tuple[str, str]]:
    """What can be taken away of a figure: suffix and words."""
    asked = [("svg", "SVG", "svg"), ("svg", "PNG", "png"), ("csv", "Data (CSV)", "csv"),
             ("spec", "Vega-Lite (JSON)", "json")]  # fmt: skip
    return [(suffix, words) for key, words, suffix in asked if figure.get(key)]


def frame_height(figure: dict) -> int:
    """Pixels that a frame of a column's width needs, from the drawing's shape and its controls."""
    box = SIZE.search(figure["svg"])
    shape = float(box[2]) / float(box[1]) if box else 0.6
    room = {"playground": 700, "explorer": 380}.get(figure["kind"], 220)
    return round((640 * shape + room) / 20) * 20


def menu(label: str, root: str, address: str, *, title: str, figure: dict, page: str) -> str:
    """The fold under a figure; `root` leads from its page to the site's root, `page` is that page's name."""
    own = f"{root}figures/{label}"
    links = [f'<a href="#{label}">Permalink</a>', f'<a class="cites" href="{root}cite/{label}.html">Cite</a>']
    links += [f'<a class="presents" href="{page}?present#{label}">In large type, for a room</a>']
    links += [f'<a href="{own}.html">On its own page</a>']
    links += [f'<a href="{own}.{suffix}" download>{words}</a>' for suffix, words in offers(figure)]
    links += [f'<a href="{own}.html#{label}-code">The code that made it</a>'] * bool(figure.get("code"))
    items = "".join(f"<li>{link}</li>" for link in links)
    alive = " alive" if figure.get("spec") or figure["kind"] == "playground" else ""
    line = html.escape(embed_line(address, label, title, frame_height(figure)))
    return (
        f'<details class="take"><summary>Take this figure<span class="unseen">: {html.escape(title)}</span>'
        f"</summary><ul>{items}</ul><p>To show it{alive} in a course page:</p>"
        f"<pre><code>{line}</code></pre></details>"
    )
