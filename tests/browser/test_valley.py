"""The valley playground in a real browser: torch's losses and answers everywhere, and every way to walk."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.playgrounds.valley import Valley

SETTINGS = [
    {},
    {"units": "renumbered", "at": 0.3, "way": "bent"},
    {"pair": 3, "way": "bent", "at": 0.75},
    {"pair": 2, "way": "free", "place": [0.1, 0.62]},
]


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def calm(chromium):
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1200})
    yield context.new_page()
    context.close()


def exactly(browser, torchs, atol=1e-9):
    torch.testing.assert_close(torch.tensor(browser, dtype=torch.float64), torchs, rtol=0, atol=atol)


@pytest.mark.parametrize("setting", SETTINGS)
def test_land_ways_and_answers_are_torchs(page, setting):
    valley = Valley(**setting)
    kit, state = PlaygroundPage(page), valley.state()
    heights = kit.call("valley", "({ heights }, s) => heights(s, 25)", state)
    exactly(heights, valley.heights(25).flatten())
    for way in ("straight", "bent"):
        seen = kit.call("valley", "({ profile }, s, way) => profile(s, way)", state, way)
        exactly(seen, valley.profile(way))
    answers = "({ answers }, s, place) => [...answers(s, place, 20)]"
    place = valley.standing()
    exactly(kit.call("valley", answers, valley.state(), place.tolist()), valley.answers(20).flatten())


@pytest.mark.parametrize("setting", SETTINGS)
def test_both_languages_stand_at_the_same_place(page, setting):
    valley = Valley(**setting)
    script = "({ plane }, s) => s.way === 'free' ? s.place : plane(s).on(s.way, s.at)"
    exactly(PlaygroundPage(page).call("valley", script, valley.state()), valley.standing(), atol=1e-12)


def test_the_plane_holds_both_ends_and_the_middle_of_the_bent_way():
    valley = Valley(pair=2)
    first, second, middle = valley.corners()
    corner = valley.axes()[1]
    places = torch.stack([torch.zeros(2), torch.tensor([1.0, 0.0]), corner]).double()
    torch.testing.assert_close(valley.weights(places), torch.stack([first, second, middle]))
    bent = valley.weights(valley.on_way("bent", 0.5)[None])[0]
    torch.testing.assert_close(bent, first / 4 + middle / 2 + second / 4)


def test_the_straight_way_is_high_and_the_bent_way_low():
    for pair in (1, 2):
        valley = Valley(pair=pair)
        assert valley.profile("straight").max() > 10 * valley.profile("bent").max()


def test_walking_says_the_loss_and_the_points_that_are_right(calm):
    kit = PlaygroundPage(calm).show(Valley())
    for way in ("bent", "straight"):
        calm.get_by_label("Way", exact=True).select_option(way)
        for at in ("0.25", "0.5"):
            calm.get_by_label("Share of it").fill(at)
            valley = Valley(**kit.state())
            loss = valley.losses(valley.standing()[None]).item()
            assert f"loss {loss:.3f} nats" in kit.said()
    assert "of 40 points right" in kit.said()


def test_a_walk_ends_at_b(calm):
    kit = PlaygroundPage(calm).show(Valley(at=0.0))
    kit.button("Play").click()
    kit.button("Again").wait_for()
    assert kit.state()["at"] == 1
    assert "40 of 40 points right" in kit.said()
    assert kit.wrong == []


def test_the_marble_is_dragged_off_the_way_and_keys_move_it(calm):
    kit = PlaygroundPage(calm).show(Valley(way="straight", at=0.5))
    box = calm.locator("canvas").first.bounding_box()
    inner = box["width"] - 38
    x, y = box["x"] + 30 + inner * 0.5, box["y"] + 8 + inner * (1.15 / 1.5)
    calm.mouse.move(x, y)
    calm.mouse.down()
    calm.mouse.move(x, y - inner / 5, steps=4)
    calm.mouse.up()
    assert kit.state()["way"] == "free"
    assert kit.state()["place"] == pytest.approx([0.5, 0.3], abs=0.02)
    before = kit.state()["place"]
    calm.locator("canvas").first.focus()
    calm.keyboard.press("Shift+ArrowRight")
    assert kit.state()["place"] == pytest.approx([before[0] + 0.1, before[1]], abs=2e-3)
    assert "Off both ways" in kit.said()
    kit.button("Halfway").click()
    assert (kit.state()["way"], kit.state()["at"]) == ("straight", 0.5)


def test_weights_of_another_shape_are_refused():
    rows = Valley().pairs
    with pytest.raises(ValueError, match="five rows"):
        Valley(pairs=[rows[0][:3]])
    with pytest.raises(ValueError, match="another length"):
        Valley(pairs=[[row[:-1] for row in rows[0]]])
