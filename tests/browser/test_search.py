"""The search as a visitor has it: asked for, answering as one types, by keyboard, thumb, no scripts."""

import json

import pytest
from benchmarks.visiting import packed, visit

from axe import violations

NAME = "models/convolution.html"
OPTION, WHOLE = "dialog.seek [role=option]", "dialog.seek[data-whole]"  # the words of every page are there
FIRST_ANSWER, ALL_WORDS = 40_000, 400_000  # bytes: script and names; the words of every page


@pytest.fixture(scope="module", params=[390, 1280])
def opened(request, chromium, server):
    """A chapter at a width, where nothing of the search has been asked for."""
    phone = request.param < 600
    found = visit(chromium, server, NAME, width=request.param, is_mobile=phone, has_touch=phone)
    assert not [url for url in found.asked if "search" in url]
    yield found, phone
    assert found.said == []
    assert found.elsewhere == []
    found.close()


@pytest.fixture
def seek(opened):
    """The dialog, opened by a press of the button, closed afterwards."""
    found, phone = opened
    button = found.page.locator(".top .find")
    (button.tap if phone else button.click)()
    found.page.wait_for_selector("dialog.seek[open]")
    yield found.page.get_by_role("combobox", name="Search the book")
    found.page.keyboard.press("Escape")
    found.page.wait_for_selector("dialog.seek", state="detached")


def answers(page, words) -> list[dict[str, str]]:
    """What the list shows for some words once every page's words are there."""
    page.get_by_role("combobox", name="Search the book").fill(words)
    if len(words.strip()) > 1:
        page.wait_for_selector(WHOLE)
    return page.evaluate(
        """[...document.querySelectorAll('dialog.seek [role=option]')].map((line) => ({
          kind: line.querySelector('.kind').textContent, name: line.querySelector('.name').textContent,
          marks: [...line.querySelectorAll('mark')].map((mark) => mark.textContent.toLowerCase()),
          context: line.querySelector('.context')?.textContent ?? '', href: line.href }))"""
    )


def test_headings_figures_claims_terms_and_text_are_found(opened, seek, site):
    page = opened[0].page
    things = json.loads((site / "sections.json").read_text("utf-8"))
    for kind in ("chapter", "section", "figure", "claim"):
        thing = next(one for one in things if one["kind"] == kind and one["chapter"] == "ch-spectrum")
        first, *_ = answers(page, thing["title"])
        assert first["kind"] == kind
        assert first["href"].endswith(f"/{thing['page']}")
    first, *_ = answers(page, "equivariance")
    assert first["kind"] == "term"
    assert "glossary.html#term-" in first["href"]
    found = answers(page, "moves it three columns to the right")
    (text,) = (one for one in found if one["kind"] == "text" and one["href"].endswith(NAME))
    assert "moves it three columns to the right" in text["context"]
    assert {"moves", "three", "columns"} <= set(text["marks"])


def test_a_number_finds_its_figure_and_a_slip_of_the_finger_is_forgiven(opened, seek):
    page = opened[0].page
    assert answers(page, "figure 3.1")[0]["name"].startswith("3.1 ")
    assert any("gradient" in one["marks"] for one in answers(page, "gradeint descent"))


@pytest.mark.parametrize("words", ["zzyzx", ".*+?^${}()|[]\\", "<i>zzyzx</i>", "   "])
def test_what_is_not_there_is_said_to_be_not_there(opened, seek, words):
    page = opened[0].page
    found = answers(page, words)
    said = page.locator("dialog [role=status]").inner_text()
    assert found == []
    assert said == (f"Nothing found for “{words}”." if words.strip() else "")
    assert seek.get_attribute("aria-expanded") == "false"
    assert seek.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    assert page.locator("dialog.seek[open]").count() == 1


def test_the_dialog_fits_the_window(opened, seek):
    page = opened[0].page
    answers(page, "descent")
    box, size = page.locator("dialog.seek").bounding_box(), page.viewport_size
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"] + 1
    for line in page.locator(OPTION).all()[:5]:
        assert line.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_one_whole_journey_by_keyboard(chromium, server, keys):
    found = visit(chromium, server, NAME)
    page = found.page
    page.keyboard.press(keys)
    page.wait_for_selector("dialog.seek[open]")
    page.keyboard.type("rolled", delay=20)
    page.wait_for_selector(WHOLE)  # before, what comes later may take a place above the chosen line
    page.keyboard.type(" digits", delay=20)
    seek = page.get_by_role("combobox", name="Search the book")
    chosen = "document.querySelector('dialog.seek [aria-selected=true]').id"
    assert page.evaluate(chosen) == seek.get_attribute("aria-activedescendant") == "seek-0"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(chosen) == seek.get_attribute("aria-activedescendant") == "seek-1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    many = page.locator(OPTION).count()
    assert seek.get_attribute("aria-activedescendant") == f"seek-{many - 1}"
    page.keyboard.press("ArrowDown")
    to = page.locator("#seek-0").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(to)
    assert not page.locator("dialog.seek").count()
    page.locator("h1").wait_for()
    assert found.said == []
    found.close()


def test_focus_stays_in_the_dialog_and_comes_back_and_a_slash_can_be_given_back(chromium, server):
    found = visit(chromium, server, NAME)
    page = found.page
    page.locator(".top .find").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.seek[open]")
    page.keyboard.type("a/b")
    assert page.get_by_role("combobox", name="Search the book").input_value() == "a/b"
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('body, dialog *')")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.seek", state="detached")
    assert page.evaluate("document.activeElement.matches('.find')")
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.seek[open]")
    assert page.locator("dialog.seek").count() == 1
    assert not page.get_by_role("checkbox").is_checked()
    found.close()


def test_the_first_answer_is_light_and_the_words_come_when_one_types(chromium, server, site):
    found = visit(chromium, server, NAME)
    before = len(found.asked)
    found.page.keyboard.press("/")
    found.page.wait_for_selector("dialog.seek[open]")
    found.page.wait_for_load_state("networkidle")
    asked = found.asked[before:]
    assert sorted(url.rpartition("/")[2] for url in asked) == ["names.json", "search.mjs"]
    assert packed(site, server, asked) <= FIRST_ANSWER
    found.page.get_by_role("combobox", name="Search the book").fill("co")
    found.page.wait_for_selector(WHOLE)
    words = [url for url in found.asked[before + 2 :] if "/search/" in url]
    assert words[0].endswith("search/models/convolution.json")
    assert len(words) == len(set(words)) == len(list((site / "search").rglob("*.json"))) - 1
    assert packed(site, server, words) < ALL_WORDS
    found.close()


def test_where_the_search_cannot_come_its_link_leads_to_the_page_of_everything(chromium, server):
    found = visit(chromium, server, NAME)
    found.page.route("**/search.mjs", lambda route: route.abort())
    found.page.locator(".top .find").click()
    found.page.wait_for_url("**/search.html")
    found.close()


def test_without_scripts_the_button_leads_to_all_there_is(chromium, server, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{NAME}")
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("**/search.html")
    assert not page.locator("form").is_visible()
    things = json.loads((site / "sections.json").read_text("utf-8"))
    listed = page.locator("main a").evaluate_all("(all) => all.map((link) => link.getAttribute('href'))")
    assert {thing["page"] for thing in things} <= set(listed)
    page.locator("main").get_by_role("link", name="One kernel, one matrix").click()
    assert page.url.endswith(f"{NAME}#sec-convolution-matrix")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_with_the_dialog_open(chromium, server, scheme, width):
    found = visit(chromium, server, NAME, width=width, color_scheme=scheme, bypass_csp=True)
    found.page.locator(".top .find").click()
    found.page.wait_for_selector("dialog.seek[open]")
    said = []
    for words in ("descent", "zzyzx"):
        found.page.get_by_role("combobox", name="Search the book").fill(words)
        found.page.wait_for_selector(WHOLE)
        said += violations(found.page)
    found.close()
    assert said == []
