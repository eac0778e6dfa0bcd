"""The contributor's journey: a clone, one command, a paragraph, a helper, and a claim that breaks by name."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from small_book import Book, fresh

SOON = 120_000  # milliseconds, on a machine that does much else
CLAIM = """
```{code-cell} ipython3
from small import promises
promises.check(height(3), 5)
```
"""
AUTHOR = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *AUTHOR, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def clone(tmp_path) -> Book:
    """A clone of a small book one of whose chapters makes a claim; nothing in it is built."""
    origin = fresh(tmp_path / "origin")
    with (origin.root / "book" / "hills" / "steep.md").open("a", encoding="utf8") as chapter:
        chapter.write(CLAIM)
    (origin.root / ".gitignore").write_text("_build/\n__pycache__/\n")
    git(origin.root, "init", "--quiet")
    git(origin.root, "add", ".")
    git(origin.root, "commit", "--quiet", "--message", "A small book")
    git(tmp_path, "clone", "--quiet", "origin", "clone")
    return Book(tmp_path / "clone")


def until(said, words: str) -> list[str]:
    """The lines of a command up to one that has these words."""
    lines = []
    for line in said:
        lines.append(line.rstrip())
        if words in line:
            return lines
    raise AssertionError(f"{words!r} was never said: {lines}")


def chapters(lines: list[str]) -> dict[str, str]:
    """Chapter -> `ran` or `kept`, as a build says it."""
    found = (re.match(r"(ran|kept) +(\S+)", line) for line in lines)
    return {line[2]: line[1] for line in found if line}


def quiet() -> None:
    """In the new process: end on Ctrl-C, which a shell's background ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_clone_one_command_edit_and_be_told_by_name(clone, page):
    command = [sys.executable, "-m", "sphinx_landscaping", "serve", "--port", "0"]  # what `make serve` runs
    with subprocess.Popen(command, cwd=clone.root, env=clone.environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, bufsize=1,
                          preexec_fn=quiet) as process:  # fmt: skip
        first = until(process.stdout, "Ctrl-C ends")
        assert chapters(first) == dict.fromkeys(("hills/steep", "hills/flat", "rivers/long"), "ran")
        page.goto(re.search(r"http://127\.0\.0\.1:\d+/", first[-1])[0] + "hills/steep.html")
        text = page.locator("body")
        expect(text).to_contain_text("height 7")

        clone.edit("book/hills/steep.md", "A paragraph", "A better paragraph")
        expect(text).to_contain_text("A better paragraph", timeout=SOON)
        assert "ran" not in chapters(until(process.stdout, "chapters,")).values()

        clone.edit("src/small/hills.py", "2 * steps", "4 * steps")
        expect(text).to_contain_text("height 13", timeout=SOON)
        ran = chapters(until(process.stdout, "chapters,"))
        assert ran == {"hills/steep": "ran", "hills/flat": "kept", "rivers/long": "kept"}

        clone.edit("src/small/hills.py", "4 * steps", "1 * steps")
        said = "\n".join(until(process.stdout, "The last good site stays."))
        assert "claim-small-hills: hills are high; measured 4, wanted at least 5" in said
        assert "hills/steep" in said
        page.reload()
        expect(text).to_contain_text("height 13")

        clone.edit("src/small/hills.py", "1 * steps", "3 * steps")
        expect(text).to_contain_text("height 10", timeout=SOON)
        assert git(clone.root, "status", "--short").split() == [
            "M", "book/hills/steep.md", "M", "src/small/hills.py",
        ]  # fmt: skip
        process.send_signal(signal.SIGINT)
        process.stdout.read()
