"""Charts on paper: the widths they take, the colours they carry, the same bytes every time."""

import json
import re

import pytest

from sphinx_landscaping import chart_look, drawing
from sphinx_landscaping.palette import palette

LIGHT = palette()["light"]
ROWS = [{"x": x, "y": x * x, "kind": "ab"[x % 2]} for x in range(6)]


def chart(**more) -> dict:
    """A line over six points."""
    encoding = {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}
    return {
        "data": {"values": ROWS},
        "mark": {"type": "line", "color": LIGHT["model"]},
        "encoding": encoding,
        **more,
    }


def land() -> dict:
    """A heat map on the height ramp."""
    squares = [{"x": i, "y": j, "z": i * j} for i in range(5) for j in range(5)]
    colour = {"field": "z", "type": "quantitative", "scale": {"range": LIGHT["height"], "interpolate": "lab"}}
    axes = {name: {"field": name, "type": "ordinal"} for name in "xy"}
    return {"data": {"values": squares}, "mark": "rect", "encoding": {**axes, "color": colour}}


def beside() -> dict:
    """Two wide views side by side."""
    return {"hconcat": [chart(width=500), chart(width=500)]}


@pytest.mark.parametrize("width", [drawing.WIDE, drawing.NARROW])
@pytest.mark.parametrize("spec", [chart(), land(), beside()], ids=["line", "land", "beside"])
def test_a_drawing_fits_the_column_and_the_phone(spec, width):
    assert drawing.outer_width(drawing.drawn(spec, width, "f", "words")) == pytest.approx(width, abs=1.5)


def test_a_small_chart_keeps_its_size():
    assert drawing.outer_width(drawing.drawn(chart(width=200), drawing.WIDE, "f", "")) < 300


def test_side_by_side_becomes_one_below_the_other_on_a_phone():
    wide, narrow = (drawing.fitted(beside(), width) for width in (drawing.WIDE, drawing.NARROW))
    assert "hconcat" in wide
    assert "vconcat" in narrow


def test_a_drawing_carries_variables_and_no_style():
    svg = drawing.drawn(chart(), drawing.WIDE, "f", 'a "line"')
    assert "var(--model)" in svg
    assert 'aria-label="a &quot;line&quot;"' in svg
    assert not re.search(r"style=|#[0-9a-f]{6}\b", svg)


def test_heights_are_variables_in_both_directions():
    down = land()
    down["encoding"]["color"]["scale"]["range"] = LIGHT["height"][::-1]
    first = [
        re.findall(r'd="M0,\d+h[^"]*" fill="(var\(--h\d+\))"', drawing.drawn(spec, 640, "f", ""))[0]
        for spec in (land(), down)
    ]
    assert first == ["var(--h0)", "var(--h32)"]


def test_a_live_chart_names_the_ramp_that_the_page_knows():
    files = drawing.live_files(land())
    scale = files["wide"]["encoding"]["color"]["scale"]
    assert scale == {"scheme": "landscaping-up"}
    assert LIGHT["model"] not in json.dumps(drawing.live_files(chart()))


def test_a_continuous_scale_of_other_colours_stays_as_written():
    spec = land()
    spec["encoding"]["color"]["scale"] = {"range": [LIGHT["paper"], LIGHT["data"]]}
    assert chart_look.coloured(spec, live=True)["encoding"]["color"]["scale"] == {
        "range": [LIGHT["paper"], LIGHT["data"]]
    }


def test_the_same_chart_gives_the_same_bytes_after_others():
    first = drawing.drawn(land(), drawing.WIDE, "f", "")
    drawing.drawn(chart(), drawing.WIDE, "g", "")
    assert drawing.drawn(land(), drawing.WIDE, "f", "") == first
    assert re.findall(r'\bid="([^"]+)"', first) == sorted({*re.findall(r'\bid="(f-\d+)"', first)})


def test_data_are_written_once_for_both_widths():
    spec = {**chart(data={"name": "d"}), "datasets": {"d": ROWS}}
    files = drawing.live_files(spec)
    assert files["datasets"] == {"d": ROWS}
    assert "datasets" not in files["wide"]


def test_a_chart_that_does_not_compile_raises():
    with pytest.raises(ValueError, match=r"\w"):
        drawing.drawn({"mark": "nothing-of-this-name", "data": {"values": []}}, drawing.WIDE, "f", "")


def test_addresses_and_life_are_found_at_any_depth():
    deep = {"layer": [{"data": {"url": "https://example.org/a.csv"}}]}
    assert drawing.addresses(deep) == ["https://example.org/a.csv"]
    assert not drawing.is_live(chart())
    assert drawing.is_live({"layer": [chart(params=[{"name": "a", "value": 1}])]})


def test_lines_between_powers_of_ten_are_faint():
    spec = chart()
    spec["encoding"]["y"]["scale"] = {"type": "log"}
    spec["data"] = {"values": [{"x": x, "y": 10.0**x} for x in range(3)]}
    assert "0.35" in drawing.drawn(spec, drawing.WIDE, "f", "")
    assert "0.35" not in drawing.drawn(chart(), drawing.WIDE, "f", "")
