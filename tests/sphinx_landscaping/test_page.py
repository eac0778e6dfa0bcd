"""What the page keeps of Sphinx's and its extensions' additions, and what it says of itself."""

from types import SimpleNamespace

import pytest

from sphinx_landscaping import assets, keeping, page

SPHINX = ["_static/doctools.js", "_static/sphinx_highlight.js", "_static/documentation_options.js"]


def files(*names):
    """Assets as Sphinx hands them over."""
    return [SimpleNamespace(filename=name) for name in names]


def test_no_page_keeps_sphinxs_scripts():
    given = files(*SPHINX, "_static/quiz.mjs", None)
    assert [f.filename for f in page.own_scripts(given)] == ["_static/quiz.mjs"]


def test_code_has_a_button_and_what_a_cell_printed_has_none():
    for kind, count in (("python", 1), ("console", 1), ("none", 0), ("myst-ansi", 0)):
        code = '<div class="highlight"><pre>x</pre></div></div>'
        body = page.cleaned(f'<div class="highlight-{kind} notranslate">{code}')
        assert body.count("<button") == count, kind
        assert body.replace(page.COPY, "").endswith(code)


def test_styles_of_extensions_give_way_to_the_theme():
    given = files("_static/basic.css", "_static/mystnb.0ab.css", "_static/exercise.css", "_static/own.css")
    assert [f.filename for f in page.own_styles(given)] == ["_static/own.css"]


def test_a_page_says_what_it_is_about():
    assert page.description({"meta": {"description": "Own words."}}) == "Own words."
    assert page.description({"title": "<em>Depth</em>", "meta": {}}).startswith("Depth. ")


def test_what_checkers_refuse_is_taken_out():
    title = '<p class="collapsed admonition-title">Show</p>'
    summary = f'<summary aria-label="Toggle hidden content">{title}</summary>'
    body = page.cleaned(f'<div role="list" class="citation-list">{summary}')
    assert body == '<div class="citation-list"><summary>Show</summary>'


def test_every_file_of_the_site_is_its_own():
    for name, content in assets.served().items():
        text = content.decode("utf-8")
        assert "@import" not in text, name
        assert not [line for line in text.splitlines() if "http" in line and "w3.org" not in line], name


@pytest.mark.parametrize("name", ["book.css", "charts.mjs"])
def test_an_address_changes_with_its_file(name):
    assert page.address(lambda path, _: path, name) == f"_static/{name}?v={assets.version(name)}"
    assert len(assets.version(name)) == 8
    assert assets.version("math.woff2") == ""


def test_files_are_written_only_when_they_differ(tmp_path):
    path = tmp_path / "a" / "b.css"
    keeping.put(path, b"one")
    before = path.stat().st_mtime_ns
    keeping.put(path, b"one")
    assert path.stat().st_mtime_ns == before
    keeping.put(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_table_of_the_text_scrolls_in_a_box_of_its_own():
    table = '<table class="docutils align-default"><tr><td>1</td></tr></table>'
    assert page.cleaned(f"<p>a</p>{table}") == f'<p>a</p><div class="scroll">{table}</div>'
