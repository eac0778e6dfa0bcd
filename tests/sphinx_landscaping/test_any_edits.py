"""After any sequence of edits the site is the one that a build from nothing makes, byte for byte."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from small_book import Book

pytestmark = pytest.mark.slow
EVERYTHING = os.environ.get("LANDSCAPING_TESTS") == "all"

# What can be edited: a file, words in it, and what may stand there instead.
WORDS = {
    "prose": (
        "book/hills/steep.md",
        "A paragraph about height.",
        ["Nothing.", "See [the plain](flat.md).", "A height."],
    ),
    "title": ("book/hills/flat.md", "# Flat", ["# Even", "# Flat\n\n## And wide"]),
    "front page": ("book/index.md", "Three chapters, quick to run.", ["Some chapters."]),
    "cell": ("book/hills/flat.md", 'print("level"', ['print("the level"', 'print("how high"']),
    "caption": ("book/rivers/long.md", "```{code-cell} ipython3", ["```{code-cell} ipython3\n:alt: a map"]),
    "hidden": ("book/rivers/long.md", "print(", ["_ = 1\nprint("]),
    "helper": ("src/small/ground.py", "return 1", ["return 2", "return 1  # a metre", "return 1.5"]),
    "docstring": ("src/small/hills.py", "The height of a hill", ["How high a hill is"]),
    "import": ("src/small/hills.py", "from small.ground import base", ["from .plains import level as base"]),
    "constants": ("src/small/__init__.py", "import.", ["import.\n"]),
    "data": ("src/small/rivers/lengths.json", "[3, 5, 8]", ["[3, 5]", "[1]"]),
    "order": (
        "_toc.yml",
        "  - file: hills/steep\n  - file: hills/flat",
        ["  - file: hills/flat\n  - file: hills/steep"],
    ),
    "setting": ("_config.yml", "title: A Small Book", ["title: A Book"]),
}
A_PAGE_MORE = "a page more"
STEPS = [(name, number) for name, (_, _, others) in WORDS.items() for number in range(len(others) + 1)]
STEPS += [(A_PAGE_MORE, 0), (A_PAGE_MORE, 1)]


def apply(book: Book, clean: dict[str, str], chosen: dict[str, int]) -> None:
    """Write every file as it is after the edits so far."""
    texts = dict(clean)
    for name, (path, old, others) in WORDS.items():
        if number := chosen.get(name, 0):
            assert old in texts[path], (name, texts[path])
            texts[path] = texts[path].replace(old, others[number - 1], 1)
    more = book.root / "book" / "rivers" / "short.md"
    more.unlink(missing_ok=True)
    if chosen.get(A_PAGE_MORE):
        texts["_toc.yml"] += "  - file: rivers/short\n"
        texts["book/rivers/short.md"] = (
            texts["book/rivers/long.md"].replace("# Long", "# Short").replace("lengths()", "lengths()[0]")
        )
    for path, text in texts.items():
        if not (book.root / path).exists() or (book.root / path).read_text() != text:
            (book.root / path).write_text(text)


@settings(
    max_examples=20 if EVERYTHING else 3,
    deadline=None,
    derandomize=not EVERYTHING,  # `make test` asks the same questions of everyone, `make test-all` new ones
    database=None,
    phases=[Phase.generate, Phase.shrink] if EVERYTHING else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(rounds=st.lists(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4), min_size=2, max_size=3))
def test_any_edits_end_where_a_build_from_nothing_ends(once_built, rounds):
    clean = {path: (once_built.root / path).read_text() for path, _, _ in WORDS.values()}
    with tempfile.TemporaryDirectory() as folder:
        book, chosen = once_built.copy(Path(folder) / "book"), {}
        for steps in rounds:
            chosen |= dict(steps)
            apply(book, clean, chosen)
            done = book.build()
            assert done.returncode == 0, done.stderr
        edited = book.site()
        shutil.rmtree(book.root / "_build")
        assert book.build(LANDSCAPING_CORES="1", LANDSCAPING_WARM="0").returncode == 0
        assert book.site() == edited
