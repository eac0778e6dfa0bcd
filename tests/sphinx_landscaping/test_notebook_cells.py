"""The cells of a notebook: words between code, pictures for every viewer, names that last."""

import base64
import struct

import pytest
from docutils import nodes

from sphinx_landscaping.chapter_markdown import ChapterMarkdown
from sphinx_landscaping.notebook_cells import Cells, Figure, pieces
from sphinx_landscaping.notebook_outputs import CLAIM, JUPYTERLAB, PLAYGROUND, SITE, Unshown, shown

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 800, 600)


def cell(source, outputs=(), tags=()):
    return {"source": source, "outputs": list(outputs), "metadata": {"tags": list(tags)}}


def on_page(source, *shows):
    code = nodes.literal_block(source, source)
    return nodes.container(
        "", nodes.container("", code, nb_element="cell_code_source"), *shows, nb_element="cell_code"
    )


def chart():
    data = {SITE: {"mark": "line"}, JUPYTERLAB: {"mark": "line"}, "text/plain": "a chart"}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 9}


def laid(section, run):
    cells = Cells(run, {"fig-hill": Figure(lambda: PNG, "a hill")})
    writer = ChapterMarkdown("https://example.org/", "hill.html", {"figure": {"fig-hill": (2, 1)}})
    cells.lay(pieces(section, writer, {"#sec-hill-b": (2, 1)}, "*what it does*"), writer)
    return cells.made


def chapter():
    figure = nodes.figure("", nodes.caption("", "A hill."), ids=["fig-hill"])
    return nodes.section(
        "",
        nodes.title("", "Hill"),
        nodes.paragraph("", "Look."),
        on_page("x = 1"),
        nodes.section(
            "",
            nodes.title("", "Up"),
            nodes.paragraph("", "Walk."),
            on_page("draw()", figure),
            nodes.paragraph("", "Seen."),
            ids=["sec-hill-b"],
        ),
        ids=["ch-hill"],
    )


RUN = [cell("x = 1"), cell("glue(x=x)", tags=["remove-cell"]), cell("draw()", [chart()])]


def test_words_and_code_follow_one_another_as_on_the_page():
    made = laid(chapter(), RUN)
    assert [(c["id"], c["source"]) for c in made] == [
        ("ch-hill", "# Hill\n\n*what it does*\n\nLook."),
        ("ch-hill-code", "x = 1"),
        ("ch-hill-code-2", "glue(x=x)"),
        ("sec-hill-b", "## 2.1. Up\n\nWalk."),
        ("fig-hill-code", "draw()"),
        ("sec-hill-b-2", made[5]["source"]),
        ("sec-hill-b-3", "Seen."),
    ]
    assert made[5]["source"].startswith("**[Figure 2.1](https://example.org/hill.html#fig-hill).** A hill.")
    assert made[2]["metadata"] == {"jupyter": {"source_hidden": True}}


def test_a_chart_comes_with_a_picture_and_its_words():
    (output,) = laid(chapter(), RUN)[4]["outputs"]
    assert output["data"] == {
        JUPYTERLAB: {"mark": "line"},
        "image/png": base64.b64encode(PNG).decode(),
        "text/plain": "a hill",
    }
    assert output["metadata"]["image/png"] == {"alt": "a hill", "width": 400, "height": 300}
    assert output["execution_count"] == 3


def test_a_run_of_other_cells_is_refused():
    with pytest.raises(Unshown, match="not the one that ran"):
        laid(chapter(), [cell("x = 2"), *RUN[1:]])


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"application/papermill.record/text/plain": "1"}, []),
        ({CLAIM: {}, "text/markdown": "**Claim.**", "text/plain": "c"}, ["text/markdown", "text/plain"]),
        ({PLAYGROUND: {}, "image/svg+xml": "<svg/>", "text/plain": "p"}, ["image/png", "text/plain"]),
        ({"text/html": "<table>", "text/plain": "t"}, ["text/html", "text/plain"]),
    ],
)
def test_an_output_keeps_what_every_viewer_shows(data, kept):
    assert sorted(shown(data, lambda: PNG, "what is there")[0]) == kept


def test_an_unknown_kind_of_output_is_refused_by_name():
    with pytest.raises(Unshown, match=r"type video/mp4 has no form"):
        shown({"video/mp4": "x", "text/plain": "film"}, lambda: PNG, "")
