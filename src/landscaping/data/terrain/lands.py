"""Many lands at once: the Gabor model's loss surface for examples drawn again and again."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import vmap

from landscaping.models import gabor

EXAMPLES, NOISE = 28, 0.1  # of a land, where nothing else is said


@dataclass(frozen=True)
class Lands:
    """Examples of several lands for each seed; every land has inputs and errors of its own."""

    x: Float[Tensor, "seed land n"]
    y: Float[Tensor, "seed land n"]

    def heights(
        self, places: Float[Tensor, "place 2"], height: gabor.Height = gabor.loss
    ) -> Float[Tensor, "seed land place"]:
        """How high every land is at the same places."""
        everywhere = vmap(vmap(height, in_dims=(None, 0, 0)), in_dims=(None, 0, 0))
        return everywhere(places, self.x, self.y)

    def with_errors(self, errors: Float[Tensor, "seed land n"]) -> "Lands":
        """The same inputs, and answers that are wrong by so much more."""
        return Lands(self.x, self.y + errors)


def truth() -> Float[Tensor, "2"]:
    """The place on the map that every example comes from."""
    return torch.tensor(gabor.TRUTH, dtype=torch.float64)


def draw(seeds: tuple[int, ...], lands: int, n: int = EXAMPLES, noise: float = 0.0) -> Lands:
    """Lands of `n` examples: those of `gabor.examples`, dealt out to one land after the other.

    With another `noise` the same seeds have the same inputs and the same errors, larger or smaller.
    """
    dealt = [gabor.examples(lands * n, noise, seed) for seed in seeds]
    x, y = (torch.stack(column).view(len(seeds), lands, n) for column in zip(*dealt, strict=True))
    return Lands(x, y)


def clean_and_noisy(
    seeds: tuple[int, ...], lands: int, n: int, noise: float, in_order: bool = False
) -> tuple[Lands, Lands]:
    """Lands without and with noise; `in_order` deals its errors out so that they grow with the answers."""
    clean, noisy = draw(seeds, lands, n), draw(seeds, lands, n, noise)
    if in_order:
        rank = clean.y.argsort(-1).argsort(-1)
        noisy = clean.with_errors((noisy.y - clean.y).sort(-1).values.gather(-1, rank))
    return clean, noisy


def endless(size: int = 2001) -> Lands:
    """One land from clean examples spread evenly over all inputs: what endless clean data would make."""
    x = torch.linspace(*gabor.INPUTS, size, dtype=torch.float64)
    return Lands(x[None, None], gabor.gabor(x, truth())[None, None])
