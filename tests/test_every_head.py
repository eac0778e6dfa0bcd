"""What machines read of every chapter's page."""

import html
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ONCE = ("citation_title", "citation_inbook_title", "citation_publication_date", "citation_publisher",
        "citation_language", "citation_public_url", "citation_fulltext_html_url", "prism.edition", "DC.type",
        "DC.rights")  # fmt: skip
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture(scope="module")
def heads(site) -> dict[str, tuple[str, dict]]:
    """Page of a chapter or a reference -> its HTML and what `sections.json` says of it."""
    things = json.loads((site / "sections.json").read_text("utf-8"))
    pages = {thing["page"]: thing for thing in things if "#" not in thing["page"]}
    return {name: ((site / name).read_text("utf-8"), thing) for name, thing in pages.items()}


def told(page: str) -> dict[str, list[str]]:
    """Name or property -> what the head says under it."""
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page):
        found.setdefault(name, []).append(html.unescape(content))
    return found


def test_every_chapter_has_the_block_once_and_it_says_what_the_page_says(heads):
    chapters = {name: head for name, head in heads.items() if name != "index.html"}
    assert len(chapters) >= 15
    for name, (page, thing) in chapters.items():
        said = told(page)
        assert {key: len(said.get(key, [])) for key in ONCE} == dict.fromkeys(ONCE, 1), name
        (shown,) = re.findall(r"<h1>(.*?)<a", page, re.DOTALL)
        shown = re.sub(r'<span class="section-number">.*?</span>|<[^>]+>', "", shown)
        assert said["citation_title"] == [html.unescape(shown).strip()] == [thing["title"]], name
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
        assert said["citation_public_url"] == [canonical] == [thing["url"]] == said["og:url"], name
        assert f"/{PROJECT['project']['version']}/" in canonical
        assert said["prism.edition"] == [PROJECT["project"]["version"]]
        assert all("," in author for author in said["citation_author"]), name
        assert not {"citation_doi", "citation_book_title"} & said.keys(), name
        assert page.count('class="Z3988"') == 0, name


def test_every_page_is_linked_data_with_the_book_it_belongs_to(heads):
    for name, (page, thing) in heads.items():
        (data,) = LINKED.findall(page)
        found = json.loads(data)
        book = found if name == "index.html" else found["isPartOf"]
        assert book["@type"] == "Book", name
        assert book["bookEdition"] == PROJECT["project"]["version"], name
        assert found["url"] in (thing["url"], thing["url"].removesuffix("index.html")), name
        if thing["kind"] == "chapter":
            assert found["@type"] == ["Chapter", "LearningResource"], name
            assert len(found["teaches"]) == 3, name


def test_every_page_has_a_picture_that_is_not_too_heavy_and_that_it_does_not_load(site, heads):
    for name, (page, _) in heads.items():
        (address,) = told(page)["og:image"]
        path = site / address.partition(f"/{PROJECT['project']['version']}/")[2]
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG"), name
        assert len(content) <= 100_000, (name, len(content))
        assert tuple(int.from_bytes(content[at : at + 4]) for at in (16, 20)) == (1200, 630), name
        assert f'<img src="{address}' not in page, name
        assert page.count("previews/") == page.split("</head>")[0].count("previews/"), name


def test_a_page_links_its_records(heads):
    for name, (page, thing) in heads.items():
        root = "../" * name.count("/")
        assert f'<a class="cites" href="{root}cite/{thing["label"]}.html">Cite this page</a>' in page, name
