"""What the accessibility statement says and no other test checks: motion, and maths that is read out."""

import unicodedata

import pytest

MATHS = "optimization/gradient-descent.html"


@pytest.mark.parametrize(("wish", "scrolls"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_a_page_stays_still_for_who_asks_for_less_motion(chromium, server, wish, scrolls):
    context = chromium.new_context(reduced_motion=wish)
    page = context.new_page()
    page.goto(f"{server}/index.html", wait_until="networkidle")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolls
    if wish == "reduce":
        page.mouse.wheel(0, 300)
        page.wait_for_selector("[data-playground][data-alive]")
        picture = page.locator("[data-playground]").first
        before = picture.inner_html()
        page.wait_for_timeout(600)
        assert picture.inner_html() == before
        assert page.evaluate("document.getAnimations().length") == 0
    context.close()


def plain(formula: str) -> str:
    """A formula's letters: the browser hands on a variable as an italic letter of mathematics."""
    return "".join(unicodedata.normalize("NFKC", formula).split())


def test_every_formula_reaches_a_screen_reader_as_maths(chromium, server):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{server}/{MATHS}", wait_until="networkidle")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    formulas = page.evaluate(
        "[...document.querySelectorAll('main math')].filter((m) => m.getClientRects().length)"
        ".map((m) => m.textContent.replace(/\\s/g, ''))"
    )
    tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by = {node["nodeId"]: node for node in tree}

    def words(node) -> str:
        own = node.get("name", {}).get("value", "") if node["role"]["value"] == "StaticText" else ""
        return own + "".join(words(by[child]) for child in node.get("childIds", []) if child in by)

    heard = [node for node in tree if node["role"]["value"] == "MathMLMath" and not node["ignored"]]
    read = {plain(words(node)) for node in heard}
    assert len(formulas) > 50
    assert len(heard) >= len(formulas)
    lost = [formula for formula in formulas if plain(formula) not in read]
    assert lost == []
    context.close()
