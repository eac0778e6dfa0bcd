"""What a playground hands to its two hosts: state, picture, module."""

import json
import shutil
import xml.etree.ElementTree as ElementTree

import pytest
import torch
from traitlets import TraitError

from landscaping.models import gabor
from landscaping.optimization.fences import Forest
from landscaping.playgrounds.contours import at_least
from landscaping.playgrounds.landscape import Landscape
from landscaping.playgrounds.playground import HERE, MIME, Playground

pytestmark = pytest.mark.slow

WIDGET = "application/vnd.jupyter.widget-view+json"
FENCE = ["fence", -10.0, 6.0, 10.0, 9.0]


@pytest.fixture
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


def bundle(playground):
    return playground._repr_mimebundle_()[0]


def test_on_the_site_there_is_no_widget_to_speak_to(on_site):
    landscape = Landscape()
    assert landscape.comm is None
    assert set(bundle(landscape)) == {MIME, "image/svg+xml", "text/plain"}


def test_in_a_notebook_it_is_an_ordinary_widget(monkeypatch):
    monkeypatch.delenv("LANDSCAPING_SITE", raising=False)
    assert {WIDGET, MIME, "image/svg+xml"} <= set(bundle(Landscape()))


def test_the_state_alone_makes_the_same_playground_again(on_site):
    first = Landscape(rule="adam", rate=0.5, marbles=7, moved=[[3, 0.5, 1.0]], trees=[FENCE], draw=4)
    again = Landscape(**json.loads(json.dumps(first.state())))
    assert again.state() == first.state()
    assert bundle(again) == bundle(first)
    assert set(first.state()) == {
        "examples", "noise", "draw", "moved", "trees", "rule", "rate", "momentum", "batch", "steps", "start",
        "marbles", "toss",
    }  # fmt: skip


def test_the_version_is_that_of_the_module(on_site, monkeypatch, tmp_path):
    before = Landscape().version
    for path in HERE.glob("*.mjs"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr("landscaping.playgrounds.playground.HERE", tmp_path)
    assert Landscape().version == before
    with (tmp_path / "look.mjs").open("a") as imported:
        imported.write("// another look\n")
    assert Landscape().version != before
    assert len(before) == 8


@pytest.mark.parametrize(
    "setting", [{}, {"marbles": 200}, {"trees": [FENCE]}, {"examples": 100, "noise": 0.5, "draw": 3}]
)
def test_the_still_picture_is_small_well_formed_and_follows_the_scheme(on_site, setting):
    still = Landscape(**setting).still()
    root = ElementTree.fromstring(still)
    colours = {v for e in root.iter() for k in ("fill", "stroke") if (v := e.get(k)) not in (None, "none")}
    assert len(still) < 15_000
    assert all(colour.startswith("var(--") for colour in colours)
    assert not any("style" in e.attrib for e in root.iter())
    assert still == Landscape(**setting).still()


def test_the_drawn_heights_cover_what_the_land_has_of_them():
    """The area inside the outlines is the share of the land that is at least so high."""
    heights = gabor.surface(*gabor.examples(), size=60)
    low, high = heights.min().item(), heights.max().item()
    for part in (0.15, 0.4, 0.7):
        level = low + part * (high - low)
        # signed areas: what is high ground lies on one side of every outline, holes count against it
        rings = [torch.tensor([*ring, ring[0]]) for ring in at_least(heights, level)]
        area = sum((r[:-1, 0] * r[1:, 1] - r[1:, 0] * r[:-1, 1]).sum().item() / 2 for r in rings)
        share = (heights >= level).double().mean().item()
        assert abs(area) / 59**2 == pytest.approx(share, abs=0.02)


def test_a_moved_point_stands_where_it_was_put(on_site):
    x, y = Landscape(moved=[[2, -3.5, 1.25], [99, 0.0, 0.0]]).data()
    plain_x, plain_y = Landscape().data()
    assert (x[2].item(), y[2].item()) == (-3.5, 1.25)
    rest = torch.arange(28) != 2
    assert torch.equal(x[rest], plain_x[rest])
    assert torch.equal(y[rest], plain_y[rest])


def test_more_examples_keep_the_ones_before_and_more_noise_the_same_errors(on_site):
    x, _ = Landscape(examples=20).data()
    assert torch.equal(Landscape(examples=40).data()[0][:20], x)
    clean, some, much = (Landscape(noise=noise).data()[1] for noise in (0.0, 0.1, 0.4))
    assert torch.allclose(4 * (some - clean), much - clean, atol=5e-3)


def test_a_run_obeys_the_trees_of_the_setting(on_site):
    landscape = Landscape(marbles=30, steps=30, trees=[FENCE])
    assert Forest(landscape.forest()).height(landscape.run().reshape(-1, 2)).min() >= -1e-9


def test_trees_that_leave_no_land_and_rules_unknown_are_refused(on_site):
    with pytest.raises(ValueError, match="leave no land"):
        Landscape(trees=[FENCE, ["fence", 10.0, 8.0, -10.0, 5.0]])
    with pytest.raises(TraitError, match="newton"):
        Landscape(rule="newton")


def test_a_playground_without_a_picture_says_so(on_site):
    class Bare(Playground):
        pass

    with pytest.raises(NotImplementedError, match="Bare has no still picture"):
        Bare().still()
