"""What helps a reader along: where one is, onward, mending, copying code, a lost address, colours, paper."""

import re
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from benchmarks.visiting import visit

from sphinx_landscaping import serving

NAME = "models/convolution.html"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module", params=[390, 1280])
def opened(request, chromium, server):
    """A chapter at a width."""
    phone = request.param < 600
    found = visit(chromium, server, NAME, width=request.param, is_mobile=phone, has_touch=phone,
                  permissions=CLIPBOARD)  # fmt: skip
    yield found.page, phone
    assert found.said == []
    found.close()


def test_a_chapter_says_where_one_is_and_what_comes_before_and_after(opened):
    page, _ = opened
    said = page.locator(".whereabouts").inner_text()
    assert re.fullmatch(r"Models, chapter 3 of \d · \d+ minutes to read", said)
    onward = page.get_by_role("navigation", name="Previous and next")
    before, after = (link.inner_text().split("\n") for link in onward.get_by_role("link").all())
    assert before[0] == "Previous"
    assert before[1].startswith("2. ")
    assert after[0] == "Next, in Data"
    assert after[1] == "Data are the terrain"
    onward.get_by_role("link").last.click()
    page.wait_for_url("**/data/**")
    page.get_by_role("navigation", name="Previous and next").get_by_role("link").last.click()
    page.wait_for_url("**/data/terrain.html")
    assert page.locator(".whereabouts").inner_text().startswith("Data, chapter 1 of ")
    page.go_back()
    page.go_back()


def test_code_is_copied_as_it_runs(opened):
    page, phone = opened
    button = page.locator("button.copy").first  # its name changes when it is pressed
    assert button.inner_text().split() == ["Copy", "this", "code"]
    button.scroll_into_view_if_needed()
    (button.tap if phone else button.click)()
    page.wait_for_function("(button) => button.textContent.startsWith('Copied')", arg=button.element_handle())
    shown = button.locator("xpath=../pre").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == shown.rstrip()
    compile(shown, "cell", "exec")


def test_a_session_in_a_terminal_is_copied_without_prompts_and_answers(opened):
    page, _ = opened
    sign, said = "<span class='gp'>$ </span>", "<span class='go'>done</span>"
    button = page.locator("button.copy").nth(1)
    button.locator("xpath=../pre").evaluate(
        "(pre, lines) => { pre.innerHTML = lines }", f"{sign}make book\n{said}\n{sign}make test\n"
    )
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent.startsWith('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == "make book\nmake test"


def asked(link: str) -> dict[str, str]:
    """Title and body of the issue that a link begins."""
    return {key: value for key, (value,) in parse_qs(urlsplit(link).query).items()}


def test_a_page_can_be_edited_and_its_mistakes_and_those_of_a_section_reported(chromium, server):
    found = visit(chromium, server, NAME)
    page, foot = found.page, found.page.locator("footer")
    edit = foot.get_by_role("link", name="Edit this page").get_attribute("href")
    assert edit.endswith("/edit/main/book/models/convolution.md")
    report = foot.get_by_role("link", name="Report a mistake").get_attribute("href")
    assert asked(report)["title"] == "Mistake in ch-convolution"
    page.locator("#sec-convolution-matrix > h2 .headerlink").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.cite[open]")
    report = page.locator("dialog").get_by_role("link", name="Report a mistake here").get_attribute("href")
    assert urlsplit(report).path.endswith("/issues/new")
    told = asked(report)
    assert told["title"] == "Mistake in sec-convolution-matrix"
    assert "/at/sec-convolution-matrix/" in told["body"]
    assert "One kernel, one matrix" in told["body"]
    found.close()


@pytest.fixture(scope="module")
def home(site):
    """The site as `make serve` shows it, which answers what is not there as Pages does."""
    serves = serving.server(site, 0)
    threading.Thread(target=serves.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{serves.server_address[1]}"
    serves.shutdown()
    serves.server_close()


LOST = {
    "models/convolutoin.html": "models/convolution.html",
    "convolution": "models/convolution.html",
    "a/deep/folder/gradient-descent.htm": "optimization/gradient-descent.html",
    "nowhere/at/all.html#sec-convolution-matrix": "models/convolution.html#sec-convolution-matrix",
    "at/fig-few-shot-episod/": "data/few-shot.html#fig-few-shot-episode",
}


def test_a_lost_address_is_told_where_to_look(chromium, home):
    page = chromium.new_context().new_page()
    for lost, wanted in LOST.items():
        answer = page.goto(f"{home}/{lost}")
        if "#" not in lost:
            assert answer.status == 404
        page.locator(".perhaps li").first.wait_for()
        links = page.locator(".perhaps a").evaluate_all("(links) => links.map((link) => link.href)")
        assert f"{home}/{wanted}" in links[:3], (lost, links)
    page.goto(f"{home}/zz/qq.html?x=1", wait_until="networkidle")
    assert not page.locator(".perhaps").is_visible()
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search the book").fill("marble")
    page.locator("dialog [role=option]").first.wait_for()
    page.context.close()


def test_a_lost_address_shows_the_contents_without_scripts(chromium, home):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{home}/a/b/c/none.html")
    assert page.locator("h1").inner_text() == "There is no such page"
    page.get_by_role("link", name="3. Convolution").click()
    page.wait_for_url(f"{home}/{NAME}")
    page.context.close()


def test_three_choices_of_colours_each_kept_and_shown_before_the_first_paint(chromium, server):
    found = visit(chromium, server, NAME, color_scheme="light")
    page, paper = found.page, "document.body && getComputedStyle(document.body).backgroundColor"
    styled = f"() => {{ const paper = {paper}; return paper !== 'rgba(0, 0, 0, 0)' && paper; }}"
    light = page.evaluate(paper)
    button = page.get_by_role("button", name="Colours")
    papers = []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        page.reload(wait_until="commit")
        papers.append(page.wait_for_function(styled).json_value())
        page.wait_for_load_state()
    assert papers[0] == papers[2] == light != papers[1]
    page.wait_for_function("() => document.querySelector('.scheme').dataset.now === 'auto'")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) == papers[1]
    found.close()


def test_paper_is_light_open_and_without_furniture(chromium, server):
    found = visit(chromium, server, NAME, color_scheme="dark")
    page = found.page
    page.emulate_media(media="print", color_scheme="dark")
    for furniture in (".top", "#contents", ".onward", ".foot", ".copy", ".launch", ".headerlink"):
        assert not page.locator(furniture).first.is_visible(), furniture
    ink = page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).map(Number)")
    assert max(ink) < 80
    assert page.locator("details.solution > :not(summary)").first.is_visible()
    found.close()
