"""The lock file itself: what it keeps, what it adds, what it complains of. No book is built."""

import pytest

from sphinx_landscaping.permalink_lock import Locked, broken, parse, renewed, written

LOCK = {
    "sec-a-one": Locked("sec-a-one", "2026.1", "2026.1", "d1", ("m/a",)),
    "sec-a-two": Locked("sec-a-two", "2026.1", "2026.5", "d2", ("m/b", "m/a")),
}
NOW = {"sec-a-one": ("d1", "m/a"), "sec-a-two": ("d2", "m/a")}


def test_what_is_written_is_read():
    assert parse(written(LOCK.values())) == LOCK
    assert written(LOCK.values()).splitlines()[2] == "sec-a-two 2026.1 2026.5 d2 m/b,m/a"


@pytest.mark.parametrize("line", ["sec-a 2026.1", "sec-a 1 1 d p\nsec-a 1 1 d p"])
def test_a_line_that_is_none_is_named(line):
    with pytest.raises(ValueError, match=r"permalinks\.lock, line \d"):
        parse(line)


def test_an_edition_adds_labels_changes_and_pages_and_forgets_none():
    now = {"sec-a-one": ("new", "m/c"), "sec-c-new": ("d3", "m/c"), "sec-c-old": ("", "m/c")}
    made = renewed(LOCK, now, "2027.1")
    assert made["sec-a-one"] == Locked("sec-a-one", "2026.1", "2027.1", "new", ("m/a", "m/c"), "2027.1")
    assert made["sec-a-two"] == LOCK["sec-a-two"]
    assert made["sec-c-new"].first == made["sec-c-new"].changed == "2027.1"
    assert made["sec-c-old"].digest == "-"
    assert renewed(made, now, "2028.1") == made


def test_a_section_that_comes_back_stands_last_on_its_first_page():
    made = renewed(LOCK, {"sec-a-two": ("d2", "m/b")}, "2027.1")
    assert made["sec-a-two"].pages == ("m/a", "m/b")


def test_nothing_is_broken_by_new_words_new_pages_or_new_labels():
    now = {"sec-a-one": ("x", "m/z"), "sec-a-two": ("y", "m/a"), "sec-a-more": ("z", "m/a")}
    assert list(broken(LOCK, now)) == []


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({}, "Put it back, or write (sec-a-one)= above the heading that answers for it now"),
        (
            {"sec-b-same": ("d1", "m/b")},
            "Is it sec-b-same now? Write (sec-a-one)= on a line above (sec-b-same)=",
        ),
        ({"sec-a-other": ("x", "m/a")}, "Is it sec-a-other now?"),
        ({"sec-a-x": ("x", "m/a"), "sec-a-y": ("y", "m/a")}, "Put it back, or write"),
        ({"fig-a-x": ("x", "m/a")}, "Put it back, or write"),
    ],
)
def test_what_is_gone_is_named_with_its_likely_heir(new, said):
    (found,) = broken(LOCK, {"sec-a-two": NOW["sec-a-two"], **new})
    assert found.startswith("sec-a-one was published in edition 2026.1 (on m/a) and is gone")
    assert said in found


def test_a_figure_cannot_be_renamed():
    lock = {"fig-a-one": Locked("fig-a-one", "2026.1", "2026.1", "d1", ("m/a",))}
    (found,) = broken(lock, {"fig-a-new": ("d1", "m/a")})
    assert found.endswith("Its page and pictures have the label as name: put it back")
