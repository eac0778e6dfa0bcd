"""The whole book kept by one press: read without a network, renewed by a new build, forgotten again."""

import json
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from axe import violations
from labelled_book import TOC, labelled
from sphinx_landscaping import offline, serving

PAGE = "reference/offline.html"
SOON = 60_000  # milliseconds, on a machine that does much else
LATER = "  - caption: Reference\n    numbered: false\n    chapters:\n      - file: reference/offline\n"


@contextmanager
def served(folder, port=0, handler=serving.Site):
    """A server of a folder, and its address; it ends with the block, as a network does."""
    closing = type(
        "Closing", (handler,), {"protocol_version": "HTTP/1.0"}
    )  # no connection outlives the server
    made = serving.server(folder, port, closing)
    threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield made, f"http://127.0.0.1:{made.server_address[1]}"
    finally:
        made.shutdown()
        made.server_close()


@pytest.fixture
def tab(chromium):
    """A page in a context of its own; what it complained of."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.said = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    assert page.said == []
    context.close()


def keep(page, address):
    """Press the button by keyboard; what was said before and after."""
    page.goto(f"{address}/{PAGE}")
    button, status = (
        page.get_by_role("button", name="Keep the whole book"),
        page.locator(".offline [role=status]"),
    )
    expect(button).to_be_enabled(timeout=SOON)
    before = status.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Kept:", timeout=SOON)
    return before, status.inner_text()


def stores(page):
    return page.evaluate("caches.keys()")


def until(page, question):
    """Wait for a promise of the page to be true."""
    end = time.monotonic() + SOON / 1000
    while not page.evaluate(question):
        assert time.monotonic() < end, question
        page.wait_for_timeout(50)


def test_one_press_keeps_the_book_and_its_figures_live_without_a_network(tab, site):
    facts = json.loads((site / offline.FACTS).read_text())
    with served(site) as (_, address):
        before, after = keep(tab, address)
    megabytes = f"{facts['bytes'] / 1e6:.1f} MB"
    assert before.startswith(f"{megabytes} will be fetched: {facts['files']} files")
    assert after.startswith(f"Kept: {megabytes}.")
    tab.goto(f"{address}/models/spectrum.html")
    chart = tab.locator("[data-chart]").first
    chart.scroll_into_view_if_needed()
    chart.hover()
    chart.locator(".drawing[data-alive]").wait_for(timeout=SOON)
    tab.locator("a[rel=next]").click()
    tab.wait_for_url("**/models/shallow-networks.html")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    tab.locator("#ch-shallow-networks > h1 .headerlink").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("dialog.cite[open]")
    tab.goto(f"{address}/")
    tab.locator("[data-playground]").hover()
    tab.locator("[data-playground][data-alive]").wait_for(timeout=SOON)
    tab.goto(f"{address}/{PAGE}")
    expect(tab.locator(".offline [role=status]")).to_contain_text("Kept:")
    assert violations(tab, "main") == []
    tab.get_by_role("button", name="Forget it").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".offline [role=status]")).to_contain_text("Forgotten.")
    assert stores(tab) == []
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        tab.goto(f"{address}/models/spectrum.html")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book with the page of the button."""
    made = labelled(tmp_path_factory.mktemp("offline") / "book")
    text = (Path(__file__).parents[2] / "book" / "reference" / "offline.md").read_text("utf8")
    (made.root / "book" / "reference").mkdir()
    (made.root / "book" / "reference" / "offline.md").write_text(text, "utf8")
    (made.root / "_toc.yml").write_text(TOC + LATER, "utf8")
    done = made.build()
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def under(book, tmp_path):
    """The site under the path that an edition has, as a folder that a test may change."""
    shutil.copytree(book.root / "_build" / "html", tmp_path / "www" / "book" / "latest")
    return tmp_path / "www"


def test_a_new_build_takes_the_place_of_the_kept_one_whole(tab, book, under):
    place = under / "book" / "latest"
    with served(under) as (_, home):
        address = f"{home}/book/latest"
        keep(tab, address)
        first = stores(tab)
        assert first[0].startswith("kept book /book/latest/ ")
        book.edit("book/models/hills.md", "A hill is high.", "A hill is very high.")
        assert book.build().returncode == 0
        shutil.rmtree(place)
        shutil.copytree(book.root / "_build" / "html", place)
        tab.goto(f"{address}/models/rivers.html")
        until(tab, "navigator.serviceWorker.getRegistration().then((worker) => !!worker.waiting)")
        # The open page is of the first build, and so is all that it asks for, though the new one is there.
        assert "A hill is high." in tab.evaluate("fetch('hills.html').then((answer) => answer.text())")
        tab.goto(f"{address}/models/hills.html")
        expect(tab.locator("main")).to_contain_text("A hill is very high.", timeout=SOON)
    facts = json.loads((place / offline.FACTS).read_text())
    tab.goto(f"{address}/{PAGE}")
    expect(tab.locator(".offline [role=status]")).to_contain_text("Kept:")
    assert stores(tab) == [f"kept book /book/latest/ {facts['digest']}"] != first


def test_editions_are_kept_apart(tab, under):
    shutil.copytree(under / "book" / "latest", under / "book" / "2026.1")
    with served(under) as (_, home):
        for name in ("2026.1", "latest"):
            keep(tab, f"{home}/book/{name}")
        assert [store.split()[2] for store in stores(tab)] == ["/book/2026.1/", "/book/latest/"]
        tab.get_by_role("button", name="Forget it").click()
        expect(tab.locator(".offline [role=status]")).to_contain_text("Forgotten.")
        assert [store.split()[2] for store in stores(tab)] == ["/book/2026.1/"]
        keep(tab, f"{home}/book/latest")
        tab.reload()  # now the page itself comes from the copy, and its worker outlives what it kept
        for name, said in (("Forget it", "Forgotten."), ("Keep the whole book", "Kept:")):
            tab.get_by_role("button", name=name).click()
            expect(tab.locator(".offline [role=status]")).to_contain_text(said, timeout=SOON)
        assert [store.split()[2] for store in stores(tab)] == ["/book/2026.1/", "/book/latest/"]
        tab.get_by_role("button", name="Forget it").click()
        expect(tab.locator(".offline [role=status]")).to_contain_text("Forgotten.")
    tab.goto(f"{home}/book/2026.1/models/hills.html")
    assert tab.locator("h1").is_visible()


def test_what_cannot_be_kept_gets_a_sentence_and_leaves_nothing(tab, under):
    with served(under) as (_, home):
        archive, status = under / "book" / "latest" / offline.ARCHIVE, tab.locator(".offline [role=status]")
        whole = archive.read_bytes()
        for broken, sentence in (
            (None, "It was not kept: the server answered 404."),
            (whole[:-9], "It was not kept: the book was published anew meanwhile: try again."),
        ):
            archive.unlink() if broken is None else archive.write_bytes(broken)
            tab.goto(f"{home}/book/latest/{PAGE}")
            tab.get_by_role("button", name="Keep the whole book").click()
            expect(status).to_have_text(sentence, timeout=SOON)
            assert stores(tab) == []
        archive.write_bytes(whole)
        tab.evaluate("navigator.storage.estimate = async () => ({ quota: 2e5, usage: 1e5 })")
        tab.get_by_role("button", name="Keep the whole book").click()
        expect(status).to_contain_text("There is no room: your browser gives this site less than 0.4 MB")
        tab.reload()
        tab.get_by_role("button", name="Keep the whole book").click()
        expect(status).to_contain_text("Kept:", timeout=SOON)


def test_a_book_that_is_being_edited_is_not_kept_and_gives_up_what_was(tab, under):
    place = under / "book" / "latest"
    with served(place) as (made, home):
        keep(tab, home)
        port = made.server_address[1]
    (place / "models" / "hills.html").write_text("<!doctype html><title>x</title><main>edited</main>")
    with served(place, port, serving.LiveSite):
        tab.goto(f"{home}/models/hills.html")
        expect(tab.locator("main")).to_have_text("edited", timeout=SOON)
        tab.goto(f"{home}/{PAGE}")
        status = tab.locator(".offline [role=status]")
        expect(status).to_contain_text("There is no copy to keep at this address")
        assert not tab.evaluate("navigator.serviceWorker.getRegistration()")


def test_without_scripts_there_is_the_file(chromium, under):
    context = chromium.new_context(java_script_enabled=False)
    with served(under) as (_, home):
        page = context.new_page()
        page.goto(f"{home}/book/latest/{PAGE}")
        assert not page.get_by_role("button", name="Keep").is_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="The whole book as a file").click()
        assert (
            download.value.path().stat().st_size
            == (under / "book" / "latest" / offline.ARCHIVE).stat().st_size
        )
    context.close()
