"""¶ opens a card: by mouse, by thumb, by keyboard; and where it cannot come, the link is a link."""

import re

import pytest
from benchmarks.visiting import visit

from axe import violations

NAME, LABEL = "optimization/gradient-descent.html", "sec-gradient-descent-limit"
MARK = f"#{LABEL} > h2 .headerlink"
COPIED = ("Address in this edition", "Short address, which leads to the newest edition", "APA", "Harvard",
          "Vancouver", "BibTeX", "RIS", "CSL-JSON", "Markdown, for a syllabus",
          "MyST, for another book")  # fmt: skip
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module", params=[390, 1280])
def opened(request, chromium, server):
    """A chapter at a width, without the card."""
    phone = request.param < 600
    found = visit(chromium, server, NAME, width=request.param, is_mobile=phone, has_touch=phone,
                  permissions=CLIPBOARD)  # fmt: skip
    assert not [url for url in found.asked if "card" in url or "/cite/" in url]
    yield found, phone
    assert found.said == []
    assert found.elsewhere == []
    found.close()


@pytest.fixture
def card(opened):
    """The card, opened by a press of ¶, closed afterwards."""
    found, phone = opened
    mark = found.page.locator(MARK)
    mark.scroll_into_view_if_needed()
    (mark.tap if phone else mark.click)()
    found.page.wait_for_selector("dialog.cite[open]")
    yield found.page.locator("dialog.cite")
    found.page.keyboard.press("Escape")
    found.page.wait_for_selector("dialog.cite", state="detached")


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_a_press_shows_every_record_and_each_is_copied_by_one_press(opened, card):
    page, phone = opened[0].page, opened[1]
    assert page.url.endswith(f"#{LABEL}")
    names = card.locator(".record h3").all_inner_texts()
    assert tuple(names) == COPIED
    for record in card.locator(".record").all():
        button = record.get_by_role("button")
        (button.tap if phone else button.click)()
        page.wait_for_function("(b) => b.textContent === 'Copied'", arg=button.element_handle())
        text = record.locator("code").inner_text()
        assert clipboard(page).strip() == text.strip()
    assert page.locator("dialog [role=status]").inner_text() == f"Copied: {COPIED[-1]}"


def test_the_card_fits_the_window_and_its_buttons_a_thumb(opened, card):
    page = opened[0].page
    box, wide = card.bounding_box(), page.evaluate("innerWidth")
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= wide
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in card.get_by_role("button").all():
        size = button.bounding_box()
        assert min(size["width"], size["height"]) >= 44


def test_focus_goes_in_stays_in_and_comes_back(opened):
    page = opened[0].page
    page.locator(MARK).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.cite[open]")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Copy {COPIED[0]}"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === 'Copied'")
    assert clipboard(page).endswith(f"#{LABEL}")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.cite", state="detached")
    assert page.evaluate(f"document.activeElement.matches('{MARK}')")


def test_close_and_a_press_beside_it_close_the_card(opened):
    page = opened[0].page
    for press in ("button", "beside"):
        page.locator(MARK).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog.cite[open]")
        if press == "button":
            page.get_by_role("button", name="Close").click()
        else:
            page.mouse.click(5, 5)
        page.wait_for_selector("dialog.cite", state="detached")


def test_a_figure_is_cited_from_its_menu_with_the_line_that_shows_it(opened):
    page = opened[0].page
    fold = page.locator("details.take").first
    fold.evaluate("(fold) => { fold.open = true }")
    fold.get_by_role("link", name="Cite").click()
    page.wait_for_selector("dialog.cite[open]")
    assert "<iframe" in page.locator("dialog .record code").last.inner_text()
    link = page.locator("dialog a.thing").get_attribute("href")
    assert re.search(rf"/{NAME}#fig-gradient-descent-\w+$", link)
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.cite", state="detached")


def test_a_card_that_cannot_come_leaves_the_link(chromium, server):
    found = visit(chromium, server, NAME)
    found.page.route("**/cite/*", lambda route: route.fulfill(status=404))
    found.page.locator(MARK).click()
    found.page.wait_for_url(f"**#{LABEL}")
    assert not found.page.locator("dialog").count()
    found.close()


def test_without_scripts_the_link_is_a_permalink_and_the_records_a_page(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{NAME}")
    assert page.locator(MARK).get_attribute("href") == f"#{LABEL}"
    page.get_by_role("link", name="Cite this page").click()
    page.get_by_role("link", name="The learning rate has a limit").click()
    assert page.url.endswith(f"/cite/{LABEL}.html")
    assert page.locator(".record").count() == len(COPIED)
    with page.expect_download() as download:
        page.get_by_role("link", name="file").first.click()
    assert download.value.suggested_filename == f"{LABEL}.bib"
    context.close()


def test_the_page_of_records_has_the_same_buttons(chromium, server):
    found = visit(chromium, server, f"cite/{LABEL}.html", permissions=CLIPBOARD)
    found.page.get_by_role("button", name="Copy RIS").click()
    found.page.wait_for_function(
        "() => document.querySelector('[role=status]').textContent === 'Copied: RIS'"
    )
    assert clipboard(found.page).startswith("TY  - CHAP")
    assert found.said == []
    found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_card(chromium, server, scheme):
    found = visit(chromium, server, NAME, width=390, color_scheme=scheme, bypass_csp=True)
    found.page.locator(MARK).click()
    found.page.wait_for_selector("dialog.cite[open]")
    said = violations(found.page, "dialog")
    found.close()
    assert said == []
