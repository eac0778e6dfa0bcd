"""The small book, built once and copied for every test."""

import shutil
from pathlib import Path

import pytest

import sphinx_landscaping
from small_book import Book, fresh


@pytest.fixture(scope="session")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The small book after its first build."""
    folder = tmp_path_factory.mktemp("small")
    book = fresh(folder / "book")
    book.tools = folder / "tools"
    shutil.copytree(Path(sphinx_landscaping.__file__).parent, book.tools / "sphinx_landscaping")
    done = book.build()
    assert done.returncode == 0, done.stderr
    return book


@pytest.fixture
def book(once_built: Book, tmp_path: Path) -> Book:
    """A built small book that a test may change."""
    return once_built.copy(tmp_path / "book")
