"""What a cell displays reaches the page, or a warning names it."""

import json
from types import SimpleNamespace

import pytest

from sphinx_landscaping import figure_place, figures

GOOD = {"mystnb": {"figure": {"name": "fig-a-b", "caption": "What to see."}}, "alt": "A line."}
LINE = {
    "data": {"values": [{"x": 1}]},
    "mark": "point",
    "encoding": {"x": {"field": "x", "type": "quantitative"}},
}
STILL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'


@pytest.fixture
def warned(monkeypatch):
    """The warnings of one test."""
    found = []
    monkeypatch.setattr(
        figure_place, "warn", lambda message, kind, location: found.append((message, location))
    )
    return found


def shown(mime, content, metadata=GOOD, **siblings):
    """The HTML that a cell's output becomes, and the environment that keeps its figure."""
    env = SimpleNamespace(docname="models/a")
    data = SimpleNamespace(
        mime_type=mime,
        content=content,
        string=content,
        cell_metadata=metadata,
        cell_index=2,
        output_index=0,
        line=7,
    )
    outputs = [{"data": {mime: content, **siblings}}]
    cells = [SimpleNamespace(source="pass")] * 3
    client = SimpleNamespace(
        code_cell_outputs=lambda index: (1, outputs), notebook=SimpleNamespace(cells=cells)
    )
    renderer = SimpleNamespace(renderer=SimpleNamespace(sphinx_env=env, nb_client=client))
    made = figures.FigureMime.handle_mime(renderer, data, False)
    return made if made is None else "".join(node.astext() for node in made), env


def test_a_chart_is_drawn_twice_and_listed(warned):
    html, env = shown(figures.CHART, LINE)
    assert html.count('<div class="skin"><svg role="img"') == 2
    assert "data-chart" not in html
    assert env.landscaping_figures["models/a"][0]["kind"] == "still"
    assert warned == []


def test_a_chart_with_a_slider_is_an_explorer(warned):
    param = {"name": "a", "value": 1, "bind": {"input": "range", "min": 0, "max": 2, "step": 1}}
    html, env = shown(figures.CHART, {**LINE, "params": [param]})
    assert 'data-chart="fig-a-b"' in html
    assert 'type="range"' in html
    assert env.landscaping_figures["models/a"][0]["spec"].keys() == {"wide", "narrow"}


@pytest.mark.parametrize(
    ("metadata", "missing"),
    [
        ({**GOOD, "alt": " "}, "alternative text"),
        ({"mystnb": {"figure": {"name": "fig-a-b"}}, "alt": "A"}, "caption"),
        ({"mystnb": {"figure": {"caption": "C"}}, "alt": "A"}, "label"),
    ],
)
def test_a_figure_that_leaves_something_out_is_named(warned, metadata, missing):
    shown(figures.CHART, LINE, metadata)
    ((message, location),) = warned
    assert missing in message
    assert "add it" in message
    assert location == ("models/a", 7)


def test_a_chart_that_asks_another_host_is_refused(warned):
    html, _ = shown(figures.CHART, {**LINE, "data": {"url": "https://example.org/a.csv"}})
    assert html == ""
    assert "https://example.org/a.csv" in warned[0][0]


def test_a_chart_that_does_not_compile_is_named(warned):
    html, _ = shown(figures.CHART, {**LINE, "mark": "nothing"})
    assert html == ""
    assert "figure fig-a-b: its chart does not compile" in warned[0][0]


def test_a_playground_is_its_still_and_its_state(warned):
    content = {
        "module": "landscape",
        "version": "ab",
        "state": {"b": "</script>", "a": [1, 2]},
        "label": "The land",
    }
    html, _ = shown(figures.PLAYGROUND, content, **{figures.STILL: STILL})
    assert 'id="fig-a-b-playground" data-playground="landscape" data-version="ab"' in html
    state = html.split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(state) == content["state"]
    assert warned == []


def test_a_playground_without_a_still_is_named(warned):
    html, _ = shown(figures.PLAYGROUND, {"module": "landscape", "state": {}})
    assert html == ""
    assert "still picture" in warned[0][0]


def test_the_still_beside_a_playground_is_not_a_second_picture():
    assert shown(figures.STILL, STILL, **{figures.PLAYGROUND: {}})[0] == ""


@pytest.mark.parametrize("html", ["<b style='color:red'>x</b>", "<style>b{}</style>", "<script>1</script>"])
def test_html_with_style_or_script_is_refused(warned, html):
    assert shown("text/html", html)[0] == ""
    assert "the page's policy forbids" in warned[0][0]


def test_plain_html_is_left_to_myst_nb(warned):
    assert shown("text/html", "<b>x</b>")[0] is None
    assert warned == []


def test_a_drawing_that_a_cell_made_is_a_figure(warned):
    html, env = shown(figures.STILL, STILL)
    assert '<svg width="1" height="1" role="img" aria-label="A line."' in html
    assert env.landscaping_figures["models/a"][0]["kind"] == "still"
    assert warned == []
    assert shown(figures.STILL, STILL.replace("viewBox", "style='' viewBox"))[0] == ""
    assert "a style or a script" in warned[0][0]


def test_a_chart_with_too_many_rows_is_named(warned):
    html, _ = shown(figures.CHART, {**LINE, "data": {"values": [{"x": 1}] * (figures.MOST_ROWS + 1)}})
    assert html == ""
    assert "figure fig-a-b: its chart has a table of 5,001 rows" in warned[0][0]
    assert "quartiles" in warned[0][0]


def test_a_legend_that_no_keyboard_can_reach_is_named(warned):
    pick = {"name": "pick", "select": {"type": "point", "fields": ["made"]}, "bind": "legend"}
    made = {"calculate": "datum.x", "as": "made"}
    colour = {"color": {"field": "made", "type": "nominal"}}
    encoding = {**LINE["encoding"], **colour}
    shown(figures.CHART, {**LINE, "transform": [made], "params": [pick], "encoding": encoding})
    assert "its legend (pick) works by mouse only" in warned[0][0]
    assert "domain" in warned[0][0]


@pytest.mark.parametrize("name", ["height", "datum"])
@pytest.mark.parametrize("place", ["whole", "layer"])
def test_a_parameter_that_would_not_be_heard_is_named(warned, name, place):
    param = {"params": [{"name": name, "value": 1, "bind": {"input": "range", "min": 0, "max": 2}}]}
    spec = LINE | param if place == "whole" else {"data": LINE["data"], "layer": [LINE | param]}
    html, _ = shown(figures.CHART, spec)
    assert html == ""
    [(said, _)] = warned
    assert f"parameter {name} " in said
    assert f"{name}_chosen" in said
