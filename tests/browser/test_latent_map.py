"""The latent plane in a real browser: the same pictures as torch, and every way to walk."""

import pytest
import torch
from torch.nn.utils import parameters_to_vector

from browser.playground_page import PlaygroundPage
from landscaping.datasets import digits
from landscaping.playgrounds.latent_map import LatentMap
from landscaping.randomness import born
from landscaping.unsupervised.variational_autoencoders import walking
from landscaping.unsupervised.variational_autoencoders.networks import decoder

PLACES = [[0.0, 0.0], [1.25, -0.5], [-2.6, 2.6], [2.01, 1.99]]


def some_map():
    """A decoder that never learned, with weights three times as large, and a few digits on a line."""
    net = born(lambda: decoder(2, walking.WIDTH), 3)
    known = digits.everything()
    rows = zip((16 * known.x[:9]).int().tolist(), known.y[:9].tolist(), strict=True)
    return {
        "weights": walking.packed(3 * parameters_to_vector(net.parameters()).detach()),
        "digits": [
            [round(0.6 * k - 2.4, 2), -0.5, label, walking.signs(grey)]
            for k, (grey, label) in enumerate(rows)
        ],
        "noise": 0.2,
    }


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def shown(page):
    return PlaygroundPage(page).show(LatentMap(**some_map()))


def test_the_browser_reads_the_weights_and_decodes_as_torch_does(page):
    text = some_map()["weights"]
    script = """({ unpacked, decoded }, text, places) =>
      [[...unpacked(text)], [...decoded(unpacked(text), places.flat())]]"""
    weights, pictures = PlaygroundPage(page).call("latent_map", script, text, PLACES)
    ours = walking.decoder_of(text)(torch.tensor(PLACES, dtype=torch.float64))
    assert weights == walking.unpacked(text).tolist()
    assert (torch.tensor(pictures, dtype=torch.float64).reshape(4, 64) - ours).abs().max() < 1e-12


def test_samples_shade_and_nearest_digit_are_those_of_python(page):
    kit, start = PlaygroundPage(page), some_map()
    for place in PLACES:
        ours = LatentMap(**start, place=place, sample=7, share=0.5)
        script = """({ sampled, nearest, likelier, greys }, mean, state, i) => [
          sampled(mean, state.share * state.noise, state.sample), nearest(state.digits, state.place),
          likelier(mean, greys(state.digits[i][3]), state.noise)]"""
        near = ours.nearest()
        given = (ours.mean().tolist(), ours.state(), near)
        sample, found, nats = kit.call("latent_map", script, *given)
        assert sample == pytest.approx(ours.drawn().tolist(), abs=1e-12)
        assert found == near
        assert nats == pytest.approx(ours.likelier(walking.greys(start["digits"][near][3])), abs=1e-9)
    shade = "({ greyness, unpacked }, text) => [...greyness(unpacked(text), 41)]"
    theirs = kit.call("latent_map", shade, start["weights"])
    assert theirs == pytest.approx(LatentMap(**start).greyness(41).flatten().tolist(), abs=1e-12)


def test_the_marker_is_dragged_and_the_words_follow(shown):
    page, box = shown.page, shown.page.locator(".map").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + box["width"] / 4, middle[1], steps=4)
    page.mouse.up()
    assert shown.state()["place"] == pytest.approx([1.3, 0.0], abs=0.03)
    page.get_by_text("Place (1.3").wait_for()
    assert "nats less likely here than the mean" in shown.said()


def test_a_press_elsewhere_moves_the_marker_there(shown):
    box = shown.page.locator(".map").bounding_box()
    shown.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    assert shown.state()["place"] == pytest.approx([-1.3, 1.3], abs=0.03)


def test_keys_walk_and_stop_at_the_edge(shown):
    shown.page.locator(".map").focus()
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowUp"):
        shown.page.keyboard.press(key)
    assert shown.state()["place"] == pytest.approx([0.1, 0.6])
    for _ in range(7):
        shown.page.keyboard.press("Shift+ArrowDown")
    assert shown.state()["place"] == pytest.approx([0.1, -2.6])


def test_buttons_draw_another_sample_and_a_place_from_the_prior(shown):
    shown.button("Another sample").click()
    assert shown.state()["sample"] == 2
    assert shown.state()["place"] == [0.0, 0.0]
    shown.button("A place from the prior").click()
    assert shown.state()["place"] != [0.0, 0.0]
    assert LatentMap(**shown.state()).state() == shown.state()
    assert shown.wrong == []


def test_what_is_no_map_is_refused_in_python_and_made_one_in_the_browser(page):
    wrong = {"weights": "AAAA", "digits": [[0, 0, 3, "12"]], "place": [9.0, 0.0]}
    for key, value in wrong.items():
        with pytest.raises(ValueError, match=r"wants|give"):
            LatentMap(**{key: value})
    tame = PlaygroundPage(page).call("latent_map", "({ sane }, state) => sane(state)", wrong)
    assert tame["digits"] == []
    assert tame["place"] == [2.6, 0.0]
    assert tame["weights"] == LatentMap().weights
