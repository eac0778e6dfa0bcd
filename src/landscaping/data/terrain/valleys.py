"""How many valleys a land has: places where the slope is zero and the ground rises on every side."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.func import grad, hessian, vmap

from landscaping.data.terrain.lands import EXAMPLES, Lands, draw
from landscaping.models import gabor

GRID = 99  # squares a side; an odd number, so that no two squares mirror each other about the truth
FARTHEST, STEPS = 0.15, 60  # of Newton's steps
LANDS = 6  # for each seed
COUNTS, NOISES = (7, 28, 112), (0.1, 0.3)

slope = vmap(grad(gabor.loss))  # each place on a land of its own
curvature = vmap(hessian(gabor.loss))


def hollows(heights: Float[Tensor, "*land row column"]) -> Bool[Tensor, "*land row column"]:
    """Squares of the map that lie lower than the four squares beside them; none at the edge."""
    middle = heights[..., 1:-1, 1:-1]
    beside = heights[..., :-2, 1:-1], heights[..., 2:, 1:-1], heights[..., 1:-1, :-2], heights[..., 1:-1, 2:]
    inside = torch.stack([middle < other for other in beside]).all(0)
    return torch.nn.functional.pad(inside, (1, 1, 1, 1))


def newton(
    places: Float[Tensor, "place 2"], x: Float[Tensor, "place n"], y: Float[Tensor, "place n"]
) -> Float[Tensor, "place 2"]:
    """Newton's steps, turned downhill along each axis of the curvature and never longer than `FARTHEST`."""
    places, moving = places.clone(), torch.arange(len(places))
    for _ in range(STEPS):
        step = newton_step(places[moving], x[moving], y[moving])
        places[moving] -= step
        moving = moving[step.norm(dim=1) > 1e-10]
        if not len(moving):
            break
    return places


def newton_step(places: Tensor, x: Tensor, y: Tensor) -> Float[Tensor, "place 2"]:
    """What `newton` subtracts: the slope over the size of the curvature, axis by axis."""
    bend, axes = torch.linalg.eigh(curvature(places, x, y))
    along = (axes.mT @ slope(places, x, y)[..., None])[..., 0] / bend.abs().clamp_min(1e-6)
    step = (axes @ along[..., None])[..., 0]
    return step * (FARTHEST / step.norm(dim=1, keepdim=True)).clamp_max(1)


def valleys(lands: Lands) -> tuple[Float[Tensor, "valley 2"], Int[Tensor, "valley"]]:
    """The bottoms that a grid of `GRID` squares a side can see, and the number of the land of each."""
    x, y = lands.x.flatten(0, 1), lands.y.flatten(0, 1)
    # One land at a time: all together would need a gigabyte.
    heights = torch.stack([gabor.surface(*pair, GRID) for pair in zip(x, y, strict=True)])
    land, row, column = hollows(heights).nonzero(as_tuple=True)
    places = newton(gabor.points(GRID)[row, column], x[land], y[land])
    real = is_bottom(places, x[land], y[land])
    return distinct(places[real], land[real])


def is_bottom(places: Tensor, x: Tensor, y: Tensor) -> Bool[Tensor, "place"]:
    """Whether a place on the map has no slope, and ground that rises on every side."""
    low, high = torch.tensor(gabor.LAND, dtype=torch.float64).T
    flat = slope(places, x, y).norm(dim=1) < 1e-8
    rises = torch.linalg.eigvalsh(curvature(places, x, y))[:, 0] > 0
    return flat & rises & ((places > low) & (places < high)).all(1)


def distinct(places: Float[Tensor, "place 2"], land: Int[Tensor, "place"], apart: float = 0.01):
    """One of each group of places of one land that lie closer together than `apart`."""
    near = (torch.cdist(places, places) < apart) & (land[:, None] == land)
    first = near.long().argmax(1) == torch.arange(len(places))
    return places[first], land[first]


def count(seeds: tuple[int, ...], n: int = EXAMPLES, noise: float = 0.0) -> Float[Tensor, "seed"]:
    """Mean number of valleys over the lands of each seed."""
    found = valleys(draw(seeds, LANDS, n, noise))[1]
    return torch.bincount(found, minlength=len(seeds) * LANDS).view(len(seeds), LANDS).double().mean(1)


@dataclass(frozen=True)
class Valleys:
    """Mean numbers of valleys: on clean land by number of examples, and on noisy land."""

    clean: dict[int, Float[Tensor, "seed"]]
    noisy: dict[float, Float[Tensor, "seed"]]  # by noise, from `EXAMPLES` examples

    @property
    def by_noise(self) -> Float[Tensor, "seed"]:
        """How many more the largest noise makes."""
        return self.noisy[max(self.noisy)] - self.clean[EXAMPLES]

    @property
    def by_scarcity(self) -> Float[Tensor, "seed"]:
        """How many more the fewest examples have than the most."""
        return self.clean[min(self.clean)] - self.clean[max(self.clean)]

    def table(self) -> pd.DataFrame:
        """One row for each kind of land and seed: columns land, seed, valleys."""
        clean = {f"{n} clean examples": counts for n, counts in self.clean.items()}
        noisy = {f"{EXAMPLES} examples, noise {noise:g}": counts for noise, counts in self.noisy.items()}
        rows = [(land, seed, v) for land, c in (clean | noisy).items() for seed, v in enumerate(c.tolist())]
        return pd.DataFrame(rows, columns=["land", "seed", "valleys"])


def counted(
    seeds: tuple[int, ...], counts: tuple[int, ...] = COUNTS, noises: tuple[float, ...] = NOISES
) -> Valleys:
    """Valleys on clean land of so many examples, and on noisy land."""
    return Valleys({n: count(seeds, n) for n in counts}, {s: count(seeds, EXAMPLES, s) for s in noises})


def fewer_for_noise(seeds: tuple[int, ...]) -> Valleys:
    """The control of the noise: instead of adding it, most examples are taken away."""
    return Valleys({EXAMPLES: count(seeds)}, {0.0: count(seeds, min(COUNTS))})
