"""A playground as the site serves it: one file, without what the page has already."""

import re
from types import SimpleNamespace

import pytest

from sphinx_landscaping import assets, slimming
from sphinx_landscaping.palette import tokens

NEAR = 'export const near = "near";\nexport const far = "far away";\n'
TOP = """import { near } from "./near.mjs";
let here = "";
NOTEBOOK: { here = "#34439f"; }
export default near + here;
"""


@pytest.fixture
def app(tmp_path):
    """What these functions read of Sphinx: a book of its own, with two modules of which one is a start."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "near.mjs").write_text(NEAR)
    (tmp_path / "modules" / "top.mjs").write_text(TOP)
    config = SimpleNamespace(playground_modules="modules")
    (tmp_path / "node_modules").symlink_to(slimming.__file__.partition("/src/")[0] + "/node_modules")
    return SimpleNamespace(srcdir=tmp_path / "book", confdir=tmp_path, config=config)


def test_only_what_a_host_starts_is_served_and_it_is_whole(app):
    [top] = assets.playgrounds(app)
    text = slimming.bundle(app, top).decode()
    assert top.name == "top.mjs"
    assert "near" in text
    assert "import" not in text
    assert "far away" not in text
    assert "#34439f" not in text


def test_a_change_in_an_imported_module_makes_another_bundle(app):
    [top] = assets.playgrounds(app)
    before = slimming.bundle(app, top)
    top.with_name("near.mjs").write_text(NEAR.replace('"near"', '"nearer"'))
    assert slimming.bundle(app, top) != before
    assert b"nearer" in slimming.bundle(app, top)


def test_the_page_has_every_colour_that_a_bundle_leaves_to_it():
    library = SimpleNamespace(config=SimpleNamespace(playground_modules=""))
    look = assets.playgrounds(library)[0].with_name("look.mjs")
    names = re.search(r"NAMES = \[(.*?), \.\.\.", look.read_text("utf-8"))[1]
    wanted = [*re.findall(r'"(\w+)"', names), *(f"height{k}" for k in range(9))]
    assert len(wanted) == 18
    assert [name for name in wanted if f"--{name}:" not in tokens()] == []
