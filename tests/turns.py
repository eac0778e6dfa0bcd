"""Which chapters a costly test takes this time: all, or a fifth chosen by the commit's hash.

All are taken until they have been seen whole on an engine of these very bytes: `tested_whole.json` keeps the
digest of the engine that each test last saw whole, so no push of many commits hides a change from it.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
WHOLE = Path(__file__).with_name("tested_whole.json")
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


def turn(test: str, names: list[str], engine: Iterable[str] = ENGINE) -> list[str]:
    """All chapters where this engine was not yet tested whole, or for an edition; else a fifth.

    All, too, where there is no git to ask.
    """
    try:
        commit, edition = git("rev-parse", "HEAD")[0], git("tag", "--points-at", "HEAD", "--list", "v*")
        seen = kept().get(test) == digest(engine)
    except (OSError, subprocess.CalledProcessError):
        return names
    return chosen(names, commit) if seen and not edition and not EVERYTHING else names


def digest(engine: Iterable[str]) -> str:
    """One word for all files whose paths begin so, as they lie there now."""
    one = hashlib.sha256()
    for path in sorted(git("ls-files", "--", *(f"{begin}*" for begin in engine))):
        one.update(f"{path}\0".encode() + (ROOT / path).read_bytes() + b"\0")
    return one.hexdigest()


def kept() -> dict[str, str]:
    """For each test, the engine that it last saw whole."""
    return json.loads(WHOLE.read_text("utf8")) if WHOLE.exists() else {}


def saw_whole(test: str, engine: Iterable[str] = ENGINE) -> None:
    """Keep that all chapters passed on this engine: to be committed."""
    text = json.dumps({**kept(), test: digest(engine)}, indent=2, sort_keys=True)
    WHOLE.write_text(f"{text}\n", encoding="utf8")
