"""What a cell may not do, because its page would depend on what no input tells."""

import pytest

from sphinx_landscaping import syntax


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import inspect\nprint(inspect.getsource(height))", "'inspect'"),
        ("print(height.__doc__)", "'__doc__'"),
        ("print(getattr(height, '__doc__'))", "'__doc__'"),
        ("help(height)", "'help'"),
        ("print(height.__code__.co_firstlineno)", "'co_firstlineno'"),
        ("height?", "is not plain Python"),
        ("%pdoc height", "is not plain Python"),
        ("!cat ../src/small/hills.py", "is not plain Python"),
        ("def height(:", "is not plain Python (its line 1"),
    ],
)
def test_a_cell_that_could_show_source_docstrings_or_lines_is_refused(cell, words):
    assert words in syntax.fault(cell)


@pytest.mark.parametrize(
    "cell",
    ["height(3)", "net.eval()", "await later()", "# inspect it\n'read the docs: help'", "x = '__main__'"],
)
def test_any_other_cell_is_not(cell):
    assert syntax.fault(cell) == ""
