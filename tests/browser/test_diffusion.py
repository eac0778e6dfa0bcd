"""The diffusion playground in a real browser: torch's numbers both ways, and every way through time."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.playgrounds.diffusion import WEIGHTS, Diffusion
from landscaping.unsupervised.diffusion.forward import TIMES

SETTINGS = [
    {},
    {"denoiser": "ring", "steps": 64, "draw": 2},
    {"random": True, "steps": 64, "draw": 3},
    {"denoiser": "ring", "random": True, "steps": 8},
    {"denoiser": "examples", "examples": 5, "steps": 32, "draw": 4},
    {"denoiser": "examples", "random": True, "steps": 1},
]
WALK = "({ walk }, draw) => walk(draw).map((z) => [...z])"
BACK = """({ WayBack, guessOf, walk }, setting) => {
  const back = new WayBack(guessOf(setting, walk(setting.draw)[0]), setting);
  back.at(0);
  return back.points.map((z) => [...z]);
}"""


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def calm(chromium):
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1200})
    yield context.new_page()
    context.close()


def exactly(browser, torchs):
    """Thousands of multiplications apart from the last bits; 64 steps may stretch those, not more."""
    found = torch.tensor(browser, dtype=torch.float64)
    torch.testing.assert_close(found, torchs.flatten(1), rtol=0, atol=1e-9)


@pytest.mark.parametrize("draw", [1, 7])
def test_the_way_to_noise_is_torchs(page, draw):
    seen = PlaygroundPage(page).call("noised_ring", WALK, draw)
    exactly(seen, Diffusion(draw=draw).walk())


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_way_back_is_torchs(page, setting):
    shown = Diffusion(**setting)
    exactly(PlaygroundPage(page).call("noised_ring", BACK, shown.state()), shown.way_back())


def test_a_step_is_made_when_its_time_has_come(page):
    stops = """({ WayBack, guessOf, walk }, setting) => {
      const back = new WayBack(guessOf(setting, walk(1)[0]), setting);
      return [64, 63, 48, 33, 1, 0].map((t) => [back.at(t), back.points.length]);
    }"""
    seen = PlaygroundPage(page).call("noised_ring", stops, Diffusion(steps=4).state())
    assert seen == [[0, 1], [0, 1], [1, 2], [1, 2], [3, 4], [4, 5]]


def test_weights_of_another_network_are_refused():
    with pytest.raises(ValueError, match=f"wants {WEIGHTS}"):
        Diffusion(weights=[1, 2, 3])


def pictures(page):
    return [page.locator("canvas").nth(k).evaluate("c => c.toDataURL()") for k in (0, 1)]


def test_time_dragged_shows_both_clouds_at_that_time(calm):
    kit = PlaygroundPage(calm).show(Diffusion())
    before = pictures(calm)
    calm.get_by_label("Time", exact=True).fill("50")
    assert kit.state()["time"] == 50
    assert all(now != was for now, was in zip(pictures(calm), before, strict=True))


def test_destroying_ends_at_the_last_time_and_rebuilding_at_the_first(calm):
    kit = PlaygroundPage(calm).show(Diffusion())
    kit.button("Destroy").click()
    calm.wait_for_timeout(300)
    assert kit.state()["time"] == TIMES
    kit.button("Rebuild").click()
    calm.wait_for_timeout(500)
    assert kit.state()["time"] == 0
    assert "of 200 rebuilt points lie on a cloud" in kit.said()


def test_one_step_back_goes_to_the_next_time_at_which_a_step_ends(calm):
    kit = PlaygroundPage(calm).show(Diffusion(time=20, steps=4))
    for wanted in (16, 0, TIMES, 48):
        kit.button("One step back").click()
        assert kit.state()["time"] == wanted


def test_keys_choose_a_point_and_move_time(calm):
    kit = PlaygroundPage(calm).show(Diffusion())
    before = pictures(calm)
    calm.locator("canvas").nth(1).focus()
    calm.keyboard.press("ArrowRight")
    assert pictures(calm) != before
    calm.keyboard.press("Shift+ArrowUp")
    assert kit.state()["time"] == 25


def test_who_knows_examples_by_heart_puts_points_on_them(calm):
    kit = PlaygroundPage(calm).show(Diffusion(time=0, steps=64))
    calm.get_by_label("Guess of", exact=True).select_option("examples")
    calm.wait_for_timeout(300)
    copied = int(kit.said().split("cloud, after 64 steps. ")[1].split()[0])
    assert copied > 150
