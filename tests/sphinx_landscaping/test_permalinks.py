"""A heading's label is asked for by name, and comes first among its addresses."""

import pytest

from sphinx_landscaping.label_rules import complaint, wanted
from sphinx_landscaping.permalinks import put_first


@pytest.mark.parametrize(
    ("docname", "level", "title", "label"),
    [
        ("models/spectrum", 1, "From calculator to deep net", "ch-spectrum"),
        ("models/spectrum", 2, "The test range", "sec-spectrum-test-range"),
        ("models/spectrum", 3, "What is it?", "sec-spectrum-what-is-it"),
        ("guide", 2, "Where the picture fails", "sec-guide-picture-fails"),
        ("guide", 2, "??", "sec-guide-idea"),
    ],
)
def test_the_label_that_would_fit_is_proposed(docname, level, title, label):
    assert wanted(docname, level, title) == label
    assert f"({label})=" in complaint([], docname, level, title)


@pytest.mark.parametrize(
    ("labels", "docname", "level"),
    [
        (["ch-spectrum"], "models/spectrum", 1),
        (["sec-spectrum-range"], "models/spectrum", 2),
        (["sec-spectrum-new", "old-label"], "models/spectrum", 2),
        (["anything"], "reference/claims", 1),
    ],
)
def test_a_label_that_fits_is_left_alone(labels, docname, level):
    assert complaint(labels, docname, level, "T") == ""


@pytest.mark.parametrize(
    ("label", "level"),
    [("ch-other", 1), ("spectrum", 1), ("sec-range", 2), ("ch-spectrum", 2), ("sec-spectrum-", 1)],
)
def test_a_label_that_names_no_page_or_another_is_refused(label, level):
    assert label in complaint([label], "models/spectrum", level, "T")


def test_labels_come_before_the_address_made_from_words():
    ids = ["the-range", "sec-new", "sec-old"]
    put_first(ids, ["sec-new", "sec-old"])
    assert ids == ["sec-new", "sec-old", "the-range"]
