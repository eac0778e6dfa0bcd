"""An episode in a real browser: curves, embeddings, planes and answers are torch's, and every way to ask."""

import pytest
import torch

from browser.playground_page import PlaygroundPage
from landscaping.data.few_shot.networks import embedding
from landscaping.ensemble import stack
from landscaping.playgrounds.episode import Episode, born, packed, unpacked

ASK = """({ answer, unpacked, embed, born }, s) => {
  const at = s.embedding === "trained" && unpacked(s.weights) || born();
  const found = answer(s, s.embedding === "raw" ? (x) => x : (x) => embed(at, x));
  const plain = (rows) => rows.map((row) => row.map((one) => [...one]));
  return { ...found, shown: plain(found.shown), prototypes: found.prototypes.map((c) => [...c]) };
}"""
WEIGHTS = packed(stack(embedding, (7,)))
SETTINGS = [
    {"weights": WEIGHTS, "embedding": "trained"},
    {"weights": WEIGHTS, "embedding": "trained", "ways": 5, "shots": 1, "episode": 4, "row": 3, "slide": 4.5},
    {"embedding": "untrained", "ways": 4, "shots": 5, "episode": 17, "place": 2, "tilt": -1.3, "noise": 0.6},
    {"embedding": "raw", "episode": 9999, "shots": 2, "slide": -15.0, "noise": 1.0},
]


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture
def shown(page):
    return PlaygroundPage(page).show(Episode(weights=WEIGHTS))


def far(theirs, ours):
    return (torch.tensor(theirs, dtype=torch.float64) - ours).abs().max().item()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s["embedding"])
def test_the_browsers_episode_is_torchs(page, setting):
    ours = Episode(**setting)
    theirs = PlaygroundPage(page).call("few_shot", ASK, ours.state())
    spots, centres = ours.in_plane()
    assert far(theirs["shown"], ours.curves()) < 1e-12
    assert far(theirs["prototypes"], ours.prototypes()) < 1e-11
    assert far(theirs["spots"], spots) < 1e-9
    assert far(theirs["centres"], centres) < 1e-9
    assert theirs["named"] == ours.named().tolist()
    wanted = torch.arange(ours.ways)[:, None]
    assert theirs["right"] == (ours.named() == wanted).sum().item()


def test_the_untrained_network_is_the_same_in_both_languages(page):
    theirs = PlaygroundPage(page).call("few_shot", "({ born }) => [...born()]")
    ours = torch.cat([p.flatten() for p in born().values()])
    assert far(theirs, ours) == 0


def test_packed_weights_are_near_those_that_were_packed_and_equal_in_both_languages(page):
    nets = stack(embedding, (7,))
    theirs = PlaygroundPage(page).call("few_shot", "({ unpacked }, text) => [...unpacked(text)]", WEIGHTS)
    ours = unpacked(WEIGHTS)
    assert far(theirs, torch.cat([p.flatten() for p in ours.values()])) == 0
    for name, p in nets.params.items():
        assert (ours[name] - p[0]).abs().max() <= p[0].abs().max() / 127


def test_what_is_no_network_is_refused_or_left_out(page):
    kit = PlaygroundPage(page)
    for text in ("x", WEIGHTS[:-4], "f38A" + WEIGHTS[4:]):
        assert kit.call("few_shot", "({ unpacked }, text) => unpacked(text)", text) is None
        with pytest.raises(ValueError, match="that is no network"):
            Episode(weights=text)


def test_with_three_ways_the_plane_hides_no_answer(page):
    for episode in range(1, 6):
        for kind in ("trained", "raw"):
            state = Episode(weights=WEIGHTS, embedding=kind, episode=episode).state()
            assert PlaygroundPage(page).call("few_shot", ASK, state)["hidden"] == 0


def test_a_shape_is_chosen_by_a_click_and_slid_by_a_drag(shown):
    page, cells = shown.page, shown.page.locator(".shapes rect")
    cells.nth(10).click()  # the second row's fifth
    assert (shown.state()["row"], shown.state()["place"]) == (1, 6)
    box = cells.nth(10).bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.locator(".plane g").inner_html()
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 12, middle[1], steps=3)
    page.mouse.up()
    assert shown.state()["slide"] > 0
    assert page.locator(".plane g").inner_html() != before
    shown.button("Put it back").click()
    assert shown.state()["slide"] == 0


def test_keys_choose_and_slide(shown):
    page = shown.page
    page.locator(".shapes").focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    state = shown.state()
    assert (state["row"], state["place"], state["slide"]) == (1, 6, -2)
    page.keyboard.press("ArrowUp")
    assert (shown.state()["row"], shown.state()["slide"]) == (0, 0)


def test_words_and_letters_say_the_same(shown):
    page = shown.page
    page.get_by_label("Ways").fill("5")
    page.get_by_text("The plane leaves something out").wait_for()
    ours = Episode(**shown.state())
    right = (ours.named() == torch.arange(5)[:, None]).sum().item()
    assert f"{right} of 15 are named right here" in shown.said()
    assert page.locator(".shapes text.well").count() == right
    assert page.locator(".shapes text.wrong").count() == 15 - right
    assert shown.wrong == []


def test_an_example_that_is_gone_is_not_chosen(shown):
    shown.page.locator(".shapes rect").nth(2).click()
    shown.page.get_by_label("Shots").fill("1")
    assert shown.state()["place"] == 2  # kept for when it comes back
    assert shown.page.locator(".shapes rect.chosen").count() == 1
