"""Walk the latent plane: a place, its decoded mean, a sample, and the nearest known digit."""

import re
from typing import Any, ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor

from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import circle, drawn, filled, line, placed, svg, window, words
from landscaping.small_generator import THROWS, SmallGenerator
from landscaping.unsupervised.variational_autoencoders.walking import EMPTY, REACH, decoder_of, greys

SIDE = (-REACH, REACH)  # of the map
MOST = 200  # digits on it
_spot = placed(SIDE, SIDE, 0, 0, 360, 360)


class LatentMap(Playground):
    """A trained decoder's plane (UDL §17.8): every place has a mean picture, and a Gaussian around it.

    `weights` holds the decoder, `digits` what it learned from, as `walking` packs them.
    """

    module: ClassVar[str] = "latent_map"
    label: ClassVar[str] = "A map of handwriting, and the picture that its decoder draws at a place"

    weights = t.Unicode(EMPTY).tag(sync=True)
    digits = t.List().tag(sync=True)  # [x, y, label, 64 signs] of each
    noise = t.Float(0.2, min=0.01, max=1).tag(sync=True)  # of a pixel, as learned
    place = t.List([0.0, 0.0]).tag(sync=True)
    sample = t.Int(1, min=1, max=9999).tag(sync=True)  # which of the samples at a place
    share = t.Float(1.0, min=0, max=1).tag(sync=True)  # of the noise, in the sample
    shade = t.Enum(("grey", "none"), "grey").tag(sync=True)

    @t.validate("weights")
    def _weights_fit(self, proposal: Any) -> str:
        text = proposal["value"]
        if len(text) != len(EMPTY) or not re.fullmatch(r"[A-Za-z0-9+/]+", text):
            raise ValueError(
                f"weights of {len(text)} signs, wants {len(EMPTY)} as `walking.packed` writes them"
            )
        return text

    @t.validate("place")
    def _place_is_on_the_map(self, proposal: Any) -> list[float]:
        place = proposal["value"]
        if len(place) != 2 or not all(SIDE[0] <= v <= SIDE[1] for v in place):
            raise ValueError(f"place {place} is none: give [x, y], both from {SIDE[0]} to {SIDE[1]}")
        return place

    @t.validate("digits")
    def _digits_are_places_with_pictures(self, proposal: Any) -> list[list]:
        rows = proposal["value"]
        for x, y, label, text in rows:
            if not (max(abs(x), abs(y)) <= SIDE[1] and label in range(10) and len(greys(text))):
                raise ValueError(f"digit {[x, y, label]} is none: give [x, y, label, 64 signs], on the map")
        if len(rows) > MOST:
            raise ValueError(f"{len(rows)} digits are too many: give at most {MOST}")
        return rows

    def mean(self) -> Float[Tensor, "64"]:
        """The decoded mean at the place."""
        return decoder_of(self.weights)(torch.tensor([self.place], dtype=torch.float64))[0]

    def drawn(self) -> Float[Tensor, "64"]:
        """The sample at the place: the mean, and a share of the noise for every pixel."""
        chance = SmallGenerator(self.sample, THROWS)
        noise = torch.tensor([chance.normal() for _ in range(64)], dtype=torch.float64)
        return self.mean() + self.share * self.noise * noise

    def nearest(self) -> int:
        """Which digit lies nearest; −1 where there is none."""
        far = [(x - self.place[0]) ** 2 + (y - self.place[1]) ** 2 for x, y, *_ in self.digits]
        return far.index(min(far)) if far else -1

    def likelier(self, picture: Float[Tensor, "64"]) -> float:
        """By how many nats the mean is likelier than a picture, given the place."""
        return (picture - self.mean()).square().sum().item() / (2 * self.noise**2)

    def greyness(self, size: int = 41) -> Float[Tensor, "size size"]:
        """How undecided the mean is on squares of the map, rows upward: mean of 4f(1 − f), from 0 to 1."""
        middles = SIDE[0] + (SIDE[1] - SIDE[0]) * (torch.arange(size, dtype=torch.float64) + 0.5) / size
        y, x = torch.meshgrid(middles, middles, indexing="ij")
        means = decoder_of(self.weights)(torch.stack([x, y], -1))
        return (4 * means * (1 - means)).mean(-1)

    def still(self) -> str:
        """The map with its digits, the mean at the place, a sample, and the nearest digit."""
        shown = [("mean", self.mean()), ("a sample", self.drawn())]
        if (near := self.nearest()) >= 0:
            shown.append(("nearest digit", greys(self.digits[near][3])))
        pictures = [_picture(values, 400, 8 + 122 * k) for k, (_, values) in enumerate(shown)]
        names = words(*((name, 516, 60 + 122 * k) for k, (name, _) in enumerate(shown)))
        return svg(660, 370, self.label, window(360, 360, *self._map()), *pictures, names)

    def _map(self) -> list[str]:
        rings = "".join(circle(_spot(0, 0), 360 * r / (SIDE[1] - SIDE[0])) for r in (1, 2))
        spots = ((str(label), *_spot(x, y)) for x, y, label, _ in self.digits)
        numerals = words(*((label, round(a) - 5, round(b) + 6) for label, a, b in spots))
        a, b = at = _spot(*self.place)
        cross = line([(a - 9, b), (a + 9, b)]) + line([(a, b - 9), (a, b + 9)])
        return [drawn("line", 2, rings), numerals, drawn("optimizer", 3, circle(at, 7) + cross)]


def _picture(values: Float[Tensor, "64"], left: int, top: int) -> str:
    """Sixty-four squares in nine shades, a path for each shade."""
    bands = (9 * values).floor().clamp(0, 8).int().tolist()
    squares: dict[int, str] = {}
    for k, band in enumerate(bands):
        squares[band] = squares.get(band, "") + f"M{left + 14 * (k % 8)} {top + 14 * (k // 8)}h14v14h-14z"
    return "".join(filled(f"height{band}", d) for band, d in sorted(squares.items()))
