"""A labelled book, edited in every way that its addresses must survive, or that must stop the build."""

import json

import pytest
from sphinx.util.inventory import InventoryFile

from labelled_book import LABELS, labelled
from small_book import Book

pytestmark = pytest.mark.slow
HILLS, RIVERS = "book/models/hills.md", "book/models/rivers.md"


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Book:
    """A labelled book, built, its labels locked, built again."""
    book = labelled(tmp_path_factory.mktemp("labelled") / "book")
    done = book.command("permalinks")
    assert done.returncode == 0, done.stderr
    assert f"{len(LABELS)} labels, {len(LABELS)} new" in done.stdout
    done = book.build()
    assert done.returncode == 0, done.stderr
    return book


@pytest.fixture
def book(published, tmp_path) -> Book:
    """The same, to be edited."""
    return published.copy(tmp_path / "book")


def entries(book) -> dict[str, dict]:
    text = (book.root / "_build" / "html" / "sections.json").read_text(encoding="utf8")
    return {entry["label"]: entry for entry in json.loads(text)}


def locked(book) -> dict[str, list[str]]:
    text = (book.root / "_build" / "html" / "permalinks.lock").read_text(encoding="utf8")
    return {line.split()[0]: line.split() for line in text.splitlines()[1:]}


def sound(book) -> None:
    done = book.build()
    assert done.returncode == 0, done.stderr


def stopped(book) -> str:
    before = book.site()
    done = book.build()
    assert done.returncode == 1
    assert book.site() == before
    return " ".join(done.stderr.split())


def test_every_citable_thing_is_listed_with_all_that_a_citation_needs(published):
    found = entries(published)
    assert set(found) == LABELS
    numbers = {label: entry["number"] for label, entry in found.items()}
    assert numbers == {
        **{
            "ch-index": "",
            "ch-hills": "1",
            "sec-hills-steep": "1.1",
            "eq-hills-height": "1.1",
            "q-hills-1": "1",
        },
        **{"sec-hills-flat": "1.2", "sec-hills-flat-top": "1.2.1", "ex-hills-1": "1.1", "ch-rivers": "2"},
        **{"thm-rivers-end": "2.1", "tab-rivers-long": "2.1", "sec-rivers-mouth": "2.1"},
    }
    assert found["ch-hills"]["url"] == "https://home.github.io/small-book/2026.1/models/hills.html"
    top = found["sec-hills-flat-top"]
    assert top["url"] == "https://home.github.io/small-book/2026.1/models/hills.html#sec-hills-flat-top"
    assert top["short_url"] == "https://home.github.io/small-book/at/sec-hills-flat-top/"
    keys = ("title", "kind", "part", "chapter", "section", "first_edition", "changed")
    said = [top[key] for key in keys]
    assert said == ["The top", "section", "Models", "ch-hills", "sec-hills-flat", "2026.1", "2026.1"]
    assert [
        found[label]["kind"] for label in ("ch-index", "ch-hills", "thm-rivers-end", "tab-rivers-long")
    ] == [*("page", "chapter", "theorem", "table")]


def test_the_label_is_id_pilcrow_and_entry_of_the_inventory(published):
    with (published.root / "_build" / "html" / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda _, path: path)["std:label"]
    assert set(found) == LABELS
    for label, (project, version, address, _) in found.items():
        assert (project, version) == ("A Small Book", "2026.1")
        page, _, fragment = address.partition("#")
        text = (published.root / "_build" / "html" / page).read_text(encoding="utf8")
        assert fragment == label
        assert f'id="{label}"' in text
        assert f'class="headerlink" href="#{label}"' in text


def test_addresses_made_of_words_or_by_sphinx_still_lead_there(published):
    page = published.page("models/hills")
    for old in ("steep", "flat", "the-top", "equation-eq-hills-height"):
        assert f'id="{old}"' in page


def test_a_short_address_needs_no_script(published):
    folder = published.root / "_build" / "html" / "at"
    assert {path.name for path in folder.iterdir()} == LABELS
    text = (folder / "eq-hills-height" / "index.html").read_text(encoding="utf8")
    to = "../../models/hills.html#eq-hills-height"
    assert f'<meta http-equiv="refresh" content="0; url={to}">' in text
    assert f'<a href="{to}">' in text
    assert 'rel="canonical" href="https://home.github.io/small-book/2026.1/models/hills.html#eq-' in text
    assert "<script" not in text


def test_a_deleted_label_stops_the_build_by_name(book):
    book.edit(HILLS, "(sec-hills-flat-top)=\n### The top\n\nIt is flat there.\n", "")
    said = stopped(book)
    assert "sec-hills-flat-top was published in edition 2026.1 (on models/hills) and is gone" in said
    assert "1 warning" in said


def test_a_renamed_label_stops_the_build_and_the_old_one_above_it_keeps_both(book):
    book.edit(RIVERS, "(sec-rivers-mouth)=", "(sec-rivers-end)=")
    said = stopped(book)
    assert "sec-rivers-mouth was published" in said
    assert "Write (sec-rivers-mouth)= on a line above (sec-rivers-end)=" in said
    book.edit(RIVERS, "(sec-rivers-end)=", "(sec-rivers-mouth)=\n(sec-rivers-end)=")
    sound(book)
    assert 'id="sec-rivers-mouth"' in book.page("models/rivers")
    assert entries(book)["sec-rivers-end"]["also"] == ["sec-rivers-mouth"]
    at = book.root / "_build" / "html" / "at" / "sec-rivers-mouth" / "index.html"
    assert "models/rivers.html#sec-rivers-end" in at.read_text(encoding="utf8")


def test_an_edited_heading_keeps_its_address_and_counts_as_changed(book):
    book.edit("pyproject.toml", 'version = "2026.1"', 'version = "2027.5"')
    book.edit(HILLS, "### The top", "### The very top")
    sound(book)
    found = entries(book)
    assert found["sec-hills-flat-top"]["url"].endswith("/2027.5/models/hills.html#sec-hills-flat-top")
    changed = {label for label, entry in found.items() if entry["changed"] == "2027.5"}
    assert changed == {"ch-hills", "sec-hills-flat", "sec-hills-flat-top"}
    assert {entry["first_edition"] for entry in found.values()} == {"2026.1"}
    assert locked(book)["sec-hills-flat-top"][1:3] == ["2026.1", "2027.5"]


def test_a_second_heading_of_the_same_words_needs_a_label_and_moves_no_other(book):
    more = "\n\n## Flat\n\nAgain.\n"
    with (book.root / HILLS).open("a", encoding="utf8") as file:
        file.write(more)
    assert "the heading 'Flat' has no label: write (sec-hills-flat)= on the line above it" in stopped(book)
    book.edit(HILLS, more, "\n\n(sec-hills-flat-again)=" + more[1:])
    sound(book)
    assert set(entries(book)) == {*LABELS, "sec-hills-flat-again"}
    assert '<a class="headerlink" href="#sec-hills-flat" ' in book.page("models/hills")


def test_a_label_twice_stops_the_build(book):
    book.edit(RIVERS, "(sec-rivers-mouth)=", "(sec-hills-flat)=\n(sec-rivers-mouth)=")
    assert "duplicate label sec-hills-flat" in stopped(book)


def test_what_is_numbered_and_has_no_label_stops_the_build(book):
    book.edit(RIVERS, "(tab-rivers-long)=\n", "")
    book.edit(RIVERS, ":label: thm-rivers-end\n", "")
    book.edit(RIVERS, "{prf:ref}`thm-rivers-end`", "it")
    book.edit(HILLS, ":label: ex-hills-1\n", "")
    book.edit(HILLS, "```{solution} ex-hills-1\nFour.\n```", "")
    said = stopped(book)
    assert "the exercise 'By hand' has no label, so nobody can cite it: give it :label: ex-hills-hand" in said
    assert "the theorem 'It ends' has no label" in said or "the theorem '(It ends)' has no label" in said
    assert (
        "the table 'Long rivers' has no label, so nobody can cite it: write (tab-rivers-long-rivers)=" in said
    )


def test_a_lock_that_was_damaged_is_named_with_its_line(book):
    book.edit("permalinks.lock", "ch-hills 2026.1", "ch-hills")
    assert "permalinks.lock, line 2" in stopped(book)


def test_building_again_gives_the_same_bytes(book):
    before = book.site()
    book.edit(HILLS, "A hill is high.", "A hill is very high.")
    sound(book)
    book.edit(HILLS, "A hill is very high.", "A hill is high.")
    sound(book)
    assert book.site() == before
