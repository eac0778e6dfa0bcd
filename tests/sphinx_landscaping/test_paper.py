"""The book on paper: one page whose links lead inside it, and the PDF that Chromium prints of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from chromium import found
from labelled_book import ROOT, TOC, labelled
from sphinx_landscaping import identity, paper, pdf_places

INDEX = """<main id="main"><nav class="onpage"><a href="#">x</a></nav><section id="ch-index">
<h1>A book<a class="headerlink" href="#ch-index">¶</a></h1>
<p id="id1">See <a href="part/one.html#sec-one-high">there</a>, <a href="data/t.csv">data</a>,
<a href="https://x.org/#a">them</a>.</p></section>
<nav class="onward"><a href="part/one.html">Next</a></nav></main>"""
ONE = """<main id="main"><section class="c" id="ch-one">
<span id="old"></span><h1>One &amp; <em>all</em></h1>
<p id="id1"><a href="#id1">here</a> <a href="../index.html">back</a> <img src="../_images/a.svg" alt=""></p>
<section id="sec-one-high"><h2>High</h2><details class="solution"><summary>S</summary>4</details></section>
<label for="id1">x</label><script type="application/json">{}</script></section></main>"""
PAGES = {"index": INDEX, "part/one": ONE}
CONTENTS = {"root": "index", "parts": [{"caption": "Part", "chapters": [{"file": "part/one"}]}]}
WHO = identity.identity(ROOT)


@pytest.fixture
def page(tmp_path):
    """Two pages as one."""
    for name, text in PAGES.items():
        (tmp_path / f"{name}.html").parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.html").write_text(text)
    toc = tmp_path / "_toc.yml"
    toc.write_text(yaml.safe_dump(CONTENTS))
    return paper.page(tmp_path, toc, WHO, {"sec-one-high": 7})


def test_links_lead_inside_where_the_page_is_there_and_to_the_edition_where_not(page):
    leads = dict(re.findall(r'<a href="([^"]*)">(there|data|them|here|back)</a>', page))
    assert {words: to for to, words in leads.items()} == {
        "there": "#sec-one-high", "data": f"{WHO.edition_address}data/t.csv", "them": "https://x.org/#a",
        "here": "#page-part-one-id1", "back": "#page-index",
    }  # fmt: skip
    assert 'src="../html/_images/a.svg"' in page
    assert '<label for="page-part-one-id1">' in page


def test_every_id_stands_once_and_a_label_keeps_its_name(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"ch-index", "ch-one", "sec-one-high", "old"} <= set(ids)


def test_solutions_are_open_and_furniture_and_scripts_are_gone(page):
    assert '<details open class="solution">' in page
    for gone in ("onpage", "onward", "headerlink", "<script"):
        assert gone not in page


def test_the_contents_have_parts_chapters_and_sections_with_the_page_that_is_known(page):
    listed = re.findall(r'<p class="(\w+)">(?:<a href="#([\w-]+)">)?(.*?)(?:</a> <span>(\d*)</span>)?</p>',
                        page.partition("<nav")[2].partition("</nav>")[0])  # fmt: skip
    assert listed == [
        ("to1", "ch-index", "A book", ""), ("caption", "", "Part", ""),
        ("to1", "ch-one", "One &amp; <em>all</em>", ""), ("to2", "sec-one-high", "High", "7"),
    ]  # fmt: skip
    assert '@top-left { content: "One & all" }' in page


def test_a_page_without_a_main_is_named(tmp_path):
    (tmp_path / "index.html").write_text("<p>nothing</p>")
    with pytest.raises(ValueError, match=r"index\.html has no <main>"):
        paper.leaves(tmp_path, ["index"])


def test_places_are_read_from_a_tree_of_pages():
    pdf = (
        b"%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R /Dests 9 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type /Pages /Kids [3 0 R 6 0 R]>>\nendobj\n"
        b"3 0 obj\n<</Type /Pages /Parent 2 0 R /Kids [5 0 R 4 0 R]>>\nendobj\n"
        b"4 0 obj\n<</Type /Page /Parent 3 0 R>>\nendobj\n5 0 obj\n<</Type /Page>>\nendobj\n"
        b"6 0 obj\n<</Type /Page>>\nendobj\n"
        b"9 0 obj\n<</sec-a [4 0 R /XYZ 0 10 0]\n/sec#c3#a9 [6 0 R /XYZ 0 10 0]>>\nendobj\n"
    )
    assert pdf_places.places(pdf) == {"sec-a": 2, "secé": 3}


@pytest.mark.slow
def test_every_link_of_the_whole_book_has_its_place(site):
    page = paper.page(site, ROOT / "_toc.yml", WHO, {})
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({each for each in ids if ids.count(each) > 1} if len(ids) != len(set(ids)) else ()) == []
    assert {to for to in re.findall(r'href="#([^"]*)"', page) if to not in set(ids)} == set()
    assert len(re.findall(r"<figure\b", page)) > 50


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The labelled book, built and printed as `make pdf` does; its PDF and the page it was printed from."""
    book = labelled(tmp_path_factory.mktemp("paper") / "book")
    (book.root / "_toc.yml").write_text(TOC, "utf8")
    assert book.build().returncode == 0
    env = book.environment(LANDSCAPING_CHROMIUM=found() or "")
    command = [sys.executable, str(ROOT / "docs" / "pdf.py")]
    done = subprocess.run(command, cwd=book.root, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    folder = book.root / "_build" / "pdf"
    return Path(done.stdout.partition(": ")[0]).read_bytes(), (folder / "paper.html").read_text("utf8")


def titles(pdf: bytes) -> dict[str, int]:
    """Title -> page of the entries of a PDF's outline."""
    objects = {int(number): body for number, body in pdf_places.OBJECT.findall(pdf)}
    numbers = {page: at for at, page in enumerate(pdf_places.pages(objects), 1)}
    found = (re.match(rb"<</Title \((.*)\)\n/Dest \[(\d+) 0 R", body) for body in objects.values())
    return {entry[1].decode("latin-1"): numbers[int(entry[2])] for entry in found if entry}


@pytest.mark.slow
def test_the_numbers_in_the_contents_are_those_of_the_outline(printed):
    pdf, page = printed
    rows = re.findall(r'<p class="to\d"><a href="[^"]+">(.*?)</a> <span>(\d+)</span>', page)
    contents = {re.sub(r"<[^>]+>", "", title): int(number) for title, number in rows}
    outline = titles(pdf)
    assert len(contents) >= 6
    assert {title: outline.get(title) for title in contents} == contents
    assert len(set(contents.values())) > 2
    assert {"Contents", "Models"} <= set(outline)


@pytest.mark.slow
def test_the_pdf_has_tags_links_and_a_place_for_each_label_of_the_contents(printed):
    pdf, page = printed
    places = pdf_places.places(pdf)
    linked = set(re.findall(r'<a[^>]* href="#([^"]+)"', page))
    assert linked == set(places)
    assert len(re.findall(rb"/Subtype /Link", pdf)) >= len(linked)
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", pdf)
