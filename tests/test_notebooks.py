"""Every chapter's notebook, as the site offers it: whole, readable anywhere, its links good."""

import json
import re
import subprocess
import tomllib
from html import unescape
from pathlib import Path

import jupytext
import nbformat
import pytest
import yaml

from sphinx_landscaping import chapter_head
from sphinx_landscaping.identity import identity

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
PAGES = sorted(path.relative_to(BOOK).with_suffix("").as_posix() for path in BOOK.rglob("*.md"))
CHAPTERS = [name for name in PAGES if chapter_head.is_chapter(name, (BOOK / f"{name}.md").read_text("utf8"))]
LEFT_OVER = re.compile(r"\{[a-z:-]+\}`|^:::|^`{3,}\{|\(sec-|\{(?:numref|ref|eq|cite|glue)|^\([\w-]+\)=", re.M)
LARGEST = 1_000_000  # bytes
CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]+`", re.M | re.S)
LINK = re.compile(r'\]\(([^)\s]+)\)|href="([^"]+)"')


def notebook(site: Path, name: str) -> dict:
    return json.loads((site / "notebooks" / f"{name}.ipynb").read_text("utf8"))


def words(made: dict) -> str:
    """All Markdown of a notebook, code left out."""
    parts = ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "markdown"]
    return CODE.sub("", "\n\n".join(parts))


def test_each_chapter_has_one_and_no_other_page_has(site):
    found = sorted(
        path.relative_to(site / "notebooks").with_suffix("").as_posix()
        for path in (site / "notebooks").rglob("*.ipynb")
    )
    assert found == sorted(CHAPTERS)
    assert len(CHAPTERS) >= 16


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_it_is_a_valid_notebook_of_a_modest_size(site, chapter):
    path = site / "notebooks" / f"{chapter}.ipynb"
    nbformat.validate(nbformat.reads(path.read_text("utf8"), as_version=4))
    assert path.stat().st_size <= LARGEST
    made = notebook(site, chapter)
    assert made["metadata"]["kernelspec"]["name"] == "python3"
    assert [c["execution_count"] for c in made["cells"] if c["cell_type"] == "code"] == list(
        range(1, 1 + sum(c["cell_type"] == "code" for c in made["cells"]))
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_sign_of_the_source_is_left_in_its_words(site, chapter):
    left = [found[0] for found in LEFT_OVER.finditer(words(notebook(site, chapter)))]
    assert left == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_it_has_every_cell_of_the_chapter_and_one_that_installs(site, chapter):
    source = (BOOK / f"{chapter}.md").read_text("utf8")
    cells = jupytext.reads(source, fmt="md:myst").cells
    of_source = [cell.source.strip() for cell in cells if cell.cell_type == "code"]
    install, *others = [c for c in notebook(site, chapter)["cells"] if c["cell_type"] == "code"]
    assert [cell["source"].strip() for cell in others] == of_source
    name = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["name"]
    who = identity(ROOT)
    assert f'"{name} @ git+{who.source}@{who.revision}"' in install["source"]
    assert install["outputs"] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_figure_has_a_picture_and_a_caption_that_leads_to_the_live_one(site, chapter):
    made = notebook(site, chapter)
    listed = json.loads((site / "figures.json").read_text("utf8"))
    for figure in (f for f in listed if f["page"].startswith(f"{chapter}.html#")):
        at = next(i for i, cell in enumerate(made["cells"]) if cell["id"] == f"{figure['label']}-code")
        data = made["cells"][at]["outputs"][-1]["data"]
        assert data["image/png"]
        assert data["text/plain"] == figure["alt"]
        assert ("application/vnd.vegalite.v5+json" in data) == (figure["kind"] != "playground")
        caption = made["cells"][at + 1]["source"]
        assert caption.startswith(
            f"**[Figure {figure['number']}]({identity(ROOT).edition_address}{figure['page']})"
        )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_link_into_the_book_leads_somewhere(site, chapter):
    address = identity(ROOT).edition_address
    links = [unescape(found[1] or found[2]) for found in LINK.finditer(words(notebook(site, chapter)))]
    inside = [link.removeprefix(address) for link in links if link.startswith(address)]
    assert f"{chapter}.html" in inside
    for link in inside:
        page, _, label = link.partition("#")
        text = (site / page).read_text("utf8")
        assert not label or f'id="{label}"' in text, link
    assert not [link for link in links if not link.startswith("http")]


def bars(site: Path, page: Path) -> list[str]:
    return re.findall(r'<nav class="launch".*?</nav>', page.read_text("utf8"), re.S)


def test_each_chapter_page_has_each_way_once_and_no_other_page_has_any(site):
    who = identity(ROOT)
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))["sphinx"]["config"]
    for page in site.rglob("*.html"):
        name = page.relative_to(site).with_suffix("").as_posix()
        text = page.read_text("utf8")
        counts = [
            text.count(part) for part in ("//mybinder.org/v2", "//colab.research", 'id="launch-download"')
        ]
        assert counts == ([1, 1, 1] if name in CHAPTERS else [0, 0, 0]), name
        if name not in CHAPTERS:
            assert not bars(site, page), name
            continue
        root = "../" * name.count("/")
        (bar,) = bars(site, page)
        links = [unescape(link) for link in re.findall(r'href="([^"]+)"', bar)]
        edition = who.tag.removeprefix("v") or "latest"
        assert links == [
            f"https://mybinder.org/v2/gh/{who.owner}/{who.repository}/{who.revision}"
            f"?urlpath=lab/tree/book/{name}.md",
            f"https://colab.research.google.com/github/{who.owner}/{who.repository}/blob/"
            f"{config['published_branch']}/{edition}/notebooks/{name}.ipynb",
            f"{root}notebooks/{name}.ipynb",
            f"{root}reference/running.html",
        ]
        assert re.search(r"</h1>\s*<nav class=\"launch\"", text), name


def test_what_binder_is_asked_for_is_in_the_commit():
    command = ["git", "ls-tree", "-r", "--name-only", "HEAD", "book"]
    tracked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {f"book/{name}.md" for name in CHAPTERS} <= set(tracked)


def test_installing_it_leaves_the_torch_that_is_there():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["dependencies"]
    assert [each for each in wanted if not re.fullmatch(r"[\w.-]+>=[\w.]+", each)] == []
