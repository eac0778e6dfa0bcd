"""What counts as an author's words, so that a machine's last digit is no new edition."""

from docutils import nodes

from sphinx_landscaping.boxes import box
from sphinx_landscaping.wording import digest, written


def page(measured="0.25", glued="7", sentence="Hills are high.", words="It grows"):
    claim = box("div", nodes.paragraph("", "Measured " + measured), classes="claim")
    claim["claim"] = {"sentence": sentence, "gate": "at least 1", "control": "plains", "measured": measured}
    printed = nodes.literal_block("", measured)
    caption = nodes.caption("", "See the hill.")
    output = nodes.container("", printed, claim, nodes.figure("", caption), classes=["cell_output"])
    value = nodes.inline("", glued, classes=["pasted-text"])
    return nodes.section("", nodes.paragraph("", words, value), output, nodes.raw("", "<b>", format="html"))


def test_words_code_captions_and_claims_count():
    assert written(page()) == "It grows Hills are high. at least 1 plains See the hill."


def test_what_was_printed_measured_or_glued_does_not():
    same = digest(written(page()))
    assert digest(written(page(measured="0.26", glued="8"))) == same
    assert digest(written(page(sentence="Hills are low."))) != same
    assert digest(written(page(words="It shrinks"))) != same


def test_line_breaks_are_no_words():
    assert digest("a b\n c") == digest("a b c")
