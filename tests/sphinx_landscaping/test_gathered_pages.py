"""A small book with gathered pages: what stands there, and when each is written again."""

import csv
import json
import re
import subprocess
import sys

import pytest

from trial_notebook import CLAIM, HEAD, notebook

pytestmark = pytest.mark.slow  # some builds

CONF = """
project = "Trial"
extensions = ["myst_nb", "sphinxcontrib.bibtex"] + [
    f"sphinx_landscaping.{name}"
    for name in ("front_matter", "permalinks", "claims", "ledger", "statements", "udl_map", "library")
] + ["sphinx_landscaping.terms", "sphinx_landscaping.works"]
myst_enable_extensions = ["deflist", "dollarmath", "colon_fence"]
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
nb_execution_mode = "off"
html_theme = "basic"
html_baseurl = "https://example.org/book/"
suppress_warnings = ["bibtex.duplicate_citation", "bibtex.duplicate_label"]
"""
BIB = "".join(
    f"@book{{{key}, author={{Prince, Simon}}, title={{Deep}}, publisher={{MIT}}, year={{2023}}}}\n"
    for key in ("prince2023", "russell2022landscaping", "scolastica-what", "siddiqui2023magic")
)
STEP = (
    HEAD.replace("NEEDS", "[]")
    + """
(ch-step)=
# A step

A **{term}`slope`**, and {term}`Slopes <slope>`.

(sec-step-limit)=
## The limit

See {udl}`6.1`.

```{code-cell} ipython3
from landscaping.glue import glue
glue(a=1)
```

```{verdict} A3
:verdict: did not hold
Not quite.
```

(sec-step-further)=
## Further

{udl}`6.2`

```{bibliography}
```
"""
)
CHAPTERS = {
    "index.md": "(ch-index)=\n# The land\n\n```{toctree}\n"
    + "\n".join(
        (
            "data/terrain",
            "optimization/step",
            "reference/claims",
            "reference/map",
            "reference/library",
            "reference/words",
        )
    )
    + "\n```\n",
    "optimization/step.md": STEP,
    "reference/claims.md": "(ch-claims)=\n# Claims\n\n```{ledger}\n```\n\n```{statements}\n```\n"
    "\n```{bibliography}\n:all:\n```\n",
    "reference/map.md": "(ch-map)=\n# Map\n\n```{udl-map} 6\n```\n\n```{udl-map-back}\n```\n",
    "reference/library.md": "(ch-library)=\n# Library\n\n```{library} ground\n```\n",
    "reference/words.md": "(ch-words)=\n# Words\n\n```{glossary}\nslope\n  How *steep* the land is.\n```\n",
}


class Trial:
    """A book in a folder, built by Sphinx alone."""

    def __init__(self, folder):
        self.folder = folder
        self.write(
            {**CHAPTERS, "conf.py": CONF, "references.bib": BIB, "data/terrain.ipynb": notebook(CLAIM)}
        )

    def write(self, pages):
        for name, text in pages.items():
            file = self.folder / "book" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def build(self):
        """Build; the pages that were written, but for the one with the contents, which Sphinx takes along."""
        command = ["-m", "sphinx", "-n", "-b", "html", "-d", self.folder / "trees", self.folder / "book"]
        done = subprocess.run([sys.executable, *command, self.folder / "html"],
                              capture_output=True, text=True, timeout=120)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        return set(re.findall(r"writing output\S* \[\s*\d+%\] (\S+)", said)) - {"index"}

    def page(self, name):
        return " ".join((self.folder / "html" / name).read_text(encoding="utf-8").split())


def pages(folder):
    """All pages, without the checksums of files that a first build copies after it has written its pages."""
    return {path: re.sub(rb"\?v=\w+", b"", path.read_bytes()) for path in (folder / "html").rglob("*.html")}


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    made = Trial(tmp_path_factory.mktemp("gathered"))
    made.build()
    return made


def test_the_ledger_has_every_claim_with_its_place_and_its_verdict(trial):
    row = re.search(r'<tr data-chapter="data/terrain".*?</tr>', trial.page("reference/claims.html"))[0]
    assert 'id="row-claim-terrain-a"' in row
    assert 'data-found="did not hold"' in row
    for words in ("Longer training lowers", "12.5", "10.5 to 14", "<strong>Holds: </strong>at least 10.0",
                  ">8</td>", "about 10", "optimization/step.html#",
                  'href="../data/terrain.html#claim-terrain-a"',
                  "A3: did not hold", 'href="#statement-c6"><span>C6: not yet judged'):  # fmt: skip
        assert words in row
    assert " id=" not in row.partition(">")[2]


def test_every_statement_has_its_verdict_or_says_that_it_has_none(trial):
    page = trial.page("reference/claims.html")
    assert page.count('id="statement-') == 42
    row = re.search(r'<tr id="statement-a3">.*?</tr>', page)[0]
    assert 'href="../optimization/step.html#sec-step-limit"><span>did not hold</span></a>' in row
    assert 'Terrain · <a class="reference internal" href="#row-claim-terrain-a"><span>1 claim' in row
    assert "not yet tested" in re.search(r'<tr id="statement-a1">.*?</tr>', page)[0]
    assert "Of the 42 statements, 0 held, 0 held with conditions, and 1 did not hold;" in page


def test_the_files_of_claims_have_addresses_and_verdicts(trial):
    (claim,) = json.loads((trial.folder / "html/claims.json").read_text())
    assert claim["address"] == "https://example.org/book/data/terrain.html#claim-terrain-a"
    assert claim["verdicts"] == {"C6": [], "A3": ["did not hold"]}
    (row,) = csv.DictReader((trial.folder / "html/claims.csv").read_text().splitlines())
    assert (row["statements"], row["verdicts"], row["seeds"]) == ("C6; A3", "A3 did not hold", "8")


def test_the_map_names_a_section_where_one_points_and_shows_gaps(trial):
    page = trial.page("reference/map.html")
    rows = dict(re.findall(r'<tr><th scope="row">([\d.]+) .*?</th> <td data-is="Here">(.*?)</td>', page))
    assert 'href="../optimization/step.html#sec-step-limit"><span>A step · The limit' in rows["6.1"]
    assert "no section yet" in rows["6.2"]  # a pointer at the end of a chapter is no section about it
    assert "6.6" not in rows  # UDL's own summary
    chapter = re.search(r'<tr class="chapter"><th scope="row">(.*?)</th>', page)[1]
    assert 'href="../optimization/step.html#ch-step">' in chapter


def test_code_leads_to_the_library_and_the_library_back(trial):
    step, library = trial.page("optimization/step.html"), trial.page("reference/library.html")
    assert step.count('<a href="../reference/library.html#landscaping-glue-glue">glue</a>') == 1
    assert '<dt id="landscaping-glue-glue"><code><b>glue</b>' in library
    assert 'Used in <a class="reference internal" href="../optimization/step.html#sec-step-limit"' in library


def test_a_term_carries_its_definition_and_the_glossary_says_where(trial):
    step, words = trial.page("optimization/step.html"), trial.page("reference/words.html")
    opened = re.findall(
        r'popovertarget="(.*?)">(.*?)</button><span class="gloss" popover id="(.*?)">(.*?) <a', step
    )
    says = "How steep the land is."
    first, second = ("preview-term-slope", "slope"), ("preview-term-slope-2", "Slopes")
    assert opened == [(name, words, name, says) for name, words in (first, second)]
    assert '<span class="m-keep"><strong><span class="term">' in step
    assert "</span></strong>,</span> and <span" in step
    assert 'In <a class="reference internal" href="../optimization/step.html"><span>A step<' in words


def test_a_page_is_written_again_exactly_when_what_it_shows_has_changed(tmp_path):
    trial = Trial(tmp_path)
    trial.build()
    trial.write({"optimization/step.md": STEP.replace("Not quite", "By no means")})
    assert trial.build() == {"optimization/step"}
    trial.write({"optimization/step.md": STEP.replace("did not hold", "held")})
    assert trial.build() == {"optimization/step", "reference/claims"}
    assert "A3: held" in trial.page("reference/claims.html")
    measured = notebook({**CLAIM, "measured": "12.6"})
    trial.write({"data/terrain.ipynb": measured})
    assert trial.build() == {"data/terrain", "reference/claims"}
    trial.write({"reference/words.md": CHAPTERS["reference/words.md"].replace("land", "ground")})
    assert trial.build() == {"optimization/step", "reference/words"}
    assert "How steep the ground is." in trial.page("optimization/step.html")
    held = STEP.replace("did not hold", "held")
    trial.write({"optimization/step.md": held.replace("glue(a=1)", "len([])")})
    assert trial.build() == {"optimization/step", "reference/library"}
    trial.write({"optimization/step.md": held})
    assert trial.build() == {"optimization/step", "reference/library"}
    trial.write({"optimization/step.md": held.replace("{udl}`6.1`", "{udl}`6.3`")})
    assert trial.build() == {"optimization/step", "reference/map"}
    before = pages(tmp_path)
    for folder in ("html", "trees"):
        for path in sorted((tmp_path / folder).rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
    trial.build()
    assert before == pages(tmp_path)
