"""Each import contract of pyproject.toml, proved by an import that breaks it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BREAKS = {
    "a part looks forward": (
        "landscaping/models/shallow.py",
        "import landscaping.optimization",
        "A part may look back",
    ),
    "the ground floor imports a part": (
        "landscaping/surface.py",
        "import landscaping.models",
        "A part may look back",
    ),
    "chance imports a score": (
        "landscaping/randomness.py",
        "import landscaping.scores",
        "A part may look back",
    ),
    "the browsers' chance imports another": (
        "landscaping/small_generator.py",
        "import landscaping.randomness",
        "A part may look back",
    ),
    "numbers import a chart": (
        "landscaping/spread.py",
        "import landscaping.charts.theme",
        "Numbers never import",
    ),
    "the assessment imports torch": (
        "landscaping/assessment/value.py",
        "import torch",
        "The assessment starts in a blink",
    ),
    "numbers import altair": ("landscaping/claims.py", "import altair", "Numbers never import"),
    "a chart imports torch": ("landscaping/charts/theme.py", "import torch", "A chart knows column names"),
    "a chart imports a part": (
        "landscaping/charts/theme.py",
        "import landscaping.models",
        "A chart knows column names",
    ),
    "a playground imports a chart": (
        "landscaping/playgrounds/playground.py",
        "import landscaping.charts.spread",
        "A playground takes",
    ),
    "a part imports a playground": (
        "landscaping/models/gabor.py",
        "import landscaping.playgrounds",
        "Numbers never import",
    ),
    "the library imports Sphinx": ("landscaping/glue.py", "import sphinx", "The library knows nothing"),
    "the library imports the site": (
        "landscaping/glue.py",
        "import sphinx_landscaping",
        "The library knows nothing",
    ),
    "the site imports the library": (
        "sphinx_landscaping/ext.py",
        "import landscaping",
        "The site's tools know",
    ),
    "the site imports torch": ("sphinx_landscaping/ext.py", "import torch", "The site's tools know"),
    "the site imports Jupyter Book": (
        "sphinx_landscaping/ext.py",
        "import jupyter_book",
        "The site's tools know",
    ),
}


@pytest.fixture
def copy(tmp_path):
    """The sources in a place of their own, where an import may be broken."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = (
        "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_sources_keep_every_contract(copy):
    report = lint(copy)
    assert report.returncode == 0, report.stdout + report.stderr
    assert "0 broken" in report.stdout


@pytest.mark.parametrize("what", BREAKS)
def test_an_import_against_the_arrows_is_named(what, copy):
    file, line, contract = BREAKS[what]
    path = copy / "src" / file
    if not path.exists():
        path.write_text('"""Made to break a contract."""\n')
    path.write_text(f"{path.read_text()}\n{line}\n")
    report = lint(copy)
    assert report.returncode == 1
    broken = [row for row in report.stdout.splitlines() if " BROKEN" in row]
    assert any(row.startswith(contract) for row in broken), report.stdout


def test_nothing_in_src_imports_jupyter_book():
    sources = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    assert "import jupyter_book" not in sources
    assert "from jupyter_book" not in sources


def test_a_seed_enters_the_library_in_one_place():
    rows = [
        f"{path.name}: {line.strip()}"
        for path in (ROOT / "src/landscaping").rglob("*.py")
        for line in path.read_text().splitlines()
        if re.search(r"manual_seed\(|random\.seed\(|default_rng\(|RandomState\(", line)
    ]
    assert len(rows) == 1, rows
    assert rows[0].startswith("randomness.py")
