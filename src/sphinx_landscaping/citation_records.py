"""A citation as the records that others read: BibTeX, RIS, CSL-JSON, COinS, lines for a syllabus."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

from sphinx_landscaping.citation import Citation

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
           **{sign: f"\\{sign}" for sign in "&%$#_{}"}}  # fmt: skip
CAPITALS = re.compile(r"(?<=[\s(“‘–-])(\w*[A-Z]\w*)")
Item = dict[str, Any]


def tex(text: str) -> str:
    """Text with TeX's own signs escaped."""
    return "".join(SPECIAL.get(sign, sign) for sign in text)


def kept_capitals(text: str) -> str:
    """Braces around words that a style must not write small; the first is large in every style."""
    return CAPITALS.sub(r"{\1}", tex(text))


def bibtex(it: Citation) -> str:
    """`@incollection` with the chapter's number; the whole book as `@book`."""
    people = (
        f"{tex(family)}, {tex(given)}" if given else f"{{{tex(family)}}}" for family, given in it.people
    )
    fields = {
        "author": " and ".join(people),
        "title": kept_capitals(it.title),
        "booktitle": kept_capitals(it.book),
        "chapter": it.chapter,
        "edition": it.edition,
        "publisher": f"{{{tex(it.publisher)}}}",
        "year": str(it.issued[0]),
        "url": it.url,
        "language": it.language,
    }
    lines = [f"  {key} = {{{value}}},\n" for key, value in fields.items() if value]
    lines += [f"  month = {MONTHS[it.issued[1] - 1]},\n"] * (len(it.issued) > 1)
    kind = "incollection" if it.book else "book"
    return f"@{kind}{{{it.label}-{it.edition},\n{''.join(lines)}}}\n"


def ris(it: Citation) -> str:
    """RIS; SE holds the number of the chapter."""
    date = "/".join(f"{part:02d}" for part in it.issued)
    rows = [("TY", "CHAP" if it.book else "BOOK"), ("TI", it.title), ("T2", it.book)]
    rows += [("AU", f"{family}, {given}".rstrip(", ")) for family, given in it.people]
    rows += [("PY", str(it.issued[0])), ("DA", date + "/" * (3 - len(it.issued))), ("PB", it.publisher),
             ("ET", it.edition), ("SE", it.chapter), ("LA", it.language), ("UR", it.url)]  # fmt: skip
    return "".join(f"{key}  - {value}\n" for key, value in rows if value) + "ER  - \n"


def csl(it: Citation) -> Item:
    """One item of CSL-JSON."""
    people = [{"family": family, "given": given} if given else {"literal": family}
              for family, given in it.people]  # fmt: skip
    found = {
        "id": it.label,
        "type": "chapter" if it.book else "book",
        "title": it.title,
        "container-title": it.book,
        "author": people,
        "edition": it.edition,
        "chapter-number": it.chapter,
        "publisher": it.publisher,
        "issued": {"date-parts": [list(it.issued)]},
        "language": it.language,
        "URL": it.url,
    }
    return {key: value for key, value in found.items() if value}


def csl_json(it: Citation) -> str:
    """CSL-JSON as a file: a list of one item."""
    return json.dumps([csl(it)], indent=1, ensure_ascii=False) + "\n"


def for_text(it: Citation) -> Item:
    """The item as a style prints it well: an edition that says so, no publisher who is the author already."""
    item = csl(it) | {"edition": f"{it.edition} ed."}
    item.pop("chapter-number", None)
    if it.authors == (it.publisher,):
        del item["publisher"]
    return item


def coins(it: Citation) -> str:
    """What Zotero reads of a page as one item, its address with the label included."""
    genre = {"rft.genre": "bookitem", "rft.atitle": it.title, "rft.btitle": it.book}
    whole = {"rft.genre": "book", "rft.btitle": it.title}
    rows = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book")]
    rows += (genre if it.book else whole).items()
    rows += [
        ("rft.au", f"{family}, {given}") if given else ("rft.aucorp", family) for family, given in it.people
    ]
    rows += [("rft.date", "-".join(f"{part:02d}" for part in it.issued)), ("rft.pub", it.publisher),
             ("rft.edition", it.edition), ("rft.language", it.language), ("rft_id", it.url)]  # fmt: skip
    return urlencode(rows, quote_via=quote)


def markdown(it: Citation) -> str:
    """A line for a syllabus in Markdown."""
    words = re.sub(r"([\\`*_\[\]<>])", r"\\\1", it.title)
    book = f"*{it.book.partition(':')[0]}*, " if it.book else ""
    return f"[{words}]({it.url}) ({book}edition {it.edition})"


def myst(it: Citation, project: str) -> str:
    """A line for a book in MyST that lists this one in `intersphinx_mapping` under the project's name."""
    words = re.sub(r"([\\`<>])", r"\\\1", it.title)
    return f"{{external+{project}:ref}}`{words} <{it.label}>`"
