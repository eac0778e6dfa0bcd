"""How far the land from few or noisy examples lies above and below that from endless clean ones."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.data.terrain.lands import NOISE, Lands, clean_and_noisy, endless
from landscaping.models import gabor
from landscaping.spread import quartiles

COUNTS = (7, 28, 112, 448)
LANDS = 20  # for each seed and number of examples
PLACES = gabor.points(12).flatten(0, 1)


@dataclass(frozen=True)
class Ripples:
    """Typical sizes of two kinds of ripples over the map and the lands of each seed."""

    counts: tuple[int, ...]
    noise: Float[Tensor, "count seed"]  # noisy land minus the clean land of the same inputs
    foretold: Float[Tensor, "count seed"]  # what 2σ√(height / n) says of it
    inputs: Float[Tensor, "count seed"]  # clean land minus that of endless examples

    @property
    def share(self) -> Float[Tensor, "count seed"]:
        """The noise's share of the variance of both ripples together."""
        return self.noise.square() / (self.noise.square() + self.inputs.square())

    def table(self) -> pd.DataFrame:
        """One row for each number of examples and kind: columns arm, step (the number), low, median, high."""
        kinds = {"which inputs were drawn": self.inputs, "noise": self.noise}
        rows = [quartiles(sizes, self.counts).assign(arm=kind) for kind, sizes in kinds.items()]
        return pd.concat(rows, ignore_index=True)


def of_noise(clean: Lands, noisy: Lands, places: Tensor = PLACES) -> Float[Tensor, "seed land place"]:
    """What noise adds to the land beyond a constant, which is the mean squared error of its examples."""
    constant = (noisy.y - clean.y).square().mean(2, keepdim=True)
    return noisy.heights(places) - clean.heights(places) - constant


def typical(ripple: Float[Tensor, "seed land place"]) -> Float[Tensor, "seed"]:
    """Root mean square over lands and places."""
    return ripple.square().mean((1, 2)).sqrt()


def ripples(seeds: tuple[int, ...], noise: float = NOISE, in_order: bool = False) -> Ripples:
    """Both kinds at every number of examples; `in_order` makes the errors grow with the answers."""
    flat, sizes = endless().heights(PLACES), []
    for n in COUNTS:
        clean, noisy = clean_and_noisy(seeds, LANDS, n, noise, in_order)
        heights = clean.heights(PLACES)
        foretold = 2 * noise * (heights.mean((1, 2)) / n).sqrt()
        sizes.append([typical(of_noise(clean, noisy)), foretold, typical(heights - flat)])
    return Ripples(COUNTS, *(torch.stack(rows) for rows in zip(*sizes, strict=True)))


def cross_term(clean: Lands, noisy: Lands, places: Tensor = PLACES) -> Float[Tensor, "seed land place"]:
    """`−(2/n) Σ ε (f[x, φ] − f*)`, summed example by example."""
    wave = torch.func.vmap(torch.func.vmap(gabor.gabor, in_dims=(0, None)), in_dims=(0, None))
    off = wave(clean.x, places) - clean.y[:, :, None]
    return -2 * ((noisy.y - clean.y)[:, :, None] * off).mean(3)


def parts(_: tuple[int, ...] = (), in_squares: bool = True) -> float:
    """Largest gap on one land between the ripple, of squared or of absolute errors, and its formula."""
    clean, noisy = clean_and_noisy((0,), 1, 28, NOISE)
    ripple = of_noise(clean, noisy)
    if not in_squares:
        absolute = [land.heights(PLACES, gabor.absolute_loss) for land in (clean, noisy)]
        ripple = absolute[1] - absolute[0] - (noisy.y - clean.y).abs().mean(2, keepdim=True)
    return (ripple - cross_term(clean, noisy)).abs().max().item()


def on_the_map(seed: int, n: int, noise: float, size: int = 20) -> pd.DataFrame:
    """The land in three parts: columns picture, first, second (the place) and height."""
    places = gabor.points(size).flatten(0, 1)
    flat = endless().heights(places)
    clean, noisy = clean_and_noisy((seed,), 1, n, noise)
    pictures = {
        "endless clean examples": flat,
        "ripple of which inputs": clean.heights(places) - flat,
        "ripple of the noise": of_noise(clean, noisy, places),
    }
    first, second = places.T.numpy()
    rows = [
        pd.DataFrame({"picture": name, "first": first, "second": second, "height": height.flatten().numpy()})
        for name, height in pictures.items()
    ]
    return pd.concat(rows, ignore_index=True).round(4)
