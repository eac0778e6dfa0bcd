"""What machines read of a chapter before its text: Highwire and Dublin Core, Open Graph, schema.org.

Zotero makes a book section of the first, and only of `citation_inbook_title`, never of `citation_book_title`.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any, NamedTuple

from sphinx_landscaping.citation import Citation

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
UDL = {"@type": "Book", "name": "Understanding Deep Learning", "url": "https://udlbook.github.io/udlbook/",
       "author": {"@type": "Person", "name": "Simon J. D. Prince"}}  # fmt: skip


class Page(NamedTuple):
    """What a head says besides the citation: the page's own sentence, its front matter, its picture."""

    description: str
    front: dict[str, Any]
    book: str  # its title alone
    book_address: str
    preview: str  # address of the picture, or nothing
    preview_alt: str


def scholarly(it: Citation) -> list[tuple[str, str]]:
    """Name and content for Zotero and Scholar. A name with nothing after its comma is an organisation's."""
    return [
        ("citation_title", it.title),
        ("citation_inbook_title", it.book),
        *(("citation_author", f"{family}, {given}".rstrip(" ")) for family, given in it.people),
        ("citation_publication_date", "/".join(f"{part:02d}" for part in it.issued)),
        ("citation_publisher", it.publisher),
        ("citation_language", it.language),
        ("citation_public_url", it.url),
        ("citation_fulltext_html_url", it.url),
        ("prism.edition", it.edition),
        ("DC.type", "bookSection"),
        ("DC.rights", LICENCE),
    ]


def social(it: Citation, page: Page) -> list[tuple[str, str]]:
    """Property and content for whoever shows a link with a picture."""
    found = [("og:type", "article" if it.book else "website"), ("og:title", it.title), ("og:url", it.url),
             ("og:description", page.description), ("og:site_name", page.book)]  # fmt: skip
    if page.preview:
        found += [("og:image", page.preview), ("og:image:type", "image/png"), ("og:image:width", "1200"),
                  ("og:image:height", "630"), ("og:image:alt", page.preview_alt)]  # fmt: skip
    return found


def agent(family: str, given: str) -> dict[str, str]:
    """An author as schema.org names one."""
    if not given:
        return {"@type": "Organization", "name": family}
    return {"@type": "Person", "familyName": family, "givenName": given, "name": f"{given} {family}"}


def linked(it: Citation, page: Page) -> dict[str, Any]:
    """The page as schema.org: a chapter that teaches, part of the book; or the book itself."""
    shared = {
        "author": [agent(*person) for person in it.people],
        "publisher": {"@type": "Organization", "name": it.publisher},
        "datePublished": "-".join(f"{part:02d}" for part in it.issued),
        "inLanguage": it.language,
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
    }
    book = {"@type": "Book", "@id": page.book_address, "url": page.book_address, "name": it.book or it.title,
            "bookEdition": it.edition, "isBasedOn": UDL}  # fmt: skip
    if not it.book:
        return {"@context": "https://schema.org", **book, **shared, "description": page.description}
    found = {
        "@context": "https://schema.org",
        "@type": ["Chapter", "LearningResource"],
        "@id": it.url,
        "url": it.url,
        "name": it.title,
        "position": it.chapter,
        "description": page.description,
        **shared,
        "image": page.preview,
        **teaching(page.front),
        "isPartOf": book | shared,
    }
    return {key: value for key, value in found.items() if value != ""}


def teaching(front: dict[str, Any]) -> dict[str, Any]:
    """What a chapter says of itself to who teaches; nothing where a page has no such head."""
    minutes = front.get("minutes")
    if not isinstance(minutes, dict) or not front.get("goals"):
        return {}
    return {
        "learningResourceType": "textbook chapter with experiments and exercises",
        "educationalLevel": front["level"],
        "teaches": front["goals"],
        "timeRequired": f"PT{sum(minutes.values())}M",
    }


def head(it: Citation, page: Page) -> list[str]:
    """The lines of HTML. JSON-LD is data, which the page's policy against inline scripts lets stand."""
    names = scholarly(it) if it.book else []
    lines = [f'<meta name="{name}" content="{escape(content)}">' for name, content in names]
    lines += [f'<meta property="{name}" content="{escape(content)}">' for name, content in social(it, page)]
    lines += ['<meta name="twitter:card" content="summary_large_image">'] * bool(page.preview)
    data = json.dumps(linked(it, page), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return [*lines, f'<script type="application/ld+json">{data}</script>']
