"""Records of one citation: what each format says, and how it treats signs that mean something to it."""

import json
from urllib.parse import parse_qs

import pytest
import rispy
from pybtex.database import parse_string

from sphinx_landscaping.citation import Citation, authors, citation, joined, name, plain
from sphinx_landscaping.citation_page import Around, page
from sphinx_landscaping.citation_records import bibtex, coins, csl, csl_json, for_text, markdown, myst, ris
from sphinx_landscaping.identity import Identity

WHO = Identity("Land", "A companion", "Land contributors", "Land contributors", "en", "home", "land",
               "https://home.org/land/", version="2026.11")  # fmt: skip
CHAPTER = {"label": "ch-hills", "kind": "chapter", "number": "3", "title": "How high is a hill?",
           "url": "https://home.org/land/2026.11/hills.html",
           "short_url": "https://home.org/land/at/ch-hills/"}  # fmt: skip
SECTION = {**CHAPTER, "label": "sec-hills-top", "kind": "section", "number": "3.2",
           "title": "Tops & Adam's 50%", "url": f"{CHAPTER['url']}#sec-hills-top"}  # fmt: skip


def cited(entry=SECTION, author="Land contributors", whole=False) -> Citation:
    return citation(entry, CHAPTER, Identity(**{**WHO.__dict__, "author": author}), whole=whole)


def test_a_section_stands_under_its_chapter_and_the_chapter_alone():
    assert cited().title == "How high is a hill? Tops & Adam's 50%"
    assert cited(CHAPTER).title == "How high is a hill?"
    assert cited().book == "Land: A companion"
    assert cited(CHAPTER, whole=True).book == ""
    assert joined("Hills", "tops") == "Hills: tops"


def test_other_things_say_what_they_are():
    assert name({"kind": "figure", "number": "3.1", "title": "A hill"}) == "Figure 3.1: A hill"
    assert name({"kind": "claim", "number": "", "title": "Hills rise"}) == "Claim: Hills rise"
    assert name({"kind": "equation", "number": "3.1", "title": "Equation 3.1"}) == "Equation 3.1"


def test_a_formula_in_a_title_becomes_letters():
    assert plain(r"At \alpha jumps, \alpha/2 not") == "At α jumps, α/2 not"


def test_people_are_told_from_organisations():
    assert authors("van der Berg, Éric; Doe, Jane") == ("van der Berg, Éric", "Doe, Jane")
    assert authors("Hills, Valleys and Sons") == ("Hills, Valleys and Sons",)
    assert authors("Land contributors") == ("Land contributors",)


def test_bibtex_is_an_incollection_with_the_chapters_number():
    text = bibtex(cited())
    entry = parse_string(text, "bibtex").entries["sec-hills-top-2026.11"]
    assert entry.type == "incollection"
    assert entry.fields["chapter"] == "3"
    assert entry.fields["title"] == r"How high is a hill? {Tops} \& {Adam}'s 50\%"
    assert entry.fields["month"] == "November"
    assert [str(person) for person in entry.persons["author"]] == ["{Land contributors}"]
    assert "doi" not in text.lower()
    assert (
        parse_string(bibtex(cited(CHAPTER, whole=True)), "bibtex").entries["ch-hills-2026.11"].type == "book"
    )


def test_people_keep_their_names_in_every_format():
    it = cited(author="van der Berg, Éric; Doe, Jane")
    (entry,) = parse_string(bibtex(it), "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == ["van der Berg, Éric", "Doe, Jane"]
    assert rispy.loads(ris(it))[0]["authors"] == ["van der Berg, Éric", "Doe, Jane"]
    assert csl(it)["author"][0] == {"family": "van der Berg", "given": "Éric"}
    assert parse_qs(coins(it))["rft.au"] == ["van der Berg, Éric", "Doe, Jane"]


def test_ris_is_a_chapter():
    (entry,) = rispy.loads(ris(cited()))
    assert entry["type_of_reference"] == "CHAP"
    assert entry["secondary_title"] == "Land: A companion"
    assert entry["authors"] == ["Land contributors"]
    assert entry["urls"] == [SECTION["url"]]
    assert (entry["year"], entry["date"], entry["edition"]) == ("2026", "2026/11/", "2026.11")


def test_csl_is_a_list_of_one_chapter():
    (item,) = json.loads(csl_json(cited()))
    assert (item["type"], item["chapter-number"], item["URL"]) == ("chapter", "3", SECTION["url"])
    assert item["author"] == [{"literal": "Land contributors"}]
    assert "DOI" not in item


def test_a_style_prints_an_edition_as_one_and_no_publisher_twice():
    assert for_text(cited())["edition"] == "2026.11 ed."
    assert "publisher" not in for_text(cited())
    assert for_text(cited(author="Doe, Jane"))["publisher"] == "Land contributors"


def test_coins_has_the_sections_address_and_an_organisation():
    found = parse_qs(coins(cited()))
    assert found["rft_id"] == [SECTION["url"]]
    assert found["rft.aucorp"] == ["Land contributors"]
    assert found["rft.atitle"] == ["How high is a hill? Tops & Adam's 50%"]
    assert found["rft.genre"] == ["bookitem"]
    assert "+" not in coins(cited())


@pytest.mark.parametrize("title", ["a_b", "[x]", "`<b>`", "*"])
def test_a_line_for_a_syllabus_keeps_signs_that_mean_something(title):
    it = cited({**SECTION, "title": title})
    assert markdown(it).endswith(f"]({SECTION['url']}) (*Land*, edition 2026.11)")
    assert all(f"\\{sign}" in markdown(it) for sign in title if sign in "_[]`<>*")
    assert myst(it, "land").endswith(" <sec-hills-top>`")


def test_a_page_escapes_what_it_shows_and_is_one_item():
    parts = (("ex-1", "E<1"),)
    around = Around("Land", "land", "en", "section 3.2", "../hills.html#sec-hills-top",
                    True, "<iframe>", parts, *"abcd", "https://x.org/?a&b")  # fmt: skip
    made = page(cited(), {"apa": "A & B", "harvard1": "H", "vancouver": "V"}, around)
    assert "A &amp; B" in made
    assert "&lt;iframe&gt;" in made
    assert "E&lt;1" in made
    assert 'href="../hills.html?present#sec-hills-top"' in made
    assert 'href="https://x.org/?a&amp;b"' in made
    assert made.count('class="Z3988"') == 1
    assert "This copy is a draft" in made
    assert "This copy is a draft" not in page(
        cited(), {"apa": "", "harvard1": "", "vancouver": ""}, around._replace(draft=False)
    )
