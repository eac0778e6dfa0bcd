"""A chart's parameters as the browser's own controls, and pandas' tables as clean ones."""

import pandas as pd
import pytest

from sphinx_landscaping import controls, stills, tables


def panel(**param) -> str:
    """The controls of a chart with one parameter."""
    return controls.panel({"params": [{"name": "rate", **param}]}, "fig")


def test_a_range_becomes_a_slider_that_says_its_value():
    html = panel(
        value=0.5, bind={"input": "range", "min": 0, "max": 1, "step": 0.1, "name": "learning rate: "}
    )
    assert '<label for="fig-rate">learning rate</label>' in html
    assert 'type="range"' in html
    assert 'min="0"' in html
    assert 'aria-valuetext="0.5"' in html
    assert '<output for="fig-rate">0.5</output>' in html


def test_rising_numbers_become_a_ladder():
    html = panel(value=0.1, bind={"input": "select", "options": [0.01, 0.03, 0.1, 0.3]})
    assert 'type="range"' in html
    assert 'max="3"' in html
    assert 'value="2"' in html
    assert 'data-values="[0.01, 0.03, 0.1, 0.3]"' in html


def test_words_become_a_choice():
    html = panel(value="b", bind={"input": "select", "options": ["a", "b"], "name": "kind"})
    assert '<option value="&quot;b&quot;" selected>b</option>' in html


def test_radio_buttons_have_a_name_for_the_group():
    html = panel(value=None, bind={"input": "radio", "options": [None, "a"], "name": "kind"})
    assert 'role="group" aria-labelledby="fig-rate-words"' in html
    assert 'value="null" checked>all' in html


def test_a_selection_bound_to_a_field_sets_that_fields_signal():
    html = panel(select={"type": "point", "fields": ["kind"]}, value=[{"kind": "a"}],
                 bind={"input": "select", "options": [None, "a"]})  # fmt: skip
    assert 'data-signal="rate_kind"' in html
    assert '<option value="&quot;a&quot;" selected>a</option>' in html


@pytest.mark.parametrize("bind", ["scales", "legend"])
def test_what_is_bound_to_the_drawing_itself_needs_no_control(bind):
    assert panel(select={"type": "point"}, bind=bind) == ""


def test_a_data_frame_becomes_a_clean_table():
    html = tables.clean(pd.DataFrame({"model": ["<net>", "line"], "error": [0.5, 1e-5]})._repr_html_())
    assert "<style" not in html
    assert "style=" not in html
    assert "border=" not in html
    assert '<th scope="col">model</th><th scope="col" class="number">error</th>' in html
    assert "<td>&lt;net&gt;</td>" in html
    assert '<td class="number">' in html
    assert ">0</th>" not in html  # pandas' own index says nothing


def test_an_index_with_words_stays():
    html = tables.clean(pd.DataFrame({"error": [0.5]}, index=pd.Index(["net"], name="model"))._repr_html_())
    assert '<th scope="row">net</th>' in html


def test_a_still_is_made_ready_for_the_page():
    inside = '<clipPath id="a"/><g clip-path="url(#a)" fill="#C2440A"/></svg>'
    svg = f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{inside}'
    tidy = stills.tidied(svg, "fig", "a marble")
    assert tidy.startswith('<svg role="img" aria-label="a marble"><clipPath id="fig-s0"/>')
    assert tidy.endswith('<g clip-path="url(#fig-s0)" fill="var(--optimizer)"/></svg>')


ROWS = [{"kind": "b", "x": 1}, {"kind": "a", "x": 2}, {"kind": "b", "x": 3}]


def legend(colour: dict, **select) -> str:
    """The controls of a chart whose legend chooses."""
    pick = {"name": "pick", "select": {"type": "point", **select}, "bind": "legend"}
    layer = {"mark": "point", "encoding": {"color": {"field": "kind", **colour}}}
    return controls.panel({"params": [pick], "datasets": {"d": ROWS}, "layer": [layer]}, "fig")


@pytest.mark.parametrize("select", [{"fields": ["kind"]}, {"encodings": ["color"]}])
def test_a_legend_that_chooses_becomes_radio_buttons(select):
    html = legend({}, **select)
    assert '<span id="fig-pick_store-words">kind</span>' in html
    assert html.count('data-signal="pick_store" data-field="kind"') == 3
    assert html.index(">all<") < html.index(">a<") < html.index(">b<")
    assert 'value="null" checked' in html


def test_a_legend_has_the_order_and_the_words_of_its_scale():
    html = legend({"scale": {"domain": ["b", "a"]}, "title": "sort"}, fields=["kind"])
    assert html.index(">b<") < html.index(">a<")
    assert ">sort<" in html


def test_a_legend_whose_choices_are_not_known_has_no_buttons():
    assert legend({"field": "computed"}, fields=["computed"]) == ""
