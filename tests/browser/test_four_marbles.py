"""Four marbles in a real browser: torch's numbers step for step, and every way to play."""

import pytest
import torch
from playwright.sync_api import expect

from browser.playground_page import PlaygroundPage
from landscaping.playgrounds import valley_land
from landscaping.playgrounds.four_marbles import FourMarbles

PATH = """({ Race, sane }, state) => {
  const race = new Race(sane(state)), path = [];
  const places = () => race.marbles.flatMap(({ at }) => [...at]);
  path.push(...places());
  while (race.steps < state.steps) { race.step(); path.push(...places()); }
  return path;
}"""
SETTINGS = [
    {},
    {"batched": "three", "batch": 5, "rate": 0.3, "draw": 7},
    {"start": [4.0, 18.0], "batch": 28, "noise": 0.4, "stride": 1.0},
    {"land": "valley", "batch": 1, "rate": 0.2, "draw": 3},
    {"land": "valley", "turn": 37.0, "batched": "three", "batch": 9, "rate": 0.5, "momentum": 0.6},
    {"land": "valley", "turn": 90.0, "noise": 0.0, "stride": 0.05},
]


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def calm(chromium):
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1200})
    yield context.new_page()
    context.close()


def browser_path(kit, state):
    return torch.tensor(kit.call("four_marbles", PATH, state), dtype=torch.float64).reshape(-1, 4, 2)


@pytest.mark.parametrize("setting", SETTINGS)
def test_all_four_marbles_are_torchs_batches_included(page, setting):
    race = FourMarbles(**setting, steps=200)
    difference = (browser_path(PlaygroundPage(page), race.state()) - race.run()).abs().max().item()
    assert difference <= 1e-9, setting


def test_another_order_of_batches_would_be_noticed(page):
    race = FourMarbles(land="valley", steps=100)
    other = race.state() | {"batch": 3}
    assert (browser_path(PlaygroundPage(page), other) - race.run()).abs()[:, 1].max() > 1e-3


@pytest.mark.parametrize("turn", [0.0, 30.0])
def test_the_valley_its_lowest_point_and_its_slope_are_torchs(page, turn):
    kit = PlaygroundPage(page)
    race = FourMarbles(land="valley", turn=turn, draw=2)
    script = (
        "({ landOf, sane }, s) => { const l = landOf(sane(s)); return { x: l.x, y: l.y, bottom: l.bottom }; }"
    )
    seen = kit.call("four_marbles", script, race.state())
    x, y = race.data()
    torch.testing.assert_close(torch.tensor(seen["x"], dtype=torch.float64), x, rtol=0, atol=1e-12)
    torch.testing.assert_close(torch.tensor(seen["y"], dtype=torch.float64), y, rtol=0, atol=1e-10)
    assert seen["bottom"] == pytest.approx(race.bottom().tolist(), abs=1e-9)
    script = "({ valley: { surface } }, x, y) => [...surface(x, y, 30)]"
    heights = torch.tensor(kit.call("valley_land", script, x.tolist(), y.tolist()), dtype=torch.float64)
    torch.testing.assert_close(heights, valley_land.surface(x, y, 30).flatten(), rtol=0, atol=1e-9)


def test_turning_the_valley_turns_descent_and_not_adam():
    """What a reader sees: around the valley's middle, descent's path is turned and Adam's is bent."""
    straight, turned = (_around_the_middle(turn) for turn in (0.0, 40.0))
    angle = torch.tensor(40.0).double().deg2rad()
    turn = torch.stack([torch.stack([angle.cos(), -angle.sin()]), torch.stack([angle.sin(), angle.cos()])])
    gap = (straight @ turn.T - turned).abs().amax((0, 2))
    assert gap[:3].max() < 1e-9
    assert gap[3] > 0.5


def test_from_the_chapters_second_start_momentum_runs_past_the_valley_where_descent_stops():
    race = FourMarbles(start=[0.0, 5.0], rate=3.0)
    home = ((race.run()[-1] - race.bottom()).norm(dim=1) <= 1).tolist()
    assert (home[0], home[2]) == (True, False)


@pytest.mark.parametrize(("noise", "rests"), [(0.0, True), (0.1, False)])
def test_in_the_long_valley_sgd_comes_to_rest_only_without_noise(noise, rests):
    race = FourMarbles(land="valley", noise=noise, batch=1)
    far = (race.run()[-50:, 1] - race.bottom()).norm(dim=1).mean().item()
    assert (far < 1e-2) is rests
    assert (far > 0.3) is not rests


def _around_the_middle(turn):
    angle = torch.tensor(turn).double().deg2rad()
    start = [6 * angle.cos().item(), 12.5 + 6 * angle.sin().item()]
    race = FourMarbles(land="valley", turn=turn, start=start, rate=0.3, steps=100)
    return race.run() - torch.tensor(valley_land.TRUTH, dtype=torch.float64)


def test_keys_move_the_start_and_play(calm):
    kit = PlaygroundPage(calm).show(FourMarbles(start=[0.0, 12.0], steps=50))
    calm.locator("canvas").first.focus()
    calm.keyboard.press("ArrowRight")
    calm.keyboard.press("Shift+ArrowUp")
    assert kit.state()["start"] == [0.25, 13.25]
    assert "φ₁ = 13.25" in kit.said()
    calm.keyboard.press("Enter")
    expect(calm.locator(".say")).to_contain_text("After 50 steps")


def test_the_words_at_the_end_name_the_marbles_at_the_ring(calm):
    kit = PlaygroundPage(calm).show(FourMarbles())
    kit.button("Play").click()
    expect(calm.locator(".say")).to_contain_text("After 300 steps")
    near = (FourMarbles().run()[-1] - FourMarbles().bottom()).norm(dim=1) <= 1
    names = ["Descent", "SGD", "Momentum", "Adam"]
    assert kit.said().endswith(": " + ", ".join(n for n, home in zip(names, near, strict=True) if home) + ".")


def test_the_start_can_be_carried(calm):
    kit = PlaygroundPage(calm).show(FourMarbles(start=[0.0, 12.5]))
    box = calm.locator("canvas").first.bounding_box()
    side = box["width"] - 38
    calm.mouse.move(box["x"] + 30 + side / 2, box["y"] + 8 + side / 2)
    calm.mouse.down()
    calm.mouse.move(box["x"] + 30 + 0.7 * side, box["y"] + 8 + side / 2, steps=4)
    calm.mouse.up()
    assert kit.state()["start"] == pytest.approx([4.0, 12.5], abs=0.1)


def test_the_land_changes_with_the_turn_and_only_the_valley_turns(calm):
    PlaygroundPage(calm).show(FourMarbles())
    turn = calm.get_by_role("slider", name="Turn")
    assert turn.is_disabled()
    calm.get_by_label("Land", exact=True).select_option("valley")
    before = calm.locator("canvas").first.evaluate("c => c.toDataURL()")
    turn.fill("45")
    assert calm.locator("canvas").first.evaluate("c => c.toDataURL()") != before


def test_the_picture_of_the_losses_keeps_nothing_of_another_land(calm):
    flat = "document.querySelector('#here').shadowRoot.querySelector('.flat').toDataURL()"
    kit = PlaygroundPage(calm).show(FourMarbles(land="valley", steps=50))
    fresh = calm.evaluate(flat)
    calm.evaluate("close()")
    kit.show(FourMarbles(steps=50))
    kit.button("Step").click()
    calm.get_by_label("Land", exact=True).select_option("valley")
    assert calm.evaluate(flat) == fresh


def test_a_run_that_flies_apart_is_said_in_words(calm):
    kit = PlaygroundPage(calm).show(FourMarbles(land="valley", rate=10.0, steps=300))
    kit.button("Play").click()
    expect(calm.locator(".say")).to_contain_text("After 300 steps")
    assert (
        "above 10 000" in calm.locator(".four").inner_text()
        or "no number" in calm.locator(".four").inner_text()
    )
    assert kit.wrong == []
