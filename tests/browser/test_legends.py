"""A chart whose legend chooses: by keyboard, told to a screen reader, and clicked as well."""

import json

import pytest

from sphinx_landscaping import controls, drawing

ROWS = [{"x": x, "y": x * k, "kind": kind} for x in range(5) for k, kind in enumerate(("flat", "steep"))]
CHART = {
    "data": {"values": ROWS},
    "params": [{"name": "pick", "select": {"type": "point", "fields": ["kind"]}, "bind": "legend"}],
    "mark": "point",
    "encoding": {
        "x": {"field": "x", "type": "quantitative"},
        "y": {"field": "y", "type": "quantitative"},
        "color": {"field": "kind", "type": "nominal"},
        "opacity": {"condition": {"param": "pick", "value": 1}, "value": 0.1},
    },
}
HEAD = """<!doctype html><html lang="en" data-scripts data-content_root="./"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'"><title>legend</title>
<link rel="stylesheet" href="_static/book.css"></head><body><main><h1>A legend</h1>"""
END = '</main><script type="module" src="_static/charts.mjs"></script></body></html>'


@pytest.fixture
def chart(chromium, server):
    """The chart, alone on a page of the site, and what the page complained of."""
    page = chromium.new_context().new_page()
    page.said = []
    page.on("console", lambda line: page.said.append(line.text) if line.type == "error" else None)
    svg = drawing.drawn(CHART, drawing.WIDE, "fig-w", "Two slopes.")
    box = f'<div class="drawing wide">{svg}</div>{controls.panel(CHART, "fig")}'
    body = f'{HEAD}<div class="chart" data-chart="fig">{box}</div>{END}'
    page.route("**/legend.html", lambda route: route.fulfill(content_type="text/html", body=body))
    spec = json.dumps(drawing.live_files(CHART))
    page.route("**/figures/fig.json", lambda route: route.fulfill(content_type="application/json", body=spec))
    page.goto(f"{server}/legend.html")
    yield page
    assert page.said == []
    page.context.close()


def bright(page) -> int:
    """How many points of the live chart are seen in full."""
    page.wait_for_timeout(200)
    return page.evaluate(
        "[...document.querySelectorAll('.alive .mark-symbol.role-mark path')]"
        ".filter((p) => Number(p.getAttribute('opacity') ?? 1) === 1).length"
    )


def test_a_choice_is_made_by_keyboard_with_its_focus_seen(chart):
    group = chart.get_by_role("group", name="kind")
    first = group.get_by_role("radio", name="all")
    first.focus()
    chart.wait_for_selector("[data-chart][data-alive]")
    assert bright(chart) == len(ROWS)
    chart.keyboard.press("ArrowDown")
    flat = group.get_by_role("radio", name="flat")
    assert flat.is_checked()
    assert bright(chart) == len(ROWS) / 2
    assert flat.evaluate("(box) => getComputedStyle(box).outlineStyle") != "none"
    chart.keyboard.press("ArrowUp")
    assert bright(chart) == len(ROWS)


def test_the_buttons_say_what_a_click_on_the_legend_chose(chart):
    chart.locator("[data-chart]").hover()
    chart.wait_for_selector("[data-chart][data-alive]")
    symbols = chart.locator(".alive .role-legend-symbol path")
    symbols.nth(1).click()
    assert bright(chart) == len(ROWS) / 2
    assert chart.get_by_role("radio", name="steep").is_checked()
    symbols.nth(0).click(modifiers=["Shift"])  # both: neither button alone says so
    assert bright(chart) == len(ROWS)
    assert not chart.locator("input:checked").count()
    chart.get_by_role("radio", name="flat").click()
    assert bright(chart) == len(ROWS) / 2
