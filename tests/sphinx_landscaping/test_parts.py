"""What a press may say, the address it becomes, and how the first page of a part is called."""

import pytest

from sphinx_landscaping import chapter_head, label_rules, presses

PRESS = {"kind": "data", "words": "Raise", "means": "data", "setting": {"noise": 0.4}}


def test_a_press_is_the_address_of_its_setting():
    trees = {"noise": 0.4, "trees": [["fence", -3, 22.5, -3, 2.5]], "rule": "adam"}
    assert presses.address("fig-a", trees) == (
        "#fig-a&noise=0.4&trees=%5B%5B%22fence%22,-3,22.5,-3,2.5%5D%5D&rule=%22adam%22"
    )
    made = presses.markup("fig-a", [PRESS | {"words": "a < b"}])
    assert '<a class="press data" href="#fig-a&amp;noise=0.4">a &lt; b <span>data</span></a>' in made


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (None, "there is no list of presses"),
        (["Raise"], "is none: write a line like"),
        ([{"kind": "data"}], "is none: write a line like"),
        ([PRESS | {"kind": "colour"}], "take one of data, model, optimizer"),
        ([PRESS | {"setting": "noise"}], "take one of"),
    ],
)
def test_what_is_no_press_is_refused_with_a_sentence(rows, said):
    assert said in next(presses.faults(rows))


def test_a_good_press_is_taken():
    assert list(presses.faults([PRESS])) == []


def test_the_first_page_of_a_part_has_the_parts_label():
    assert label_rules.wanted("models/index", 1, "Models plant trees") == "part-models"
    assert label_rules.complaint(["part-models"], "models/index", 1, "Models") == ""
    assert "(part-models)=" in label_rules.complaint(["ch-index"], "models/index", 1, "Models")
    assert label_rules.complaint(["ch-spectrum"], "models/spectrum", 1, "Spectrum") == ""


def test_the_first_page_of_a_part_is_no_chapter():
    cell = "```{code-cell}\n```\n"
    assert chapter_head.is_part("models/index")
    assert not chapter_head.is_part("index")
    assert not chapter_head.is_chapter("models/index", cell)
    assert chapter_head.is_chapter("models/spectrum", cell)
