"""The reference shelf as a reader uses it: the ledger, a term's preview, a name in code."""

import re

import pytest


@pytest.fixture
def ledger(chromium, server):
    """The ledger, opened in a window of some width."""
    opened = []

    def open_at(width, **context):
        page = chromium.new_context(viewport={"width": width, "height": 900}, **context).new_page()
        page.goto(f"{server}/reference/claims.html", wait_until="networkidle")
        opened.append(page)
        return page

    yield open_at
    for page in opened:
        page.context.close()


SHOWN = "[...document.querySelectorAll('.ledger tbody tr')].filter((r) => !r.hidden).map((r) => r.id)"


def test_the_ledger_is_filtered_and_sorted_by_keyboard(ledger):
    page = ledger(1280)
    everything = page.evaluate(SHOWN)
    assert len(everything) > 150
    page.get_by_label("Words").focus()
    page.keyboard.type("Learning RATE")
    some = page.evaluate(SHOWN)
    assert 0 < len(some) < len(everything)
    assert page.locator(".ledger-tools output").inner_text() == f"{len(some)} of {len(everything)} claims"
    for row in some:
        assert {"learning", "rate"} <= set(re.findall(r"\w+", page.locator(f"#{row}").inner_text().lower()))
    page.get_by_label("Words").fill("")
    page.get_by_label("Verdict").select_option("did not hold")
    assert 0 < len(page.evaluate(SHOWN)) < len(everything)
    page.get_by_label("Verdict").select_option("")
    page.get_by_label("Chapter").select_option("models/spectrum")
    assert all(row.startswith("row-claim-spectrum") for row in page.evaluate(SHOWN))
    page.get_by_label("Chapter").select_option("")
    head = page.locator(".ledger thead th").nth(2)
    orders = []
    for state in ("ascending", "descending", "none"):
        head.get_by_role("button").press("Enter")
        assert (head.get_attribute("aria-sort") or "none") == state
        seeds = page.locator(".ledger tbody tr td:nth-child(3)").all_inner_texts()
        orders.append([int(text) for text in seeds if text.isdigit()])
    assert orders[0] == sorted(orders[0]) != orders[1] == sorted(orders[1], reverse=True)
    assert page.evaluate(SHOWN) == everything


def test_a_link_to_a_row_shows_it_though_it_was_filtered_out(ledger):
    page = ledger(1280)
    page.get_by_label("Chapter").select_option("models/spectrum")
    page.evaluate("location.hash = document.querySelector('.ledger tr[hidden]').id")
    page.wait_for_function("() => !document.querySelector('.ledger tr[hidden]')")
    assert page.locator(".ledger tr:target").is_visible()


def test_the_ledger_is_a_plain_table_without_scripts_and_cards_on_a_phone(ledger):
    plain = ledger(1280, java_script_enabled=False)
    assert plain.locator(".ledger tbody tr:visible").count() > 150
    assert not plain.locator(".ledger-tools").is_visible()
    phone = ledger(390)
    cell = phone.locator(".ledger td[data-is=Gate]").first
    assert (
        phone.evaluate("(e) => getComputedStyle(e, '::before').content", cell.element_handle()) == '"Gate: "'
    )
    assert phone.locator(".ledger tbody tr").first.bounding_box()["width"] <= 390


def test_a_term_shows_its_definition_to_pointer_keyboard_and_touch(chromium, server):
    for width, touch, scripts in ((1280, False, True), (390, True, True), (1280, False, False)):
        device = {"has_touch": touch, "is_mobile": touch, "java_script_enabled": scripts}
        context = chromium.new_context(viewport={"width": width, "height": 900}, **device)
        page = context.new_page()
        page.goto(f"{server}/optimization/gradient-descent.html", wait_until="networkidle")
        term = page.locator(".term").first
        button, says = term.locator("button"), term.locator(".gloss")
        assert not says.is_visible()
        button.scroll_into_view_if_needed()
        if touch:
            button.tap()
            assert says.is_visible()
            page.touchscreen.tap(5, 5)
        else:
            button.hover()
            assert says.is_visible()
            page.mouse.move(2, 2)
            assert not says.is_visible()
            button.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            assert says.is_visible()
            box, word = says.bounding_box(), button.bounding_box()
            assert abs(box["y"] - word["y"] - word["height"]) < 60
            page.keyboard.press("Enter")
            assert (
                page.evaluate("(e) => e.matches(':popover-open')", says.element_handle()) if scripts else True
            )
            page.keyboard.press("Escape")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
        assert not says.is_visible()
        assert re.search(r"reference/glossary.html#term-", says.locator("a").get_attribute("href"))
        context.close()


def test_every_link_of_the_shelf_and_of_code_leads_to_a_place_that_is_there(site):
    ids = {}
    pages = [*(site / "reference").glob("*.html"), *site.glob("*/*.html")]
    for path in {page for page in pages if page.parent.name not in ("figures", "_static")}:
        html = path.read_text("utf8")
        links = re.findall(r'href="([^"#:]*)#([^"]+)"', html.partition("<main")[2])
        for file, label in links:
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            if target not in ids:
                ids[target] = set(re.findall(r'\sid="([^"]+)"', target.read_text("utf8")))
            assert label in ids[target], (path.name, file, label)
