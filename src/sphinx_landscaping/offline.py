"""The whole book as one file to keep: a zip, the worker that serves pages from it, and what both are.

Written last, over the finished site. An entry whose file did not change is taken over as it was packed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .report import read_json

ARCHIVE, WORKER, FACTS = "offline.zip", "offline.js", "offline.json"
# What says again, in another form, what the copy has: pictures to download (their SVG is there), pictures for
# links elsewhere, short addresses, files of records (their text is on the page of records).
REPEATED = re.compile(r"at|previews|figures/.*\.png|cite/.*\.(bib|ris|json)")
FOR_TOOLS = {"objects.inv", "permalinks.lock", ".buildinfo", ARCHIVE, WORKER, FACTS}
TITLE, EDITION = re.compile(r"<title>([^<]+)</title>"), re.compile(r'\bdata-edition="([^"]+)"')
LEVEL = 6
DATE = 0x21  # the first of January 1980: a zip must have one, and the same book has the same bytes
UTF8 = 0x800
HEAD, ROW, END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")


class Entry(NamedTuple):
    """A file as it lies in the archive, and what its source looked like then."""

    size: int
    changed: int  # nanoseconds
    crc: int
    start: int  # of its packed bytes
    packed: int


def write(site: Path, before: Path, notes: Path) -> None:
    """Put archive, worker and facts into `site`.

    `before` is the archive of the last site, `notes` what its files looked like.
    """
    old, known = last(before, notes)
    folder = f"{site_name(site)}/"
    parts, rows, entries = [], [], {}
    at = 0
    for name, file in sorted(files(site)):
        seen, stat = known.get(name), file.stat()
        if seen and (seen.size, seen.changed) == (stat.st_size, stat.st_mtime_ns):
            crc, content = seen.crc, old[seen.start : seen.start + seen.packed]
        else:
            crc, content = packed(Path(file).read_bytes())
        words = (folder + name).encode()
        about = (20, UTF8, zlib.DEFLATED, 0, DATE, crc, len(content), stat.st_size, len(words), 0)
        parts += [HEAD.pack(b"PK\3\4", *about), words, content]
        rows += [ROW.pack(b"PK\1\2", 20, *about, 0, 0, 0, 0, at), words]
        start = at + HEAD.size + len(words)
        entries[name] = Entry(stat.st_size, stat.st_mtime_ns, crc, start, len(content))
        at = start + len(content)
    directory = b"".join(rows)
    end = END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), at, 0)
    with open(site / ARCHIVE, "wb") as archive:
        archive.writelines([*parts, directory, end])
    facts = {"bytes": at + len(directory) + len(end), "files": len(entries), "digest": digest(directory)}
    write_facts(site, facts)
    notes.write_text(json.dumps({"digest": facts["digest"], "entries": entries}), encoding="utf8")


def files(site: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry]]:
    """Name and place of every file that is kept."""
    with os.scandir(site / below) as found:
        for each in found:
            name = f"{below}{each.name}"
            if name in FOR_TOOLS or REPEATED.fullmatch(name):
                continue
            if each.is_dir():
                yield from files(site, f"{name}/")
            else:
                yield name, each


def packed(content: bytes) -> tuple[int, bytes]:
    """Checksum and deflated bytes."""
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), squeeze.compress(content) + squeeze.flush()


def last(before: Path, notes: Path) -> tuple[bytes, dict[str, Entry]]:
    """The archive of the last site and its entries; nothing where the notes are not of that archive."""
    if not before.exists() or not notes.exists():
        return b"", {}
    old, said = before.read_bytes(), read_json(notes)
    *_, length, start, _ = END.unpack(old[-END.size :])
    if digest(old[start : start + length]) != said.get("digest"):
        return b"", {}
    return old, {name: Entry(*entry) for name, entry in said["entries"].items()}


def digest(directory: bytes) -> str:
    """What names a build: its list of files, with the size and the checksum of each."""
    return hashlib.sha256(directory).hexdigest()


def site_name(site: Path) -> str:
    """The folder that the archive unpacks to: the book and its edition, as its first page has them."""
    page = (site / "index.html").read_text("utf8") if (site / "index.html").exists() else ""
    words = [found[1] for found in (TITLE.search(page), EDITION.search(page)) if found]
    return re.sub(r"[^a-z0-9.]+", "-", " ".join(words).lower()).strip("-") or "book"


def write_facts(site: Path, facts: dict[str, int | str]) -> None:
    """What a page says before anything is fetched, and the worker, which is another one for every build."""
    said = json.dumps(facts, sort_keys=True)
    (site / FACTS).write_text(f"{said}\n", encoding="utf8")
    worker = Path(__file__).with_name("offline_worker.js").read_text("utf8")
    (site / WORKER).write_text(f"const BUILD = {said};\n{worker}", encoding="utf8")
