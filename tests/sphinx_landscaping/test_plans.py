"""Plans for a course: what may be wrong with one, and minutes that count nothing twice."""

import pytest

from sphinx_landscaping.plans import around, faults, in_words, minutes

ENTRIES = {
    "ch-hills": {"kind": "chapter", "minutes": 30, "section": ""},
    "sec-hills-steep": {"kind": "section", "minutes": 12, "section": "ch-hills"},
    "sec-hills-steep-top": {"kind": "section", "minutes": 4, "section": "sec-hills-steep"},
    "ex-hills-1": {"kind": "exercise", "minutes": 5, "section": "sec-hills-steep-top"},
    "fig-hills-land": {"kind": "figure", "minutes": None, "section": "sec-hills-steep"},
    "claim-hills-high": {"kind": "claim", "minutes": None, "section": "sec-hills-steep"},
    "ch-rivers": {"kind": "chapter", "minutes": 20, "section": ""},
}
GOOD = {"title": "Hills", "udl": [6, 7], "read": ["sec-hills-steep"], "show": ["fig-hills-land"]}


def test_a_sound_plan_has_no_faults():
    rest = {"title": "Depth", "udl": [4], "read": [], "show": []}
    assert list(faults([GOOD, rest], ENTRIES)) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("twelve weeks", "came 'twelve weeks'; wanted a list of rows, each with title, udl, read, show"),
        ([], "came []; wanted a list of rows"),
        (["ch-hills"], "row 1: came 'ch-hills'; wanted a row with title, udl, read, show"),
        ([GOOD, {"title": "x"}], "row 2: has title; wanted exactly title, udl, read, show"),
        ([GOOD | {"minutes": 40}], "row 1: has title, udl, read, show, minutes; wanted exactly"),
        ([GOOD | {"title": " "}], "row 1: `title` is ' '; wanted words"),
        ([GOOD | {"read": "ch-hills"}], "row 1: `read` is 'ch-hills'; wanted a list, [] for nothing"),
        ([GOOD | {"udl": [22]}], "row 1: UDL has no chapter 22: write 1 to 21"),
        ([GOOD | {"udl": ["6.1"]}], "row 1: UDL has no chapter '6.1': write 1 to 21"),
        (
            [GOOD | {"read": ["sec-hills-steeper"]}],
            "row 1: the book has no label 'sec-hills-steeper': write sec-hills-steep",
        ),
        (
            [GOOD | {"show": ["zzz"]}],
            "row 1: the book has no label 'zzz': write one that sections.json lists",
        ),
        ([GOOD | {"read": ["fig-hills-land"]}], "`read` names fig-hills-land, which has no minutes: write a"),
        ([GOOD | {"show": ["ch-rivers"]}], "`show` names ch-rivers, a chapter: write a figure"),
        ([GOOD, GOOD], "row 2: sec-hills-steep is read in row 1 already: take it out of one"),
    ],
)
def test_what_is_wrong_is_said_with_what_was_wanted(rows, said):
    found = list(faults(rows, ENTRIES))
    assert any(said in fault for fault in found), found


def test_what_stands_inside_another_counts_once():
    assert list(around("ex-hills-1", ENTRIES)) == ["sec-hills-steep-top", "sec-hills-steep", "ch-hills"]
    assert minutes(["ex-hills-1", "sec-hills-steep-top"], ENTRIES) == 4
    assert minutes(["ex-hills-1", "ch-hills"], ENTRIES) == 30
    assert minutes(["ex-hills-1", "ch-rivers"], ENTRIES) == 25
    assert minutes(["sec-hills-steep", "sec-hills-steep"], ENTRIES) == 12
    assert minutes([], ENTRIES) == 0


def test_many_minutes_are_hours_too():
    assert in_words(45) == "45 minutes"
    assert in_words(400) == "400 minutes, about 7 hours"
