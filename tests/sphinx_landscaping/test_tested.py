"""A sentence of the site that names a test names one that is there."""

from pathlib import Path

from sphinx_landscaping.tested import fault

ROOT = Path(__file__).parents[2]
HERE = "tests/sphinx_landscaping/test_tested.py"


def test_a_test_that_is_there_is_found():
    assert fault(ROOT, HERE, "test_a_test_that_is_there_is_found") == ""


def test_a_copy_without_tests_has_nothing_to_be_held_against(tmp_path):
    assert fault(tmp_path, "tests/none.py", "test_a") == ""
    (tmp_path / "tests").mkdir()
    assert fault(tmp_path, "tests/none.py", "test_a")


def test_a_test_or_a_file_that_is_not_there_is_named():
    assert f"{HERE} has no test 'test_nothing'" in fault(ROOT, HERE, "test_nothing")
    assert "has no test 'test_a_test'" in fault(ROOT, HERE, "test_a_test")
    assert "there is no test file 'tests/none.py'" in fault(ROOT, "tests/none.py", "test_a")
    assert "there is no test file 'src/" in fault(ROOT, "src/sphinx_landscaping/tested.py", "setup")
