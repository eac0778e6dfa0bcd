"""The numbers and names of UDL's sections."""

import pytest

from sphinx_landscaping import udl


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("6", "Fitting models"),
        ("6.1", "Gradient descent"),
        ("11.6", "Why do nets with residual connections perform so well?"),
        ("20.7", "Summary"),
        ("C", "Probability"),
    ],
)
def test_a_number_has_its_name(number, name):
    assert udl.name_of(number) == name


def test_every_chapter_ends_in_a_summary_but_the_first_and_counts_without_a_gap():
    for chapter in range(1, 22):
        own = [key for key in udl.table() if key.startswith(f"{chapter}.")]
        assert own == [f"{chapter}.{at}" for at in range(1, len(own) + 1)]
        assert (udl.name_of(own[-1]) == "Summary") == (chapter > 1)


@pytest.mark.parametrize(("number", "said"), [("6.9", "6.1 to 6.6"), ("22.1", "1 to 21"), ("", "1 to 21")])
def test_an_unknown_number_is_answered_with_what_there_is(number, said):
    with pytest.raises(KeyError, match=said):
        udl.name_of(number)


def test_a_chapter_or_an_appendix_is_no_section():
    assert udl.is_section("6.1")
    assert not any(map(udl.is_section, ("6", "A", "6.9", "6.", "")))
