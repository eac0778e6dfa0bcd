"""What each edition brought, from the lock's promises and the book as it stands."""

from sphinx_landscaping.changes import WORDS, age, history, summary
from sphinx_landscaping.permalink_lock import Locked, parse, renewed, written


def entry(label, page, first, changed=None):
    return {"label": label, "page": f"{page}.html#{label}", "first_edition": first,
            "changed": changed or first}  # fmt: skip


LOCK = {
    "sec-old": Locked("sec-old", "2026.11", "2026.11", "d", ("m/a",)),
    "sec-edited": Locked("sec-edited", "2026.11", "2027.5", "d", ("m/a",)),
    "sec-wandered": Locked("sec-wandered", "2026.11", "2026.11", "d", ("m/a", "m/b"), "2027.5"),
    "sec-leaving": Locked("sec-leaving", "2026.11", "2026.11", "d", ("m/a",)),
}
BOOK = [
    entry("sec-old", "m/a", "2026.11"),
    entry("sec-edited", "m/a", "2026.11", "2027.5"),
    entry("sec-wandered", "m/b", "2026.11"),
    entry("sec-leaving", "m/c", "2026.11"),
    entry("sec-fresh", "m/c", "2027.10"),
]


def test_every_change_stands_under_its_edition_newest_first():
    found = history(BOOK, LOCK, "2027.10")
    assert list(found) == ["2027.10", "2027.5", "2026.11"]
    assert found["2027.10"] == {"new": ["sec-fresh"], "changed": [], "moved": ["sec-leaving"]}
    assert found["2027.5"] == {"new": [], "changed": ["sec-edited"], "moved": ["sec-wandered"]}
    assert found["2026.11"]["new"] == ["sec-old", "sec-edited", "sec-wandered", "sec-leaving"]


def test_an_edition_without_changes_is_told_too():
    assert history(BOOK[:1], LOCK, "2028.1")["2028.1"] == {word: [] for word in WORDS}


def test_editions_go_by_number_and_not_by_letters():
    assert age("2027.10") > age("2027.5") > age("2026.11")


def test_the_lock_knows_when_something_moved_and_keeps_it():
    first = renewed({}, {"sec-a": ("d", "m/a")}, "2026.11")
    assert first["sec-a"].moved == ""
    there = renewed(first, {"sec-a": ("d", "m/b")}, "2027.5")
    assert str(there["sec-a"]) == "sec-a 2026.11 2026.11 d m/a,m/b@2027.5"
    assert parse(written(there.values())) == there
    assert renewed(there, {"sec-a": ("e", "m/b")}, "2028.1")["sec-a"].moved == "2027.5"
    assert renewed(there, {"sec-a": ("d", "m/a")}, "2028.1")["sec-a"].moved == "2028.1"


def test_before_any_edition_the_page_says_so():
    found = {"new": ["a", "b"], "changed": [], "moved": []}
    assert summary("2026.11", found, draft=True, first=True).startswith("No edition is published yet.")
    assert "its 2 labels were all new" in summary("2026.11", found, draft=False, first=True)
    later = {"new": ["a"], "changed": ["b", "c"], "moved": []}
    assert summary("2027.5", later, draft=False, first=False) == "Edition 2027.5: 1 new, 2 changed, 0 moved."
    assert "is being prepared; so far: 1 new" in summary("2027.5", later, draft=True, first=False)
