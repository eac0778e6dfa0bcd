"""What a page's head says to machines."""

import json
import re

from sphinx_landscaping.page_head import Page, head, linked

from .test_citation_records import CHAPTER, cited

PAGE = Page("Hills & </script>", {"goals": ["climb"], "level": "core", "minutes": {"read": 5, "run": 1}},
            "Land", "https://home.org/land/2026.11/", "https://home.org/p.png", 'A "hill"')  # fmt: skip


def names(lines: list[str]) -> dict[str, list[str]]:
    found = {}
    for line in lines:
        for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', line):
            found.setdefault(name, []).append(content)
    return found


def test_a_chapter_has_the_block_that_makes_a_book_section():
    found = names(head(cited(CHAPTER), PAGE))
    assert found["citation_inbook_title"] == ["Land: A companion"]
    assert found["citation_public_url"] == found["citation_fulltext_html_url"] == [CHAPTER["url"]]
    assert found["citation_publication_date"] == ["2026/11"]
    assert found["DC.type"] == ["bookSection"]
    assert found["og:image:alt"] == ["A &quot;hill&quot;"]
    assert not {"citation_book_title", "citation_doi"} & found.keys()


def test_an_organisation_is_a_family_name_alone_and_people_are_one_each():
    assert names(head(cited(CHAPTER), PAGE))["citation_author"] == ["Land contributors,"]
    people = names(head(cited(CHAPTER, author="van der Berg, Éric; Doe, Jane"), PAGE))["citation_author"]
    assert people == ["van der Berg, Éric", "Doe, Jane"]


def test_the_book_itself_is_no_section():
    lines = head(cited(CHAPTER, whole=True), PAGE)
    assert not [name for name in names(lines) if name.startswith("citation_")]
    assert linked(cited(CHAPTER, whole=True), PAGE)["@type"] == "Book"


def test_linked_data_is_a_chapter_that_teaches_and_cannot_end_its_script():
    line = head(cited(CHAPTER), PAGE)[-1]
    assert line.count("</script>") == 1
    found = json.loads(re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', line)[1])
    assert found["@type"] == ["Chapter", "LearningResource"]
    assert found["isPartOf"]["@type"] == "Book"
    assert found["isPartOf"]["bookEdition"] == "2026.11"
    assert found["description"] == PAGE.description
    assert (found["timeRequired"], found["teaches"]) == ("PT6M", ["climb"])


def test_a_page_without_goals_or_picture_says_neither():
    found = linked(cited(CHAPTER), PAGE._replace(front={}, preview=""))
    assert not {"teaches", "timeRequired", "image"} & found.keys()
