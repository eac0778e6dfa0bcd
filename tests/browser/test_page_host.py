"""The host of playgrounds: state from the address and back, and a picture that stays when something fails."""

from pathlib import Path

import pytest

LIVE = Path(__file__).parents[2] / "src" / "sphinx_landscaping" / "live"
ADDRESS = "http://book.test/"
START = '{"point":[1,2],"rule":"sgd","points":[[0,0]],"rate":0.1}'
HEAD = """<!doctype html><html lang="en" data-content_root="./"><head><meta charset="utf-8">
<title>host</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'"></head><body><main>"""
BOX = """<div class="playground" id="fig-{0}-playground" data-playground="{1}" data-version="1">
<div class="still"><svg></svg></div><script type="application/json">{2}</script></div>"""
HOST = """</main><script type="module" src="_static/host.mjs"></script></body></html>"""
TOY = """export default { render({ model, el }) {
  const show = () => { el.textContent = JSON.stringify(model.state()); };
  model.on('change', show); show();
  el.addEventListener('click', () => { model.set('rate', 0.5); model.save_changes(); });
} }"""
BROKEN = "export default { render() { throw new Error('no land') } }"
FILES = {
    "": ("text/html", HEAD + BOX.format("a", "toy", START) + BOX.format("b", "broken", "{}") + HOST),
    "_static/playgrounds/toy.mjs": ("text/javascript", TOY),
    "_static/playgrounds/broken.mjs": ("text/javascript", BROKEN),
    **{
        f"_static/{n}.mjs": ("text/javascript", (LIVE / f"{n}.mjs").read_text("utf-8"))
        for n in ("host", "address")
    },
}


def serve(route):
    """Answer from the table above."""
    name = route.request.url.removeprefix(ADDRESS).split("?")[0].split("#")[0]
    kind, text = FILES.get(name, ("text/plain", ""))
    route.fulfill(status=200 if name in FILES else 404, content_type=kind, body=text)


@pytest.fixture
def said(page):
    """What the page complained of, in order."""
    lines = []
    page.on("console", lambda message: lines.append(message.text) if message.type == "error" else None)
    page.route("**/*", serve)
    return lines


def shown(page, fragment=""):
    """The toy's state as it shows it."""
    page.goto(ADDRESS + fragment)
    page.mouse.move(5, 5)
    page.wait_for_selector("#fig-a-playground[data-alive]")
    return page.evaluate("JSON.parse(document.querySelector('.alive-playground').textContent)")


def test_a_link_restores_what_fits_and_nothing_else(page, said):
    state = shown(page, '#fig-a&point=[3,4]&rule=7&rate=null&points=[[1,1],[2,2]]&evil="x"')
    assert state == {"point": [3, 4], "rule": "sgd", "points": [[1, 1], [2, 2]], "rate": 0.1}


@pytest.mark.parametrize(
    "bad", ["point=[1]", "point=[1,%22a%22]", "points=[[1]]", "point=5", "rule={}", "point=%zz"]
)
def test_a_value_of_another_kind_is_dropped(page, said, bad):
    assert shown(page, f"#fig-a&{bad}") == {"point": [1, 2], "rule": "sgd", "points": [[0, 0]], "rate": 0.1}


def test_another_playgrounds_address_is_not_ours(page, said):
    assert shown(page, "#fig-b&point=[3,4]")["point"] == [1, 2]


def test_the_address_holds_what_differs(page, said):
    shown(page)
    page.locator(".alive-playground").click()
    page.wait_for_url(f"{ADDRESS}#fig-a&rate=0.5")


def test_a_playground_that_fails_stays_a_picture(page, said):
    shown(page)
    page.wait_for_timeout(300)
    assert page.locator("#fig-b-playground").get_attribute("data-alive") is None
    assert [line for line in said if "no land" in line]


def test_nothing_starts_before_the_reader_gives_a_sign(page, said):
    page.goto(ADDRESS, wait_until="networkidle")
    assert not page.locator("[data-alive]").count()
    page.keyboard.press("Tab")
    page.wait_for_selector("#fig-a-playground[data-alive]")


def test_a_page_that_comes_up_under_a_pointer_at_rest_has_no_sign_yet(page, said):
    page.goto(ADDRESS, wait_until="networkidle")
    page.evaluate("dispatchEvent(new PointerEvent('pointermove', { movementX: 0, movementY: 0 }))")
    page.wait_for_timeout(300)
    assert not page.locator("[data-alive]").count()
    page.evaluate("dispatchEvent(new PointerEvent('pointermove', { movementX: 0, movementY: 1 }))")
    page.wait_for_selector("#fig-a-playground[data-alive]", timeout=3000)


def test_an_address_with_a_setting_starts_its_playground(page, said):
    page.goto(f"{ADDRESS}#fig-a&rate=0.5", wait_until="networkidle")
    page.wait_for_selector("#fig-a-playground[data-alive]")
