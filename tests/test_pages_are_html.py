"""Every page of the site is HTML as the Nu checker reads it."""

import pytest
from benchmarks.visiting import every_page

import nu


@pytest.mark.slow
def test_the_checker_sees_an_error(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p><div id=a></div><b id=a></p>")
    assert len(nu.errors([page])) >= 2


def test_a_checker_that_does_not_run_is_not_a_page_without_errors(tmp_path, monkeypatch):
    monkeypatch.setattr(nu, "JAR", tmp_path / "none.jar")
    with pytest.raises(OSError, match="did not run"):
        nu.errors([tmp_path / "a.html"])


def test_no_page_has_an_error(site):
    """Of the many small pages that one template makes, every twentieth."""
    names = every_page(site)
    small = [name for name in names if name.startswith(("cite/", "at/"))]
    pages = [site / name for name in [*(set(names) - set(small)), *small[::20]]]
    assert len(pages) > len(small[::20]) > 20
    assert nu.errors(sorted(pages)) == []
