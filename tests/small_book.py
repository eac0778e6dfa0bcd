"""The small book in the hands of a test: build it, edit it, look at its pages."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SMALL_BOOK = Path(__file__).parent / "sphinx_landscaping" / "small_book"


@dataclass
class Book:
    """A copy of the small book."""

    root: Path
    tools: Path | None = None  # a copy of the site's tools that nobody edits meanwhile
    seconds: float = 900  # that a command may take

    def environment(self, **more: str) -> dict[str, str]:
        """What a build runs with."""
        tools = {"PYTHONPATH": str(self.tools)} if self.tools else {}
        return {**os.environ, "LANDSCAPING_CORES": "2", **tools, **more}

    def build(self, *words: str, **environ: str) -> subprocess.CompletedProcess:
        """Build as `make book` does."""
        return self.command("build", *words, **environ)

    def command(self, *words: str, **environ: str) -> subprocess.CompletedProcess:
        """Any command of the tools."""
        command, env = [sys.executable, "-m", "sphinx_landscaping", *words], self.environment(**environ)
        return subprocess.run(
            command, cwd=self.root, env=env, capture_output=True, text=True, timeout=self.seconds
        )

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words in a file; they must be there."""
        file = self.root / path
        text = file.read_text(encoding="utf8")
        assert old in text, f"{path} has no {old!r}"
        file.write_text(text.replace(old, new), encoding="utf8")

    def page(self, name: str) -> str:
        """A page of the built site."""
        return (self.root / "_build" / "html" / f"{name}.html").read_text(encoding="utf8")

    def report(self) -> dict:
        """The build's report."""
        return json.loads((self.root / "_build" / "report.json").read_text(encoding="utf8"))

    def ran(self) -> dict[str, str]:
        """Which chapters ran in the last good build, and why."""
        return {chapter["name"]: chapter["reason"] for chapter in self.report()["chapters"] if chapter["ran"]}

    def site(self) -> dict[str, str]:
        """A digest of every file of the site."""
        html = self.root / "_build" / "html"
        files = (path for path in sorted(html.rglob("*")) if path.is_file())
        return {str(path.relative_to(html)): hashlib.md5(path.read_bytes()).hexdigest() for path in files}

    def copy(self, to: Path) -> "Book":
        """The same book elsewhere, with what was built."""
        shutil.copytree(self.root, to)
        return Book(to, self.tools)


def fresh(to: Path) -> Book:
    """A small book that was never built."""
    shutil.copytree(SMALL_BOOK, to, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    return Book(to)
