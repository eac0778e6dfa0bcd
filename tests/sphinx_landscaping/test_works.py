"""A work is cited into the right list, whatever page was read last."""

import ast
from itertools import permutations
from types import SimpleNamespace

from sphinx_landscaping import works

OWN, WHOLE = "docname in docnames", "cited"
LISTS = [("supervised/losses", OWN), ("reference/bibliography", WHOLE), ("unsupervised/diffusion", OWN)]


def test_the_list_of_the_whole_book_stands_last_in_any_order_of_reading():
    for order in permutations(LISTS):
        found = {works_key(page): SimpleNamespace(filter_=ast.parse(said)) for page, said in order}
        works.sort(found)
        assert [key.docname for key in found] == [
            "supervised/losses", "unsupervised/diffusion", "reference/bibliography",
        ]  # fmt: skip


def works_key(page):
    """A key as sphinxcontrib-bibtex has it: hashable, with the page's name."""
    from sphinxcontrib.bibtex.directives import BibliographyKey

    return BibliographyKey(page, "bibliography-0")


def test_a_page_without_a_list_cites_into_that_of_the_whole_book(site):
    page = (site / "index.html").read_text("utf-8")
    assert 'class="bibtex-citation"' in page
    assert page.count('href="reference/bibliography.html#id') == page.count('class="bibtex-citation"')
