"""The row of links under a chapter's title: in its place on every width, it says what each link does."""

import pytest

KEYS = ("binder", "colab", "download")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 800), (320, 700)])
def test_hover_and_focus_say_what_will_happen_and_nothing_moves(server, page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server}/models/spectrum.html")
    below = page.locator(".chapter-head").bounding_box()
    links = {key: page.locator(f"[aria-describedby=launch-{key}]") for key in KEYS}
    for key, link in links.items():
        words = page.locator(f"#launch-{key}")
        assert words.is_hidden()
        link.hover()
        assert words.is_visible()
        inside(page, words, below)
        page.mouse.move(0, 0)
        assert words.is_hidden()
    page.locator(".launch a").first.evaluate("link => link.focus({focusVisible: true})")
    for key in KEYS:
        assert page.locator(f"#launch-{key}").is_visible()
        page.keyboard.press("Tab")
        assert page.locator(f"#launch-{key}").is_hidden()
    assert page.locator(".chapter-head").bounding_box() == below


def inside(page, words, below):
    """The words stand below the title or beside the links, above what follows, and cover no link."""
    box, title = words.bounding_box(), page.locator("h1").bounding_box()
    assert box["y"] >= title["y"] + title["height"]
    assert box["y"] + box["height"] <= below["y"] + 1
    for link in page.locator(".launch a").all():
        other = link.bounding_box()
        apart = (
            other["x"] + other["width"] <= box["x"]
            or other["y"] + other["height"] <= box["y"] + 1
            or box["x"] + box["width"] <= other["x"]
        )
        assert apart, (other, box)


def test_the_download_is_the_notebook(server, page):
    page.goto(f"{server}/models/spectrum.html")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download", exact=True).click()
    assert waiting.value.suggested_filename == "spectrum.ipynb"


def test_it_works_without_scripts(server, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/models/spectrum.html")
    page.get_by_role("link", name="Colab", exact=True).hover()
    assert page.locator("#launch-colab").is_visible()
    context.close()
