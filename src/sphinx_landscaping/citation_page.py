"""`cite/<label>.html`: a thing with all its records, for readers without scripts; ¶ shows it as a card."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from sphinx_landscaping.citation import Citation
from sphinx_landscaping.citation_records import bibtex, coins, csl_json, markdown, myst, ris
from sphinx_landscaping.citation_styles import STYLES, Texts

POLICY = "default-src 'self'"


class Around(NamedTuple):
    """What a page says besides its record: the book, the way back, what stands below it, the site's files."""

    book: str
    project: str
    language: str
    what: str  # as `Section 6.2`
    home: str  # address of the thing itself, from here
    draft: bool
    embed: str  # the line that shows a figure elsewhere, or nothing
    parts: tuple[tuple[str, str], ...]  # label and name of what a chapter holds
    style: str
    early: str
    card: str
    icon: str
    report: str  # address of a new issue about this very thing


class Row(NamedTuple):
    """One thing to copy: its name, its text, the file that has it too."""

    name: str
    text: str
    file: str = ""
    said: bool = False  # words and no code


def files(it: Citation) -> dict[str, str]:
    """Suffix -> the record that stands in a file of its own."""
    return {"bib": bibtex(it), "ris": ris(it), "csl.json": csl_json(it)}


def rows(it: Citation, texts: Texts, around: Around) -> Iterator[Row]:
    """What can be copied, the most wanted first."""
    yield Row("Address in this edition", it.url)
    yield Row("Short address, which leads to the newest edition", it.short_url)
    for style, name in STYLES.items():
        yield Row(name, texts[style], said=True)
    for name, (suffix, text) in zip(("BibTeX", "RIS", "CSL-JSON"), files(it).items(), strict=True):
        yield Row(name, text.rstrip("\n"), f"{it.label}.{suffix}")
    yield Row("Markdown, for a syllabus", markdown(it))
    yield Row("MyST, for another book", myst(it, around.project))
    if around.embed:
        yield Row("HTML that shows it in a course page", around.embed)


def row(at: Row) -> str:
    """One row: the button to copy comes with the script."""
    file = f' <a href="{escape(at.file)}" download>file</a>' if at.file else ""
    return (
        f'<div class="record{" said" * at.said}"><h2>{escape(at.name)}</h2>{file}'
        f"<pre><code>{escape(at.text)}</code></pre></div>\n"
    )


def page(it: Citation, texts: Texts, around: Around) -> str:
    """The whole page. Its COinS is one item, so that Zotero saves the section and not the chapter."""
    said = "".join(map(row, rows(it, texts, around)))
    draft = f"<p>This copy is a draft: the address holds from the day edition {it.edition} appears.</p>\n"
    parts = "".join(f'<li><a href="{label}.html">{escape(name)}</a></li>' for label, name in around.parts)
    more = f"<h2>What it holds, each to be cited alone</h2>\n<ul>{parts}</ul>\n" if parts else ""
    title = f"Cite: {it.title}"
    about = f"How to cite {around.what} of {around.book}, edition {it.edition}."
    place, _, label = around.home.partition("#")
    large = f"{place}?present#{label or it.label}"
    whose = f"edition {it.edition} of <cite>{escape(around.book)}</cite>"
    return f"""<!doctype html>
<html lang="{around.language}" data-content_root="../">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{escape(title)} – {escape(around.book)}</title>
<meta name="description" content="{escape(about)}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" type="image/svg+xml" href="{around.icon}">
<link rel="canonical" href="{escape(it.url)}">
<script src="{around.early}"></script>
<link rel="stylesheet" href="{around.style}">
<script src="{around.card}" type="module"></script>
</head>
<body>
<main id="main" class="alone cite" tabindex="-1">
<h1>Cite {escape(around.what)}</h1>
<p><a class="thing" href="{escape(around.home)}">{escape(it.title)}</a>, {whose}</p>
<p class="more"><a class="presents" href="{escape(large)}">Show it in large type, for a room</a>
<a href="{escape(around.report)}">Report a mistake here</a></p>
{draft if around.draft else ""}{said}{more}<span class="Z3988" title="{escape(coins(it))}"></span>
</main>
</body>
</html>
"""
