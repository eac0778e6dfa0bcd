"""The landscape in a real browser: the same numbers as torch, and every way to play it."""

import json
from pathlib import Path

import pytest
import torch
from playwright.sync_api import expect

from axe import violations
from browser.playground_page import ROOM, PlaygroundPage
from landscaping.models import gabor
from landscaping.optimization.marbles import RULES, share
from landscaping.playgrounds.landscape import Landscape

ROOT = Path(__file__).parents[2]
FENCE = ["fence", -10.0, 6.0, 10.0, 12.0]
WALL = ["fence", 3.0, 0.0, 3.0, 30.0]
TIE = ["tie", -8.0, 4.0, 9.0, 20.0]
FORESTS = {"none": [], "fence": [FENCE], "corner": [FENCE, WALL], "tie": [TIE], "tie and fence": [TIE, WALL]}
COUNT = f"{ROOM}.querySelector('.count').textContent"
RATES = {"plain": (0.3, 3.0), "minibatch": (0.3, 3.0), "momentum": (0.1, 1.0), "adam": (0.1, 1.0)}


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


MODULES = ("landscape", "gabor_land", "marbles", "small_generator")


def opened(page):
    """A page that has the modules, all that they export under the one name `land`."""
    kit = PlaygroundPage(page)
    page.wrong = kit.wrong
    load = "async (names) => { window.land = Object.assign({}, ...await Promise.all(names.map(load))); }"
    page.evaluate(load, MODULES)
    return page


def shown(page, **setting):
    """The landscape on a page, in a setting."""
    opened(page).evaluate("state => show('landscape', state)", Landscape(**setting).state())
    return page


def state(page):
    return page.evaluate("model.state")


def said(page):
    return page.locator(".say").inner_text()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def calm(chromium):
    """A page for a reader who wants no motion: a run shows its whole path at once."""
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1000})
    yield context.new_page()
    context.close()


# ---- the same numbers as torch


def browser_path(page, setting):
    script = """state => {
      const run = new land.Run(land.sane(state)), path = [...run.at];
      while (run.steps < state.steps) { run.step(); path.push(...run.at); }
      return path;
    }"""
    return torch.tensor(page.evaluate(script, setting), dtype=torch.float64)


def test_two_hundred_steps_agree_with_torch_for_every_rule_and_all_trees(page, record_property):
    opened(page)
    worst = {}
    for rule, rates in RATES.items():
        for rate in rates:
            for name, trees in FORESTS.items():
                setting = {"rule": rule, "rate": rate, "trees": trees, "batch": 6}
                landscape = Landscape(**setting, marbles=12, steps=200, toss=5)
                difference = browser_path(page, landscape.state()) - landscape.run().flatten()
                worst[rule, rate, name] = difference.abs().max().item()
    record_property("largest difference from torch", max(worst.values()))
    print(f"largest difference from torch: {max(worst.values()):.1e} in {max(worst, key=worst.get)}")
    assert max(worst.values()) <= 1e-6, worst


def test_a_wrong_momentum_would_be_noticed(page):
    """The comparison can fail: a thousandth more momentum is far outside its tolerance."""
    opened(page)
    landscape = Landscape(rule="momentum", rate=0.1, marbles=4, steps=200)
    other = landscape.state() | {"momentum": 0.901}
    assert (browser_path(page, other) - landscape.run().flatten()).abs().max() > 1e-3


def test_the_examples_and_throws_of_a_setting_are_the_same_in_both_languages(page):
    opened(page)
    for draw in range(1, 6):
        moved = [[4, 1.5, -1.0]]
        landscape = Landscape(draw=draw, examples=60, noise=0.3, moved=moved, toss=draw, marbles=50)
        x, y = landscape.data()
        browser = page.evaluate("state => land.examples(state)", landscape.state())
        assert browser == {"x": x.tolist(), "y": y.tolist()}
        starts = page.evaluate("state => land.starts(state)", landscape.state())
        assert starts == landscape_starts(landscape)


def landscape_starts(landscape):
    landscape.steps = 1
    return landscape.run()[0].tolist()


def test_the_small_generator_has_its_known_values(page):
    """The same constants stand in tests/landscaping/test_marbles.py."""
    opened(page)
    draw = "() => { const c = land.small(1, land.DATA); return [c.word(), c.word(), c.word()]; }"
    words = page.evaluate(draw)
    assert words == [1486870344, 755456664, 333189277]
    assert page.evaluate("land.small(3, land.BATCHES).shuffled(10)") == [1, 7, 8, 9, 4, 2, 3, 0, 6, 5]


def test_the_slope_is_autograds(page):
    opened(page)
    x, y = Landscape().data()
    points = gabor.points(6).reshape(-1, 2).requires_grad_()
    slopes = torch.autograd.grad(gabor.loss(points, x, y).sum(), points)[0]
    script = """([x, y, points]) => points.map(([a, b]) => {
      const g = [0, 0]; land.gradient(x, y, [...x.keys()], a, b, g); return g; })"""
    browser = page.evaluate(script, [x.tolist(), y.tolist(), points.tolist()])
    assert torch.allclose(torch.tensor(browser, dtype=torch.float64), slopes, atol=1e-13, rtol=0)


def test_the_land_and_its_lowest_point_are_exact(page):
    opened(page)
    landscape = Landscape(noise=0.3, draw=2, examples=40)
    x, y = landscape.data()
    made = landscape.state()
    grid = "s => { const d = land.examples(s); return [...land.surface(d.x, d.y, 50)]; }"
    heights = page.evaluate(grid, made)
    exact = gabor.surface(x, y, 50).flatten()
    assert torch.allclose(torch.tensor(heights, dtype=torch.float64), exact, atol=1e-11, rtol=0)
    lowest = page.evaluate("s => { const d = land.examples(s); return land.lowest(d.x, d.y); }", made)
    assert lowest == pytest.approx(gabor.lowest(x, y).tolist(), abs=1e-6)


@pytest.mark.parametrize("rule", RULES)
def test_the_share_of_two_hundred_is_torchs(page, rule):
    opened(page)
    landscape = Landscape(rule=rule, rate=0.5, marbles=200, steps=150)
    starts = torch.tensor(page.evaluate("s => land.starts(s)", landscape.state()), dtype=torch.float64)
    exact = share(starts, *landscape.data(), landscape.physics(), steps=150, seed=landscape.toss)
    assert page.evaluate("s => land.share(s)", landscape.state()) == exact
    assert 0 < exact < 1


# ---- every way to play it


def test_keys_alone_drop_and_roll_a_marble(calm):
    page = shown(calm, start=[0.0, 12.0])
    page.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert state(page)["start"] == [0.25, 13.25]
    page.keyboard.press("Enter")
    expect(page.locator(".say")).to_contain_text("After")
    assert "After 400 steps the marble is at" in said(page)
    assert "In the target valley." in said(page)


def test_arrows_do_not_scroll_the_page_and_other_keys_still_do(calm):
    page = shown(calm)
    page.set_viewport_size({"width": 400, "height": 400})
    page.locator("canvas").focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("scrollY") == before
    page.keyboard.press("PageDown")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") > before


def test_a_click_drops_a_marble_where_it_falls(calm):
    page = shown(calm)
    box = page.locator("canvas").bounding_box()
    side = box["width"] - 38
    page.mouse.click(box["x"] + 30 + 0.25 * side, box["y"] + 8 + 0.75 * side)
    assert state(page)["start"] == pytest.approx([-5.0, 7.5], abs=0.1)


def test_a_marble_can_be_carried(calm):
    page = shown(calm, start=[0.0, 12.5])
    box = page.locator("canvas").bounding_box()
    side = box["width"] - 38
    page.mouse.move(box["x"] + 30 + side / 2, box["y"] + 8 + side / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 30 + 0.7 * side, box["y"] + 8 + side / 2, steps=4)
    page.mouse.up()
    assert state(page)["start"] == pytest.approx([4.0, 12.5], abs=0.1)


def test_a_finger_drops_drags_and_plants(chromium):
    context = chromium.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = shown(context.new_page())
    box = page.locator("canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 100, box["y"] + 100)
    dropped = state(page)["start"]
    assert dropped != [-2.5, 8.0]
    button(page, "Plant a fence").tap()
    box = page.locator("canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 60, box["y"] + 250)
    page.touchscreen.tap(box["x"] + 300, box["y"] + 260)
    assert [tree[0] for tree in state(page)["trees"]] == ["fence"]
    assert page.wrong == []
    context.close()


def test_a_finger_drags_an_example_without_scrolling(chromium):
    context = chromium.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = shown(context.new_page())
    box = page.locator("circle").nth(5).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = context.new_cdp_session(page)
    before = page.evaluate("scrollY")
    for kind, dy in [("touchStart", 0), ("touchMove", 15), ("touchMove", 40), ("touchEnd", None)]:
        points = [] if dy is None else [{"x": x, "y": y + dy}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.evaluate("scrollY") == before
    assert [row[0] for row in state(page)["moved"]] == [5]
    context.close()


def test_an_example_dragged_changes_the_land(calm):
    page = shown(calm)
    before = page.locator(".goal").inner_text()
    box = page.locator("circle").nth(9).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"], box["y"] - 60, steps=5)
    page.mouse.up()
    moved = state(page)["moved"]
    assert len(moved) == 1
    assert moved[0][0] == 9
    assert page.locator(".goal").inner_text() != before


def test_an_example_is_moved_by_keys(calm):
    page = shown(calm)
    page.locator("svg").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    [[number, x, y]] = state(page)["moved"]
    was_x, was_y = (axis[number].item() for axis in Landscape().data())
    assert (x, y) == (was_x, pytest.approx(was_y + 0.25, abs=2e-3))
    assert "Example at x =" in said(page)


def test_trees_are_planted_turned_and_felled_by_keys(calm):
    page = shown(calm, start=[0.0, 15.0])
    button(page, "Plant a fence").press("Enter")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    assert said(page) == "Now the second point."
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    assert state(page)["trees"] == [["fence", 0.0, 10.0, 1.25, 10.0]]  # the marble's side stays open
    page.get_by_role("button", name="Other side: fence 1").press("Enter")
    assert state(page)["trees"] == [["fence", 1.25, 10.0, 0.0, 10.0]]
    page.get_by_role("button", name="Remove: fence 1").press("Enter")
    assert state(page)["trees"] == []


def test_trees_that_would_leave_no_land_are_refused_with_a_sentence(calm):
    low = ["tie", -5.0, 8.0, 5.0, 8.0]
    page = shown(calm, trees=[low])
    button(page, "Plant a tie").press("Enter")
    for key in ("Enter", "Shift+ArrowRight", "Enter"):  # a tie at φ₁ = 12.5: parallel to the other
        page.keyboard.press(key)
    assert said(page) == "These trees would leave the marble no land."
    assert state(page)["trees"] == [low]


def test_two_hundred_dropped_give_the_share_that_torch_counts(calm):
    page = shown(calm, steps=100)
    button(page, "Drop 200 at random").click()
    button(page, "Play").click()
    expect(page.locator(".say")).to_contain_text("After")
    landscape = Landscape(**state(page))
    ends = landscape.run()[-1]
    n = ((ends - gabor.lowest(*landscape.data())).norm(dim=1) <= 1).sum().item()
    assert f"After 100 steps, {n} of 200 ({round(100 * n / 200)}\u00a0%)" in said(page)


def test_play_pauses_steps_and_resets(page):
    shown(page, steps=5000, marbles=200)
    button(page, "Play").click()
    expect(page.locator(".count")).not_to_contain_text("step 0")
    button(page, "Pause").click()
    stopped = page.locator(".count").inner_text()
    page.wait_for_timeout(100)
    assert page.locator(".count").inner_text() == stopped
    button(page, "Step").click()
    steps = [int(text.split()[1]) for text in (stopped, page.locator(".count").inner_text())]
    assert steps[1] == steps[0] + 1
    button(page, "Reset").click()
    assert page.locator(".count").inner_text() == "step 0 of 5000"


def test_it_rests_off_screen_and_goes_on_when_it_comes_back(page):
    shown(page, steps=5000, marbles=200)
    page.evaluate("document.body.style.paddingBottom = '5000px'")
    button(page, "Play").click()
    expect(page.locator(".count")).not_to_contain_text("step 0")
    page.evaluate("scrollTo(0, 4000)")
    page.wait_for_timeout(200)
    resting = page.evaluate(COUNT)
    page.wait_for_timeout(200)
    assert page.evaluate(COUNT) == resting
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".count")).not_to_have_text(resting)


def test_without_motion_the_whole_path_is_there_at_once(calm):
    page = shown(calm)
    seen = page.evaluate("""async () => {
      const root = document.querySelector('#here').shadowRoot, counts = new Set();
      root.querySelector('[data-do=play]').click();
      while (!root.querySelector('.say').textContent.startsWith('After')) {
        counts.add(root.querySelector('.count').textContent);
        await new Promise(requestAnimationFrame);
      }
      return [...counts, root.querySelector('.count').textContent];
    }""")
    assert seen == ["step 0 of 400", "step 400 of 400"]


def test_every_control_reaches_the_state_and_the_state_every_control(calm):
    page = shown(calm)
    for name, value, key, expected in [
        ("Learning rate", "-1", "rate", 0.1), ("Steps in a run", "3", "steps", 1000),
        ("Examples", "40", "examples", 40), ("Noise", "0.3", "noise", 0.3),
    ]:  # fmt: skip
        page.get_by_role("slider", name=name).fill(value)
        assert state(page)[key] == expected
    page.get_by_label("Rule").select_option("momentum")
    page.get_by_label("Momentum").fill("0.5")
    page.get_by_label("Rule").select_option("minibatch")
    page.get_by_label("Batch size").fill("12")
    button(page, "New draw").click()
    now = state(page)
    assert (now["rule"], now["momentum"], now["batch"], now["draw"]) == ("minibatch", 0.5, 12, 2)
    assert json.loads(json.dumps(Landscape(**now).state())) == now
    page.evaluate("model.set('rule', 'adam')")
    assert page.get_by_label("Rule").input_value() == "adam"


def test_a_setting_from_an_address_may_be_anything(page):
    shown(page)
    page.evaluate("close()")
    wild = {
        "rule": "rm -rf", "rate": 1e9, "start": ["a", None], "moved": [[1], "x", [2, 1e300, float("1e300")]],
        "trees": [{"kind": "fence"}, None, 3, ["tie", 1, 2, "3", 4], ["fence", 1e300, -1e300, 10.0, 12.0]],
        "marbles": 1e12, "steps": -4,
    }  # fmt: skip
    page.evaluate("state => show('landscape', state)", wild)
    tame = page.evaluate("state => land.sane(state)", wild)
    assert (tame["rule"], tame["rate"], tame["marbles"], tame["steps"]) == ("plain", 30, 1000, 1)
    assert tame["moved"] == [[2, 15, 1.5]]
    assert tame["trees"] == [["fence", 10, 2.5, 10, 12]]
    assert Landscape(**tame).state() == tame
    assert page.wrong == []


def test_two_on_one_page_are_independent_and_a_closed_one_leaves_nothing(page):
    shown(page)
    second = """s => {
      const second = document.createElement('div');
      document.body.append(second);
      Object.assign(window, { first: model, one: close });
      document.getElementById('here').id = 'old';
      second.id = 'here';
      return show('landscape', s);
    }"""
    page.evaluate(second, Landscape(rule="adam").state())
    page.evaluate("model.set('rate', 3)")
    assert page.evaluate("first.state.rate") == 1
    page.evaluate("one()")
    assert page.evaluate("document.getElementById('old').shadowRoot.childElementCount") == 0
    assert page.evaluate("Object.values(first.hears).flat().length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_for_axe_or_the_strict_policy_to_complain_about(chromium, scheme):
    context = chromium.new_context(color_scheme=scheme)
    page = shown(context.new_page(), trees=[FENCE, TIE], marbles=200)
    assert violations(page) == []
    assert page.wrong == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_every_width(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    shown(page, trees=[FENCE, TIE, WALL])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    controls = f"[...{ROOM}.querySelectorAll('button,select,input')]"
    small = page.evaluate(f"{controls}.filter(e => e.getBoundingClientRect().height < 24).length")
    assert small == 0
