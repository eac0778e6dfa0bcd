"""A costly test takes a fifth of the chapters, or all where that is not enough."""

import pytest

import turns

NAMES = [f"part/{number}" for number in range(11)]
COMMIT = f"{3:040x}"


def test_every_chapter_has_its_turn():
    picked = [turns.chosen(NAMES, f"{number:040x}") for number in range(5)]
    assert {len(each) for each in picked} == {2, 3}
    assert sorted(name for each in picked for name in each) == sorted(NAMES)


@pytest.mark.parametrize(
    ("changed", "tags", "all_of_them"),
    [
        ("book/part/1.md", [], False),
        ("src/sphinx_landscaping/ext.py", [], True),
        ("constraints.txt", [], True),
        ("book/part/1.md", ["v2026.11"], True),
    ],
)
def test_a_change_of_the_engine_and_an_edition_take_all(monkeypatch, changed, tags, all_of_them):
    said = {"diff": [changed], "rev-parse": [COMMIT], "tag": tags}
    monkeypatch.setattr(turns, "git", lambda command, *_: said[command])
    monkeypatch.setattr(turns, "EVERYTHING", False)
    assert turns.turn(NAMES) == (NAMES if all_of_them else turns.chosen(NAMES, COMMIT))
