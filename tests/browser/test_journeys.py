"""The reader's and the teacher's journeys, each from the front door to its end, by thumb and by keys alone.

The learner's journey is launching/test_rehearsal.py, the contributor's is browser/test_contributor.py.
"""

import json
from collections.abc import Callable

import pytest
from benchmarks.visiting import Visit, visit
from playwright.sync_api import expect

PART, CHAPTER = "optimization/index.html", "optimization/gradient-descent.html"
SECTION, CHART = "sec-gradient-descent-limit", "fig-gradient-descent-hops"
PLAYGROUND = "fig-gradient-descent-landscape-playground"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
FOCUSED = "(wanted) => document.activeElement.matches(wanted)"
HANDS = [("thumb", 390), ("keys", 1280)]


def by_thumb(found: Visit, wanted: str) -> None:
    """Scroll to the first of these and tap it."""
    found.page.locator(wanted).first.tap()


def by_keys(found: Visit, wanted: str, press: str = "Enter") -> None:
    """Tab to the first of these that can be reached, and press."""
    for _ in range(600):
        if found.page.evaluate(FOCUSED, wanted):
            return found.page.keyboard.press(press) if press else None
        found.page.keyboard.press("Tab")
    raise AssertionError(f"600 presses of Tab on {found.page.url} never came to {wanted}")


@pytest.fixture(params=HANDS, ids=[hand for hand, _ in HANDS])
def hand(request, chromium, server) -> tuple[Visit, Callable[..., None]]:
    """A stranger at the front door, and how they choose; nothing is refused or comes from elsewhere."""
    name, width = request.param
    phone = name == "thumb"
    found = visit(chromium, server, "index.html", width=width, is_mobile=phone, has_touch=phone,
                  permissions=CLIPBOARD)  # fmt: skip
    yield found, by_thumb if phone else by_keys
    assert found.said == []
    assert found.elsewhere == []
    found.close()


def to_the_chapter(found: Visit, choose: Callable[..., None]) -> None:
    """From the front door by a part's picture to a chapter by its question's picture."""
    choose(found, f".part-card a[href='{PART}']")
    found.page.wait_for_url(f"**/{PART}")
    choose(found, ".chapter-card a[href='gradient-descent.html']")
    found.page.wait_for_url(f"**/{CHAPTER}")


def test_the_reader_finds_a_chapter_and_its_figures_answer(hand):
    found, choose = hand
    to_the_chapter(found, choose)
    page = found.page
    figures = (f"#{PLAYGROUND}", f"[data-chart={CHART}]")
    assert [page.locator(f"{figure} svg:visible").count() > 0 for figure in figures] == [True, True]
    for figure in figures:
        if choose is by_thumb:
            page.locator(figure).tap()
        else:
            by_keys(found, f"{figure} *, {figure}", press="")
        page.locator(f"{figure}[data-alive]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_reader_without_scripts_reads_all_of_it(chromium, server, site):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844},
                                   is_mobile=True, has_touch=True)  # fmt: skip
    page = context.new_page()
    page.goto(f"{server}/index.html")
    page.locator(f".part-card a[href='{PART}']").first.tap()
    page.wait_for_url(f"**/{PART}")
    page.locator(".chapter-card a[href='gradient-descent.html']").first.tap()
    page.wait_for_url(f"**/{CHAPTER}")
    labels = [row["label"] for row in json.loads((site / "figures.json").read_text("utf8"))
              if row["page"].startswith(CHAPTER)]  # fmt: skip
    assert len(labels) >= 5
    for label in labels:
        picture = page.locator(f"#{label}").locator("svg, img, table").first
        assert picture.is_visible(), label
        assert page.locator(f"#{label} figcaption").first.is_visible(), label
    assert page.locator("math, .math svg").first.is_visible()
    answer = page.locator("details.solution").first
    answer.locator("summary").tap()
    expect(answer.locator("p").first).to_be_visible()
    context.close()


def copied(found: Visit, choose: Callable[..., None], name: str) -> str:
    """What a press on a record's button of the card leaves on the clipboard."""
    button = f"dialog.cite button[aria-label='Copy {name}']"
    choose(found, button)
    found.page.locator(f"{button}:has-text('Copied')").wait_for()
    return found.page.evaluate("navigator.clipboard.readText()")


def test_the_teacher_takes_an_address_a_record_and_a_figure(hand, chromium, server):
    found, choose = hand
    page = found.page
    to_the_chapter(found, choose)
    choose(found, f"#{SECTION} > h2 .headerlink")
    page.locator("dialog.cite[open]").wait_for()
    address = copied(found, choose, "Address in this edition")
    short = copied(found, choose, "Short address, which leads to the newest edition")
    record = copied(found, choose, "BibTeX")
    assert address.endswith(f"/{CHAPTER}#{SECTION}")
    assert short.endswith(f"/at/{SECTION}/")
    assert record.startswith("@incollection{")
    assert address in record
    page.keyboard.press("Escape")
    page.locator("dialog.cite").wait_for(state="detached")
    choose(found, f"#{CHART} details.take > summary")
    choose(found, f"#{CHART} details.take a.cites")
    page.locator("dialog.cite[open]").wait_for()
    line = page.locator("dialog.cite .record code").last.inner_text()
    course_page_shows(chromium, server, line)
    follows(chromium, server, f"at/{SECTION}/")


def course_page_shows(chromium, server, line: str) -> None:
    """The embed line on a page of somebody else's shows the figure, which answers there."""
    page = chromium.new_page()
    inside = line.partition('src="')[2].partition('"')[0]
    local = f"{server}/figures/{inside.rpartition('/')[2]}"
    page.set_content(f"<h1>Week 4</h1>{line.replace(inside, local)}")
    frame = page.frame_locator("iframe")
    frame.locator("[data-chart]").hover()
    frame.locator("[data-chart][data-alive]").wait_for()
    page.close()


def follows(chromium, server, short: str) -> None:
    """A student opens the short address, scripts off, and stands at the section."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{short}")
    page.wait_for_url(f"**/{CHAPTER}#{SECTION}")
    expect(page.locator(f"#{SECTION} > h2")).to_be_in_viewport()
    context.close()
