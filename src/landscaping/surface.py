"""A loss over two directions of weight space, exactly, on a grid."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

LossAt = Callable[[Float[Tensor, "point weight"]], Float[Tensor, "point"]]


@dataclass(frozen=True)
class Surface:
    """Heights `(first, second)` at the steps taken along each direction."""

    first: Float[Tensor, "first"]
    second: Float[Tensor, "second"]
    height: Float[Tensor, "first second"]

    def table(self) -> pd.DataFrame:
        """One row a point: columns first, second, height."""
        a, b = torch.meshgrid(self.first, self.second, indexing="ij")
        columns = {"first": a, "second": b, "height": self.height}
        return pd.DataFrame({name: values.flatten().numpy() for name, values in columns.items()})

    def lowest(self) -> tuple[float, float]:
        """The steps along both directions that lead to the lowest point of the grid."""
        row, column = divmod(int(self.height.argmin()), len(self.second))
        return self.first[row].item(), self.second[column].item()


def surface(
    loss_at: LossAt,
    centre: Float[Tensor, "weight"],
    directions: Float[Tensor, "2 weight"],
    first: Float[Tensor, "first"],
    second: Float[Tensor, "second"],
) -> Surface:
    """The loss at `centre + a·directions[0] + b·directions[1]` for every a of `first` and b of `second`.

    `loss_at` is given one row of the grid at a time, so that a fine grid needs little memory.
    """
    rows = [loss_at(centre + a * directions[0] + second[:, None] * directions[1]) for a in first]
    return Surface(first, second, torch.stack(rows))
