"""What the search reads, and the two pages that list all it can find, in a small book."""

import json

import pytest
from docutils import nodes
from docutils.utils import new_document

from labelled_book import labelled
from sphinx_landscaping import found_texts
from sphinx_landscaping.serving import based

pytestmark = pytest.mark.slow
HILLS, STEEP = "book/models/hills.md", "sec-hills-steep"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The labelled book, built."""
    book = labelled(tmp_path_factory.mktemp("search") / "book")
    done = book.build()
    assert done.returncode == 0, done.stderr
    return book


def served(book, name):
    return json.loads((book.root / "_build" / "html" / "search" / f"{name}.json").read_text("utf-8"))


def test_every_label_of_the_book_has_a_name_and_a_page(book):
    names = served(book, "names")
    things = json.loads((book.root / "_build" / "html" / "sections.json").read_text("utf-8"))
    pages = [page for page, *_ in names["pages"]]
    found = {label: (*named, pages[at]) for *named, label, at in names["things"]}
    assert found == {
        thing["label"]: (thing["kind"], thing["number"], thing["title"], thing["page"].partition("#")[0])
        for thing in things
    }
    assert [part for *_, part in names["pages"]] == ["", "Models", "Models"]


def test_the_words_of_a_page_stand_under_their_labels_and_change_with_them(book):
    before = {path: path.read_bytes() for path in (book.root / "_build" / "html" / "search").rglob("*.json")}
    words = served(book, "models/hills")
    assert "A hill is high" in words["ch-hills"]
    book.edit(HILLS, "A hill is high.", "A hill is quite high.")
    assert book.build().returncode == 0
    quite = words["ch-hills"].replace("is high", "is quite high")
    assert served(book, "models/hills") == {**words, "ch-hills": quite}
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    assert changed == ["hills.json"]


def test_both_pages_list_everything_by_where_it_stands(book):
    things = json.loads((book.root / "_build" / "html" / "sections.json").read_text("utf-8"))
    listed = book.page("search")
    for thing in things:
        assert f'href="{thing["page"]}"' in listed.replace(".html#ch-", ".html"), thing["label"]
    assert 'href="models/hills.html"' in book.page("404")
    html = book.root / "_build" / "html"
    assert not (html / "searchindex.js").exists()


def test_formulas_become_letters_and_headings_outputs_and_tables_of_the_whole_book_are_left_out():
    document = new_document("page")
    section = nodes.section("", nodes.title("", "A heading"), ids=["sec-a"])
    printed = nodes.container("", nodes.literal_block(text="printed"), classes=["cell_output"])
    formula = nodes.math("", r"\operatorname{loss}(\theta_0) = \boldsymbol{x}")
    section += nodes.paragraph("", "Where ", formula, nodes.Text(" ends."))
    section += [printed, nodes.raw("", "<b>", format="html")]
    section += nodes.figure("", nodes.caption("", "", nodes.Text("A caption.")), ids=["fig-a"])
    document += section
    found = found_texts.words(document, {"sec-a", "fig-a"}, {"fig-a": "Two hills."})
    assert found == {"sec-a": "Where loss(theta_0) = x ends.", "fig-a": "Two hills. A caption."}


def test_the_page_for_what_is_not_there_is_right_at_any_depth():
    charset, link = b'<meta charset="utf-8">', b'<a href="x.html">'
    made = based(b'<html lang="en">' + charset + link, "/small/latest/", "/small/")
    base = b'\n<base href="/small/latest/">'
    assert made == b'<html data-base="/small/" lang="en">' + charset + base + link
