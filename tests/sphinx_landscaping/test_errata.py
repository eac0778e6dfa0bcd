"""The list of errors: what may be wrong with it, and where one is reported."""

import pytest

from sphinx_landscaping.errata import faults

LABELS = ("sec-hills-steep", "fig-hills-land")
EDITIONS = ("2026.11", "2027.5")
GOOD = {"label": "sec-hills-steep", "found": "2026.11", "mended": "2027.5", "wrong": "The sign was wrong."}


def test_a_sound_list_and_an_empty_one_have_no_faults():
    assert list(faults([], LABELS, EDITIONS)) == []
    assert list(faults([GOOD, GOOD | {"mended": "not yet"}], LABELS, EDITIONS)) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (None, "came None; wanted a list of entries, [] for none"),
        (["typo"], "entry 1: came 'typo'; wanted a row with label, found, mended, wrong"),
        ([{"label": "x"}], "entry 1: has label; wanted exactly label, found, mended, wrong"),
        (
            [GOOD, GOOD | {"label": "sec-hills-step"}],
            "entry 2: the book has no label 'sec-hills-step': write sec-hills-steep",
        ),
        ([GOOD | {"wrong": ""}], "entry 1: `wrong` is ''; wanted a sentence that says what was wrong"),
        (
            [GOOD | {"found": "2025.1"}],
            "entry 1: `found` is '2025.1'; wanted an edition of this book in quotes, one of: 2026.11, 2027.5",
        ),
        (
            [GOOD | {"found": 2026.11}],
            "entry 1: `found` is 2026.11; wanted an edition of this book in quotes",
        ),
        ([GOOD | {"mended": "soon"}], "entry 1: `mended` is 'soon'; wanted \"not yet\" or an edition"),
        (
            [GOOD | {"mended": "2026.11"}],
            "entry 1: `mended` is 2026.11, no later than `found`, 2026.11: a pub",
        ),
    ],
)
def test_what_is_wrong_is_said_with_what_was_wanted(rows, said):
    found = list(faults(rows, LABELS, EDITIONS))
    assert any(said in fault for fault in found), found
