"""Ways to a running notebook: right repository, path and revision, for a fork and for an edition."""

import re

import pytest

from sphinx_landscaping import launching
from sphinx_landscaping.identity import Identity

HOME = Identity(
    "B", "s", "a", "p", "en", "org", "repo", "https://org.github.io/repo/", "c0ffee", "", "2026.11"
)
EDITION = Identity(
    "B", "s", "a", "p", "en", "org", "repo", "https://org.github.io/repo/", "c0ffee", "v2026.11"
)
FORK = Identity("B", "s", "a", "p", "en", "me", "mine", "https://me.github.io/mine/", "c0ffee")


@pytest.mark.parametrize(
    ("who", "at"), [(HOME, "org/repo/c0ffee"), (EDITION, "org/repo/v2026.11"), (FORK, "me/mine/c0ffee")]
)
def test_binder_opens_the_source_at_this_revision(who, at):
    wanted = f"https://mybinder.org/v2/gh/{at}?urlpath=lab/tree/book/models/spectrum.md"
    assert launching.binder(who, "models/spectrum") == wanted


@pytest.mark.parametrize(
    ("who", "at"),
    [
        (HOME, "org/repo/blob/editions/latest"),
        (EDITION, "org/repo/blob/editions/2026.11"),
        (FORK, "me/mine/blob/editions/latest"),
    ],
)
def test_colab_opens_the_published_notebook(who, at):
    wanted = f"https://colab.research.google.com/github/{at}/notebooks/first-fit.ipynb"
    assert launching.colab(who, "first-fit", "editions") == wanted


def test_the_bar_has_each_way_once_and_says_what_each_does():
    found = launching.ways(HOME, "models/spectrum", "editions", 2, 250_000, "../")
    made = launching.bar(found, "../reference/running.html")
    described = re.findall(r'aria-describedby="([^"]+)"', made)
    assert described == ["launch-binder", "launch-colab", "launch-download"]
    assert all(f'id="{name}"' in made for name in described)
    assert "Run All takes about 2 minutes" in made
    assert "0.2 MB" in made
    assert 'href="../notebooks/models/spectrum.ipynb"' in made
