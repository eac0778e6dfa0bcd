"""The built pages in a real browser: nothing from elsewhere, nothing refused, nothing that moves."""

import re

import pytest
from benchmarks.visiting import every_page, to_visit


@pytest.fixture(scope="module")
def pages(site) -> list[str]:
    """Every page of the book; of the figures' own pages one for each kind."""
    return to_visit(site)


def visit(chromium, address, **context):
    """A page of its own, what it asked for, and what it complained of."""
    page = chromium.new_context(**context).new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(address, wait_until="networkidle")
    return page


def test_every_page_is_strict_and_says_what_it_is(site):
    for name in every_page(site):
        html = (site / name).read_text("utf-8")
        assert 'Content-Security-Policy" content="default-src \'self\'"' in html, name
        assert re.search(r'<meta name="description" content="[^"]{20,}"', html), name
        assert not re.search(r"<style\b|\sstyle=\"|\son\w+=\"|javascript:", html), name
        assert not re.search(r"<script(?![^>]*(?:src=|type=\"application/(?:ld\+)?json\"))", html), name


def test_ids_are_used_once(site):
    for name in every_page(site):
        ids = re.findall(r'\sid="([^"]+)"', (site / name).read_text("utf-8"))
        assert sorted({i for i in ids if ids.count(i) > 1}) == [], name


def test_the_reader_chooses_colours_and_the_choice_stays(chromium, server):
    page = visit(chromium, f"{server}/index.html", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    button = page.get_by_role("button", name="Colours")
    button.click()
    button.click()
    dark = page.evaluate(paper)
    page.reload()
    assert light != dark
    assert page.evaluate(paper) == dark


def test_the_contents_open_on_a_phone_by_keyboard(chromium, server):
    page = visit(chromium, f"{server}/index.html", viewport={"width": 390, "height": 800})
    nav = page.locator("#contents")
    assert not nav.is_visible()
    page.get_by_role("button", name="Contents").focus()
    page.keyboard.press("Enter")
    assert nav.is_visible()
    page.keyboard.press("Escape")
    assert not nav.is_visible()


def test_search_finds_a_word(chromium, server):
    page = visit(chromium, f"{server}/search.html?q=landscape")
    page.wait_for_selector("dialog.seek [role=option]")
    assert page.said == []


def test_everything_is_there_without_scripts(chromium, server, pages):
    for name in pages:
        page = visit(chromium, f"{server}/{name}", java_script_enabled=False)
        for figure in page.locator("figure").all():
            assert figure.locator("svg:visible, img:visible, table:visible").count(), name
        assert page.locator("h1").first.is_visible(), name
        page.context.close()
