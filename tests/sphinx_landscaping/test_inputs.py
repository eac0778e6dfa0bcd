"""What counts as an input of a chapter, decided without a build."""

from pathlib import Path

import pytest

from small_book import fresh
from sphinx_landscaping import inputs
from sphinx_landscaping.syntax import IMPORTS_ANYTHING


@pytest.fixture
def small(tmp_path):
    """The package of the small book, and its folder."""
    return fresh(tmp_path / "book").root


def of(root, *cells, package="small"):
    library = inputs.Library(root / "src", package)
    return inputs.of_chapter(cells, library, root / "book" / "hills", "same versions")


def modules(root, *cells):
    return {name for name in of(root, *cells) if name.startswith("small/")}


def test_modules_that_are_imported_through_others_count(small):
    assert modules(small, "from small.hills import height") == {
        "small/__init__.py",
        "small/hills.py",
        "small/ground.py",
    }


@pytest.mark.parametrize(
    "cell",
    ["import small.plains", "from small import plains as flat", "def later():\n    from small import plains"],
)
def test_every_way_to_import_is_seen(small, cell):
    assert "small/plains.py" in modules(small, cell)
    assert "small/ground.py" in modules(small, cell)


@pytest.mark.parametrize(
    "cell",
    [
        "import importlib\nimportlib.import_module('small.' + 'hills')",
        "exec('from small import hills')",
        "%load_ext autoreload\nfrom small import hills",
        "from small import *",
    ],
)
def test_what_cannot_be_decided_counts_as_used(small, cell):
    assert "small/promises.py" in modules(small, cell)


def test_a_network_that_evaluates_is_no_reason_to_use_everything(small):
    assert modules(small, "from small import plains\nnet.eval()") == modules(
        small, "from small import plains"
    )


def test_data_beside_a_module_that_is_used_counts_and_no_other(small):
    assert "small/rivers/lengths.json" in modules(small, "import small.rivers")
    assert "small/rivers/lengths.json" not in modules(small, "import small.hills")


def test_data_with_a_modules_name_belongs_to_that_module(small):
    (small / "src" / "small" / "hills.mjs").write_text("export default 1;")
    (small / "src" / "small" / "shared.mjs").write_text("export const one = 1;")
    assert {"small/hills.mjs", "small/shared.mjs"} <= modules(small, "import small.hills")
    assert "small/hills.mjs" not in modules(small, "import small.plains")
    assert "small/shared.mjs" in modules(small, "import small.plains")


def test_files_beside_the_page_count(small):
    (small / "book" / "hills" / "peaks.csv").write_text("1,2\n")
    (small / "book" / "hills" / "helper.py").write_text("x = 1\n")
    assert {"peaks.csv", "helper.py"} <= set(of(small, "print(1)"))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("The height of a hill", "How tall a hill is", True),
        ("return base()", "# why\n    return base()", True),
        ("return base()", "return  base( )", True),
        ("2 * steps", "3 * steps", False),
        ("steps: int", "steps: float", False),
    ],
)
def test_meaning_counts_and_not_bytes(small, old, new, same):
    before = of(small, "import small.hills")
    path = small / "src" / "small" / "hills.py"
    path.write_text(path.read_text().replace(old, new))
    assert (of(small, "import small.hills") == before) is same


@pytest.mark.parametrize("looks", ["print(height.__doc__)", "import inspect", "help(height)"])
def test_code_that_looks_at_itself_sees_docstrings(small, looks):
    cell = f"from small.hills import height\n{looks}"
    before = of(small, cell)
    path = small / "src" / "small" / "hills.py"
    path.write_text(path.read_text().replace("The height of a hill", "How tall a hill is"))
    assert of(small, cell) != before


def test_reason_names_the_first_change_and_counts_the_rest():
    before = {"cells": "1", "locked versions": "2", "small/a.py": "3", "small/b.py": "4"}
    assert inputs.reason(None, before) == "first run"
    assert inputs.reason(before, before | {"small/a.py": "x"}) == "small/a.py changed"
    assert inputs.reason(before, before | {"cells": "x", "small/b.py": "y"}) == "cells changed, and 1 more"
    fewer = {name: value for name, value in before.items() if name != "small/b.py"}
    assert inputs.reason(before, fewer) == "small/b.py no longer used"
    assert inputs.reason(before, before) == "result missing"


def test_key_changes_with_any_input():
    found = {"cells": "1", "small/a.py": "2"}
    assert inputs.key(found) == inputs.key(dict(reversed(found.items())))
    assert inputs.key(found) != inputs.key({"cells": "1", "small/a.py": "3"})
    assert inputs.key(found) != inputs.key({"cells": "1", "small/b.py": "2"})


def test_installed_versions_are_those_that_the_lock_names(tmp_path):
    lock = tmp_path / "constraints.txt"
    lock.write_text("nbclient==1\n")
    one = inputs.installed(lock)
    lock.write_text("# a comment\nnbclient==2\n")
    assert inputs.installed(lock) == one  # what is installed counts, not what the lock asks for
    lock.write_text("nbclient==1\nnbformat==1\n")
    assert inputs.installed(lock) != one


def test_no_module_of_the_book_that_chapters_import_can_import_anything():
    """One that could would make every chapter depend on every module, and run again for each new one."""
    library = inputs.Library(Path(__file__).parents[2] / "src", "landscaping")
    anything = {module for module in library.files if library.code(module).words & IMPORTS_ANYTHING}
    assert anything <= {"landscaping.assessment.shelf"}
