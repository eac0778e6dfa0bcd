"""The book's colours: read from palette.toml, written as a style sheet, named in drawings."""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "theme" / "palette.toml"
STEPS = 32  # finer steps of the height ramp than the eye tells apart; every fourth is a stop of palette.toml


@cache
def palette() -> dict[str, dict]:
    """Both schemes, `{"light": {name: hex, …, "height": [hex, …]}, "dark": …}`."""
    return tomllib.loads(HERE.read_text("utf-8"))


@cache
def named() -> dict[str, str]:
    """Light hex (lower case) -> the CSS variable that stands for it in both schemes."""
    return {value: f"var(--{name})" for name, value in palette()["light"].items() if isinstance(value, str)}


def height(position: float) -> str:
    """The variable of the height ramp nearest to `position` in 0…1."""
    return f"var(--h{round(STEPS * min(max(position, 0.0), 1.0))})"


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _between(low: str, high: str, share: float) -> str:
    mixed = (round(a + share * (b - a)) for a, b in zip(_rgb(low), _rgb(high), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ramp(stops: list[str]) -> list[str]:
    """`STEPS + 1` colours through the stops: neighbours are so near that mixing in sRGB does no harm."""
    wide = STEPS // (len(stops) - 1)
    pairs = itertools.pairwise(stops)
    return [_between(low, high, k / wide) for low, high in pairs for k in range(wide)] + [stops[-1]]


def declarations(scheme: str) -> str:
    """The custom properties of one scheme, as the inside of a CSS rule."""
    colours = palette()[scheme]
    plain = [f"--{name}:{value}" for name, value in colours.items() if isinstance(value, str)]
    heights = [f"--h{i}:{value}" for i, value in enumerate(ramp(colours["height"]))]
    return ";".join([f"color-scheme:{scheme}", *plain, *heights])


def tokens() -> str:
    """The style sheet's first rules: light, dark by the system's wish, dark by the reader's."""
    light, dark = declarations("light"), declarations("dark")
    stops = ";".join(f"--height{i}:var(--h{4 * i})" for i in range(9))
    return (
        f":root{{{light};{stops}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}\n"
    )


def is_height(colours: object) -> int:
    """1 where a list is the height ramp, -1 where it is the ramp reversed, 0 otherwise."""
    stops = palette()["light"]["height"]
    given = [str(c).lower() for c in colours] if isinstance(colours, list) else []
    return 1 if given == stops else -1 if given == stops[::-1] else 0


HEX = re.compile(r"#[0-9a-fA-F]{6}\b")


def variables(text: str) -> str:
    """`text` with every colour of the palette replaced by its variable; other colours stay."""
    return HEX.sub(lambda found: named().get(found[0].lower(), found[0]), text)
