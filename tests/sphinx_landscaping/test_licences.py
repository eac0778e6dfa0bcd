"""What the site serves of others comes with its licence."""

import json
from pathlib import Path

import pytest

from sphinx_landscaping import licences

MODULES = Path(__file__).parents[2] / "node_modules"


def package(folder, name, version="1.0.0", licence="MIT", text="Do what you like.", **needs):
    """An npm package as npm puts it down."""
    place = folder / name
    place.mkdir(parents=True)
    about = {"name": name, "version": version, "license": licence, "dependencies": needs}
    (place / "package.json").write_text(json.dumps(about))
    if text:
        (place / "LICENSE").write_text(text)
    return place


def test_what_a_package_is_made_of_is_found_and_its_commands_are_not(tmp_path):
    package(tmp_path, "a", b="1", yargs="1")
    package(tmp_path, "b", a="1")
    assert licences.needed(tmp_path, ("a",)) == ["a", "b"]


def test_a_text_that_several_share_stands_once():
    parts = [licences.Stated(name, "1", "here", "MIT", "Do what you like.") for name in ("a", "b")]
    text = licences.listed(parts)
    assert text.count("Do what you like.") == 1
    assert "a 1, b 1\n\nDo what you like." in text
    assert "a 1: MIT. Here." in text


def test_a_package_without_licence_or_text_is_refused(tmp_path):
    for change in ({"licence": ""}, {"text": ""}):
        name = next(iter(change))
        part = licences.by_npm(package(tmp_path, name, **change), name, "here")
        with pytest.raises(ValueError, match=f"{name}: no licence in its package"):
            licences.listed([part])


def test_another_vega_than_the_one_served_is_named(tmp_path):
    for name, version in licences.VEGA.items():
        package(tmp_path, name, version="1.2.3" if name == "vega" else version)
    with pytest.raises(ValueError, match=r"package.json has vega 1\.2\.3, and vl-convert serves"):
        licences.vega(tmp_path)


def test_vega_and_d3_are_quoted_in_the_versions_that_are_served():
    parts = {part.name: part for part in licences.vega(MODULES)}
    assert {"vega", "vega-lite", "vega-embed", "vega-interpreter", "d3-scale"} <= set(parts)
    assert "University of Washington" in parts["vega"].text
    assert "Bostock" in parts["d3-scale"].text
    assert licences.listed(list(parts.values()))
