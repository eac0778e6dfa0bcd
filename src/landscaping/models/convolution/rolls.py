"""Roll an image sideways, as on a ring: which layers follow, and which readers still read it?"""

from dataclasses import dataclass, replace
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from landscaping.datasets import digits
from landscaping.ensemble import Adam, Ensemble, cosine, run, stack, train
from landscaping.models.convolution.images import READERS, Reader
from landscaping.scores import accuracy

SIDE = digits.SIDE
ROLLS = tuple(range(SIDE))
IMAGES, BATCH, STEPS, FAR = 1_000, 40, 200, 3
RATES: dict[Reader, float] = {"plain": 0.01, "ring": 0.02, "strided": 0.02}


def rolled(x: Float[Tensor, "*n 64"], columns: int) -> Float[Tensor, "*n 64"]:
    """Each image moved to the right; what leaves comes back on the left."""
    return x.unflatten(-1, (SIDE, SIDE)).roll(columns, -1).flatten(-2)


@dataclass(frozen=True)
class Split:
    """Each seed's images to learn from, and all others, with their labels."""

    x: Float[Tensor, "seed n features"]
    y: Int[Tensor, "seed n"]
    test_x: Float[Tensor, "seed test features"]
    test_y: Int[Tensor, "seed test"]

    def tested_rolled(self, columns: int) -> "Split":
        """The same, with the images of the test rolled."""
        return replace(self, test_x=rolled(self.test_x, columns))

    def with_rolled_twins(self) -> "Split":
        """Every image twice, as it is and rolled; the label says which."""
        both = [torch.cat([x, rolled(x, FAR)], 1) for x in (self.x, self.test_x)]
        which = [(torch.arange(x.shape[1]) >= x.shape[1] // 2).long().expand(len(x), -1) for x in both]
        return Split(both[0], which[0], both[1], which[1])


@lru_cache(maxsize=4)
def splits(seeds: tuple[int, ...]) -> Split:
    """A thousand images for each seed, drawn by it."""
    pairs = [digits.split(IMAGES, seed) for seed in seeds]
    return Split(*(torch.stack([getattr(pair[k], name) for pair in pairs]) for k in (0, 1) for name in "xy"))


def fit(nets: Ensemble, split: Split, rate: float, steps: int) -> None:
    """Train in place."""
    rule = Adam(cosine(rate, steps))
    run(train(nets, cross_entropy, split.x, split.y, rule, batch=BATCH, steps=steps, per_seed=True))


@torch.no_grad()
def points(nets: Ensemble, split: Split) -> Float[Tensor, "seed"]:
    """Test accuracy in percentage points."""
    return 100 * accuracy(nets(split.test_x, per_seed=True), split.test_y)


@dataclass(frozen=True)
class ByRoll:
    """Test accuracy in points of three readers that never saw a rolled image."""

    plain: Float[Tensor, "roll seed"]
    ring: Float[Tensor, "roll seed"]
    strided: Float[Tensor, "roll seed"]
    weights: dict[Reader, int]
    far: int = FAR  # the roll that the claim reads


@lru_cache(maxsize=4)
def readers(seeds: tuple[int, ...]) -> ByRoll:
    """Train the three on the same images in their usual place; test them rolled."""
    split, found, weights = splits(seeds), {}, {}
    for name, make in READERS.items():
        nets = stack(make, seeds)
        fit(nets, split, RATES[name], STEPS)
        found[name] = torch.stack([points(nets, split.tested_rolled(columns)) for columns in ROLLS])
        weights[name] = nets.size
    return ByRoll(**found, weights=weights)


def not_rolled(seeds: tuple[int, ...]) -> ByRoll:
    """The control: the same readers, asked about images in their usual place."""
    return replace(readers(seeds), far=0)


def without_stride(seeds: tuple[int, ...]) -> ByRoll:
    """The control: the reader on the ring in the strided one's place."""
    found = readers(seeds)
    return replace(found, strided=found.ring)


@lru_cache(maxsize=4)
def blind(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The reader on the ring, trained to say whether an image was rolled: how often right, in points."""
    return tells_rolled("ring", seeds)


@lru_cache(maxsize=4)
def sighted(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The control: the plain reader, trained on the same."""
    return tells_rolled("plain", seeds)


def tells_rolled(reader: Reader, seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """Train on images and their rolled twins, and test on others."""
    nets, twins = stack(lambda: READERS[reader](classes=2), seeds), splits(seeds).with_rolled_twins()
    fit(nets, twins, RATES[reader], STEPS // 2)
    return points(nets, twins)
