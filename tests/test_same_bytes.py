"""The whole book, built again from nothing with other kernels, gives the same bytes."""

import shutil
import sys
from pathlib import Path

import pytest

from small_book import Book
from sphinx_landscaping import building, chapters, project, report, store
from turns import EVERYTHING, git, saw_whole, turn

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
COPIED = ("book", "src", "pyproject.toml", "_config.yml", "_toc.yml", "constraints.txt", "package-lock.json")
COPIED += ("package.json", "CITATION.cff", "CHANGELOG.md", "permalinks.lock")


def copied(to: Path) -> Book:
    """The book with the results of its chapters and none of its pages."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        elif source.exists():
            shutil.copy(source, to / name)
    (to / "node_modules").symlink_to(ROOT / "node_modules")
    (to / ".git").write_text(f"gitdir: {git('rev-parse', '--absolute-git-dir')[0]}\n")
    shutil.copytree(ROOT / "_build" / "executed", to / "_build" / "executed")
    return Book(to)


def test_two_builds_from_nothing_give_the_same_bytes(site, tmp_path, capsys):
    at = project.find(ROOT)
    made_from = report.read_json(at.build / "state.json").get("made_from")
    assert made_from == building.everything(at), "the site is not that of these files: type `make book` first"
    book = copied(tmp_path / "book")
    names = list(store.Store(book.root / "_build" / "executed").names())
    listed = [name for name in chapters.listed(at) if name in names]
    again = turn("same bytes", listed)
    with capsys.disabled():
        print(f"\nexecuted again, each in a kernel from nothing: {', '.join(again)}", file=sys.stderr)
    store.Store(book.root / "_build" / "executed").forget(again)
    book.seconds = 3600  # many chapters, and other tests beside them
    done = book.build(LANDSCAPING_WARM="0")
    assert done.returncode == 0, done.stderr
    assert set(book.ran()) == set(again)
    before, now = Book(ROOT).site(), book.site()
    assert {name for name in before | now if before.get(name) != now.get(name)} == set()
    if EVERYTHING:
        saw_whole("same bytes")
