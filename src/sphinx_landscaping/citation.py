"""What every record of one thing says: by whom, what it is called, in which book and edition, where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docutils.utils.math.tex2unichar import mathalpha, mathbin, mathord, mathrel

from sphinx_landscaping.identity import Identity

PERSON = re.compile(r"[^,;]+, [^,;]+(?:; [^,;]+, [^,;]+)*")
ENDED = ("?", "!", ".", "…")
SIGNS = mathalpha | mathbin | mathord | mathrel  # TeX's names of letters and signs
UNNAMED = ("chapter", "page", "section")  # their titles say what they are


@dataclass(frozen=True)
class Citation:
    """One thing to be cited. There is no DOI: the book's would take the place of the section's address."""

    label: str
    title: str
    book: str  # empty for the book itself
    chapter: str  # its number, or empty
    authors: tuple[str, ...]
    publisher: str
    edition: str
    language: str
    url: str
    short_url: str

    @property
    def issued(self) -> tuple[int, ...]:
        """Year and month, after which an edition is named."""
        return tuple(int(part) for part in re.findall(r"\d+", self.edition)[:2])

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Family and given name of each author; no given name where it is an organisation."""
        parts = (author.partition(", ") for author in self.authors)
        return tuple((family, given) for family, _, given in parts)


def authors(stated: str) -> tuple[str, ...]:
    """People as `Family, Given; Family, Given`; anything else is one organisation's name."""
    return tuple(stated.split("; ")) if PERSON.fullmatch(stated) else (stated,)


def book_title(who: Identity) -> str:
    """The book's title with its subtitle."""
    return f"{who.title}: {who.subtitle}"


def joined(first: str, second: str) -> str:
    """A title and what stands under it, as libraries write it."""
    return f"{first} {second}" if first.endswith(ENDED) else f"{first}: {second}"


def plain(title: str) -> str:
    """A title whose formulas are letters: `\\alpha` becomes α."""
    return re.sub(r"\\([A-Za-z]+)", lambda found: SIGNS.get(found[1], found[1]), title)


def name(entry: dict[str, Any]) -> str:
    """What a thing is called beside its chapter: `Figure 2.1: What to see`, a section by its title alone."""
    title = entry["title"]
    if entry["kind"] in UNNAMED:
        return title
    numbered = f"{entry['kind'].capitalize()} {entry['number']}".strip()
    return numbered if title == numbered else joined(numbered, title)


def citation(entry: dict[str, Any], page: dict[str, Any], who: Identity, *, whole: bool) -> Citation:
    """How to cite an entry of `sections.json` that stands on `page`; `whole` is the book's first page."""
    is_page = entry["label"] == page["label"]
    title = book_title(who) if whole and is_page else name(page)
    return Citation(
        label=entry["label"],
        title=title if is_page else joined(title, name(entry)),
        book="" if whole and is_page else book_title(who),
        chapter=page["number"],
        authors=authors(who.author),
        publisher=who.publisher,
        edition=who.version,
        language=who.language,
        url=entry["url"],
        short_url=entry["short_url"],
    )
