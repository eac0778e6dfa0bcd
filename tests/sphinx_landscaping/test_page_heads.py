"""What `preview` in a chapter's front matter may name."""

from types import SimpleNamespace

import pytest

from sphinx_landscaping import page_heads


@pytest.mark.parametrize(("named", "said"), [("fig-a", 0), ("fig-b", 1), ("", 0)])
def test_a_preview_that_names_no_figure_of_its_page_is_said(tmp_path, monkeypatch, named, said):
    page = tmp_path / "hills.md"
    page.write_text(f"---\npreview: {named}\n---\n" if named else "# Hills\n", "utf-8")
    env = SimpleNamespace(found_docs={"hills"}, doc2path=lambda _: str(page),
                          landscaping_figures={"hills": [{"label": "fig-a"}]})  # fmt: skip
    found = []
    monkeypatch.setattr(page_heads, "warn", lambda *words: found.append(words[0]))
    page_heads.check(None, env)
    assert len(found) == said
    assert all("write one of fig-a" in words for words in found)
