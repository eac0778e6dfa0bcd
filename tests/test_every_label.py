"""Every label of the whole book: one address for page, ¶, inventory, list, lock and other books."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile

from sphinx_landscaping import permalink_lock
from sphinx_landscaping.citable import PUBLISHED
from sphinx_landscaping.identity import identity

ROOT = Path(__file__).parents[1]
CONF = """
project = "A course"
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
intersphinx_mapping = {{"landscaping": ("https://example.org/latest/", {inventory!r})}}
intersphinx_disabled_reftypes = ["*"]
"""
ANCHOR = re.compile(r"#id\d+$|^id\d+$")


@pytest.fixture(scope="module")
def entries(site) -> dict[str, dict]:
    return {entry["label"]: entry for entry in json.loads((site / "sections.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def inventory(site) -> dict[str, tuple]:
    with (site / "objects.inv").open("rb") as file:
        return InventoryFile.load(file, "", lambda _, path: path)["std:label"]


def test_the_list_has_every_kind_and_every_key(entries):
    kinds = {entry["kind"] for entry in entries.values()}
    wanted = {"chapter", "section", "figure", "claim", "question", "exercise", "equation", "verdict", "term"}
    assert wanted <= kinds
    for label, entry in entries.items():
        assert tuple(entry) == PUBLISHED, label
        assert entry["title"], label
        assert entry["part"] or entry["chapter"] == "ch-index", label
        assert entry["chapter"] in entries, label
        wants_minutes = entry["kind"] in ("chapter", "section", "exercise") and entry["part"] != "Reference"
        assert (entry["minutes"] or 0) >= (wants_minutes and entry["chapter"] != "ch-index"), label


def test_chapters_have_the_sections_of_udl_that_they_state(entries):
    chapters = [entry for entry in entries.values() if entry["kind"] == "chapter"]
    assert len(chapters) >= 16
    for entry in chapters:
        name = entry["page"].removesuffix(".html")
        text = (ROOT / "book" / f"{name}.md").read_text("utf-8")
        stated = re.search(r"^udl: \[(.*)\]$", text, re.MULTILINE)[1]
        assert entry["udl"] == re.findall(r'"([\d.]+)"', stated) or not stated, name


def test_the_label_is_the_id_the_pilcrow_and_the_short_address(site, entries):
    pages = {}
    for label, entry in entries.items():
        name = entry["page"].partition("#")[0]
        page = pages.setdefault(name, (site / name).read_text("utf-8"))
        assert f'id="{label}"' in page, label
        assert f'class="headerlink" href="#{label}"' in page, label
        short = (site / "at" / label / "index.html").read_text("utf-8")
        assert f'content="0; url=../../{entry["page"]}"' in short, label
    for name, page in pages.items():
        marks = re.findall(r'class="headerlink" href="#([^"]+)"', page)
        assert set(marks) <= entries.keys(), name
        contents = re.search(r'<nav class="onpage".*?</nav>', page, re.DOTALL)
        assert set(re.findall(r'href="#([^"]+)"', contents[0] if contents else "")) <= entries.keys(), name


def test_the_inventory_names_the_edition_and_holds_these_labels_alone(site, inventory, entries):
    who = identity(ROOT)
    lock = permalink_lock.parse((site / permalink_lock.NAME).read_text("utf-8"))
    assert inventory.keys() == lock.keys() >= entries.keys()
    for label, (project, version, address, title) in inventory.items():
        assert (project, version) == (who.title, who.version), label
        assert address.partition("#")[2] == label
        assert title not in ("-", "", "Solution to"), label


def test_no_address_was_numbered_by_sphinx(entries):
    assert [entry["url"] for entry in entries.values() if ANCHOR.search(entry["url"])] == []


def test_the_lock_promises_what_the_book_has(site, inventory, entries):
    lock = permalink_lock.read(ROOT)
    assert lock
    assert lock.keys() <= inventory.keys()
    for label in lock.keys() & entries.keys():
        assert entries[label]["first_edition"] == lock[label].first, label


def test_another_book_can_refer_to_every_label(site, inventory, tmp_path):
    words = {"index.rst": [":external+landscaping:ref:`x <{}>`"],
             "second.md": ["{{external+landscaping:ref}}`x <{}>`", "[x](inv:landscaping#{})"]}  # fmt: skip
    head = {"index.rst": "A course\n========\n\n.. toctree::\n\n   second\n\n", "second.md": "# Second\n\n"}
    for name, forms in words.items():
        lines = [form.format(label) for form in forms for label in inventory]
        (tmp_path / name).write_text(head[name] + "\n\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "conf.py").write_text(CONF.format(inventory=str(site / "objects.inv")), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", tmp_path, tmp_path / "html"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    for name, forms in (("index", 1), ("second", 2)):
        page = (tmp_path / "html" / f"{name}.html").read_text("utf-8")
        for label, (_, _, address, _) in inventory.items():
            assert page.count(f'href="https://example.org/latest/{address}"') == forms, label


def test_a_label_that_is_not_there_is_noticed(site, tmp_path):
    (tmp_path / "index.md").write_text("# A\n\n{external+landscaping:ref}`x <sec-nowhere-at-all>`\n")
    (tmp_path / "conf.py").write_text(CONF.format(inventory=str(site / "objects.inv")), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", tmp_path, tmp_path / "html"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode != 0
    assert "sec-nowhere-at-all" in done.stderr
