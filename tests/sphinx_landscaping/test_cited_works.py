"""The bibliography and the book agree."""

from types import SimpleNamespace

from pybtex.database import Entry

from sphinx_landscaping.cited_works import faults
from sphinx_landscaping.works import without_year

CITED = {"a2020": ("hills/steep", 3)}


def test_agreement_is_silent():
    assert list(faults(CITED, ["a2020"], "r.bib")) == []


def test_a_citation_without_an_entry_is_named_with_its_place():
    ((said, place),) = faults(CITED, [], "r.bib")
    assert said == "`a2020` is cited, and r.bib has no such entry: look the work up and add it"
    assert place == ("hills/steep", 3)


def test_an_entry_that_nobody_cites_is_named():
    ((said, place),) = faults(CITED, ["a2020", "b2021"], "r.bib")
    assert said == "r.bib: nobody cites `b2021`: cite it where it belongs, or take the entry out"
    assert place is None


def test_a_work_without_a_year_has_a_label_of_its_name():
    assert without_year("Scoed", Entry("misc", {"year": "undated"})) == "Sco"
    assert without_year("Pri23", Entry("book", {"year": "2023"})) == "Pri23"
    assert without_year("Pri", SimpleNamespace(fields={})) == "Pri"
