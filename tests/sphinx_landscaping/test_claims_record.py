"""A claim that reaches a page is whole; the list of claims follows the reader's way."""

import pytest

from sphinx_landscaping.claim_record import entry, faults, reading_order, seeds_in_words

CLAIM = {
    "label": "claim-spectrum-inside",
    "sentence": "Training longer helps inside.",
    "statements": ["C6"],
    "measured": "12",
    "spread": "10 to 14",
    "gate": "at least 10 for every seed",
    "holds": True,
    "published": "",
    "citation": "",
    "seeds": 8,
    "control": "the untrained networks",
}


def test_a_whole_claim_has_no_fault():
    assert list(faults(CLAIM)) == []
    assert list(faults(CLAIM | {"seeds": "exact", "spread": "", "statements": []})) == []


@pytest.mark.parametrize("key", CLAIM)
def test_a_missing_key_is_named(key):
    payload = {name: value for name, value in CLAIM.items() if name != key}
    said = " ".join(faults(payload))
    assert f"without `{key}`" in said
    assert ("claim-spectrum-inside" in said) or key == "label"


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("sentence", "", "sentence"),
        ("gate", 10, "gate"),
        ("control", " ", "control"),
        ("statements", ["D1"], "D1"),
        ("statements", ["A14"], "A14"),
        ("seeds", 0, "seeds"),
        ("seeds", "8", "seeds"),
        ("seeds", True, "seeds"),
        ("holds", False, "does not hold"),
        ("published", "about 10", "citation"),
        ("label", "spectrum", "claim-"),
    ],
)
def test_a_wrong_value_is_named(key, value, word):
    said = list(faults(CLAIM | {key: value}))
    assert any(word in each and (CLAIM | {key: value})["label"] in each for each in said)


def test_the_published_object_has_the_promised_keys():
    assert list(entry(CLAIM, "models/spectrum", "sec-spectrum-range")) == [
        *("id", "sentence", "chapter", "section", "statements", "measured", "spread", "gate", "holds"),
        *("published", "citation", "seeds"),
    ]


def test_pages_come_in_the_order_of_the_contents():
    contents = {"index": ["b/two", "a/one"], "b/two": ["c/three"]}
    pages = ["a/one", "c/three", "b/two", "lost"]
    assert reading_order("index", contents, pages) == ["b/two", "c/three", "a/one", "lost"]


def test_seeds_are_said_in_words():
    assert [seeds_in_words(seeds) for seeds in (1, 8, "exact")] == ["1 seed", "8 seeds", "none needed: exact"]
