"""A helper's source is found by name in its file, without running the file."""

import sys

import pytest

from sphinx_landscaping.find_source import find

PARTS = '''"""Parts."""

LIMIT: int = 2
RULE = (
    1,
)


@mark
def made():
    """Kept."""
    return 1
'''
FILES = {
    "__init__.py": "from .parts import made as renamed\nfrom .deep import inner\nraise OSError\n",
    "parts.py": PARTS,
    "deep/__init__.py": "from ..parts import Thing\nfrom .inner import *\n",
    "deep/inner.py": "class Box:\n    a = 1\n\n    @property\n    def size(self):\n        return 2\n",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    for name, text in FILES.items():
        file = tmp_path / "lookedup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "lookedup"


def test_a_function_comes_with_decorator_and_docstring(package):
    found = find("lookedup.parts.made")
    assert found.code == '@mark\ndef made():\n    """Kept."""\n    return 1'
    assert (found.file, found.line) == (package / "parts.py", 9)


def test_a_name_is_followed_to_where_it_is_made(package):
    assert find("lookedup.renamed") == find("lookedup.parts.made")


def test_values_classes_and_methods_are_found(package):
    assert find("lookedup.parts.LIMIT").code == "LIMIT: int = 2"
    assert find("lookedup.parts.RULE").code == "RULE = (\n    1,\n)"
    assert find("lookedup.deep.inner.Box").code.startswith("class Box:")
    assert find("lookedup.deep.inner.Box.size").code == "@property\ndef size(self):\n    return 2"


def test_nothing_is_run(package):
    find("lookedup.parts.made")
    assert "lookedup" not in sys.modules


@pytest.mark.parametrize(
    ("dotted", "said"),
    [
        ("lookedup.parts.mode", "it has LIMIT, RULE, made"),
        ("lookedup.deep.inner.Box.weight", "it has a, size"),
        ("lookedup.absent.Thing", "no 'absent'"),
        ("no_such_package.Thing", "no name in an installed package"),
        ("lookedup", "write package.module.Name"),
    ],
)
def test_an_unknown_name_is_answered_with_what_there_is(package, dotted, said):
    with pytest.raises(LookupError, match=said):
        find(dotted)


def test_the_library_of_the_book_is_found():
    assert find("sphinx_landscaping.find_source.find").code.startswith("def find(dotted: str) -> Found:")
