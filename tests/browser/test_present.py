"""A teacher shows a figure or a section in large type: by address, menu, ¶, keyboard; and leaves."""

import re

import pytest
from benchmarks.visiting import visit
from playwright.sync_api import expect

from axe import violations

NAME = "optimization/gradient-descent.html"
FIGURE, SECTION = "fig-gradient-descent-edge", "sec-gradient-descent-limit"
SHOWN = "document.querySelector('[data-shown]')?.id"
SEEN = (
    "[...document.querySelectorAll('main figure, main p, main h2')].filter((e) => e.getClientRects().length)"
)
TYPE = "parseFloat(getComputedStyle(document.querySelector('[data-shown]')).fontSize)"


@pytest.fixture
def room(chromium, server):
    """A page opened for a room, at some width."""
    opened = []

    def open_at(query, width=1280, **context):
        found = visit(chromium, server, NAME + query, width=width, **context)
        opened.append(found)
        return found

    yield open_at
    for found in opened:
        assert found.said == []
        assert found.elsewhere == []
        found.close()


def ready(page):
    page.wait_for_selector("html[data-present=on] [data-shown]")
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_the_address_shows_one_figure_alone_large_and_alive(room, width):
    found = room(f"?present#{FIGURE}", width)
    page = ready(found.page)
    assert page.evaluate(SHOWN) == FIGURE
    assert page.evaluate(f"{SEEN}.every((e) => e.closest('[data-shown]'))")
    assert page.evaluate(TYPE) >= (16 if width < 600 else 20)
    page.wait_for_selector(f"#{FIGURE} [data-alive]", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(f"#{FIGURE} .drawing:visible").bounding_box()
    assert box["width"] >= 0.5 * width
    assert box["y"] + box["height"] <= 800


def test_the_script_comes_only_when_it_is_asked_for(room):
    assert not [url for url in room("").asked if "present" in url]
    assert [url for url in room(f"?present#{FIGURE}").asked if url.endswith("present.mjs")]


def test_arrows_go_on_and_back_and_escape_leads_out(room):
    page = ready(room(f"?present#{SECTION}").page)
    order = page.evaluate(
        "[...document.querySelectorAll('main section[id], main figure[id]')].map((e) => e.id)"
    )
    start = order.index(SECTION)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SHOWN) == order[start + 1]
    assert page.url.endswith(f"?present#{order[start + 1]}")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(SHOWN) == order[start - 1]
    page.keyboard.press("Escape")
    assert page.evaluate("'present' in document.documentElement.dataset") is False
    assert page.url.endswith(f"{NAME}#{order[start - 1]}")
    assert page.locator("[data-off], .presenting").count() == 0
    assert page.evaluate(f"document.activeElement.id === {order[start - 1]!r}")


def test_at_both_ends_the_arrows_stay(room):
    page = ready(room("?present").page)
    first = page.evaluate(SHOWN)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(SHOWN) == first
    count = int(re.search(r"of (\d+)", page.locator(".presenting output").inner_text())[1])
    for _ in range(count + 2):
        page.keyboard.press("ArrowRight")
    assert page.locator(".presenting output").inner_text() == f"{count} of {count}"
    assert page.locator(".presenting .on").get_attribute("aria-disabled") == "true"


def test_a_slider_keeps_its_arrows_and_its_value(room):
    found = room("?present#fig-gradient-descent-hops")
    page = ready(found.page)
    slider = page.locator("#fig-gradient-descent-hops input[type=range]").first
    slider.focus()
    before = slider.input_value()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SHOWN) == "fig-gradient-descent-hops"
    changed = slider.input_value()
    assert changed != before
    page.keyboard.press("Escape")
    assert slider.input_value() == changed


def test_it_is_reached_from_the_menu_and_from_the_card_and_back_leads_out(room):
    page = room("").page
    fold = page.locator(f"#{FIGURE} details.take")
    fold.evaluate("(fold) => { fold.open = true }")
    fold.get_by_role("link", name="In large type").click()
    assert ready(page).evaluate(SHOWN) == FIGURE
    page.go_back()
    page.wait_for_selector("html:not([data-present])")
    mark = page.locator(f"#{SECTION} > h2 .headerlink")
    mark.focus()
    page.keyboard.press("Enter")
    page.locator("dialog.cite").get_by_role("link", name="Show it in large type").click()
    assert ready(page).evaluate(SHOWN) == SECTION
    assert page.locator("dialog").count() == 0
    page.get_by_role("button", name="Close").click()
    assert page.url.endswith(f"{NAME}#{SECTION}")


def test_a_label_that_is_not_there_is_told(room):
    page = ready(room("?present#sec-nowhere").page)
    assert "No sec-nowhere here" in page.locator(".presenting output").inner_text()


def test_paper_has_the_whole_page(room):
    page = ready(room(f"?present#{FIGURE}").page)
    page.emulate_media(media="print")
    hidden = (
        "[...document.querySelectorAll('main > section > section')].filter((e) => !e.getClientRects().length)"
    )
    assert page.evaluate(f"{hidden}.length") == 0
    assert not page.locator(".presenting").is_visible()


def test_without_scripts_the_link_opens_the_page_at_its_label(chromium, server):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/{NAME}?present#{SECTION}")
    expect(page.locator(f"#{SECTION} > h2")).to_be_in_viewport()  # the way there takes a moment
    assert page.locator("h1").is_visible()
    context.close()


def test_a_script_that_does_not_come_leaves_the_page(chromium, server):
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/present.mjs", lambda route: route.abort())
    page.goto(f"{server}/{NAME}?present#{SECTION}")
    page.wait_for_function("() => getComputedStyle(document.body).visibility === 'visible'", timeout=8000)
    context.close()


@pytest.mark.parametrize(("scheme", "label"), [("light", FIGURE), ("dark", SECTION)])
def test_axe_finds_nothing_in_large_type(chromium, server, scheme, label):
    found = visit(chromium, server, f"{NAME}?present#{label}", color_scheme=scheme, bypass_csp=True)
    said = violations(ready(found.page))
    found.close()
    assert said == []
