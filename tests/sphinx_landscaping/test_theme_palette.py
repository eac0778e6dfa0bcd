"""The book's colours: readable, apart for every kind of sight, and the same on the site and in notebooks."""

import ast
import itertools
import math
from pathlib import Path

import pytest

from sphinx_landscaping.palette import is_height, palette, ramp, tokens, variables

THEME = Path(__file__).parents[2] / "src" / "landscaping" / "charts" / "theme.py"
MEANINGS = ("data", "model", "optimizer")
SCHEMES = ("light", "dark")
# Machado, Oliveira, Fernandes (2009), full strength, on linear light.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}


def linear(colour: str) -> list[float]:
    """Linear light of a hex colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(a: str, b: str) -> float:
    """WCAG's contrast of two colours."""
    low, high = sorted(
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (a, b)
    )
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, sight: str) -> list[float]:
    """Linear light as someone with this sight would see it."""
    light = linear(colour)
    return [min(max(sum(m * p for m, p in zip(row, light, strict=True)), 0), 1) for row in SIGHT[sight]]


def oklab(light: list[float]) -> tuple[float, float, float]:
    """OKLab of linear light: equal steps look equal."""
    r, g, b = light
    cone = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)  # fmt: skip
    long, middle, short = (math.cbrt(c) for c in cone)
    return (0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
            1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short)  # fmt: skip


def apart(a: str, b: str, sight: str) -> float:
    """How far two colours look apart; 2 is about the least difference that is seen."""
    return 100 * math.dist(oklab(seen(a, sight)), oklab(seen(b, sight)))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_lines_and_words_reads_on_paper_and_panel(scheme):
    colours = palette()[scheme]
    for name in (*MEANINGS, "ink", "quiet", "link", "other1", "other2", "other3"):
        for ground in ("paper", "panel"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    assert contrast(colours["control"], colours["paper"]) >= 3


@pytest.mark.parametrize(("scheme", "sight"), itertools.product(SCHEMES, SIGHT))
def test_the_three_meanings_stay_apart_for_every_kind_of_sight(scheme, sight):
    colours = palette()[scheme]
    for group in (MEANINGS, ("other1", "other2", "other3")):
        for a, b in itertools.combinations(group, 2):
            assert apart(colours[a], colours[b], sight) >= 9.5, (a, b)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_height_ramp_rises_in_equal_steps(scheme):
    stops = palette()[scheme]["height"]
    steps = [apart(a, b, "normal") for a, b in itertools.pairwise(stops)]
    light = [oklab(linear(stop))[0] for stop in stops]
    assert max(steps) / min(steps) < 1.15
    assert light == sorted(light, reverse=scheme == "light")


def test_notebooks_carry_the_sites_light_colours():
    tree = ast.parse(THEME.read_text("utf-8"))
    theirs = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and str(node.value).startswith("#")
    }
    ours = palette()["light"]
    assert theirs <= {v for v in ours.values() if isinstance(v, str)} | set(ours["height"])
    assert {ours[name] for name in MEANINGS} | set(ours["height"]) <= theirs


def test_both_schemes_declare_the_same_variables():
    light, dark = (palette()[scheme].keys() for scheme in SCHEMES)
    assert light == dark
    assert tokens().count("--h32:") == 3
    assert ramp(palette()["light"]["height"])[::4] == palette()["light"]["height"]


def test_palette_colours_become_variables_and_others_stay():
    assert variables("#34439F and #123456") == "var(--data) and #123456"
    stops = palette()["light"]["height"]
    assert (is_height(stops), is_height(stops[::-1]), is_height(stops[:3]), is_height(None)) == (1, -1, 0, 0)
