"""A small book with every directive, built: what a reader gets, and what stops an author."""

import json
import re
import subprocess
import sys
import textwrap

import pytest

from trial_notebook import CLAIM, HEAD, NOTEBOOK, notebook

pytestmark = pytest.mark.slow  # five builds

CONF = """
project = "Trial"
extensions = ["myst_nb", "sphinxcontrib.bibtex", EXERCISE] + [
    f"sphinx_landscaping.{name}"
    for name in ("front_matter", "permalinks", "prose", "claims", "questions", "source")
]
myst_enable_extensions = ["deflist", "dollarmath", "colon_fence"]
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
nb_execution_mode = "off"
numfig = True
html_theme = "basic"
"""
BIB = "@book{prince2023, author={Prince, Simon}, title={Deep}, publisher={MIT}, year={2023}}\n"
INDEX = """
(ch-index)=
# The land

{ref}`claim-terrain-a`; {ref}`q-step-1`; {ref}`verdict-step-a3`; {udl}`6.1`; {ref}`ch-step`

```{toctree}
optimization/step
data/terrain
```
"""
STEP = """
(ch-step)=
# How long is a step?

Prince reports 0.7 in {cite:t}`prince2023`. See {udl}`6.1`.

(sec-step-old)=
(sec-step-limit)=
## The limit

```{code-cell} ipython3
0.5
```

:::{question} What does `x` do for $x>0$?
:label: q-step-1

It grows
: No. It shrinks, see {ref}`sec-step-old`.

It shrinks
: Right. Each step is smaller.

It stays
: It cannot.
:::

```{verdict} A3
:verdict: held with conditions
:label: verdict-step-a3
Mostly.
```

```{source} sphinx_landscaping.udl.is_section
```
"""
CHECK = """
```{exercise} By hand
:label: ex-step-1
What is half of one?
```

```{selfcheck} ex-step-1
:answer: 0.5
:tolerance: 0.01
:unit: m

2
: You turned the $\\tfrac12$ over.
```

```{bibliography}
```
"""


def write(folder, pages, exercise="sphinx_exercise"):
    for name, text in {
        "conf.py": CONF.replace("EXERCISE", repr(exercise)),
        "references.bib": BIB,
        **pages,
    }.items():
        file = folder / "book" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def build(folder, builder="html"):
    """Build the book; give everything that Sphinx said on its error stream."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-qn",
            "-b",
            builder,
            "-d",
            folder / "trees",
            folder / "book",
            folder / builder,
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    head = HEAD.replace("NEEDS", "[ch-terrain]")
    pages = {
        "index.md": INDEX,
        "optimization/step.md": head + STEP + CHECK,
        "data/terrain.ipynb": notebook(CLAIM),
    }
    write(folder, pages)
    folder.joinpath("said").write_text(build(folder))
    return folder


@pytest.fixture(scope="module")
def step(book):
    return book.joinpath("html/optimization/step.html").read_text()


def squeezed(html):
    return " ".join(html.split())


def test_a_sound_book_is_built_without_a_word(book):
    assert book.joinpath("said").read_text() == ""


def test_no_style_or_script_stands_inside_the_boxes(step):
    body = step[step.index("<h1") : step.index('<div class="clearer"')]
    assert " style=" not in body
    assert "<script" not in body


def test_the_head_stands_under_the_title_with_its_links(step):
    head = re.search(r'</h1>\s*(<section aria-label="About this chapter".*?</section>)', step, re.S)[1]
    assert 'href="../data/terrain.html#ch-terrain"' in head
    for words in (
        "20 minutes to read",
        "Longer is faster.",
        "6.1 Gradient descent",
        "core",
        r"\(2/\lambda\)",
    ):
        assert words in head


def test_the_nearest_label_is_the_address_and_the_older_ones_still_resolve(step, book):
    assert '<section id="sec-step-limit">' in step
    assert 'class="headerlink" href="#sec-step-limit"' in step
    assert '<span id="sec-step-old"></span><span id="the-limit"></span>' in step
    assert "optimization/step.html#sec-step-limit" in book.joinpath("html/index.html").read_text()


def test_a_question_opens_without_scripts(step):
    box = re.search(r'<div aria-label="Question 1".*?(?=<div aria-label="Statement)', step, re.S)[0]
    assert 'id="q-step-1"' in box
    assert box.count('<details class="question-choice"><summary>') == 3
    assert box.count('class="question-reason question-right"') == 1


def test_references_print_sentence_number_and_verdict(book):
    index = squeezed(book.joinpath("html/index.html").read_text())
    assert (
        'href="data/terrain.html#claim-terrain-a"><span class="std std-ref">Longer training lowers L</span>'
        in index
    )
    assert 'href="optimization/step.html#q-step-1"><span class="std std-ref">Question 1</span>' in index
    assert '#verdict-step-a3"><span class="std std-ref">A3: held with conditions</span>' in index
    assert '<abbr class="udl" title="Gradient descent">UDL 6.1</abbr>' in index


def test_a_self_check_says_all_without_its_script_and_loads_it_only_there(step, book):
    assert 'data-answer="0.5" data-tolerance="0.01" data-unit="m" id="check-ex-step-1"' in step
    assert "I got 2 m</summary>" in step
    assert "0.5 m, within 0.01" in step
    assert '<script type="module" src="../_static/selfcheck.mjs' in step
    assert "selfcheck" not in book.joinpath("html/index.html").read_text()
    assert book.joinpath("html/_static/selfcheck.mjs").is_file()


def test_the_source_of_a_helper_is_shown_and_tracked(step, book):
    assert "sphinx_landscaping.udl.is_section" in step
    assert '<span class="nf">is_section</span>' in step


def test_a_claim_stands_in_its_box_with_a_checked_citation(book):
    page = squeezed(book.joinpath("html/data/terrain.html").read_text())
    assert (
        '<div aria-labelledby="claim-terrain-a-sentence" class="claim" id="claim-terrain-a" role="group">'
        in page
    )
    for words in (
        "12.5",
        "10.5 to 14",
        "<em>untrained</em>",
        "8 seeds",
        "C6, A3",
        "about 10",
        "holds</span>",
    ):
        assert words in page
    assert re.search(r'about 10 <span class="bibtex-citation".*?href="\.\./optimization/step\.html#id', page)


def test_claims_json_has_every_claim(book):
    (claim,) = json.loads(book.joinpath("html/claims.json").read_text())
    assert claim == {
        "id": "claim-terrain-a",
        "chapter": "data/terrain",
        "section": "sec-terrain-a",
        "address": "data/terrain.html#claim-terrain-a",
        "verdicts": {"C6": [], "A3": ["held with conditions"]},
        **{key: value for key, value in CLAIM.items() if key not in ("label", "control")},
    }


def test_claims_follow_the_contents_and_forget_what_is_gone(tmp_path):
    index = "(ch-i)=\n# I\n\n```{toctree}\ndata/b\ndata/a\n```\n"
    claims = [CLAIM | {"label": f"claim-{name}", "citation": "", "published": ""} for name in "abcd"]
    second = notebook(*claims[2:]).replace("terrain", "b")
    write(
        tmp_path,
        {
            "index.md": index,
            "data/a.ipynb": notebook(*claims[:2]).replace("terrain", "a"),
            "data/b.ipynb": second,
        },
    )
    assert build(tmp_path) == ""
    assert listed(tmp_path) == ["claim-c", "claim-d", "claim-a", "claim-b"]
    tmp_path.joinpath("book/data/b.ipynb").write_text(notebook(claims[3]).replace("terrain", "b"))
    assert build(tmp_path) == ""
    assert listed(tmp_path) == ["claim-d", "claim-a", "claim-b"]


def listed(folder):
    return [claim["id"] for claim in json.loads(folder.joinpath("html/claims.json").read_text())]


def test_other_builders_get_readable_text(tmp_path):
    pages = {
        "index.md": INDEX,
        "optimization/step.md": HEAD.replace("NEEDS", "[]") + STEP + "\n```{bibliography}\n```\n",
        "data/terrain.ipynb": notebook(CLAIM),
    }
    write(tmp_path, pages, exercise="sphinx.ext.mathjax")
    assert build(tmp_path, "text") == ""
    step = tmp_path.joinpath("text/optimization/step.txt").read_text()
    for words in (
        "About",
        "Question 1. What does",
        "Right. Each step",
        "A3 held with conditions",
        "def is_section",
    ):
        assert (words in step) == (words != "About")
    assert "Longer training lowers L" in tmp_path.joinpath("text/data/terrain.txt").read_text()


BAD = """description: 85 % of it.
goals: [a, b]
needs: [ch-nowhere]
level: core
minutes: {read: 20, run: 1, exercises: 40}
misconception: Longer is faster.
udl: ["6.9"]
---
# How long is a step?

First line,
then 0.25 of it. {udl}`6.9` [0.125 of it](#ch-index)

(sec-step-named)=
## Named

$$
\\alpha = 0.375
$$

### Not named

| a | b |
|---|---|
| 0.625 | x |
| 0.875 | {cite:p}`prince2023` |

:::{note}
It is 12 percent.
:::

```{code-cell} ipython3
---
alt: a line at 0.75
---
x = 0.5
```

```{question} Why?
:label: q-step-1

A
: Because.

B
: No.

C
: No, 99 %.
```

```{selfcheck} ex-step-1
:answer: half
:tolerance: 0.01

2
: no
```

```{verdict} A3
:verdict: perhaps
Mostly.
```

```{source} sphinx_landscaping.udl.absent
```
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    listed = "optimization/step\nmodels/a\nmodels/b\ndata/terrain"
    index = f"(ch-index)=\n# I\n\n```{{toctree}}\n{listed}\n```\n"
    pages = {"index.md": index, "optimization/step.md": NOTEBOOK + BAD, "optimization/bib.md": BIBPAGE}
    for name, other in (("a", "b"), ("b", "a")):
        cell = "\n```{code-cell} ipython3\n1\n```\n"
        pages[f"models/{name}.md"] = (
            HEAD.replace("NEEDS", f"[ch-{other}]") + f"(ch-{name})=\n# {name}\n" + cell
        )
    broken = {key: value for key, value in CLAIM.items() if key != "gate"} | {"label": "claim-terrain-b"}
    pages["data/terrain.ipynb"] = notebook(CLAIM, CLAIM, broken)
    write(folder, pages)
    return build(folder)


BIBPAGE = "---\norphan: true\n---\n(ch-bib)=\n# Bib\n\n```{bibliography}\n```\n"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("optimization/step.md:4", "'85 %' is typed by hand"),
        ("optimization/step.md:5", "`goals` is ['a', 'b']: wanted a list of three"),
        ("optimization/step.md:10", "`udl` names '6.9', no section of UDL"),
        ("optimization/step.md:6", "`needs` names 'ch-nowhere', which no page has"),
        ("models/a", "`needs` goes in a circle: models/a → models/b → models/a"),
        ("optimization/step.md", "'How long is a step?' has no label: write (ch-step)="),
        ("optimization/step.md", "'Not named' has no label: write (sec-step-not-named)="),
        ("optimization/step.md:15", "'0.25' is typed by hand in “First line, then 0.25 of it.”"),
        ("optimization/step.md:15", "'0.125' is typed by hand"),
        ("optimization/step.md:21", "'0.375' is typed by hand"),
        ("optimization/step.md:28", "'0.625' is typed by hand"),
        ("optimization/step.md:32", "'12 percent' is typed by hand"),
        ("optimization/step.md:37", "'0.75' is typed by hand"),
        ("optimization/step.md", "UDL has no section '6.9'; its chapter 6 has 6.1 to 6.6"),
        ("optimization/step.md", "q-step-1: 0 reasons begin with “Right.”"),
        ("optimization/step.md", "self-check of ex-step-1: answer, tolerance, terms: 'half' is no number"),
        ("optimization/step.md", "A3: `:verdict:` is 'perhaps'; wanted one of held"),
        ("optimization/step.md", "udl.py has no 'absent'; it has"),
        ("data/terrain.ipynb", "claim-terrain-b: the claim came without `gate`"),
        ("data/terrain.ipynb", "claim-terrain-a: a claim in data/terrain has this label too"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(complaints, where, said):
    assert any(said in line and where in line for line in complaints.splitlines()), complaints


def test_what_is_free_is_not_named(complaints):
    for number in ("0.875", "'0.5'", "12.5", "10.5", "0.51"):
        assert number not in textwrap.dedent(complaints)
    assert "undefined label: 'ch-nowhere'" not in complaints
