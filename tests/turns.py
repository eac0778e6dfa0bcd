"""Which chapters a costly test takes this time: all, or a fifth chosen by the commit's hash."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
EVERYTHING = os.environ.get("LANDSCAPING_TESTS") == "all"
ENGINE = ("src/sphinx_landscaping/", "constraints.txt", "package-lock.json", "_config.yml", "bootstrap.py")


def git(*words: str) -> list[str]:
    """The words that a git command prints."""
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()


def chosen(names: list[str], commit: str) -> list[str]:
    """Every fifth of the chapters, from one that the commit's hash chooses: every chapter's turn comes."""
    return names[int(commit, 16) % 5 :: 5]


def turn(names: list[str], engine: Iterable[str] = ENGINE) -> list[str]:
    """All chapters where the last commit changed what all go through, or is an edition; else a fifth.

    All, too, where git knows of no commit before.
    """
    try:
        changed, commit = git("diff", "--name-only", "HEAD~1"), git("rev-parse", "HEAD")[0]
        edition = git("tag", "--points-at", "HEAD", "--list", "v*")
    except (OSError, subprocess.CalledProcessError):
        return names
    whole = EVERYTHING or edition or any(path.startswith(tuple(engine)) for path in changed)
    return names if whole else chosen(names, commit)
