"""What a reader takes away from a figure, and the page that it has for itself."""

import csv
import io
import json
from pathlib import Path

import pytest

from sphinx_landscaping import figure_files, figure_menu, figure_pages
from sphinx_landscaping.identity import identity

ROOT = Path(__file__).parents[2]

SVG = '<svg viewBox="0 0 10 5"><g fill="var(--data)"><path stroke="var(--height8,#000000)"/></g></svg>'
PAGE = """<section id="ch-a"><h1>A<a class="headerlink" href="#ch-a">¶</a></h1>
<section id="sec-a-b"><h2>On &amp; on</h2>
<figure id="fig-a-b"><svg><use href="#u"/><g id="u"/></svg><figcaption>See <a href="#sec-a-b">here</a>,
<a href="../reference/all.html#x">there</a>, <a href="https://example.org/y">away</a></figcaption></figure>
</section></section>"""


def test_a_drawing_alone_needs_no_page():
    alone = figure_files.standalone(SVG)
    assert "var(" not in alone
    assert 'xmlns="http://www.w3.org/2000/svg"' in alone
    assert '<g fill="#34439f">' in alone
    assert 'stroke="#5d407b"' in alone


def test_a_colour_that_falls_back_to_a_colour_is_one_colour():
    nested = SVG.replace("var(--data)", "var(--model,var(--data,#123456))")
    assert figure_files.standalone(nested) == figure_files.standalone(SVG.replace("--data", "--model"))


def test_a_drawing_with_a_type_of_its_own_is_still_one_picture(tmp_path):
    own = SVG.replace("<svg", '<svg font-family="Georgia" color="red"')
    assert figure_files.standalone(own) == figure_files.standalone(SVG)
    assert figure_files.picture(figure_files.standalone(own), tmp_path).startswith(b"\x89PNG")


def test_the_picture_is_a_png_twice_as_fine_and_kept(tmp_path):
    made = figure_files.picture(figure_files.standalone(SVG), tmp_path)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 20
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"kept")
    assert figure_files.picture(figure_files.standalone(SVG), tmp_path) == b"kept"


def test_the_wide_drawing_is_taken_whole():
    inner = "<svg><svg></svg><g></g></svg>"
    markup = f'<div class="drawing narrow"><svg></svg></div><div class="drawing wide fill">{inner}</div>'
    assert figure_files.first_drawing(markup) == inner
    with pytest.raises(ValueError, match="does not close"):
        figure_files.first_drawing("<svg><g>")


@pytest.mark.parametrize(("narrow", "taken"), [("0 0 300 200", "narrow"), ("0 0 300 500", "wide")])
def test_a_card_has_the_narrow_drawing_unless_it_stands_upright(narrow, taken):
    drawings = {"narrow": f'<svg viewBox="{narrow}"></svg>', "wide": '<svg viewBox="0 0 700 300"></svg>'}
    markup = "".join(f'<div class="drawing {name}">{svg}</div>' for name, svg in drawings.items())
    assert figure_files.on_a_card(markup) == drawings[taken]
    assert figure_files.on_a_card(drawings[taken]) == drawings[taken]


def test_every_table_of_a_chart_is_in_its_csv():
    spec = {
        "datasets": {"a": [{"x": 1}, {"x": 2, "y": "b,c"}]},
        "layer": [{"data": {"values": [{"z": [1, 2]}]}}, {"data": {"name": "a"}}],
    }
    text = figure_files.as_csv(figure_files.tables_of(spec))
    assert text == 'x,y\n1,\n2,"b,c"\n\nz\n"[1, 2]"\n'


def test_a_large_table_is_shared_by_what_it_holds_and_a_small_one_stays():
    rows = [{"x": k} for k in range(400)]
    one, first = figure_files.split({"wide": {}, "datasets": {"n": rows, "m": [{"x": 1}]}})
    two, second = figure_files.split({"wide": {}, "datasets": {"other": rows}})
    assert first == second
    assert one["tables"]["n"] == two["tables"]["other"]
    assert one["datasets"] == {"m": [{"x": 1}]}
    assert json.loads(first[one["tables"]["n"]]) == rows


def test_a_figures_page_keeps_its_links_right():
    cut = figure_pages.cut(PAGE, "fig-a-b")
    moved = figure_pages.moved(cut, "models/a.html", "figures/fig-a-b.html")
    assert 'href="#u"' in moved
    assert 'href="../models/a.html#sec-a-b"' in moved
    assert 'href="../reference/all.html#x"' in moved
    assert 'href="https://example.org/y"' in moved
    assert figure_pages.section(PAGE, "fig-a-b") == ("sec-a-b", "On & on")


def test_a_figure_that_is_not_in_its_page_is_named():
    with pytest.raises(ValueError, match="figure fig-c is not in its page"):
        figure_pages.cut(PAGE, "fig-c")


def test_the_embed_line_names_the_figure_and_the_site():
    figure = {"svg": SVG, "kind": "chart", "csv": "x", "spec": {}}
    made = figure_menu.menu(
        "fig-a-b", "../", "https://x.org/", title="Figure 1.1", figure=figure, page="a.html"
    )
    assert "&lt;iframe src=&quot;https://x.org/figures/fig-a-b.html&quot;" in made
    assert 'href="../figures/fig-a-b.csv" download' in made
    assert '<a class="presents" href="a.html?present#fig-a-b">' in made
    assert "fig-a-b.json" not in made  # a figure that has no chart offers none


# ---- the built book


@pytest.fixture(scope="module")
def figures(site):
    """The book's own list."""
    return json.loads((site / "figures.json").read_text("utf-8"))


def test_the_list_names_every_figure_of_the_book(site, figures):
    drawn = {
        label
        for path in site.rglob("*.html")
        for label in _labels(path.read_text("utf-8"))
        if path.parent.name != "figures"
    }
    assert {row["label"] for row in figures} == drawn
    assert len({row["label"] for row in figures}) == len(figures)
    for row in figures:
        assert list(row) == ["label", "number", "kind", "caption", "alt", "page", "spec", "embed"]
        assert row["kind"] in ("chart", "explorer", "playground", "still")
        assert row["number"], row
        assert row["caption"], row
        assert row["alt"], row
        assert not row["alt"].lower().endswith((".png", ".svg", ".jpg")), row


def _labels(page):
    return [piece.split('"')[0] for piece in page.split('<figure class="align-default" id="')[1:]]


def test_every_figure_has_its_page_and_what_its_menu_offers(site, figures):
    home = identity(ROOT).edition_address
    for row in figures:
        page, mark, label = row["page"].partition("#")
        alone, chapter = ((site / name).read_text("utf-8") for name in (row["embed"], page))
        assert f'id="{label}"' in chapter
        assert mark
        assert f'id="{label}"' in alone
        assert f"Figure {row['number']}" in alone
        assert f'<link rel="canonical" href="{home}{page}' in alone
        assert row["spec"] or row["kind"] in ("playground", "still"), label
        for offered in _offered(chapter, label):
            assert (site / "figures" / offered).stat().st_size > 20, offered


def _offered(page, label):
    return [part.split('"')[0] for part in page.split('href="../figures/')[1:] if part.startswith(label + ".")
            and " download" in part[:120]]  # fmt: skip


def test_the_data_of_a_chart_are_whole_rows(site, figures):
    for row in (row for row in figures if row["spec"] or row["kind"] == "playground"):
        text = (site / "figures" / f"{row['label']}.csv").read_text("utf-8")
        rows = list(csv.reader(io.StringIO(text.split("\n\n")[0])))
        assert len(rows) > 1, row["label"]
        assert {len(line) for line in rows} == {len(rows[0])}, row["label"]


def test_no_file_of_figures_is_left_from_one_that_is_gone(site, figures):
    known = {row["label"] for row in figures}
    left = [path.name for path in (site / "figures").glob("*.*") if path.stem not in known]
    assert left == []
