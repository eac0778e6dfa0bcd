"""A drawing keeps its place and its shape before it is laid out."""

from sphinx_landscaping import figure_files, framing

SVG = (
    '<svg role="img" aria-label="a hill" width="640" height="330" viewBox="0 0 640 330"><svg></svg><g/></svg>'
)


def test_the_frame_has_the_drawings_own_shape_and_says_nothing():
    made = framing.framed(SVG)
    shape = '<svg class="shape" aria-hidden="true" width="640" height="330" viewBox="0 0 640 330"></svg>'
    assert made == f'<div class="skin">{SVG}</div>{shape}'


def test_only_the_head_of_a_drawing_says_its_shape():
    inner = '<svg viewBox="0 0 620 500"><rect width="3" height="4"/></svg>'
    assert framing.framed(inner).endswith(
        '<svg class="shape" aria-hidden="true" viewBox="0 0 620 500"></svg>'
    )


def test_who_looks_for_a_drawing_finds_it_and_not_its_frame():
    assert figure_files.first_drawing(f'<div class="drawing wide">{framing.framed(SVG)}</div>') == SVG
