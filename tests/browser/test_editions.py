"""Two editions of a small book, and every old address followed in a browser."""

import json
import os
import threading

import pytest

import nu
from axe import violations
from labelled_book import labelled
from small_book import Book
from sphinx_landscaping import serving

HILLS, RIVERS = "book/models/hills.md", "book/models/rivers.md"
TOP = "(sec-hills-flat-top)=\n### The top\n\nIt is flat there.\n"
SPACE = "\nA line.\n" * 60  # so that a section can be out of sight


def tagged(book: Book, *words: str, tag: str) -> str:
    """Run a command as on the commit of a tag; what it said."""
    done = book.command(*words, GITHUB_REF_TYPE="tag", GITHUB_REF_NAME=tag, LANDSCAPING_ADDRESS=ADDRESS)
    return " ".join((done.stdout + done.stderr).split())


ADDRESS = "https://books.example.org/small/"


def digests(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    """The book of the second edition: a section moved, a page gone, a section new."""
    book = labelled(tmp_path_factory.mktemp("editions") / "book")
    with (book.root / HILLS).open("a", encoding="utf8") as file:
        file.write(SPACE)
    return book


@pytest.fixture(scope="module")
def published(book):
    """The folder of both editions, under the path that their address has."""
    folder = book.root.parent / "site" / "small"
    edition = ("edition", "--published", str(folder))
    said = [tagged(book, *edition, tag="v2026.1")]
    assert "permalinks.lock lacks ch-hills, ch-index, ch-rivers and 9 more" in said[0]
    assert not folder.exists()
    assert "12 new" in tagged(book, "permalinks", tag="v2026.1")
    assert "this commit has the tag v2026.2" in tagged(book, *edition, tag="v2026.2")
    assert f"published {folder / '2026.1'}" in tagged(book, *edition, tag="v2026.1")
    first = digests(folder / "2026.1")
    assert "edition 2026.1 is published and never changes" in tagged(book, *edition, tag="v2026.1")
    moved = TOP.replace("###", "##").replace(")=", ")=\n(sec-lakes-top)=")
    more = f"{moved}\n(sec-lakes-shore)=\n## Shore\n\nNew.\n{SPACE}\n"
    lakes = (
        (book.root / RIVERS).read_text(encoding="utf8").replace("(ch-rivers)=", "(ch-rivers)=\n(ch-lakes)=")
    )
    mouth = "(sec-rivers-mouth)=\n"
    lakes = lakes.replace(mouth, f"{more}{mouth}(sec-lakes-mouth)=\n")
    (book.root / "book" / "models" / "lakes.md").write_text(lakes, encoding="utf8")
    (book.root / RIVERS).unlink()
    book.edit("_toc.yml", "models/rivers", "models/lakes")
    book.edit(HILLS, TOP, "")
    book.edit("pyproject.toml", '"2026.1"', '"2027.5"')
    assert "sec-lakes-shore" in tagged(book, *edition, tag="v2027.5")
    assert "4 new" in tagged(book, "permalinks", tag="v2027.5")
    assert f"published {folder / '2027.5'}" in tagged(book, *edition, tag="v2027.5")
    assert digests(folder / "2026.1") == first
    return folder


@pytest.fixture(scope="module")
def home(published):
    """Where both editions are served, with the page that Pages shows for what is not there."""

    class Pages(serving.Site):
        def send_error(self, code, *_):
            body = (published / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    serves = serving.server(published.parent, 0, Pages)
    threading.Thread(target=serves.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serves.server_address[1]}/small/"
    serves.shutdown()
    serves.server_close()


def arrived(page, address: str, at: str) -> str:
    """Open an address, wait until the browser stands at another; the label in view."""
    page.goto(address)
    page.wait_for_url(f"**/{at}")
    page.wait_for_load_state()
    label = at.partition("#")[2]
    if label:
        page.wait_for_function(
            "(id) => { const at = document.getElementById(id).getBoundingClientRect().top;"
            " return at >= 0 && at < innerHeight }",
            arg=label,
        )
    return page.title()


OLD = {
    "latest/models/hills.html#sec-hills-flat-top": "latest/models/lakes.html#sec-lakes-top",
    "latest/models/rivers.html#sec-rivers-mouth": "latest/models/lakes.html#sec-lakes-mouth",
    "latest/models/rivers.html#thm-rivers-end": "latest/models/lakes.html#thm-rivers-end",
    "latest/models/rivers.html": "latest/models/lakes.html",
    "at/sec-hills-flat-top/": "latest/models/lakes.html#sec-lakes-top",
    "at/sec-rivers-mouth/": "latest/models/lakes.html#sec-lakes-mouth",
    "2026.1/at/sec-rivers-mouth/": "2026.1/models/rivers.html#sec-rivers-mouth",
    "2026.1/models/hills.html#sec-hills-flat-top": "2026.1/models/hills.html#sec-hills-flat-top",
    "models/hills.html#sec-hills-steep": "latest/models/hills.html#sec-hills-steep",
    "models/rivers.html#sec-rivers-mouth": "latest/models/lakes.html#sec-lakes-mouth",
    "": "latest/",
}


def test_every_old_address_leads_to_what_it_named(page, home):
    for old, new in OLD.items():
        assert "A Small Book" in arrived(page, home + old, new), old


def test_without_scripts_short_addresses_lead_there_and_old_pages_show_the_way(chromium, home):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for short in ("at/sec-hills-flat-top/", "latest/at/sec-rivers-mouth/"):
        page.goto(home + short)
        page.wait_for_url(f"**/{OLD[short.removeprefix('latest/')]}")
    page.goto(home + "latest/models/hills.html#sec-hills-flat-top")
    page.locator("#sec-hills-flat-top").get_by_role("link").click()
    page.wait_for_url("**/latest/models/lakes.html#sec-lakes-top")
    page.goto(home + "latest/models/rivers.html#sec-rivers-mouth")
    assert page.get_by_role("heading").inner_text() == "This page has moved"
    page.locator("#sec-rivers-mouth").get_by_role("link").click()
    page.wait_for_url("**/latest/models/lakes.html#sec-lakes-mouth")
    page.goto(home + "2026.1/models/rivers.html")
    foot = page.locator("footer").get_by_role("link", name="The latest edition")
    assert foot.get_attribute("href") == f"{ADDRESS}latest/models/rivers.html"
    page.goto(home + "nowhere")
    begin = page.get_by_role("link", name="the latest edition")
    assert begin.evaluate("(link) => link.pathname") == "/small/latest/index.html"
    context.close()


def test_an_older_edition_says_so_and_leads_to_the_same_section(page, home):
    page.goto(home + "2026.1/models/hills.html#sec-hills-flat-top")
    bar = page.get_by_role("complementary", name="Edition")
    assert bar.inner_text() == "This is edition 2026.1. Read this in edition 2027.5"
    bar.get_by_role("link").click()
    page.wait_for_url("**/latest/models/lakes.html#sec-lakes-top")
    page.goto(home + "2026.1/models/hills.html")
    link = bar.get_by_role("link")
    assert link.get_attribute("href") == "/small/at/ch-hills/"
    page.evaluate("location.hash = '#eq-hills-height'")
    page.wait_for_function(
        "() => document.querySelector('.older a').pathname === '/small/at/eq-hills-height/'"
    )
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/latest/models/hills.html#eq-hills-height")


def test_the_latest_edition_says_nothing_and_asks_only_in_its_own_place(page, home):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + "latest/models/hills.html", wait_until="networkidle")
    assert not [url for url in asked if "edition" in url]
    page.goto(home + "2027.5/models/hills.html", wait_until="networkidle")
    assert [url for url in asked if url.endswith("editions.json")]
    assert page.locator(".older").count() == 0


def test_axe_finds_nothing_on_the_pages_that_lead_elsewhere(chromium, home):
    for scheme, width in (("light", 390), ("dark", 1280)):
        size = {"width": width, "height": 800}
        context = chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
        context.route("**/moved.mjs*", lambda route: route.abort())  # or it would be gone at once
        page = context.new_page()
        for name in (
            "2026.1/models/hills.html",
            "latest/models/hills.html",
            "latest/models/rivers.html",
            "no",
        ):
            page.goto(home + name, wait_until="networkidle")
            assert violations(page) == [], (name, scheme)
        context.close()


def test_the_list_and_the_canonical_addresses_name_the_editions(published):
    listed = json.loads((published / "editions.json").read_text())
    places = [{"edition": name, "address": f"{ADDRESS}{name}/"} for name in ("2026.1", "2027.5")]
    assert listed == {"latest": "2027.5", "editions": places}
    for folder, edition in (("2026.1", "2026.1"), ("2027.5", "2027.5"), ("latest", "2027.5")):
        text = (published / folder / "models" / "hills.html").read_text()
        assert f'<link rel="canonical" href="{ADDRESS}{edition}/models/hills.html">' in text
        assert f"Edition {edition} ·" in text
    first = {e["label"]: e for e in json.loads((published / "latest" / "sections.json").read_text())}
    assert first["sec-lakes-shore"]["first_edition"] == first["ch-hills"]["changed"] == "2027.5"
    assert first["eq-hills-height"]["first_edition"] == first["eq-hills-height"]["changed"] == "2026.1"
    assert digests(published / "latest") == digests(published / "2027.5")


def test_the_pages_that_only_lead_elsewhere_are_html(published):
    names = ("index.html", "404.html", "at/ch-hills/index.html", "latest/models/rivers.html")
    assert nu.errors([published / name for name in (*names, "latest/models/hills.html")]) == []


def test_an_edition_cut_off_is_named(book, published):
    os.rename(published / "editions.json", published / "aside.json")
    said = tagged(book, "edition", "--published", str(published), tag="v2027.5")
    os.rename(published / "aside.json", published / "editions.json")
    assert "is there, but editions.json does not list it" in said
