"""The book's identity stands in one place, and the environment of a fork overrides it."""

import subprocess

import pytest

from small_book import fresh
from sphinx_landscaping.identity import identity


@pytest.fixture
def root(tmp_path):
    """A small book outside git."""
    return fresh(tmp_path / "book").root


def git(root, *words):
    who = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *who, *words], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_home_is_what_the_project_says(root):
    who = identity(root, {})
    assert (who.title, who.owner, who.address) == (
        "A Small Book",
        "home",
        "https://home.github.io/small-book/",
    )
    assert who.source == "https://github.com/home/small-book"


def test_a_fork_in_actions_points_to_the_fork(root):
    who = identity(root, {"GITHUB_REPOSITORY": "Ada/small-book", "GITHUB_REPOSITORY_OWNER": "Ada"})
    assert who.source == "https://github.com/Ada/small-book"
    assert who.address == "https://ada.github.io/small-book/"


def test_a_users_own_page_has_no_folder(root):
    who = identity(root, {"GITHUB_REPOSITORY": "ada/ada.github.io"})
    assert who.address == "https://ada.github.io/"


def test_our_own_variables_win(root):
    said = {
        "GITHUB_REPOSITORY": "ada/small-book",
        "LANDSCAPING_OWNER": "eve",
        "LANDSCAPING_REPOSITORY": "book",
    }
    assert identity(root, said).address == "https://eve.github.io/book/"
    assert identity(root, said | {"LANDSCAPING_ADDRESS": "https://book.org"}).address == "https://book.org/"


def test_untagged_is_a_draft_of_its_commit_and_tagged_is_an_edition(root):
    assert (identity(root, {}).commit, identity(root, {}).revision) == ("", "main")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    who = identity(root, {})
    assert who.revision == who.commit == git(root, "rev-parse", "HEAD")
    assert who.edition == "2026.1 (draft)"
    git(root, "tag", "v2026.1")
    assert (identity(root, {}).revision, identity(root, {}).edition) == ("v2026.1", "2026.1")


def test_a_missing_key_is_named(root):
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text.replace("publisher", "printer"))
    with pytest.raises(ValueError, match="publisher missing"):
        identity(root, {})


@pytest.mark.slow
def test_pages_carry_the_identity_of_the_fork(book):
    done = book.build(GITHUB_REPOSITORY="ada/small-book")
    assert done.returncode == 0, done.stderr
    assert book.ran() == {}
    assert 'href="https://ada.github.io/small-book/2026.1/hills/flat.html"' in book.page("hills/flat")
