"""A small book with an exercise of the assessment: what its page shows, and what stops an author."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from trial_notebook import HEAD

pytestmark = pytest.mark.slow  # some builds

CONF = """
project = "Trial"
extensions = ["myst_nb", "sphinx_exercise"] + [
    f"sphinx_landscaping.{name}"
    for name in ("front_matter", "permalinks", "prose", "assessment", "questions")
]
myst_enable_extensions = ["deflist", "dollarmath", "colon_fence"]
nb_execution_mode = "off"
numfig = True
html_theme = "basic"
"""
INDEX = """
(ch-index)=
# The land

{ref}`assess-step-half`

```{toctree}
optimization/step
rubric
```
"""
STEP = (
    HEAD.replace("NEEDS", "[]")
    + """
(ch-step)=
# A step

(sec-step-limit)=
## The limit

```{code-cell} ipython3
1
```

```{exercise} By hand
:label: ex-step-1
What is half of one?
```

(sec-step-assessment)=
## Assessment

```{assessment} assess-step-half
Yours: `exercise("assess-step-half", student=…)`.
```
"""
)
HALF = 'WORDING = "What is half of $0.73$?\\n\\n| a | b |\\n| - | - |\\n| 1 | 2 |"\n'
RUBRIC = "(ch-rubric)=\n# Rubric\n\n```{assessment-rubric}\n```\n"
SHEET = """
import json, sys
from small.assessment.half import WORDING
HALF = {"label": "assess-step-half", "chapter": "optimization/step", "title": "Half of it",
        "section": "sec-step-limit", "udl": "6.1", "minutes": 7, "hand_in": "one number, $x$",
        "rubric": [[4, "it is halved"], [2, "the checker says right"]], "wording": WORDING}
print(json.dumps([HALF]))
"""


def write(folder, **pages):
    files = {
        "book/conf.py": CONF,
        "book/index.md": INDEX,
        "book/optimization/step.md": STEP,
        "book/rubric.md": RUBRIC,
        "src/small/__init__.py": "",
        "src/small/assessment/__init__.py": "",
        "src/small/assessment/__main__.py": SHEET,
        "src/small/assessment/half.py": HALF,
    } | pages
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")


def build(folder, status=0):
    """Build the book; give what Sphinx complained of, and all else that it said."""
    made = folder / "html"
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-n", "-b", "html", "-d", folder / "trees", folder / "book", made],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    return done.stderr, done.stdout


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assessed")
    write(folder)
    said, _ = build(folder)
    assert said == ""
    return folder


def page(folder, name="optimization/step"):
    return " ".join((folder / "html" / f"{name}.html").read_text("utf-8").split())


def test_the_wording_stands_on_the_page_with_number_label_and_own_command(book):
    html = page(book)
    for words in (
        'id="assess-step-half"',
        "Half of it",
        "0.73",
        "<table",
        "exercise(&quot;assess-step-half&quot;",
        "About 7 minutes",
        'href="#sec-step-limit"',
        "UDL 6.1",
    ):
        assert words in html, words
    assert "Exercise 1" in html
    assert "Exercise 2" in html
    assert 'optimization/step.html#assess-step-half"' in page(book, "index")


def test_numbers_of_a_record_are_not_typed_ones_and_typed_ones_are_still_refused(tmp_path):
    write(tmp_path, **{"book/optimization/step.md": STEP.replace("half of one", "half of 0.31")})
    said, _ = build(tmp_path)
    assert "'0.31' is typed by hand" in said
    assert "0.73" not in said


def test_the_rubric_lists_the_points(book):
    html = page(book, "rubric")
    for words in ("4: it is halved", "2: the checker says right", ">6<", "#assess-step-half"):
        assert words in html, words


def test_a_changed_record_has_its_page_read_again_and_no_other(tmp_path):
    write(tmp_path)
    build(tmp_path)
    record = tmp_path / "src/small/assessment/half.py"
    record.write_text('WORDING = "What is half of $0.99$?"\n', "utf-8")
    complaints, said = build(tmp_path)
    assert complaints == ""
    assert "0 added, 1 changed, 0 removed" in said
    assert "0.99" in page(tmp_path)
    assert "0.73" not in page(tmp_path)


def test_nothing_is_asked_twice_while_the_exercises_stay(book):
    kept = list(Path(book, "_build", "made").glob("assessment-*.json"))
    assert len(kept) == 1
    assert json.loads(kept[0].read_text("utf-8"))[0]["label"] == "assess-step-half"
    before = kept[0].stat().st_mtime_ns
    build(book)
    assert kept[0].stat().st_mtime_ns == before


def test_an_unknown_label_and_a_strange_page_are_named(tmp_path):
    write(
        tmp_path,
        **{
            "book/optimization/step.md": STEP.replace(
                "{assessment} assess-step-half", "{assessment} assess-step-halb"
            ),
            "book/rubric.md": RUBRIC + "\n```{assessment} assess-step-half\nYours.\n```\n",
        },
    )
    said, _ = build(tmp_path)
    assert "'assess-step-halb' is no exercise of the assessment: write one of assess-step-half" in said
    assert "'assess-step-half' belongs to optimization/step, not here" in said


def test_records_that_do_not_run_stop_the_build_with_their_last_line(tmp_path):
    write(tmp_path, **{"src/small/assessment/half.py": "1 / 0\n"})
    said, out = build(tmp_path, status=2)
    assert "ZeroDivisionError" in said + out
    assert "`python -m small.assessment sheet` failed" in said + out
