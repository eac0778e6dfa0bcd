"""The terrain playground in a real browser: torch's numbers, and every way to move a hill."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.playgrounds.terrain import Terrain

SETTINGS = [
    {},
    {"examples": 7, "noise": 0.4, "draw": 3, "loss": "absolute"},
    {"against": "inputs", "moved": [[4, 2.5, 3.0]], "draw": 2},
    {"loss": "absolute", "against": "inputs", "moved": [[0, -5.0, 4.0]], "noise": 0.2},
]
LAND = """({ land, sane }, state) => {
  const { x, y, heights, ripple, bottom } = land(sane(state), 100);
  return { x, y, heights: [...heights], ripple: [...ripple], bottom };
}"""


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def calm(chromium):
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1200})
    yield context.new_page()
    context.close()


def exactly(browser, torchs, atol=1e-10):
    torch.testing.assert_close(torch.tensor(browser, dtype=torch.float64), torchs, rtol=0, atol=atol)


@pytest.mark.parametrize("setting", SETTINGS)
def test_land_ripple_and_lowest_point_are_torchs(page, setting):
    terrain = Terrain(**setting)
    seen = PlaygroundPage(page).call("terrain", LAND, terrain.state())
    for name, axis in zip("xy", terrain.data(), strict=True):
        assert seen[name] == axis.tolist()
    exactly(seen["heights"], terrain.heights().flatten())
    exactly(seen["ripple"], terrain.ripple().flatten())
    exactly(seen["bottom"], terrain.bottom(), atol=1e-6)


@pytest.mark.parametrize("loss", ["squared", "absolute"])
def test_the_lowest_points_of_many_draws_are_torchs(page, loss):
    terrain = Terrain(loss=loss, moved=[[2, 1.0, 3.0]])
    seen = PlaygroundPage(page).call("terrain", "({ bottoms }, s) => bottoms(s, 4)", terrain.state())
    exactly(seen, terrain.bottoms(4), atol=1e-6)


def test_without_noise_and_against_its_own_inputs_the_ripple_is_nothing():
    ripple = Terrain(noise=0.0, against="inputs").ripple()
    assert ripple.abs().max() < 1e-3  # the answers are rounded to thousandths


def picture(page, number):
    return page.locator("canvas").nth(number).evaluate("c => c.toDataURL()")


def test_an_example_dragged_repaints_both_maps_at_once(calm):
    kit = PlaygroundPage(calm).show(Terrain())
    before, words = [picture(calm, k) for k in (0, 1)], kit.said()
    box = calm.locator("circle").nth(9).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    calm.mouse.move(x, y)
    calm.mouse.down()
    calm.mouse.move(x, y - 60, steps=3)
    assert all(picture(calm, k) != before[k] for k in (0, 1))
    calm.mouse.up()
    [[number, _, height]] = kit.state()["moved"]
    assert number == 9
    assert height > Terrain().data()[1][9]
    assert kit.said() != words


def test_keys_choose_an_example_and_move_it(calm):
    kit = PlaygroundPage(calm).show(Terrain())
    calm.locator("svg").focus()
    calm.keyboard.press("ArrowRight")
    calm.keyboard.press("Shift+ArrowUp")
    [[number, x, y]] = kit.state()["moved"]
    was_x, was_y = (axis[number].item() for axis in Terrain().data())
    assert x == was_x
    assert y == pytest.approx(was_y + 0.25, abs=2e-3)
    assert f"Example {number + 1} of 28" in kit.said()


def test_an_outlier_drags_the_lowest_point_under_squared_error_alone(calm):
    kit = PlaygroundPage(calm).show(Terrain())
    far = {}
    for loss in ("squared", "absolute"):
        calm.get_by_label("Loss", exact=True).select_option(loss)
        kit.button("Outlier").click()
        moved = Terrain(**kit.state())
        far[loss] = (moved.bottom() - torch.tensor([0.0, 16.6])).norm().item()
        assert f"{far[loss]:.2f} from the truth" in kit.said()
    assert far["squared"] > 4 * far["absolute"]


def test_buttons_draw_anew_and_put_back(calm):
    kit = PlaygroundPage(calm).show(Terrain(moved=[[3, 0.0, 2.0]]))
    kit.button("Put all back").click()
    assert kit.state()["moved"] == []
    kit.button("Outlier").click()
    assert [row[0] for row in kit.state()["moved"]] == [0]
    kit.button("New draw").click()
    assert (kit.state()["draw"], kit.state()["moved"]) == (2, [])


def test_the_lowest_points_of_many_draws_appear_on_the_land(calm):
    PlaygroundPage(calm).show(Terrain())
    before = picture(calm, 0)
    calm.get_by_label("Lowest", exact=True).select_option("many")
    calm.wait_for_timeout(600)
    assert picture(calm, 0) != before
