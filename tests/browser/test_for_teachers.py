"""A teacher chooses sections, takes the list away, and opens it again: by mouse, thumb, keyboard alone."""

import json
import re

import pytest
from benchmarks.visiting import visit
from pybtex.database import parse_string

from axe import violations

NAME = "reference/for-teachers.html"
LIMIT, STEP, CHAPTER = "sec-gradient-descent-limit", "sec-losses-recipe", "ch-gradient-descent"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
CHOSEN = "[...document.querySelectorAll('.choosing [data-chosen]')].map((row) => row.dataset.label)"


@pytest.fixture(scope="module")
def things(site) -> dict[str, dict]:
    return {entry["label"]: entry for entry in json.loads((site / "sections.json").read_text("utf-8"))}


@pytest.fixture
def desk(chromium, server):
    """The page at some width, with some choice in its address."""
    opened = []

    def open_at(fragment="", width=1280, **context):
        found = visit(chromium, server, NAME + fragment, width=width, permissions=CLIPBOARD, **context)
        opened.append(found)
        return found.page

    yield open_at
    for found in opened:
        assert found.said == []
        assert found.elsewhere == []
        found.close()


def tick(page, label):
    return page.locator(f"tr[data-label={label}] input")


def record(page, name):
    box = page.locator("dialog .record", has=page.get_by_role("heading", name=name, exact=True))
    return box.locator("code").inner_text()


def bar(page) -> str:
    return page.locator(".chosen output").inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_ticked_comes_as_markdown_bibtex_and_a_link_that_opens_it_again(desk, things, width):
    phone = width < 600
    page = desk(width=width, is_mobile=phone, has_touch=phone)
    assert bar(page) == "Nothing chosen"
    for label in (STEP, LIMIT):
        (tick(page, label).tap if phone else tick(page, label).check)()
    minutes = things[STEP]["minutes"] + things[LIMIT]["minutes"]
    assert bar(page) == f"2 chosen, {minutes} minutes"
    page.get_by_role("button", name="Reading list").click()
    page.wait_for_selector("dialog.cite[open]")
    lines = record(page, "Markdown").splitlines()
    assert lines[0].endswith(f": {minutes} minutes")
    assert [re.search(r"\((https://\S+)\)", line)[1] for line in lines[2:]] == [
        things[LIMIT]["url"],
        things[STEP]["url"],
    ]
    entries = parse_string(record(page, "BibTeX"), "bibtex").entries
    assert [entry.fields["url"] for entry in entries.values()] == [things[LIMIT]["url"], things[STEP]["url"]]
    link = record(page, "Link that opens this choice again")
    assert link.endswith(f"#pick={LIMIT},{STEP}")
    page.keyboard.press("Escape")
    again = desk(f"#{link.partition('#')[2]}", width=width)
    assert again.evaluate(CHOSEN) == [LIMIT, STEP]
    assert bar(again) == f"2 chosen, {minutes} minutes"


def test_a_reading_list_is_made_by_keyboard_alone(desk, things):
    page = desk()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the text
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id === 'choose-words'"):
            break
    page.keyboard.type("learning rate has a limit")
    shown = page.locator(".choosing tbody tr:visible")
    assert shown.count() == 1
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type === 'checkbox'"):
            break
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        f"Choose {things[LIMIT]['number']} {things[LIMIT]['title']}"
    )
    page.keyboard.press("Space")
    assert page.evaluate(CHOSEN) == [LIMIT]
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className === 'chosen-list'"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.cite[open]")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Copy Link that opens this choice again"
    )
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{NAME}#pick={LIMIT}")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.cite", state="detached")
    assert page.evaluate("document.activeElement.className") == "chosen-list"


def test_labels_that_are_not_there_are_told_and_the_others_chosen(desk):
    page = desk(f"#pick=sec-of-tomorrow,{LIMIT},fig-nowhere")
    assert page.evaluate(CHOSEN) == [LIMIT]
    said = page.locator(".choosing-unknown").inner_text()
    assert said.startswith("These 2 labels of the link are not in this table: sec-of-tomorrow, fig-nowhere.")
    tick(page, STEP).check()
    assert page.url.endswith(f"#pick={LIMIT},{STEP}")


def test_what_stands_inside_a_chosen_chapter_counts_once(desk, things):
    page = desk(f"#pick={LIMIT},{CHAPTER},ex-gradient-descent-1")
    assert bar(page) == f"3 chosen, {things[CHAPTER]['minutes']} minutes"
    page.get_by_role("button", name="Clear").click()
    assert bar(page) == "Nothing chosen"
    assert "#" not in page.url


def test_rows_are_found_by_chapter_kind_and_chapter_of_udl(desk, things):
    page = desk()
    rows = "[...document.querySelectorAll('.choosing tbody tr:not([hidden])')].map((r) => r.dataset.label)"
    page.get_by_label("Kind", exact=True).select_option("exercise")
    assert {things[label]["kind"] for label in page.evaluate(rows)} == {"exercise"}
    page.get_by_label("Kind", exact=True).select_option("")
    page.locator("#choose-chapter").select_option(CHAPTER)
    assert {things[label]["chapter"] for label in page.evaluate(rows)} == {CHAPTER}
    page.locator("#choose-chapter").select_option("")
    page.locator("#choose-udl").select_option("18")
    assert {things[label]["chapter"] for label in page.evaluate(rows)} == {"ch-diffusion"}


def test_a_plan_becomes_a_choice_and_both_agree_on_the_minutes(desk):
    page = desk()
    for plan in page.locator("table.plan").all():
        button = plan.locator("xpath=following::button[contains(@class, 'picks')][1]")
        said = int(re.search(r"In all (\d+) minutes", button.locator("xpath=..").inner_text())[1])
        button.click()
        assert int(re.search(r"(\d+) minutes", bar(page))[1]) == said
        weeks = [int(text) for text in plan.locator("td[data-is=Minutes]").all_inner_texts() if text]
        assert sum(weeks) == said


def test_every_chapter_is_read_in_the_long_plan_and_every_label_is_in_the_table(desk, things):
    page = desk()
    plan = page.locator(".picks").first.get_attribute("data-pick").split(",")
    assert {label for label, entry in things.items() if entry["kind"] == "chapter"} <= set(plan)
    assert page.locator(".choosing-unknown").inner_text() == ""


def test_without_scripts_the_table_is_plain_and_whole(chromium, server, things):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{NAME}#pick={LIMIT}")
    taught = {label for label, entry in things.items() if entry["kind"] == "chapter"} | {"ch-index"}
    kinds = ("chapter", "section", "exercise", "figure")
    offered = [entry for entry in things.values() if entry["chapter"] in taught and entry["kind"] in kinds]
    assert page.locator(".choosing tbody tr:visible").count() == len(offered) > 300
    assert page.locator("form:visible, .chosen:visible, .picks:visible, .choosing input").count() == 0
    row = page.locator(f".choosing tr:has(a[href$='#{LIMIT}'])")
    assert row.locator("td[data-is=Minutes]").inner_text() == str(things[LIMIT]["minutes"])
    row.get_by_role("link").click()
    assert page.url.endswith(f"#{LIMIT}")
    context.close()


def test_a_focused_tick_is_never_under_the_bar(desk):
    page = desk(width=390)
    page.emulate_media(reduced_motion="reduce")  # else the page is still on its way when it is measured
    for label in (LIMIT, STEP, "ch-diffusion"):
        tick(page, label).focus()
        box, at = page.locator(".chosen").bounding_box(), tick(page, label).bounding_box()
        assert at["y"] + at["height"] <= box["y"]


def test_records_that_do_not_come_are_told(chromium, server):
    found = visit(chromium, server, f"{NAME}#pick={LIMIT}")
    found.page.route("**/cite/*.bib", lambda route: route.fulfill(status=404))
    found.page.get_by_role("button", name="Reading list").click()
    found.page.wait_for_selector("dialog.cite[open]")
    assert "did not come (404 for cite/" in record(found.page, "BibTeX")
    found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_choice_and_its_list(chromium, server, scheme):
    found = visit(
        chromium, server, f"{NAME}#pick={LIMIT},nothing", width=390, color_scheme=scheme, bypass_csp=True
    )
    assert violations(found.page) == []
    found.page.get_by_role("button", name="Reading list").click()
    found.page.wait_for_selector("dialog.cite[open]")
    assert violations(found.page, "dialog") == []
    found.close()
