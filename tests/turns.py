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
    """A fifth of the chapters, by the commit's hash: every chapter's turn comes."""
    count, start = -(-len(names) // 5), int(commit, 16) % len(names)
    return [names[(start + step) % len(names)] for step in range(count)]


def turn(names: list[str], engine: Iterable[str] = ENGINE) -> list[str]:
    """All chapters where the last commit changed what all go through, or git knows none; else a fifth."""
    try:
        changed, commit = git("diff", "--name-only", "HEAD~1"), git("rev-parse", "HEAD")[0]
    except (OSError, subprocess.CalledProcessError):
        return names
    whole = EVERYTHING or any(path.startswith(tuple(engine)) for path in changed)
    return names if whole else chosen(names, commit)
