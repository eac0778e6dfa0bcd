"""The whole book as one page to be printed: the built pages one after another, their links leading inside it.

An id that only one page has stays as it is, so that a label is an address in the PDF too; an id that several
pages have gets its page's name before it. No Sphinx here: what is printed is what readers see.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .figure_pages import ELSEWHERE
from .identity import Identity

SITE = "../html"  # from the page to be printed
MAIN = re.compile(r"<main\b[^>]*>(.*?)</main>", re.DOTALL)
FURNITURE = re.compile(
    r'<nav class="(?:onpage|onward|launch)".*?</nav>|<script\b.*?</script>|<a class="headerlink".*?</a>'
    r'|<div class="controls">.*?</div>(?=</div>)|<details class="take">.*?</details>'
    r'|<aside class="moved".*?</aside>|<span[^>]* class="gloss".*?</span>',
    re.DOTALL,
)
ID = re.compile(r'(?<=\sid=")[^"]+(?=")')
NAMES = re.compile(r'(?<=\s)(for|aria-labelledby|aria-describedby|popovertarget)="([^"]+)"')
LINK = re.compile(r'\b(href|src)="([^"]*)"')
HEADING = re.compile(r"<(/?)h([1-5])\b")
SECTION = re.compile(
    r'<section\b[^>]*\bid="([^"]+)"[^>]*>(?:\s*<span id="[^"]*"></span>)*\s*<h([1-6])[^>]*>(.*?)</h\2>',
    re.DOTALL,
)
TAGS = re.compile(r"<(?!/?(?:span|em|strong|code|math|m[a-z]+|semantics|annotation)\b)[^>]*>")


@dataclass
class Leaf:
    """One page of the book: what stands in its `<main>`, and what its ids are called on paper."""

    name: str
    body: str
    names: dict[str, str] = field(default_factory=dict)

    @property
    def start(self) -> str:
        """The id of the whole page."""
        return "page-" + self.name.replace("/", "-")


def parts(toc: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The captions of the book with their pages, in the order of `_toc.yml`; what comes before has none."""
    found = [("", [toc["root"], *_files(toc.get("chapters", []))])]
    return found + [
        (part.get("caption", ""), list(_files(part["chapters"]))) for part in toc.get("parts", [])
    ]


def _files(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if "file" in entry:
            yield entry["file"]
        yield from _files(entry.get("sections", []))


def leaves(site: Path, names: list[str]) -> dict[str, Leaf]:
    """The pages with what paper needs of them, each id once in the whole."""
    found = {name: Leaf(name, _body(site / f"{name}.html")) for name in names}
    ids = {name: ID.findall(leaf.body) for name, leaf in found.items()}
    count = Counter(each for own in ids.values() for each in own)
    for name, leaf in found.items():
        leaf.names = {each: each if count[each] == 1 else f"{leaf.start}-{each}" for each in ids[name]}
    return found


def _body(page: Path) -> str:
    main = MAIN.search(page.read_text("utf8"))
    if not main:
        raise ValueError(f"{page.name} has no <main>: build the site with this version (`make book`)")
    body = FURNITURE.sub("", main[1]).replace("<details", "<details open")
    return HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", body)


def printed(leaf: Leaf, book: dict[str, Leaf], address: str) -> str:
    """A page's body as it stands on paper: ids once, links inside, all others to the edition's address."""

    def link(found: re.Match) -> str:
        to = html.unescape(found[2])
        if ELSEWHERE.match(to):
            return found[0]
        path, _, label = to.partition("#")
        where = (
            posixpath.normpath(posixpath.join(posixpath.dirname(leaf.name), path))
            if path
            else f"{leaf.name}.html"
        )
        if found[1] == "src":
            return f'src="{SITE}/{html.escape(where)}"'
        other = book.get(where.removesuffix(".html"))
        if not other:
            return f'href="{html.escape(address + where + ("#" + label if label else ""))}"'
        return f'href="#{html.escape(other.names.get(label, other.start))}"'

    def named(found: re.Match) -> str:
        return f'{found[1]}="{" ".join(leaf.names.get(each, each) for each in found[2].split())}"'

    body = ID.sub(lambda found: leaf.names[found[0]], LINK.sub(link, leaf.body))
    return f'<article class="leaf" id="{leaf.start}">{NAMES.sub(named, body)}</article>\n'


def sections(leaf: Leaf) -> list[tuple[int, str, str]]:
    """Level, id and title of the headings that the table of contents shows."""
    found = [
        (int(level) - 1, leaf.names[name], TAGS.sub("", title))
        for name, level, title in SECTION.findall(leaf.body)
    ]
    return [each for each in found if each[0] < 3]


def contents(book: dict[str, Leaf], order: list[tuple[str, list[str]]], at: dict[str, int]) -> str:
    """The table of contents; a page's number where it is known already."""
    lines = []
    for caption, names in order:
        lines += [f'<p class="caption">{html.escape(caption)}</p>'] if caption else []
        for level, label, title in (each for name in names for each in sections(book[name])):
            place = f"<span>{at.get(label, '')}</span>"
            lines.append(f'<p class="to{level}"><a href="#{label}">{title}</a> {place}</p>')
    head = '<nav class="paper-contents" id="paper-contents"><h1>Contents</h1>'
    return "\n".join([head, *lines, "</nav>\n"])


def running_heads(order: list[tuple[str, list[str]]], book: dict[str, Leaf]) -> str:
    """Each page of paper says above whose it is: a named page for every leaf."""
    rules = []
    for _, names in order:
        for number, name in ((f"leaf{list(book).index(name)}", name) for name in names):
            titles = sections(book[name])
            words = html.unescape(re.sub(r"<[^>]+>", "", titles[0][2])) if titles else name
            said = words.replace("\\", "").replace('"', "\\22 ").replace("<", "\\3c ").replace("\n", " ")
            rules.append(f'@page {number} {{ @top-left {{ content: "{said}" }} }}')
            rules.append(f"#{book[name].start} {{ page: {number} }}")
    return "\n".join(rules)


def page(site: Path, toc: Path, who: Identity, at: dict[str, int]) -> str:
    """The page to be printed; `at` tells on which page of paper an id stands, once that is known."""
    order = parts(yaml.safe_load(toc.read_text("utf8")))
    book = leaves(site, [name for _, names in order for name in names])
    style = Path(__file__).with_name("paper.css").read_text("utf8")
    said = {name: html.escape(words) for name, words in vars(who).items()}
    text = []
    for caption, names in order:
        text += [f'<h1 class="part">{html.escape(caption)}</h1>\n'] if caption else []
        text += [printed(book[name], book, who.edition_address) for name in names]
    return f"""<!doctype html>
<html lang="{said["language"]}">
<head>
<meta charset="utf-8">
<title>{said["title"]}</title>
<meta name="author" content="{said["author"]}">
<meta name="color-scheme" content="light">
<link rel="stylesheet" href="{SITE}/_static/book.css">
<link rel="stylesheet" href="{SITE}/_static/math.css">
<style>
{style}
{running_heads(order, book)}
</style>
</head>
<body class="paper">
<header class="cover"><p class="title">{said["title"]}</p><p>{said["subtitle"]}</p>
<p>{said["author"]}</p><p>Edition {html.escape(who.edition)}</p>
<p><a href="{html.escape(who.edition_address)}">{html.escape(who.edition_address)}</a></p>
<p>Words and figures: CC BY 4.0. Code: MIT. On the site, figures answer to your hand.</p></header>
{contents(book, order, at)}
{"".join(text)}</body>
</html>
"""
