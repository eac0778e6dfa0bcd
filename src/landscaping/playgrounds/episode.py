"""An episode: a few things, a few examples of each, prototypes, and what an embedding answers by them."""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Any, ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor
from torch.func import functional_call

from landscaping.data.few_shot.episodes import squared_distances
from landscaping.data.few_shot.geometry import plane
from landscaping.data.few_shot.networks import embedding
from landscaping.datasets import things
from landscaping.ensemble import Ensemble
from landscaping.playgrounds.episode_still import picture
from landscaping.playgrounds.playground import Playground
from landscaping.small_generator import DATA, THROWS, WEIGHTS, SmallGenerator

MOST, SUPPORTS, QUERIES = 5, 5, 3  # ways; examples of each to go by, and to be named
_NET = embedding().double()
_SHAPES = {name: p.shape for name, p in _NET.named_parameters()}
_COUNT = sum(shape.numel() for shape in _SHAPES.values())


class Episode(Playground):
    """Prototypes of a few examples, and whose each other example is (Snell, Swersky and Zemel, 2017)."""

    module: ClassVar[str] = "episode"
    label: ClassVar[str] = "An episode: shapes, their prototypes, and which prototype is nearest"

    weights = t.Unicode("").tag(sync=True)  # `packed`; without them "trained" is the untrained network
    embedding = t.Enum(("trained", "untrained", "raw"), "trained").tag(sync=True)
    ways = t.Int(3, min=3, max=MOST).tag(sync=True)
    shots = t.Int(3, min=1, max=SUPPORTS).tag(sync=True)
    episode = t.Int(1, min=1, max=9999).tag(sync=True)
    row = t.Int(0, min=0, max=MOST - 1).tag(sync=True)  # of the chosen example
    place = t.Int(SUPPORTS, min=0, max=SUPPORTS + QUERIES - 1).tag(sync=True)
    slide = t.Float(0.0, min=-15, max=15).tag(sync=True)  # what was done to it
    tilt = t.Float(0.0, min=-2, max=2).tag(sync=True)
    noise = t.Float(0.0, min=0, max=1).tag(sync=True)

    @t.validate("weights")
    def _weights_fit_the_network(self, proposal: Any) -> str:
        if proposal["value"]:
            unpacked(proposal["value"])
        return proposal["value"]

    def drawings(self) -> tuple[Float[Tensor, "5 12"], things.Drawing]:
        """Knots of five things, and drawings `(5, 8)` of each, as the browser draws them."""
        chance = SmallGenerator(self.episode, DATA)
        rows = [[chance.normal() for _ in range(things.KNOTS)] for _ in range(MOST)]
        drawn = [[_drawn(chance) for _ in range(SUPPORTS + QUERIES)] for _ in range(MOST)]
        parts = [[[one[k] for one in row] for row in drawn] for k in range(5)]
        return things.smooth(_tensor(rows)), things.Drawing(*map(_tensor, parts))

    def curves(self) -> Float[Tensor, "ways shown 40"]:
        """The curves of this setting: to go by, then to be named; the chosen one as it was changed."""
        knots, drawn = self.drawings()
        more, chosen = SmallGenerator(self.episode, THROWS), torch.zeros(drawn.start.shape).double()
        chosen[self.row, self.place] = 1
        extra = _tensor([more.normal() for _ in range(things.LENGTH)])
        changed = things.Drawing(
            drawn.start + self.slide * chosen,
            drawn.width,
            drawn.scale,
            drawn.tilt + self.tilt * chosen,
            drawn.noise + self.noise * chosen[..., None] * extra,
        )
        made = changed.of(knots[:, None].expand(MOST, SUPPORTS + QUERIES, things.KNOTS))[: self.ways]
        return torch.cat([made[:, : self.shots], made[:, SUPPORTS:]], 1)

    def embedded(self) -> Float[Tensor, "ways shown feature"]:
        """What the embedding of this setting makes of the curves."""
        if self.embedding == "raw":
            return self.curves()
        trained = self.embedding == "trained" and self.weights
        return (
            functional_call(_NET, unpacked(self.weights) if trained else born(), self.curves().flatten(0, 1))
            .detach()
            .unflatten(0, (self.ways, -1))
        )

    def prototypes(self) -> Float[Tensor, "ways feature"]:
        """The mean of the examples to go by, for each way."""
        return self.embedded()[:, : self.shots].mean(1)

    def named(self) -> Tensor:
        """Whose each query is, `(ways, 3)`: the nearest prototype's."""
        queries = self.embedded()[:, self.shots :].flatten(0, 1)
        return squared_distances(queries, self.prototypes()).argmin(1).view(self.ways, QUERIES)

    def in_plane(self) -> tuple[Float[Tensor, "ways shown 2"], Float[Tensor, "ways 2"]]:
        """All examples and the prototypes in the prototypes' plane."""
        middle, axes = plane(self.prototypes())
        return (self.embedded() - middle) @ axes.T, (self.prototypes() - middle) @ axes.T

    def still(self) -> str:
        """The shapes in rows, and where their embeddings lie."""
        return picture(self.label, self.curves(), self.shots, self.named(), *self.in_plane())


def packed(nets: Ensemble, position: int = 0) -> str:
    """One network of a stack in a text: each weight in a byte, as a multiple of its part's power of two."""
    parts = [p[position].double().flatten() for p in nets.params.values()]
    powers = [(p.abs().max() / 127).log2().ceil() for p in parts]
    numbers = torch.cat(
        [torch.stack(powers), *((p / 2**e).round() for p, e in zip(parts, powers, strict=True))]
    )
    return b64encode(bytes(v & 0xFF for v in numbers.int().tolist())).decode()


def unpacked(text: str) -> dict[str, Tensor]:
    """The weights that were packed.

    Raises `ValueError` for a text that was not made by `packed`.
    """
    try:
        raw = b64decode(text, validate=True)
    except (Error, ValueError):
        raw = b""
    numbers = torch.tensor([v - 256 * (v > 127) for v in raw], dtype=torch.float64)
    powers = numbers[: len(_SHAPES)]
    if len(raw) != len(_SHAPES) + _COUNT or not all(-16 <= e <= 4 for e in powers.tolist()):
        raise ValueError(
            f"weights are a text of {len(text)} signs that is no network: give what `packed` makes"
        )
    parts = numbers[len(_SHAPES) :].split([shape.numel() for shape in _SHAPES.values()])
    sized = zip(_SHAPES.items(), parts, powers, strict=True)
    return {name: (part * 2**power).view(shape) for (name, shape), part, power in sized}


def born() -> dict[str, Tensor]:
    """The untrained network, as the browser draws it."""
    chance, made, seen = SmallGenerator(0, WEIGHTS), {}, 0
    for name, shape in _SHAPES.items():
        if name.endswith("weight"):
            seen = shape[0] if name != "4.weight" else shape[1]
        made[name] = _tensor([(2 * chance.uniform() - 1) / seen**0.5 for _ in range(shape.numel())]).view(
            shape
        )
    return made


def _drawn(chance: SmallGenerator) -> list:
    """Start, width, scale, tilt and noise of one example."""
    ranges = ((0.0, things.REACH), things.WIDTH, things.SCALE, things.TILT)
    even = [low + (high - low) * chance.uniform() for low, high in ranges]
    return [*even, [things.NOISE * chance.normal() for _ in range(things.LENGTH)]]


def _tensor(rows: list) -> Tensor:
    return torch.tensor(rows, dtype=torch.float64)
