"""The front door as strangers meet it: three presses, six parts, four ways in, on a phone and on a desk."""

import re
from pathlib import Path

import pytest
import yaml

from sphinx_landscaping.chapter_head import PARTS

ROOT = Path(__file__).parents[2]
FIGURE = "#fig-index-landscape-playground"
ALIVE = f"{FIGURE}[data-alive]"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PRESSES = ("Raise the terrain", "Plant trees", "Change the physics")
ENDED = f"""() => document.querySelector("{FIGURE}").lastElementChild.shadowRoot
  ?.querySelector(".say")?.textContent.startsWith("After")"""
LAND = (
    f"""document.querySelector("{FIGURE}").lastElementChild.shadowRoot.querySelector("canvas").toDataURL()"""
)
FORGET = f"""document.querySelector("{FIGURE}").lastElementChild.shadowRoot
  ?.querySelectorAll(".say").forEach((said) => said.replaceChildren())"""
SAID = f"""document.querySelector("{FIGURE}").lastElementChild.shadowRoot.querySelector(".say").textContent"""


def opened(chromium, server, size, **context):
    """The front door for who wants no motion: a run shows its end at once."""
    context = chromium.new_context(viewport=size, reduced_motion="reduce", **context)
    page = context.new_page()
    page.goto(f"{server}/index.html")
    return page


def press(page, name, how):
    page.evaluate(FORGET)  # what the press before has left would be taken for this one's end
    link = page.locator(".press", has_text=name)
    if how == "keyboard":
        link.focus()
        page.keyboard.press("Enter")
    elif how == "touch":
        link.tap()
    else:
        link.click()
    page.wait_for_selector(ALIVE)
    page.wait_for_function(ENDED)


def bottom(page, selector):
    box = page.locator(selector).first.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize(
    ("size", "how"), [(PHONE, "touch"), (PHONE, "keyboard"), (DESK, "mouse"), (DESK, "keyboard")],
    ids=["thumb", "keys on a phone", "mouse", "keys"],
)  # fmt: skip
def test_three_presses_change_the_land_and_tell_three_ends(chromium, server, size, how):
    page = opened(chromium, server, size, has_touch=how == "touch")
    lands, ends = [], []
    for name in PRESSES:
        press(page, name, how)
        lands.append(page.evaluate(LAND))
        ends.append("In the target valley." in page.evaluate(SAID))
    assert len(set(lands)) == 3
    assert ends == [False, True, True]
    assert page.evaluate("scrollY") == 0
    page.context.close()


def test_without_a_press_the_marble_comes_home(chromium, server):
    page = opened(chromium, server, DESK)
    page.hover(FIGURE)
    page.wait_for_selector(ALIVE)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(ENDED)
    assert "In the target valley." in page.evaluate(SAID)
    page.context.close()


def test_the_same_press_twice_lets_the_marble_roll_again(chromium, server):
    page = opened(chromium, server, DESK)
    press(page, PRESSES[1], "mouse")
    once = page.evaluate(SAID)
    press(page, PRESSES[1], "mouse")
    assert page.evaluate(SAID) == once
    assert "trees=" in page.url
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_first_screen_holds_the_presses_and_the_land(chromium, server, size):
    page = opened(chromium, server, size)
    assert bottom(page, FIGURE + " > .still .skin svg") <= size["height"]
    press(page, PRESSES[0], "keyboard")
    assert bottom(page, ".presses") <= bottom(page, "canvas") <= size["height"]
    small = page.locator(".press").evaluate_all("all => all.map((e) => e.getBoundingClientRect().height)")
    assert min(small) >= 44
    page.context.close()


def test_each_visitors_link_leads_where_it_says(chromium, server):
    page = opened(chromium, server, DESK)
    for name, heading in [("Read", "To read"), ("Run", "To run something"), ("Teach", "To teach"),
                          ("Contribute", "To contribute")]:  # fmt: skip
        page.goto(f"{server}/index.html")
        page.locator(".ways dt a").get_by_text(name, exact=True).click()
        page.wait_for_url("**/guide.html#*")
        label = page.url.partition("#")[2]
        assert page.locator(f"#{label} h2").inner_text().startswith(heading)
    page.context.close()


def test_six_pictures_lead_to_six_parts_in_the_books_order(chromium, server):
    page = opened(chromium, server, DESK, java_script_enabled=False)
    pictures = page.locator(".part-card .shown a")
    assert pictures.evaluate_all("all => all.map((a) => a.getAttribute('href'))") == [
        f"{part}/index.html" for part in PARTS
    ]
    alts = pictures.locator("> svg").evaluate_all("all => all.map((e) => e.getAttribute('aria-label') ?? '')")
    assert len(alts) == 6
    assert all(len(alt) > 20 for alt in alts)
    page.context.close()


def test_without_scripts_the_drawing_stands_and_nothing_is_promised(chromium, server):
    page = opened(chromium, server, PHONE, java_script_enabled=False)
    assert page.locator(FIGURE + " svg").first.is_visible()
    assert not page.locator(".presses").is_visible()
    assert page.locator(".part-card").count() == 6
    page.context.close()


def in_contents(part):
    """The chapters of a part, as `_toc.yml` has them."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    files = [chapter["file"] for each in toc["parts"] for chapter in each["chapters"]]
    return [name for name in files if name.startswith(f"{part}/") and name != f"{part}/index"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_shows_each_of_its_chapters_once_and_no_other(site, part):
    page = (site / part / "index.html").read_text("utf-8")
    cards = re.findall(r'<article class="chapter-card">.*?</article>', page, re.DOTALL)
    titles = [re.search(r'<h2>\s*<a[^>]* href="([^"]+)"', card)[1] for card in cards]
    assert [f"{part}/{title.removesuffix('.html')}" for title in titles] == in_contents(part)
    for card, address in zip(cards, titles, strict=True):
        assert re.search(rf'class="shown">\s*<a[^>]* href="{re.escape(address)}"', card), address
        assert re.search(r'<svg [^>]*aria-label="[^"]{20,}"', card), address


def test_chapters_keep_their_numbers_beside_the_part_pages(site):
    numbers = []
    for part in PARTS:
        page = (site / part / "index.html").read_text("utf-8")
        assert "section-number" not in re.search(r"<h1>.*?</h1>", page, re.DOTALL)[0]
        for name in in_contents(part):
            heading = re.search(r"<h1>.*?</h1>", (site / f"{name}.html").read_text("utf-8"), re.DOTALL)[0]
            numbers.append(int(re.search(r'class="section-number">(\d+)\.', heading)[1]))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_guide_offers_every_chapter_on_both_routes(site):
    page = (site / "guide.html").read_text("utf-8")
    landscape, udl = re.findall(r'<ol class="route">.*?</ol>', page, re.DOTALL)
    wanted = [f"{name}.html" for part in PARTS for name in in_contents(part)]
    assert [a for a in re.findall(r'href="([^"]+)"', landscape) if not a.endswith("index.html")] == wanted
    assert set(re.findall(r'href="([^"]+)"', udl)) - {"first-fit.html"} <= set(wanted)
    assert len(re.findall(r"<li>", udl)) >= 5
