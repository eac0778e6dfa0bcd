"""The live network in a real browser: torch's steps, torch's regions, and every way to place a point."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.playgrounds.boundary import LOSSES, RULES, START, Boundary, chances
from landscaping.supervised.classification.pulls import by_scores, squared

THREE = [[-1.0, -0.7, 0], [-0.8, -0.9, 0], [1.0, -0.5, 1], [0.7, -0.8, 1], [0.1, 1.0, 2], [-0.2, 1.3, 2]]
SETTINGS = [
    {},
    {"points": THREE, "rule": "momentum", "rate": 0.1, "hidden": 12, "draw": 7},
    {"loss": "squared", "rule": "plain", "rate": 1.0, "activation": "relu", "draw": 3},
    {"points": THREE, "hidden": 0, "loss": "squared", "rate": 0.1},
]
LEARN = """({ Learner }, setting, steps) => {
  const learner = new Learner(setting);
  while (learner.steps < steps) learner.step();
  return { losses: learner.losses, weights: [...learner.at], chances: [...learner.chances(20)] };
}"""


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def calm(chromium):
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1200})
    yield context.new_page()
    context.close()


def exactly(browser, torchs, atol=1e-9):
    found = torch.tensor(browser, dtype=torch.float64)
    torch.testing.assert_close(found, torchs.detach().flatten(), rtol=0, atol=atol)


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_step_is_torchs(page, setting):
    boundary, steps = Boundary(**setting), 200
    seen = PlaygroundPage(page).call("learner", LEARN, boundary.state(), steps)
    net, losses = boundary.learned(steps)
    exactly(seen["losses"], losses)
    exactly(seen["weights"], torch.cat([p.flatten() for p in net.parameters()]))
    exactly(seen["chances"], chances(net, 20))


def test_the_slope_of_a_chosen_point_is_torchs(page):
    boundary = Boundary(loss="squared")
    script = "({ Learner }, setting) => [0, 9].map((i) => new Learner(setting).pull(i))"
    seen = torch.tensor(PlaygroundPage(page).call("learner", script, boundary.state()), dtype=torch.float64)
    x, y = (column[[0, 9]] for column in boundary.data())
    scores = boundary.network()(x).detach()
    exactly(seen[:, 0].tolist(), scores.softmax(-1)[[0, 1], y])
    exactly(seen[:, 1].tolist(), by_scores(squared, scores, y))


def test_both_languages_start_from_the_same_points(page):
    found = PlaygroundPage(page).call("boundary", "({ START }) => START")
    assert found == [list(point) for point in START]


def spot(page, x, y):
    box = page.locator("canvas").bounding_box()
    return box["x"] + box["width"] * (x + 2) / 4, box["y"] + box["height"] * (2 - y) / 4


def test_a_tap_adds_a_point_and_a_drag_moves_it(calm):
    kit = PlaygroundPage(calm).show(Boundary())
    calm.get_by_label("New points").select_option("2")
    calm.mouse.click(*spot(calm, 1, 1.8))
    assert kit.state()["points"][-1] == pytest.approx([1, 1.8, 2], abs=0.02)
    calm.mouse.move(*spot(calm, 1, 1.8))
    calm.mouse.down()
    calm.mouse.move(*spot(calm, -1.8, -1.8), steps=4)
    calm.mouse.up()
    points = kit.state()["points"]
    assert len(points) == len(START) + 1
    assert points[-1] == pytest.approx([-1.8, -1.8, 2], abs=0.02)
    calm.get_by_text("Chosen: the triangle at (−1.8").wait_for()
    kit.button("Remove").click()
    assert kit.state()["points"] == [list(point) for point in START]


def test_keys_choose_move_turn_add_and_remove(calm):
    kit = PlaygroundPage(calm).show(Boundary())
    calm.locator("canvas").focus()
    for key in ("n", "ArrowUp", "Shift+ArrowLeft", "3"):
        calm.keyboard.press(key)
    assert kit.state()["points"][1] == pytest.approx([0.15, 0.35, 2])
    calm.keyboard.press("Enter")
    assert kit.state()["points"][-1] == pytest.approx([0.35, 0.55, 1])
    calm.keyboard.press("Delete")
    assert len(kit.state()["points"]) == len(START)
    calm.keyboard.press("p")
    assert f"number {len(START) - 1}" in kit.said()
    calm.keyboard.press("Tab")
    assert calm.evaluate("document.querySelector('#here').shadowRoot.activeElement.dataset.do") == "play"


def test_a_run_learns_the_ring_and_a_straight_line_cannot(calm):
    said = {}
    for hidden in (6, 0):
        kit = PlaygroundPage(calm).show(Boundary(hidden=hidden))
        kit.button("Play").click()
        kit.button("Again").wait_for()
        said[hidden] = kit.said()
        calm.evaluate("close()")
    assert "19 of 19 points are on their side" in said[6]
    assert "After 1500 steps" in said[0]
    assert "19 of 19" not in said[0]


def test_a_point_placed_after_a_run_is_learned_from_the_same_weights(calm):
    kit = PlaygroundPage(calm).show(Boundary())
    kit.button("Play").click()
    kit.button("Again").wait_for()
    calm.mouse.click(*spot(calm, 0.3, -0.05))
    calm.get_by_text("After 3000 steps").wait_for()
    assert "of 20 points" in kit.said()


def test_every_scene_is_made_of_points_that_python_takes(calm):
    kit = PlaygroundPage(calm).show(Boundary())
    for name, kinds in (("Crowds", 2), ("Ring", 2), ("Corners", 2), ("Three", 3)):
        kit.button(name).click()
        state = kit.state()
        assert Boundary(**state).state() == state
        assert len({kind for *_, kind in state["points"]}) == kinds
        assert Boundary(**state).network()[-1].out_features == kinds
    assert kit.wrong == []


@pytest.mark.parametrize(("loss", "rule", "rate", "learned"), [
    ("crossEntropy", "plain", 1.0, True), ("squared", "plain", 1.0, False), ("squared", "adam", 0.03, True),
])  # fmt: skip
def test_a_label_changed_after_a_run_is_learned_as_the_chapter_says(loss, rule, rate, learned):
    boundary = Boundary(loss=loss, rule=rule, rate=rate, hidden=8)
    net, _ = boundary.learned(1500)
    x, y = boundary.data()
    y[0] = 1
    assert net(x[:1]).argmax() == 0
    optimizer = RULES[rule](net.parameters(), lr=rate)
    for _ in range(1500):
        optimizer.zero_grad()
        LOSSES[loss](net(x), y).backward()
        optimizer.step()
    assert (net(x).argmax(1) == y).all() == learned


def test_points_that_cannot_be_learned_from_are_refused():
    for points in ([], [[0, 0, 3]], [[0, 5, 1]], [[0, 0]]):
        with pytest.raises(ValueError, match="cannot be learned from"):
            Boundary(points=points)
