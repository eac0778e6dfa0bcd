"""The two ways to ask: a cell of a notebook, and a table of a whole class."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from landscaping.assessment import check, exercise, register, rubric, sheet, shelf
from landscaping.assessment.__main__ import main

PAGE = Path(__file__).parents[3] / "book" / "reference" / "assessment.md"
RIPPLE = "assess-terrain-ripple"


def right(label, student):
    one = shelf.find(label)
    return one.judge.right(one.numbers(student))


def table(tmp_path, text, name="answers.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def judged(capsys, path):
    status = main(["check", str(path)])
    said = capsys.readouterr()
    return status, list(csv.DictReader(io.StringIO(said.out))), said.err


def test_a_notebook_shows_own_numbers_and_says_right_or_what_went_wrong():
    shown = exercise(RIPPLE, student=1234)
    assert shown._repr_markdown_() == repr(shown)
    assert repr(shown) != repr(exercise(RIPPLE, student=1235))
    (count,) = right(RIPPLE, 1234)
    assert repr(check(RIPPLE, student=1234, answer=count)) == "Right."
    wrong = repr(check(RIPPLE, student=1234, answer=count / 4))
    assert wrong.startswith("Not yet. A factor of two is missing.")
    assert f"{count:g}" not in wrong


def test_the_pages_example_runs():
    cells = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    names: dict = {}
    for cell in cells:
        exec(cell, names)
    assert "check" in names


def test_an_unknown_label_is_answered_with_near_ones():
    with pytest.raises(ValueError, match=f"write {RIPPLE}"):
        exercise("assess-terrain-riple", student=1)
    with pytest.raises(ValueError, match="models/spectrum"):
        rubric.of(("models/spectrums",))


def test_a_class_is_judged_and_a_bad_row_spoils_no_other(tmp_path, capsys):
    (count,) = right(RIPPLE, 1)
    root = " ".join(f"{at:.6g}" for at in right("assess-shallow-networks-root", 2))
    path = table(
        tmp_path,
        "student,group,exercise,answer\n"
        f"1,a,{RIPPLE},{count:g}\n"
        f"1,a,{RIPPLE},7\n"
        "\n"
        f"2,b,assess-shallow-networks-root,{root}\n"
        f"2,b,{RIPPLE},many\n"
        f"2,b,assess-nothing,7\n"
        f",b,{RIPPLE},7\n"
        f"3,b,{RIPPLE},1,2\n"
        f'0001,b,{RIPPLE},"{count:g}"\n',
    )
    status, rows, said = judged(capsys, path)
    assert status == 1
    verdicts = ["right", "wrong", "right", "unread", "unread", "unread", "unread", "right"]
    assert [row["verdict"] for row in rows] == verdicts
    assert [row["group"] for row in rows] == ["a", "a", "b", "b", "b", "b", "b", "b"]
    assert [int(line) for line in re.findall(r"line (\d+):", said)] == [6, 7, 8, 9]
    for words in ("'many' is no number: write it like", "write assess-", "write a number", "5 cells came"):
        assert words in said


def test_a_table_from_a_spreadsheet_is_read(tmp_path, capsys):
    (count,) = right(RIPPLE, 1)
    text = f"\ufeffstudent;exercise;answer\r\n1;{RIPPLE};{count:g}\r\n"
    status, rows, said = judged(capsys, table(tmp_path, text))
    assert (status, said) == (0, "")
    assert rows[0]["verdict"] == "right"


def test_a_table_that_was_judged_before_is_judged_anew(tmp_path, capsys):
    (count,) = right(RIPPLE, 1)
    path = table(tmp_path, f"student,exercise,answer,verdict,hint\n1,{RIPPLE},{count:g},wrong,old\n")
    _, rows, _ = judged(capsys, path)
    assert rows == [
        {"student": "1", "exercise": RIPPLE, "answer": f"{count:g}", "verdict": "right", "hint": ""}
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the columns are nothing: wanted one each of student, exercise, answer"),
        ("name,task\n", "the columns are name, task"),
        ("student,student,exercise,answer\n", "mend student"),
        ('student,exercise,answer\n1,x,"' + "9" * 200_000 + '"\n', "line 2"),
    ],
)
def test_what_is_no_table_of_answers_is_refused(tmp_path, capsys, text, said):
    assert main(["check", str(table(tmp_path, text))]) == 2
    assert said in capsys.readouterr().err


def test_a_missing_file_and_a_strange_encoding_are_named(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none.csv")]) == 2
    assert "give a CSV file" in capsys.readouterr().err
    assert main(["check", str(table(tmp_path, "student,exercise,answer\né", encoding="latin-1"))]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_the_pages_table_is_judged_as_the_page_says(tmp_path, capsys):
    text = re.search(r"```text\n(.*?)```", PAGE.read_text("utf-8"), re.S)[1]
    status, rows, said = judged(capsys, table(tmp_path, text))
    assert status == 1
    assert [row["verdict"] for row in rows][-1] == "unread"
    assert "unread" not in [row["verdict"] for row in rows][:-1]
    assert "line 4" in said


def test_the_rubric_lists_both_exercises_of_a_chapter(capsys):
    assert main(["rubric", "models/spectrum"]) == 0
    said = capsys.readouterr().out
    assert said.count("### ") == 2
    assert "assess-spectrum-far" in said
    assert "6 points" in said


def test_the_command_starts_without_torch():
    code = "import sys, landscaping.assessment.sheet as s; s.text(); print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


def test_the_sheet_has_what_the_page_shows_and_no_answer():
    entries = json.loads(sheet.text())
    assert [each["label"] for each in entries] == list(shelf.everything())
    assert {"right", "answer", "judge", "draw"}.isdisjoint(entries[0])


def test_an_exercise_is_printed_for_a_student(capsys):
    assert main(["exercise", RIPPLE, "--student", "1234"]) == 0
    assert capsys.readouterr().out.strip() == str(exercise(RIPPLE, student=1234))


def test_no_verdict_is_kept_where_a_row_is_short(tmp_path):
    path = table(tmp_path, f"student,exercise,answer\n1,{RIPPLE}\n")
    _, rows = register.judged(path)
    assert rows[0].verdict == register.UNREAD
    assert "2 cells came, 3 were wanted" in rows[0].hint
