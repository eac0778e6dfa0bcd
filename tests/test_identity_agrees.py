"""Who we are stands once, in pyproject.toml; what must repeat it agrees."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SELF = PROJECT["tool"]["deep-landscaping"]
FULL_TITLE = f"{SELF['title']}: {SELF['subtitle']}"


def test_the_citation_file_agrees():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    for record in (cited, cited["preferred-citation"]):
        assert record["title"] == FULL_TITLE
        assert record["authors"] == [{"name": SELF["author"]}]
        assert record["url"] == SELF["address"]
    assert cited["repository-code"] == f"https://github.com/{SELF['owner']}/{SELF['repository']}"
    assert cited["version"] == cited["preferred-citation"]["edition"] == PROJECT["project"]["version"]
    assert cited["preferred-citation"]["type"] == "book"


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "code"), [("", "", 0), ("type: book", "type: tome", 1)])
def test_the_citation_file_is_one(tmp_path, old, new, code):
    """By the format's own scheme, which check-jsonschema brings; it sees a fault."""
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    (tmp_path / "CITATION.cff").write_text(text.replace(old, new) if old else text, "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, str(tmp_path / "CITATION.cff")], capture_output=True, check=False)
    assert done.returncode == code, done.stdout


def test_the_inventory_names_the_edition(site):
    head = (site / "objects.inv").read_bytes().split(b"\n", 3)[:3]
    assert head[1:] == [
        f"# Project: {SELF['title']}".encode(),
        f"# Version: {PROJECT['project']['version']}".encode(),
    ]


def test_the_sites_settings_agree():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    assert config["title"] == SELF["title"]
    assert config["author"] == SELF["author"]
    assert config["repository"]["url"] == f"https://github.com/{SELF['owner']}/{SELF['repository']}"
    assert config["repository"]["path_to_book"] == "book"


def test_the_edition_opens_the_list_of_changes():
    assert f"## {PROJECT['project']['version']} " in (ROOT / "CHANGELOG.md").read_text()
