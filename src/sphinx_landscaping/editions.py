"""A newly built tree becomes an edition: published beside those that came before, none of which it touches.

<published>/2026.11/          the edition, for ever
            latest/           a copy of the newest one
            at/<label>/       leads to the label in the newest edition that has it
            editions.json     which there are, and which is the latest
            index.html 404.html .nojekyll
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from . import permalink_lock
from .building import everything, exchange
from .identity import Identity, identity, uncommitted
from .keeping import put
from .project import Project
from .report import Stopped, read_json, write_json
from .serving import based
from .short_addresses import page

NAME = re.compile(r"\d+(\.\d+)+")
LISTED = "editions.json"
LOST = "404.html"


def publish(project: Project, published: Path) -> Path:
    """Add the built site to the published folder; refuse what is there already or not ready."""
    who = identity(project.root)
    refuse_unready(project, who)
    listed = read_json(published / LISTED).get("editions", [])
    refuse_published(who, listed, published)
    new, draft = published / who.version, published / f".{who.version}.new"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(project.html, draft)
    draft.rename(new)
    listed = sorted([*listed, {"edition": who.version, "address": who.edition_address}], key=age)
    latest = listed[-1]["edition"]
    if latest == who.version:
        renew_latest(published, new)
        renew_short_addresses(published, [edition["edition"] for edition in reversed(listed)])
        write_root(published, who)
    write_json(
        published / LISTED, {"latest": latest, "editions": listed}
    )  # last: until then it did not happen
    return new


def refuse_unready(project: Project, who: Identity) -> None:
    """Stop where the site is not what the tag of its edition names."""
    if read_json(project.build / "state.json").get("made_from") != everything(project):
        raise Stopped("the site is not that of these files: type `make book` first")
    if not NAME.fullmatch(who.version):
        raise Stopped(
            f"pyproject.toml calls this edition {who.version!r}: wanted a year and a month, as 2026.11"
        )
    if who.tag != f"v{who.version}":
        has = f"has the tag {who.tag}" if who.tag else "has no tag"
        raise Stopped(
            f"this commit {has}, and every link of edition {who.version} to its source names v{who.version}: "
            f"commit, type `git tag v{who.version}`, and try again"
        )
    if found := uncommitted(project.root):
        raise Stopped(f"{found} changed after the tag {who.tag}: commit and tag again, or put it back")
    refuse_unlocked(project)


def refuse_unlocked(project: Project) -> None:
    """Stop where an address would be published that nobody promised to keep."""
    made = (project.html / permalink_lock.NAME).read_text("utf8")
    lock = permalink_lock.read(project.root)
    if made != permalink_lock.written(lock.values()):
        new = sorted(permalink_lock.parse(made).keys() - lock.keys()) or [
            "words or pages of some that it has"
        ]
        some = ", ".join(new[:3]) + f" and {len(new) - 3} more" * (len(new) > 3)
        raise Stopped(f"{permalink_lock.NAME} lacks {some}: type `make permalinks`, commit, and tag again")


def refuse_published(who: Identity, listed: list[dict], published: Path) -> None:
    """Stop where this edition is there."""
    if any(edition["edition"] == who.version for edition in listed):
        raise Stopped(
            f"edition {who.version} is published and never changes: give the next one its own `version` in "
            "pyproject.toml and CITATION.cff"
        )
    if (published / who.version).exists():
        raise Stopped(
            f"{published / who.version} is there, but {LISTED} does not list it: if a publication was cut "
            "off, take that folder away and try again"
        )


def age(edition: dict) -> tuple[int, ...]:
    """What editions are ordered by."""
    return tuple(int(part) for part in edition["edition"].split("."))


def renew_latest(published: Path, new: Path) -> None:
    """Put a copy of the newest edition at `latest/`, in one step."""
    draft = published / ".latest.new"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(new, draft)
    exchange(draft, published / "latest")
    shutil.rmtree(draft, ignore_errors=True)


def renew_short_addresses(published: Path, newest_first: list[str]) -> None:
    """Let every label ever published lead to the newest edition that has it."""
    done: set[str] = set()
    for edition in newest_first:
        place = "latest" if edition == newest_first[0] else edition
        for own in sorted((published / edition / "at").glob("*/index.html")):
            if own.parent.name not in done:
                text = own.read_text("utf8").replace('"../../', f'"../../{place}/')
                text = text.replace("url=../../", f"url=../../{place}/")
                put(published / "at" / own.parent.name / "index.html", text.encode())
                done.add(own.parent.name)


def write_root(published: Path, who: Identity) -> None:
    """The front page, which leads to the latest edition, and the page for addresses that never were."""
    put(published / "index.html", page("latest/", who.title, who.latest_address, who.language))
    base = urlsplit(who.address).path
    lost = (published / "latest" / LOST).read_bytes()
    put(published / LOST, based(lost, f"{base}latest/", base))
    put(published / ".nojekyll", b"")  # or Pages would leave out the folders that begin with _
