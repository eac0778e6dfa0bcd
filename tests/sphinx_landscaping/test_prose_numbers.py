"""A typed decimal or percentage is found wherever it stands, and nothing else is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_landscaping.typed_numbers import CITED, GLUED, MATHS, nearest_line, typed

REFUSED = {
    "The loss falls to 0.5 here.": "0.5",
    "It is .5 of it": ".5",
    "Nearly 3.14.": "3.14",
    "from −0.25 up": "0.25",
    "about 1,234.5 steps": "1,234.5",
    "2.5e-14 apart": "2.5",
    "(0.9)": "0.9",
    "a 3.5-fold gain": "3.5",
    "85% of them": "85%",
    "85 % of them": "85 %",
    "85\u202f% of them": "85\u202f%",
    "85 percent of them": "85 percent",
    "85 per cent of them": "85 per cent",
    "5 percentage points": "5 percent",
    "Ninety percent of them": "Ninety percent",
    "½ % of them": "½ %",
    "12.5 % of them": "12.5 %",
    f"{MATHS}\\alpha=0.5": "0.5",
    f"{MATHS}2\\cdot0.5": "0.5",
    f"{MATHS}0{{,}}5": "0{,}5",
    f"{MATHS}85\\,\\%": "85\\,\\%",
    f"{MATHS}2.5\\times10^{{-3}}": "2.5",
    "Section 4.2 gives 0.7": "0.7",
    "UDL 6.1 and 0.5": "0.5",
    "in 2026, 0.5 of": "0.5",
    f"{GLUED}.5 of them": ".5",
    f"Done. See {CITED}. We got 0.3.": "0.3",
}
FREE = [
    "1,200 words, 8 seeds, step 3.",
    "half of them, a ½, ¾ too",
    f"{MATHS}\\tfrac12\\lambda",
    f"{MATHS}10^{{-3}}",
    f"{GLUED} % of {GLUED} percent",
    f"{CITED} found 0.9 to 1.15 of it.",
    f"In Cohen et al. (2021) it is 0.9, says {CITED}.",
    f"It is 85 % (e.g. Fig. 3 of {CITED}).",
    "UDL 6.1, 6.2 and 7.5",
    "see §3.2, §§4.1–4.3 and section 4.2",
    "Sections 10.1 to 10.5",
    "UDL's figure 8.10",
    "edition 2026.11",
    "Python 3.11, PyTorch 2.13, WCAG 2.2, CC BY 4.0",
    "torch 2.13.0 and jupytext 1.19.4",
    "version 1.2",
    "arXiv:2209.04836 and https://example.org/0.5/85%",
    "doi 10.24432/C50P49",
    "a few percent",
    "It ends in 5. Ten more follow.",
    "1. 2. 3.",
]


@pytest.mark.parametrize(("text", "number"), REFUSED.items())
def test_a_typed_number_is_found(text, number):
    assert [found.number for found in typed(text)] == [number]


@pytest.mark.parametrize("text", FREE)
def test_a_glued_cited_or_counted_number_is_free(text):
    assert list(typed(text)) == []


@given(st.decimals(0, 10_000, places=3))
def test_every_decimal_is_found_in_words_and_in_maths(value):
    for text in (f"It is {value} of them.", f"So {MATHS}x={value} holds.", f"“{value}”"):
        assert [found.number for found in typed(text)] == [str(value)]


@given(st.integers(0, 10_000), st.sampled_from(["%", " %", " percent", "\\%", "~\\%", " per cent", "‰"]))
def test_every_percentage_is_found(value, sign):
    assert [found.number for found in typed(f"It is {value}{sign} of them.")] == [f"{value}{sign}"]


@given(st.integers())
def test_no_whole_number_is_refused(value):
    assert list(typed(f"It took {value} steps. Then {value}.")) == []


@given(st.decimals(0, 100, places=2), st.booleans())
def test_a_citation_frees_its_own_sentence_only(value, first):
    sentences = [f"They report {value} {CITED}.", f"We got {value}."]
    found = list(typed(" ".join(sentences if first else sentences[::-1])))
    assert [each.sentence for each in found] == [f"We got {value}."]


def test_the_line_is_counted_from_the_start_of_the_text():
    (found,) = typed("One line.\nA second,\nand 0.5 there.")
    assert found.lines_down == 2
    assert found.sentence == "A second, and 0.5 there."


def test_the_nearest_line_with_the_number_is_named():
    source = "0.5\n\n\ntext\nhere 0.5\n"
    assert nearest_line(source, "0.5", 4) == 5
    assert nearest_line(source, "0.5", 1) == 1
    assert nearest_line(source, "0.7", 4) == 4


def test_no_mark_reaches_a_message():
    (found,) = typed(f"With {GLUED} and {MATHS}\\alpha=0.5 it is.")
    assert not re.search("[\ue000-\ue003]", found.sentence)
