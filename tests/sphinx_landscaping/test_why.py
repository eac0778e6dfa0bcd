"""A reader of `make why` learns what a chapter depends on, by which way, and what changed."""

import pytest

pytestmark = pytest.mark.slow


def row(said, name):
    return next(line for line in said.splitlines() if line.split()[:1] == [name])


def test_why_lists_every_input_and_the_way_it_came_in(book):
    said = book.command("why", "hills/steep").stdout
    assert said.startswith("hills/steep would be kept. Its results depend on:\n")
    assert {line.split()[0] for line in said.splitlines()[1:]} >= {
        "cells",
        "small/__init__.py",
        "small/hills.py",
        "small/ground.py",
    }
    assert "through small/hills.py" in row(said, "small/ground.py")
    assert "small/plains.py" not in said


def test_why_says_what_changed_and_runs_nothing(book):
    book.edit("src/small/ground.py", "return 1", "return 2")
    before = book.report()
    said = book.command("why", "hills/steep").stdout
    assert said.startswith("hills/steep would run: small/ground.py changed.")
    assert "changed" in row(said, "small/ground.py")
    assert "changed" not in row(said, "small/hills.py")
    assert book.report() == before


def test_why_says_what_is_no_longer_used(book):
    book.edit("src/small/hills.py", "from small.ground import base\n", "def base():\n    return 1\n")
    said = book.command("why", "hills/steep").stdout
    assert "no longer used" in row(said, "small/ground.py")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "no chapter was named: type `make why CHAPTER=…` with one of index, hills/steep"),
        (("hills/lost",), "no chapter is called 'hills/lost'"),
        (("index",), "index has no cells"),
    ],
)
def test_a_chapter_that_is_not_there_gets_a_sentence(book, words, sentence):
    done = book.command("why", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
