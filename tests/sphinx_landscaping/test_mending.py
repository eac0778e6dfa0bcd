"""A report that is filled in as far as the page can know it."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from sphinx_landscaping.mending import edit, report

WHO = SimpleNamespace(source="https://github.com/a/b", address="https://a.org/b/", version="2026.11")


@pytest.mark.parametrize(
    ("told", "title", "first"),
    [
        (
            ("sec-hills-steep", "Section 1.1: Steep & high"),
            "Mistake in sec-hills-steep",
            "Section 1.1: Steep & high\nhttps://a.org/b/at/sec-hills-steep/\nLabel sec-hills-steep",
        ),
        ((), "Mistake in ", "Label (of the section, figure or claim), edition 2026.11\n"),
    ],
)
def test_a_report_names_the_label_the_edition_and_the_address(told, title, first):
    parts = urlsplit(report(WHO, *told))
    assert (parts.netloc, parts.path) == ("github.com", "/a/b/issues/new")
    asked = parse_qs(parts.query)
    assert asked["title"] == [title]
    assert asked["body"][0].startswith(first)


def test_a_page_of_a_fork_is_edited_in_the_fork():
    assert edit(WHO, "data/terrain") == "https://github.com/a/b/edit/main/book/data/terrain.md"
