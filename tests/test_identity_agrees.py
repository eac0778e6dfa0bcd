"""Who we are stands once, in pyproject.toml; what must repeat it agrees."""

import tomllib
from pathlib import Path

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


def test_the_sites_settings_agree():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    assert config["title"] == SELF["title"]
    assert config["author"] == SELF["author"]
    assert config["repository"]["url"] == f"https://github.com/{SELF['owner']}/{SELF['repository']}"
    assert config["repository"]["path_to_book"] == "book"


def test_the_edition_opens_the_list_of_changes():
    assert f"## {PROJECT['project']['version']} " in (ROOT / "CHANGELOG.md").read_text()
