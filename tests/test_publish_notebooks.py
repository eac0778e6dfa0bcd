"""Publishing puts an edition's notebooks on the branch that Colab reads, and keeps the others."""

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).parents[1] / ".ci" / "publish-notebooks"
WHO = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}


def run(*words: str, cwd: Path) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, env=clean | WHO)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    run("git", "init", "-q", "--bare", "there", cwd=tmp_path)
    run("git", "init", "-q", "-b", "main", "here", cwd=tmp_path)
    here = tmp_path / "here"
    (here / "README.md").write_text("a book\n")
    run("git", "add", ".", cwd=here)
    run("git", "commit", "-q", "-m", "begun", cwd=here)
    run("git", "remote", "add", "origin", str(tmp_path / "there"), cwd=here)
    return here


def publish(copy: Path, edition: str, text: str) -> list[str]:
    notebooks = copy.parent / edition / "notebooks" / "models"
    notebooks.mkdir(parents=True)
    (notebooks / "hill.ipynb").write_text(text)
    run(str(SCRIPT), str(notebooks.parent), edition, "gh-pages", cwd=copy)
    tree = run("git", "ls-tree", "-r", "--name-only", "gh-pages", cwd=copy.parent / "there")
    return tree.splitlines()


def read(copy: Path, path: str) -> str:
    return run("git", "show", f"gh-pages:{path}", cwd=copy.parent / "there")


def test_each_edition_stays_and_the_latest_is_the_last(copy):
    first = publish(copy, "2026.11", "one")
    assert first == ["2026.11/notebooks/models/hill.ipynb", "latest/notebooks/models/hill.ipynb"]
    assert publish(copy, "2027.02", "two") == [
        "2026.11/notebooks/models/hill.ipynb",
        "2027.02/notebooks/models/hill.ipynb",
        "latest/notebooks/models/hill.ipynb",
    ]
    assert [read(copy, f"{name}/notebooks/models/hill.ipynb") for name in ("2026.11", "latest")] == [
        "one",
        "two",
    ]
    assert run("git", "status", "--short", cwd=copy) == ""
    assert run("git", "branch", "--format=%(refname:short)", cwd=copy).split() == ["main"]
