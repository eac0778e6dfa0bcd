"""A chapter says what it teaches, needs and takes; what is missing or wrong is named with its line."""

import pytest

from sphinx_landscaping import chapter_head

GOOD = {
    "description": "One sentence.",
    "goals": "[a, b, c]",
    "needs": "[ch-spectrum]",
    "level": "core",
    "minutes": "{read: 20, run: 1, exercises: 40}",
    "misconception": "Longer is faster.",
    "udl": '["6.1", "6.2"]',
}
WRONG = {
    "description": ["", "[a]"],
    "goals": ["[a, b]", "a", "[a, b, 3]", "[a, b, '']"],
    "needs": ["ch-spectrum", "[1]"],
    "level": ["Core", "easy"],
    "minutes": [
        "20",
        "{read: 20, run: 1}",
        "{read: 20, run: 1.5, exercises: 4}",
        "{read: -1, run: 1, exercises: 2}",
    ],
    "misconception": ["", "[a]"],
    "udl": ["[]", "[6.1]", "6.1", '["99.9"]', '["6"]', '["A"]'],
}


def page(**changed):
    lines = [f"{key}: {value}" for key, value in (GOOD | changed).items() if value is not None]
    return "\n".join(["---", *lines, "---", "# Title", "", "```{code-cell} ipython3", "1", "```", ""])


def said(**changed):
    return list(chapter_head.faults(page(**changed)))


def test_a_whole_front_matter_has_no_fault():
    assert said() == []


@pytest.mark.parametrize("key", GOOD)
def test_a_missing_key_is_named(key):
    (fault,) = said(**{key: None})
    assert f"no `{key}`" in fault.message


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG.items() for value in values]
)
def test_a_wrong_value_is_named_with_its_line(key, value):
    (fault,) = said(**{key: value})
    assert f"`{key}`" in fault.message
    assert fault.line == 2 + list(GOOD).index(key)


def test_no_section_of_udl_needs_a_reason():
    assert said(udl="[]", udl_none="It has no chapter on recurrence.") == []


def test_only_pages_of_the_parts_that_run_code_are_chapters():
    assert chapter_head.is_chapter("models/spectrum", page())
    assert chapter_head.is_chapter("data/terrain", ":::{code-cell} ipython3\n")
    assert chapter_head.is_chapter("first-fit", page())
    assert not chapter_head.is_chapter("guide", page())
    assert not chapter_head.is_chapter("reference/claims", page())
    assert not chapter_head.is_chapter("models/index", "# Models\n")


def test_a_page_without_front_matter_reads_as_empty():
    assert chapter_head.read("# Title\n") == {}
    assert chapter_head.lines_of("# Title\n") == {}


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c", "b"]),
        ({}, []),
    ],
)
def test_a_circle_of_needs_is_found_and_nothing_else(needs, found):
    assert chapter_head.circle(needs) == found
