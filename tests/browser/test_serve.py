"""`make serve` in a real browser: an open page shows what was edited, by itself."""

import re
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from small_book import fresh

SOON = 120_000  # milliseconds, on a machine that does much else


@pytest.fixture
def served(tmp_path):
    """A small book as `make serve` shows it, and its address."""
    book = fresh(tmp_path / "book")
    command = [sys.executable, "-m", "sphinx_landscaping", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=book.root,
        env=book.environment(),
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background ignores it
    ) as process:
        said = next(line for line in process.stdout if "Ctrl-C ends" in line)
        yield book, re.search(r"http://127\.0\.0\.1:\d+/", said)[0], process
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 130


def test_an_edited_paragraph_and_an_edited_helper_reach_the_open_page(served, page):
    book, address, _ = served
    page.goto(f"{address}hills/steep.html")
    expect(page.locator("body")).to_contain_text("height 7")
    page.evaluate("document.body.dataset.opened = 'before the edit'")
    book.edit("book/hills/steep.md", "about height", "about great height")
    expect(page.locator("body")).to_contain_text("about great height", timeout=SOON)
    assert page.evaluate("document.body.dataset.opened") is None  # the browser has loaded it again
    assert book.ran() == {}

    book.edit("src/small/hills.py", "2 * steps", "4 * steps")
    expect(page.locator("body")).to_contain_text("height 13", timeout=SOON)
    assert book.ran() == {"hills/steep": "small/hills.py changed"}


def test_a_page_that_cannot_be_built_leaves_the_open_one(served, page):
    book, address, process = served
    page.goto(f"{address}hills/flat.html")
    book.edit("book/hills/flat.md", "# Flat", "# Flat\n\n{ref}`nowhere`")
    assert any("The last good site stays." in line for line in process.stdout)
    page.reload()
    expect(page.locator("body")).to_contain_text("level 1")
    book.edit("book/hills/flat.md", "{ref}`nowhere`", "A plain.")
    expect(page.locator("body")).to_contain_text("A plain.", timeout=SOON)
