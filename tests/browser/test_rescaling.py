"""The rescaling playground in a real browser: the same numbers as torch, and every way to turn the scale."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.generalization.flatness import one_curve
from landscaping.playgrounds.rescaling import Rescaling

NETWORKS, FACTORS = (1, 4, 7), (0.125, 1.0, 5.3)
STEPS = torch.linspace(-0.5, 0.5, 11, dtype=torch.float64)


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def shown(page):
    return PlaygroundPage(page).show(Rescaling())


def test_the_browser_trains_the_network_that_torch_trains(page):
    kit = PlaygroundPage(page)
    for network in NETWORKS:
        theirs = kit.call("rescaling", "({ trained }, n) => [...trained(n)]", network)
        assert theirs == pytest.approx(one_curve.trained(network).tolist(), abs=1e-9)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("relative", [False, True])
def test_sharpness_and_cut_are_torchs_for_every_factor(page, factor, relative):
    kit = PlaygroundPage(page)
    script = """({ rescaled, sharpest, cut }, at, factor, relative, steps) => {
      const there = rescaled(Float64Array.from(at), factor), [value, along] = sharpest(there, relative);
      return [value, cut(there, along, steps)];
    }"""
    for network in NETWORKS:
        there = one_curve.rescaled(one_curve.trained(network), factor)
        value, along = one_curve.sharpest(there, relative)
        given = (one_curve.trained(network).tolist(), factor, relative, STEPS.tolist())
        theirs, heights = kit.call("rescaling", script, *given)
        assert theirs == pytest.approx(value, rel=1e-10)
        ours = one_curve.cut(there, along, STEPS).tolist()
        assert any(heights == pytest.approx(way, rel=1e-7) for way in (ours, ours[::-1]))  # either way along


def test_the_hessian_is_torchs_where_nothing_is_at_rest(page):
    weights = one_curve.born(3)
    ours = torch.func.hessian(one_curve.loss)(weights)
    x, y = one_curve.wave()
    script = "({ hessian }, at, x, y) => [...hessian(at, x, y)]"
    theirs = PlaygroundPage(page).call("shallow_curvature", script, weights.tolist(), x.tolist(), y.tolist())
    assert theirs == pytest.approx(ours.flatten().tolist(), abs=1e-12)


def test_descent_from_the_rescaled_network_is_torchs(page):
    script = """({ rescaled, descended }, at, by, rate, n) =>
      [...descended(rescaled(Float64Array.from(at), by), rate, n)]"""
    start = one_curve.trained(4)
    for factor, rate in ((1.0, 0.05), (4.0, 0.02)):
        theirs = PlaygroundPage(page).call("rescaling", script, start.tolist(), factor, rate, 40)
        ours = one_curve.descent(one_curve.rescaled(start, factor), rate, 40)[-1]
        assert theirs == pytest.approx(ours.tolist(), abs=1e-8)


def test_the_scale_turns_and_only_the_sharpness_follows(shown):
    page = shown.page
    curve, valley = (page.locator(f"svg.{name} .now").get_attribute("d") for name in ("wave", "valley"))
    page.get_by_role("slider", name="Factor").fill("2")
    now = Rescaling(**shown.state())
    assert now.power == 2
    shown.page.get_by_text(f"sharpness {now.sharpness():.1f}").wait_for()
    assert "nothing but rounding" in shown.said()
    assert page.locator("svg.wave .now").get_attribute("d") == curve
    assert page.locator("svg.valley .now").get_attribute("d") != valley


def test_a_cut_in_shares_of_each_weight_does_not_move(shown):
    page = shown.page
    page.get_by_label("Steps of the cut").select_option("shares")
    before = page.locator("svg.valley .was").get_attribute("d")
    page.get_by_role("slider", name="Factor").fill("-2.5")
    assert page.locator("svg.valley .now").get_attribute("d") == before


def test_the_dot_is_dragged_along_the_curve(shown):
    page = shown.page
    page.locator(".here circle").scroll_into_view_if_needed()
    box = page.locator(".here circle").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
    assert shown.state()["power"] > 0.5


def test_above_its_limit_the_marble_is_thrown_out_and_below_it_stays(shown):
    page = shown.page
    page.get_by_role("slider", name="Learning rate").fill("0.02")
    page.get_by_role("slider", name="Factor").fill("1")
    for _ in range(3):
        shown.button("Step").click()
    page.get_by_text("3 steps, loss 0.0").wait_for()
    page.get_by_role("slider", name="Factor").fill("3")
    shown.button("Play").click()
    shown.button("Again").wait_for()
    assert "After 300 steps" in shown.said() or "lost" in shown.said()
    assert "nothing but rounding" not in shown.said()
    assert shown.wrong == []


def test_another_network_is_another_one(shown):
    before = shown.page.locator("svg.wave .now").get_attribute("d")
    shown.button("Another network").click()
    assert shown.state()["network"] == 5
    assert shown.page.locator("svg.wave .now").get_attribute("d") != before
