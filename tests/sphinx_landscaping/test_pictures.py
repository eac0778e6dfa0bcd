"""Pictures drawn by hand: as good as any other figure, or refused with a sentence."""

from types import SimpleNamespace

import pytest
from docutils import nodes

from sphinx_landscaping import pictures

DRAWN = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" aria-labelledby="t">'
    '<title id="t">Hills</title><path id="p" fill="#34439f"/></svg>'
)


@pytest.fixture
def folder(tmp_path):
    """A folder with pictures of several kinds."""
    (tmp_path / "hills.svg").write_text(DRAWN)
    (tmp_path / "styled.svg").write_text(DRAWN.replace("fill=", "style="))
    (tmp_path / "photo.png").write_bytes(b"PNG")
    return tmp_path


@pytest.fixture
def said(monkeypatch):
    """The warnings of one test."""
    found = []
    monkeypatch.setattr(pictures, "warn", lambda message, kind, place: found.append(message))
    return found


def taken(folder, image, figure=None):
    """A page with one picture after the extension has seen it, and the environment."""
    noted = []
    env = SimpleNamespace(
        docname="models/a",
        relfn2path=lambda name: (name, str(folder / name)),
        note_dependency=noted.append,
        noted=noted,
    )
    page = nodes.section("", figure if figure is not None else nodes.paragraph("", "", image))
    pictures.take(SimpleNamespace(env=env), page)
    return page, env


def figure(uri, name="fig-a-hills", alt="Two hills.", caption="Where it starts."):
    """A `{figure}` as docutils reads it."""
    image = nodes.image(uri=uri, **({"alt": alt} if alt else {}))
    made = nodes.figure("", image)
    made += [nodes.caption("", caption)] if caption else []
    made["names"], made["ids"] = [name] if name else [], [name or "id1"]
    return image, made


def test_a_drawing_stands_in_the_page_in_the_readers_colours(folder, said):
    image, made = figure("hills.svg")
    page, env = taken(folder, image, made)
    assert said == []
    html = page.astext()
    assert 'fill="var(--data)"' in html
    assert 'width="40" height="20"' in html
    assert 'role="img" aria-label="Two hills."' in html
    assert "<title" not in html
    assert "aria-labelledby" not in html
    (entry,) = env.landscaping_figures["models/a"]
    assert (entry["kind"], entry["label"], entry["alt"]) == ("still", "fig-a-hills", "Two hills.")
    assert entry["caption"] == "Where it starts."
    assert env.noted == ["hills.svg"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "no label"),
        ({"alt": ""}, "no alternative text"),
        ({"alt": "models/hills.svg"}, "no alternative text"),
        ({"caption": ""}, "no caption"),
        ({"uri": "photo.png"}, "photo.png is no SVG"),
        ({"uri": "none.svg"}, "there is no file none.svg"),
        ({"uri": "https://example.org/a.svg"}, "lies elsewhere"),
        ({"uri": "styled.svg"}, "has `style`"),
    ],
)
def test_a_picture_that_is_not_a_figure_of_the_book_is_refused(folder, said, change, words):
    image, made = figure(**{"uri": "hills.svg", **change})
    _, env = taken(folder, image, made)
    (message,) = said
    assert words in message
    assert not hasattr(env, "landscaping_figures")


def test_a_picture_in_the_text_is_refused_and_told_how(folder, said):
    taken(folder, nodes.image(uri="hills.svg", alt="Two hills."))
    assert said[0].startswith("the picture hills.svg has no number and no caption: write ```{figure}")
