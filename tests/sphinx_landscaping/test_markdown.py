"""Pages as plain Markdown: each construct of the book keeps its meaning, an unknown one is refused."""

import pytest
from docutils import nodes

from sphinx_landscaping.boxes import box, line
from sphinx_landscaping.chapter_markdown import ChapterMarkdown
from sphinx_landscaping.markdown_spans import Unknown

SITE = "https://example.org/book/"


def written(*children: nodes.Node, **numbers: dict) -> str:
    return ChapterMarkdown(SITE, "models/hill.html", numbers).blocks(children)


def paragraph(*children: nodes.Node | str) -> nodes.paragraph:
    return nodes.paragraph("", "", *[nodes.Text(c) if isinstance(c, str) else c for c in children])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 * 3 * 4", r"2 \* 3 \* 4"),
        ("a_b and _this_", r"a_b and \_this\_"),
        ("5 $ and `x`", r"5 \$ and \`x\`"),
        ("<b> if 1 < 2", r"\<b> if 1 < 2"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no item", r"\- no item"),
        ("-1 is a number", "-1 is a number"),
        ("[kept] as it is", "[kept] as it is"),
        ("[no](link)", r"[no\](link)"),
    ],
)
def test_signs_of_a_text_stay_signs(text, wanted):
    assert written(paragraph(text)) == wanted


def test_links_lead_to_the_page_and_to_other_pages_of_this_site():
    here = nodes.reference("", "here", refid="sec-hill-top", internal=True)
    there = nodes.reference("", "there", refuri="../data/land.html#sec-land", internal=True)
    assert written(paragraph(here, " and ", there)) == (
        f"[here]({SITE}models/hill.html#sec-hill-top) and [there]({SITE}data/land.html#sec-land)"
    )


def test_a_numbered_formula_keeps_its_number_and_a_sentence_its_full_stop():
    formula = nodes.math_block("", r"a &= b \\ c &= d", ids=["equation-eq-hill"])
    inside = nodes.math("", "x_1", after=".")
    assert written(formula, paragraph("So ", inside), displaymath={"equation-eq-hill": (3, 2)}) == (
        "$$\n\\begin{aligned}a &= b \\\\ c &= d\\end{aligned}\\tag{3.2}\n$$\n\nSo $x_1$."
    )


def test_choices_fold_over_their_reasons():
    choice = box(
        "details",
        line("summary", "It is ", nodes.math("", "a<b"), classes=""),
        box("div", paragraph("Right. Because."), classes="question-reason question-right"),
        classes="question-choice",
    )
    asked = box("div", line("p", "Question 1. Which?", classes="question-stem"), choice, classes="question")
    assert written(asked) == (
        "**Question 1. Which?**\n\n"
        "<details><summary>It is $a&lt;b$</summary>\n\nRight. Because.\n\n</details>"
    )


def test_code_is_fenced_by_more_backticks_than_it_holds():
    assert written(nodes.literal_block("", "```\n", language="md")) == "````md\n```\n````"


def test_an_aside_and_an_admonition_are_quotations():
    predict = nodes.admonition("", nodes.title("", "Predict"), paragraph("Guess."), classes=["predict"])
    assert written(predict) == "> **Predict**\n>\n> Guess."


def test_a_cell_of_a_table_keeps_its_bars():
    entries = [nodes.entry("", paragraph(text)) for text in ("a|b", "c")]
    rows = [nodes.row("", entries[0]), nodes.row("", entries[1])]
    table = nodes.table("", nodes.tgroup("", nodes.tbody("", *rows)))
    assert written(table) == "| a\\|b |\n| --- |\n| c |"


@pytest.mark.parametrize(
    ("node", "name"),
    [
        (nodes.topic("", paragraph("Look."), classes=["news"]), "“topic news” .*block_topic"),
        (box("div", paragraph("Look."), classes="stage"), "“Box stage” .*box_stage"),
        (paragraph(nodes.problematic("", "Look.")), "“problematic” .*span_problematic"),
        (nodes.raw("", "<video>", format="html"), "“raw” .*block_raw"),
    ],
)
def test_what_the_writer_does_not_know_is_refused_by_name(node, name):
    with pytest.raises(Unknown, match=name):
        written(node)
