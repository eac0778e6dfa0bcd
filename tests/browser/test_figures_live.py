"""Charts alive in a real browser: at the first touch, at the same size, by keyboard."""

import re

import pytest

MANY = 40


@pytest.fixture(scope="module")
def charts(site) -> dict[str, list[str]]:
    """Page -> the labels of its live charts."""
    found = {}
    for path in (path for path in sorted(site.rglob("*.html")) if path.parent.name != "figures"):
        labels = re.findall(r'data-chart="([^"]+)"', path.read_text("utf-8"))
        if labels:
            found[path.relative_to(site).as_posix()] = labels
    assert found, "no page of the book has a live chart"
    return found


@pytest.fixture(scope="module")
def sliders(site, charts) -> tuple[str, str]:
    """A page and the first chart on it that has a slider."""
    for name in charts:
        html = (site / name).read_text("utf-8")
        for piece in html.split('data-chart="')[1:]:
            if 'type="range"' in piece.split("</figure>")[0]:
                return name, piece.split('"')[0]
    return pytest.fail("no chart of the book has a slider")


def opened(chromium, address, width=1280):
    """A page at a width."""
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.goto(address, wait_until="networkidle")
    return page


def woken(page, label):
    """The chart, touched, once it is alive."""
    chart = page.locator(f'[data-chart="{label}"]')
    chart.scroll_into_view_if_needed()
    chart.hover()
    page.wait_for_selector(f'[data-chart="{label}"][data-alive]', timeout=20_000)
    return chart


@pytest.mark.parametrize("width", [360, 1280])
def test_every_chart_comes_alive_when_touched_and_keeps_its_place(chromium, server, charts, width):
    for name, labels in charts.items():
        page = opened(chromium, f"{server}/{name}", width)
        assert not [url for url in page.asked if url.endswith("vega.mjs") or "/figures/" in url], name
        for label in labels:
            size = f"""(() => {{ const box = document.querySelector('[data-chart="{label}"]');
                return [box.offsetWidth, box.offsetHeight] }})()"""
            before = page.evaluate(size)
            chart = woken(page, label)
            assert page.evaluate(size) == before, label
            still, alive = (chart.locator(s).first.get_attribute("viewBox") for s in
                            (".drawing[data-alive] .skin svg", ".alive svg"))  # fmt: skip
            drawn = [float(part) for part in still.split()]
            assert [float(part) for part in alive.split()] == pytest.approx(drawn, abs=1.5), label
        assert page.said == [], name
        page.context.close()


def test_a_slider_works_by_keyboard_and_says_its_value(chromium, server, sliders):
    name, label = sliders
    page = opened(chromium, f"{server}/{name}")
    chart = woken(page, label)
    slider = chart.locator("input[type=range]").first
    before = chart.locator(".alive:visible").first.inner_html()
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    said = slider.get_attribute("aria-valuetext")
    assert chart.locator("output").first.inner_text() == said
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert slider.get_attribute("aria-valuetext") != said
    assert chart.locator(".alive:visible").first.inner_html() != before


def test_a_chart_alone_wakes_at_the_sliders_first_move(chromium, server, sliders):
    name, label = sliders
    page = opened(chromium, f"{server}/{name}")
    page.locator(f'[data-chart="{label}"] input[type=range]').first.focus()
    page.keyboard.press("End")
    page.wait_for_selector(f'[data-chart="{label}"][data-alive]', timeout=20_000)
    assert page.said == []


def test_a_chart_that_cannot_be_fetched_stays_a_picture(chromium, server, charts):
    name, (label, *_) = next(iter(charts.items()))
    page = opened(chromium, f"{server}/{name}")
    page.route(f"**/figures/{label}.json", lambda route: route.fulfill(status=404))
    page.locator(f'[data-chart="{label}"]').hover()
    page.wait_for_timeout(1500)
    assert page.locator(f'[data-chart="{label}"] svg:visible').first.is_visible()
    assert any("stays a picture" in line for line in page.said)


def test_colours_follow_the_scheme_while_a_chart_is_alive(chromium, server, charts):
    name, (label, *_) = next(iter(charts.items()))
    page = opened(chromium, f"{server}/{name}")
    chart = woken(page, label)
    colour = "(node) => getComputedStyle(node).fill"
    words = chart.locator(".alive svg text").first
    light = words.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert words.evaluate(colour) != light


def test_a_playground_that_throws_stays_a_picture_beside_living_charts(chromium, server, site, charts):
    name = next(name for name in charts if " data-playground=" in (site / name).read_text("utf-8"))
    page = chromium.new_context().new_page()
    broken = "export default { render() { throw new Error('no land') } }"
    page.route(
        "**/_static/playgrounds/*", lambda route: route.fulfill(content_type="text/javascript", body=broken)
    )
    page.goto(f"{server}/{name}", wait_until="networkidle")
    playground = page.locator("[data-playground]").first
    playground.hover()
    page.wait_for_selector("[data-playground][data-failed]")
    assert playground.locator(".still svg").first.is_visible()
    woken(page, charts[name][0])
    page.context.close()


def test_a_chart_whose_specification_is_broken_stays_a_picture_beside_living_ones(chromium, server, charts):
    name, (first, second, *_) = next((name, labels) for name, labels in charts.items() if len(labels) > 1)
    page = chromium.new_context().new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.route(f"**/figures/{first}.json", lambda route: route.fulfill(body='{"wide":{"mark":"nothing"}}'))
    page.goto(f"{server}/{name}", wait_until="networkidle")
    page.locator(f'[data-chart="{first}"]').hover()
    woken(page, second)
    page.wait_for_timeout(500)
    assert page.locator(f'[data-chart="{first}"] .drawing:visible .skin svg').is_visible()
    assert [line for line in page.said if first in line and "stays a picture" in line]
    page.context.close()


def test_every_drawing_is_laid_out_soon_and_nothing_moves(chromium, server, charts):
    name = next(iter(charts))
    page = opened(chromium, f"{server}/{name}", 390)
    places = "[...document.querySelectorAll('main h2, figcaption')].map((one) => one.offsetTop)"
    before = page.evaluate(places)
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.skin')].some((one) => !('drawn' in one.dataset))"
    )
    visible = "[...document.querySelectorAll('.skin')].map((one) => getComputedStyle(one).contentVisibility)"
    assert set(page.evaluate(visible)) == {"visible"}
    assert page.evaluate(places) == before
    page.context.close()


def test_without_scripts_no_drawing_waits(chromium, server, charts):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/{next(iter(charts))}")
    drawing = page.locator(".skin").last
    assert drawing.evaluate("(skin) => getComputedStyle(skin).contentVisibility") == "visible"
    page.context.close()
