"""The reference shelf agrees with the chapters: symbols, terms, statements, UDL's chapters."""

import re
from pathlib import Path

import pytest
import yaml

from sphinx_landscaping import helpers, statements, udl

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
CHAPTERS = [
    chapter["file"]
    for part in yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))["parts"]
    for chapter in part["chapters"]
    if not chapter["file"].startswith("reference/") and (BOOK / f"{chapter['file']}.md").exists()
]
GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "phi", "lambda", "kappa", "mu", "sigma", "Sigma",
    "omega", "Omega", "rho",
)  # fmt: skip


def prose(page: str) -> str:
    """A page without its head and its cells."""
    text = re.sub(r"\A---.*?\n---\n", "", (BOOK / f"{page}.md").read_text("utf8"), flags=re.S)
    return helpers.CELL.sub("", text)


def sections(page: str) -> list[tuple[str, str]]:
    """The labels of a page's sections, each with its text."""
    parts = re.split(r"^\(((?:sec|ch)-[\w-]+)\)=$", prose(page), flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def maths(text: str) -> str:
    """All formulas of a text."""
    displays = re.findall(r"\$\$(.*?)\$\$|```\{math\}(.*?)```", text, re.S)
    return " ; ".join([*map("".join, displays), *re.findall(r"\$([^$\n]+)\$", text)])


def letters(tex: str) -> set[str]:
    """The letters that a formula uses, Latin and Greek."""
    tex = re.sub(r"\\(?:text|operatorname|label|begin|end|mathrm)\{[^}]*\}|:label:.*|glue:text.*", " ", tex)
    greek = {name for name in GREEK if re.search(rf"\\{name}(?![A-Za-z])", tex)}
    return greek | set(re.findall(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", " ", tex)))


def rows() -> list[list[str]]:
    """The rows of the notation's tables: symbol, meaning, label of the first use, UDL."""
    table = (
        line.strip("| \n").split(" | ")
        for line in prose("reference/notation").splitlines()
        if "{ref}" in line
    )
    return [[cell.strip() for cell in row] for row in table if row[0].startswith("$")]


def test_every_letter_of_a_chapters_formulas_is_in_the_notation():
    known = letters(maths(prose("reference/notation")))
    assert {page: letters(maths(prose(page))) - known for page in CHAPTERS} == {
        page: set() for page in CHAPTERS
    }


def test_a_symbol_is_used_in_the_section_that_the_notation_names():
    known = {label: maths(text) for page in CHAPTERS for label, text in sections(page)}
    assert len(rows()) > 60
    for symbol, _, use, *_ in rows():
        label = re.search(r"`(.*?)`", use)[1]
        assert letters(symbol.strip("$")) <= letters(known[label]), (symbol, label)


def terms() -> list[str]:
    """The terms of the glossary."""
    body = prose("reference/glossary").partition(":sorted:")[2].partition("```")[0]
    return [line for line in body.splitlines() if line and not line.startswith(" ")]


def test_the_glossary_is_in_order_and_says_each_term_once():
    assert terms() == sorted(set(terms()), key=str.lower)


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_marks_a_term_once(page):
    used = marked(page)
    assert sorted(set(used)) == sorted(used)


def marked(page: str) -> list[str]:
    """The terms that a page marks."""
    found = re.findall(r"\{term\}`(?:[^`<]*<(.*?)>|([^`<]+))`", prose(page))
    return [(one or other).lower() for one, other in found]


def test_most_terms_of_the_glossary_are_marked_somewhere():
    used = {term for page in CHAPTERS for term in marked(page)}
    assert used <= {term.lower() for term in terms()}
    assert len(used) > 0.7 * len(terms())


def test_the_statements_are_those_that_claims_and_verdicts_can_name():
    says = statements.read()
    counts = {"A": range(1, 14), "B": range(15), "C": range(14)}
    assert list(says) == [f"{essay}{number}" for essay in counts for number in counts[essay]]
    assert all(sentence.endswith(".") and len(sentence) < 180 for sentence in says.values())


def test_the_map_has_every_chapter_of_udl_under_its_own_name():
    found = re.findall(r"^\(sec-udl-map-(\d+)\)=\n### (\d+)\. (.*)\n\n```\{udl-map\} (\d+)$",
                       prose("reference/udl-map"), re.M)  # fmt: skip
    assert found == [(str(n), str(n), udl.name_of(str(n)), str(n)) for n in range(1, 22)]
