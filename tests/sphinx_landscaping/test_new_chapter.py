"""`make chapter`: what it writes builds, passes its tests, and is refused where it cannot stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from small_book import Book
from sphinx_landscaping import chapter_head
from sphinx_landscaping.new_chapter import listed, make
from sphinx_landscaping.project import find
from sphinx_landscaping.report import Stopped

ROOT = Path(__file__).parents[2]
TOC = (
    "format: jb-book\nroot: index\ndefaults:\n  numbered: 3\nparts:\n  - caption: Reference\n    chapters:\n"
    "      - file: reference/bibliography\n"
)
LINT = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
WORK = "@book{prince, author={Prince, Simon}, title={Deep}, publisher={MIT}, year={2023}}\n"
SHELF = "(ch-bibliography)=\n# Bibliography\n\n```{bibliography}\n:all:\n```\n"
PLAIN = "addopts=--import-mode=importlib"  # shapes are checked where the book itself is tested
TESTS = ("tests/claims/test_claims_hold.py", "tests/landscaping/unsupervised/test_first_hill.py")
NO_CACHE = shutil.ignore_patterns("__pycache__", "*.egg-info", "small_book")


@pytest.fixture
def book(tmp_path):
    """A copy of the book without its chapters; the sources and tests with everything."""
    root = tmp_path / "copy"
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=NO_CACHE)
    for name in (
        "pyproject.toml",
        "_config.yml",
        "constraints.txt",
        "package-lock.json",
        "CITATION.cff",
        "CHANGELOG.md",
    ):
        shutil.copy(ROOT / name, root)
    for folder in ("src/landscaping", "tests/landscaping"):  # so that the part is made
        shutil.rmtree(root / folder / "unsupervised", ignore_errors=True)
    contracts = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(contracts.replace('"landscaping.unsupervised", ', ""))
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    (root / "book" / "reference").mkdir(parents=True)
    (root / "book" / "references.bib").write_text(WORK)
    (root / "book" / "reference" / "bibliography.md").write_text(SHELF)
    (root / "book" / "index.md").write_text("(ch-index)=\n# A book\n\nBeside {cite:t}`prince`.\n")
    (root / "_toc.yml").write_text(TOC)
    return Book(root)


def run(book, *words):
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(book.root / "src"), str(book.root / "tests")]),
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run([sys.executable, *words], cwd=book.root, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
def test_a_new_chapter_builds_and_passes_as_it_is_written(book):
    book.tools = book.root / "src"
    made = book.command("chapter", "unsupervised/first-hill", "--title", 'How high is "high"?')
    assert made.returncode == 0, made.stderr
    assert "wrote book/unsupervised/first-hill.md" in made.stdout
    built = book.build()
    assert built.returncode == 0, built.stderr
    page = book.page("unsupervised/first-hill")
    assert page.count('class="claim') >= 4
    assert len(re.findall(r'<figure[^>]*id="fig-first-hill-errors"', page)) == 1
    run(book, "tests/claims/rates.py", "unsupervised/first-hill")
    written = re.findall(r"^wrote (\S+\.py)$", made.stdout, re.MULTILINE)
    assert len(written) >= 3
    run(book, "-m", "ruff", "check", *written)
    run(book, "-m", "ruff", "format", "--check", *written)
    assert " 0 broken" in run(book, "-c", LINT, "--no-cache")
    passed = run(book, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", PLAIN, *TESTS)
    assert re.search(r"\b2\d passed", passed), passed


def test_its_line_stands_in_its_part_and_a_missing_part_in_its_place():
    toc = TOC
    for part in ("generalization", "models", "unsupervised", "data", "supervised", "optimization"):
        toc = listed(toc, part, f"about-{part}")
    toc = listed(toc, "data", "more")
    files = re.findall(r"- file: (\S+)", toc)
    assert files == [
        *("models/about-models", "data/about-data", "data/more", "optimization/about-optimization"),
        *("supervised/about-supervised", "unsupervised/about-unsupervised"),
        *("generalization/about-generalization", "reference/bibliography"),
    ]
    parts = re.findall(r"- caption: (\S+)", toc)
    assert parts == [*map(str.capitalize, chapter_head.PARTS), "Reference"]


def test_a_missing_part_stands_after_the_parts_that_come_before_it():
    front = "".join(
        f"  - caption: {caption}\n    chapters:\n      - file: {file}\n"
        for caption, file in (("Before the parts", "first-fit"), ("Models", "models/hills"))
    )
    toc = listed(TOC.replace("parts:\n", "parts:\n" + front), "unsupervised", "maps")
    files = re.findall(r"- file: (\S+)", toc)
    assert files == ["first-fit", "models/hills", "unsupervised/maps", "reference/bibliography"]


def test_a_line_in_the_real_book_changes_no_other_line():
    toc = (ROOT / "_toc.yml").read_text()
    longer = listed(toc, "models", "first-hill").splitlines()
    longer.remove("      - file: models/first-hill")
    assert longer == toc.splitlines()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "give a part and a name"),
        ("first-hill", "give a part and a name"),
        ("hills/first", "no part 'hills': take one of models, data"),
        ("models/First Hill", "small letters"),
        ("models/../etc", "small letters"),
        ("models/class", "cannot name a chapter"),
        ("models/spectrum", "models/spectrum"),
        ("data/spectrum", "labels have this name"),
        ("models/gabor", "src/landscaping/models/gabor.py is there already"),
        ("models/theme", "src/landscaping/charts/theme.py is there already"),
    ],
)
def test_what_cannot_be_a_new_chapter_is_refused_and_nothing_is_written(address, said):
    before = subprocess.run(["git", "status", "--short"], cwd=ROOT, capture_output=True, text=True).stdout
    with pytest.raises(Stopped, match=re.escape(said)):
        make(find(ROOT), address)
    after = subprocess.run(["git", "status", "--short"], cwd=ROOT, capture_output=True, text=True).stdout
    assert after == before


@pytest.mark.parametrize("title", ["a {role}", "one `code`", "two\nlines", "long " * 20])
def test_a_title_that_markdown_would_read_is_refused(title):
    with pytest.raises(Stopped, match="plain words"):
        make(find(ROOT), "models/first-hill", title)
