"""A phone lays out first what it shows; the sections below come while it is idle."""

import pytest
from benchmarks.visiting import visit

NAME, LABEL = "models/convolution.html", "sec-convolution-breaks"
BEGAN = """addEventListener('DOMContentLoaded', () => {
  window.began = 'gradual' in document.documentElement.dataset; })"""
WAITING = """() => [...document.querySelectorAll('main section section')]
  .filter((e) => getComputedStyle(e).contentVisibility === 'auto').length"""
BUSY = "window.requestIdleCallback = () => {}"


@pytest.fixture
def phone(chromium, server):
    """A chapter on a phone, with scripts of its own before the page's."""
    made = []

    def opened(*scripts: str, fragment: str = ""):
        context = chromium.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        for script in (BEGAN, *scripts):
            context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{server}/{NAME}{fragment}")
        made.append(context)
        return page

    yield opened
    for context in made:
        context.close()


def test_opened_at_its_top_all_sections_are_laid_out_soon(phone):
    page = phone()
    assert page.evaluate("began")
    page.wait_for_function("() => !('gradual' in document.documentElement.dataset)")
    assert page.evaluate(WAITING) == 0


@pytest.mark.parametrize("way", ["address", "reload"])
def test_where_one_is_sent_to_a_place_all_is_laid_out_at_once(phone, way):
    page = phone(BUSY, fragment=f"#{LABEL}" if way == "address" else "")
    if way == "reload":
        assert page.evaluate(WAITING) > 5
        page.reload()
    assert not page.evaluate("began")
    assert page.evaluate(WAITING) == 0


def test_who_scrolls_before_a_phone_is_idle_finds_the_text(phone):
    page = phone(BUSY)
    last = page.locator("main section section").last
    assert page.evaluate(WAITING) > 5
    last.scroll_into_view_if_needed()
    assert last.locator("h2, h3").first.is_visible()
    assert last.locator("p").first.bounding_box()["height"] > 10


def test_a_desk_lays_out_all_at_once(chromium, server):
    found = visit(chromium, server, NAME)
    assert found.page.evaluate(WAITING) == 0
    found.close()
