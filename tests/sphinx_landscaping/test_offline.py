"""The archive of the whole book: an ordinary zip, the same whatever was taken over from the one before."""

import hashlib
import json
import os
import zipfile

import pytest

from sphinx_landscaping import offline

PAGES = {
    "index.html": '<html data-edition="2026.1"><title>A Book</title>',
    "hills/steep.html": "steep " * 400,
    "figures/fig-a.svg": "<svg/>",
    "figures/fig-a.png": "picture",
    "cite/sec-a.html": "cite",
    "cite/sec-a.bib": "@book",
    "at/sec-a/index.html": "leads there",
    "objects.inv": "for tools",
}
KEPT = ["cite/sec-a.html", "figures/fig-a.svg", "hills/steep.html", "index.html"]


@pytest.fixture
def site(tmp_path):
    """A site of a few files, not yet packed."""
    for name, text in PAGES.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "site"


@pytest.fixture
def pack(site, tmp_path):
    """Pack the site as a build does: beside the archive of the build before."""

    def packed(notes="notes.json"):
        before = tmp_path / "before.zip"
        if (site / offline.ARCHIVE).exists():
            os.replace(site / offline.ARCHIVE, before)
        offline.write(site, before, tmp_path / notes)
        return (site / offline.ARCHIVE).read_bytes()

    return packed


def contents(site):
    with zipfile.ZipFile(site / offline.ARCHIVE) as archive:
        assert archive.testzip() is None
        return {each.filename: archive.read(each).decode() for each in archive.infolist()}


def test_it_holds_what_is_read_and_nothing_that_only_says_it_again(site, pack):
    pack()
    assert contents(site) == {f"a-book-2026.1/{name}": PAGES[name] for name in KEPT}


def test_what_it_says_of_itself_is_so(site, pack):
    made, facts = pack(), json.loads((site / offline.FACTS).read_text())
    with zipfile.ZipFile(site / offline.ARCHIVE) as archive:
        directory = made[archive.start_dir : -22]
    digest = hashlib.sha256(directory).hexdigest()
    assert facts == {"bytes": len(made), "files": len(KEPT), "digest": digest}
    assert f'"{digest}"' in (site / offline.WORKER).read_text().splitlines()[0]


def test_an_edit_packs_only_what_it_changed_and_the_bytes_are_those_of_a_fresh_archive(
    site, pack, monkeypatch
):
    pack()
    done, real = [], offline.packed
    monkeypatch.setattr(offline, "packed", lambda content: done.append(content) or real(content))
    (site / "hills" / "steep.html").write_text("steeper")
    (site / "cite" / "sec-a.html").unlink()
    (site / "new.html").write_text("new")
    edited = pack()
    assert done == [b"steeper", b"new"]
    assert edited == pack("no notes.json")
    assert sorted(contents(site).values()) == sorted(["<svg/>", "new", PAGES["index.html"], "steeper"])


def test_another_build_has_another_worker_and_the_same_build_the_same(site, pack):
    first = pack(), (site / offline.WORKER).read_bytes()
    assert (pack(), (site / offline.WORKER).read_bytes()) == first
    (site / "index.html").write_text(PAGES["index.html"] + "!")
    assert pack() != first[0]
    assert (site / offline.WORKER).read_bytes() != first[1]


def test_notes_of_another_archive_are_not_believed(site, pack, tmp_path):
    pack()
    (site / "hills" / "steep.html").write_text("other")
    whole = pack("other notes.json")
    os.utime(site / "index.html")  # the first notes are of the archive before: nothing is taken over by them
    assert pack("notes.json") == whole
