"""Residuals and likelihood in a real browser: the same lines as torch, and every way to move a point."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.playgrounds.residuals import START, Residuals
from landscaping.supervised.losses.best_line import NOISES, best_line, best_spread, cost

FIT = "({ bestLine }, ...given) => bestLine(...given)"


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def shown(page):
    return PlaygroundPage(page).show(Residuals())


def clouds(count=6, n=12):
    """Points around a line, one of them far off, two above one another."""
    source = torch.Generator().manual_seed(5)
    for _ in range(count):
        x = (12 * torch.rand(n, generator=source, dtype=torch.float64) - 6).round(decimals=2)
        y = (0.5 * x + torch.randn(n, generator=source, dtype=torch.float64)).clamp(-6, 6).round(decimals=2)
        x[1], y[0] = x[2], 5.7
        yield x, y


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("spread", [0.3, 1.0, 2.5])
def test_the_browsers_line_is_torchs(page, noise, spread):
    kit = PlaygroundPage(page)
    for x, y in clouds():
        ours = best_line(noise, x, y, spread)
        theirs = kit.call("likely_line", FIT, noise, torch.stack([x, y], 1).tolist(), spread)
        assert theirs["line"] == pytest.approx([ours.intercept, ours.slope], abs=1e-8)
        assert theirs["costs"] == pytest.approx(ours.costs.tolist(), abs=1e-8)
        assert theirs["total"] == pytest.approx(ours.costs.sum().item(), abs=1e-8)


@pytest.mark.parametrize("noise", NOISES)
def test_what_a_residual_costs_and_the_best_spread_are_torchs(page, noise):
    kit = PlaygroundPage(page)
    r = torch.linspace(-4, 4, 9, dtype=torch.float64)
    costs = kit.call(
        "likely_line", "({ cost }, noise, r) => r.map((v) => cost(noise, v, 0.7))", noise, r.tolist()
    )
    assert costs == pytest.approx(cost(noise, r, 0.7).tolist(), abs=1e-12)
    x, y = next(clouds())
    script = "({ bestSpread }, noise, points) => bestSpread(noise, points, [0.1, 3])"
    assert kit.call("likely_line", script, noise, torch.stack([x, y], 1).tolist()) == best_spread(noise, x, y)


def test_both_languages_start_from_the_same_points(page):
    found = PlaygroundPage(page).call("residuals", "({ START }) => START")
    assert found == [list(point) for point in START]


def test_a_point_is_dragged_and_the_sum_follows(shown):
    page = shown.page
    before = page.locator(".sum").inner_text()
    box = page.locator(".dots circle").nth(3).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 60, steps=4)
    page.mouse.up()
    points = shown.state()["points"]
    assert points[3][0] > START[3][0]
    assert points[3][1] > START[3][1]
    assert [p for i, p in enumerate(points) if i != 3] == [list(p) for i, p in enumerate(START) if i != 3]
    total = Residuals(**shown.state()).likely().costs.sum().item()
    assert page.locator(".sum").inner_text() == f"Sum of the bars: {total:.2f} nats" != before


def test_a_click_on_the_empty_plot_moves_nothing(shown):
    box = shown.page.locator(".cloud").bounding_box()
    shown.page.mouse.click(box["x"] + 0.2 * box["width"], box["y"] + 0.15 * box["height"])
    assert shown.state()["points"] == [list(point) for point in START]


def test_points_are_chosen_and_moved_by_keys(shown):
    page = shown.page
    page.locator(".cloud").focus()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowUp", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    points = shown.state()["points"]
    assert points[10] == pytest.approx([START[10][0] - 0.5, START[10][1] + 0.6])
    assert points[11] == list(START[11])
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#here').shadowRoot.activeElement.id") == "noise"


def test_noise_spread_and_buttons_reach_the_state(shown):
    page = shown.page
    page.get_by_label("Noise").select_option("Laplace")
    shown.button("Pull the last point up").click()
    assert shown.state()["points"][11] == [START[11][0], 5.7]
    shown.button("Best spread").click()
    setting = Residuals(**shown.state())
    assert setting.spread == best_spread("Laplace", *setting.data())
    assert page.locator("output").inner_text() == f"{setting.spread:.2f}"
    shown.button("As at the start").click()
    assert shown.state()["points"] == [list(point) for point in START]


def test_the_words_follow_once_the_reader_holds_still(shown):
    shown.page.get_by_label("Noise").select_option("Student")
    shown.page.get_by_text("Student noise: the most likely line").wait_for()
    assert shown.wrong == []


def test_points_that_make_no_line_are_made_others(page):
    sane = "({ sane }, points) => sane({ points, noise: 'Laplace', spread: 1 }).points"
    kit = PlaygroundPage(page)
    for points in ([], [[1, 2]], [[1, 2], [1, 3], [1, 4]], "x"):
        assert kit.call("residuals", sane, points) == [list(point) for point in START]
        if points != "x":
            with pytest.raises(ValueError, match="make no line"):
                Residuals(points=points)
    assert kit.call("residuals", sane, [[1, 99], [2, 3], [3, 4]])[0] == [1, 6]
