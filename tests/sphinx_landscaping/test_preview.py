"""The picture that a link shows."""

import io

import pytest
from PIL import Image

from sphinx_landscaping import preview

SVG = '<svg role="img" width="200" height="100" viewBox="0 0 200 100"><rect width="200" height="100"/></svg>'


def figure(label, kind="chart", svg=SVG):
    return {"label": label, "kind": kind, "svg": svg}


def test_the_named_figure_stands_for_a_page_else_the_first_chart_else_any():
    both = [figure("fig-a", "playground"), figure("fig-b"), figure("fig-c")]
    assert preview.chosen(both, "fig-c")["label"] == "fig-c"
    assert preview.chosen(both)["label"] == "fig-b"
    assert preview.chosen(both[:1])["label"] == "fig-a"
    assert preview.chosen([figure("fig-d", svg="")]) is None


@pytest.mark.parametrize("title", ["Hills", "A title so long that it needs a second line & more"])
def test_a_picture_has_the_size_that_its_page_states_and_is_made_once(tmp_path, title):
    svg = preview.drawing(title, "Land", SVG)
    content = preview.png(svg, tmp_path)
    assert Image.open(io.BytesIO(content)).size == (1200, 630)
    assert len(content) < 20_000
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"kept")
    assert preview.png(svg, tmp_path) == b"kept"


def test_a_drawing_without_a_box_keeps_its_shape():
    bare = SVG.replace(' viewBox="0 0 200 100"', "")
    assert 'viewBox="0 0 200 100"' in preview.placed(bare, 0, 0, 10, 10)
