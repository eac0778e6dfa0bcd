"""Figures are counted again where something that counts has changed, and only there."""

import io
from collections import Counter

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_landscaping import counting

pytestmark = pytest.mark.slow  # some builds
PAGES = {
    "index": "# Land\n\n```{toctree}\n:numbered:\nhill\nvalley\n```\n",
    "hill": "# Hill\n\n```{figure} a.svg\n:name: fig-hill\nA hill.\n```\n\nHigh.\n",
    "valley": "# Valley\n\n## Floor\n\n```{figure} a.svg\n:name: fig-valley\nA valley.\n```\n",
}
TABLE = "\n```{list-table} Heights\n:name: tab-hill\n* - 1\n```\n"


class Land:
    """A book of three pages, built by Sphinx in this process; `counts` says how often Sphinx has counted."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.counts = folder, Counter()
        (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        for name, text in PAGES.items():
            self.write(name, text)
        original = counting.COUNT
        monkeypatch.setattr(counting, "COUNT", lambda *given: self.counts.update("c") or original(*given))

    def write(self, name, text):
        (self.folder / f"{name}.md").write_text(text)

    def numbers(self, trees="trees"):
        """Build, and give the numbers of what is counted."""
        conf = {"extensions": ["myst_parser", "sphinx_landscaping.counting"], "numfig": True}
        places = (str(self.folder), None, str(self.folder / "html"), str(self.folder / trees), "html")
        with docutils_namespace():
            app = Sphinx(*places, conf, io.StringIO(), io.StringIO())
            app.build()
        return app.env.toc_fignumbers


@pytest.fixture
def land(tmp_path, monkeypatch):
    made = Land(tmp_path, monkeypatch)
    assert made.numbers() == {
        "hill": {"figure": {"fig-hill": (1, 1)}},
        "valley": {"figure": {"fig-valley": (2, 1)}},
    }
    return made


@pytest.mark.parametrize(
    ("page", "old", "new", "again"),
    [
        ("hill", "High.", "Higher.", False),
        ("hill", "A hill.", "A high hill.", False),
        ("valley", "# Valley", "# Deep valley", True),
        ("valley", "## Floor", "Low.\n\n## Floor", False),
        ("hill", "fig-hill", "fig-high", True),
        ("hill", "High.", "```{figure} a.svg\n:name: fig-more\nMore.\n```", True),
        ("hill", "High.", TABLE, True),
        ("index", "hill\nvalley", "valley\nhill", True),
        ("index", ":numbered:\n", "", True),
    ],
)
def test_only_what_counts_is_counted_again_and_the_numbers_are_those_of_a_cold_build(
    land, page, old, new, again
):
    land.write(page, PAGES[page].replace(old, new))
    kept = land.numbers()
    assert land.counts["c"] == 1 + again
    assert kept == land.numbers("cold")


def test_a_page_that_is_gone_is_no_longer_counted(land):
    land.write("index", PAGES["index"].replace("hill\n", ""))
    (land.folder / "hill.md").unlink()
    assert land.numbers() == {"valley": {"figure": {"fig-valley": (1, 1)}}}
