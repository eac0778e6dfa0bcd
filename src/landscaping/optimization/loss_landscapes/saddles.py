"""A valley of a narrow network is a saddle of a wider one: give a unit a twin, and a way down opens."""

from dataclasses import dataclass

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.func import grad_and_value, vmap
from torch.nn.functional import mse_loss

from landscaping.ensemble import Adam, Ensemble, stack, train
from landscaping.optimization.hessian import Rows, at_rows, curvatures, hessians, loss_of_row, named, slopes
from landscaping.randomness import stream

INPUTS, TEACHERS, EXAMPLES, NOISE = 6, 3, 200, 0.1
NUDGES = (1e-2, 1e-3, 1e-4, 1e-5)
STEPS, OF_LIMIT = 700, 0.25  # steps of descent; its rate as a share of the limit 2/λ


@dataclass(frozen=True)
class Place:
    """Networks standing somewhere on their land, and the examples that made it."""

    nets: Ensemble
    rows: Rows
    x: Tensor
    y: Tensor

    def loss(self) -> Float[Tensor, "seed"]:
        """How high they stand."""
        return at_rows(self.nets, mse_loss, self.rows, self.x, self.y, per_seed=True)

    def slope(self) -> Float[Tensor, "seed"]:
        """How steep it is there: the length of the slope."""
        return slopes(self.nets, mse_loss, self.rows, self.x, self.y, per_seed=True).norm(dim=1)

    def hessian(self) -> Float[Tensor, "seed weight weight"]:
        """The Hessian there."""
        return hessians(self.nets, mse_loss, self.rows, self.x, self.y, per_seed=True)

    def curvatures(self) -> Rows:
        """The curvatures there, smallest first."""
        return curvatures(self.hessian())


@dataclass(frozen=True)
class Escapes:
    """Descent from a place, nudged along its lowest curvature: losses relative to the place's own."""

    place: Place
    relative: Float[Tensor, "nudge step seed"]
    foretold: Float[Tensor, "seed"]  # steps that a ten times smaller nudge should cost

    def left(self, fallen: float = 0.02) -> Float[Tensor, "nudge seed"]:
        """The first step at which the loss has fallen by this share; infinite if it never does."""
        low = self.relative <= 1 - fallen
        return torch.where(low.any(1), low.double().argmax(1).double(), torch.inf)

    def table(self, every: int = 16) -> pd.DataFrame:
        """Columns nudge, step, seed, loss (relative)."""
        kept = self.relative[:, ::every]
        index = pd.MultiIndex.from_product(
            [NUDGES, range(0, self.relative.shape[1], every), range(kept.shape[2])],
            names=["nudge", "step", "seed"],
        )
        return pd.DataFrame({"loss": kept.flatten().numpy()}, index=index).reset_index()


def network(width: int) -> nn.Sequential:
    """One hidden layer of smooth units, in double precision."""
    return nn.Sequential(nn.Linear(INPUTS, width), nn.Tanh(), nn.Linear(width, 1)).double()


def examples(seed: int) -> tuple[Float[Tensor, "n 6"], Float[Tensor, "n 1"]]:
    """Normal inputs, and the sum of three smooth steps across them, with a little noise."""
    source, double = stream("teacher", seed), {"dtype": torch.float64}
    across = torch.linalg.qr(torch.randn(INPUTS, INPUTS, generator=source, **double)).Q[:, :TEACHERS]
    x = torch.randn(EXAMPLES, INPUTS, generator=source, **double)
    noise = NOISE * torch.randn(EXAMPLES, 1, generator=source, **double)
    return x, (2 * x @ across).tanh().sum(1, keepdim=True) + noise


def narrow(seeds: tuple[int, ...], width: int = 1) -> Place:
    """Networks too narrow for their task, at the bottom of a valley: the slope is zero to rounding."""
    x, y = map(torch.stack, zip(*map(examples, seeds), strict=True))
    nets = stack(lambda: network(width), seeds)
    for _ in train(nets, mse_loss, x, y, Adam(0.03), steps=500, per_seed=True):
        pass
    return settled(Place(nets, nets.flat(), x, y))


def settled(place: Place, rounds: int = 30) -> Place:
    """Run down to where the slope vanishes: Newton's steps, shortened until they lead down."""
    damping = torch.full((len(place.rows),), 1e-2, dtype=torch.float64)
    for _ in range(rounds):
        hessian = place.hessian()
        more = damping - curvatures(hessian)[:, 0].clamp(max=0)
        firm = hessian + more[:, None, None] * torch.eye(place.rows.shape[1], dtype=torch.float64)
        slope = slopes(place.nets, mse_loss, place.rows, place.x, place.y, per_seed=True)
        tried = Place(place.nets, place.rows - torch.linalg.solve(firm, slope), place.x, place.y)
        down = tried.loss() <= place.loss()
        damping = torch.where(down, damping / 3, damping * 4).clamp(min=1e-14)
        place = Place(place.nets, tried.rows.where(down[:, None], place.rows), place.x, place.y)
    return place


def twinned(place: Place, share: float = 0.5) -> Place:
    """Give the last hidden unit a twin, and the two of them `share` and the rest of its weight."""
    weights = dict(named(place.nets, place.rows))
    for name in ("0.weight", "0.bias"):
        weights[name] = torch.cat([weights[name], weights[name][:, -1:]], dim=1)
    out = weights["2.weight"]
    weights["2.weight"] = torch.cat([out[..., :-1], share * out[..., -1:], (1 - share) * out[..., -1:]], 2)
    wider = stack(lambda: network(weights["0.bias"].shape[1]), place.nets.seeds)
    return Place(wider, torch.cat([p.flatten(1) for p in weights.values()], 1), place.x, place.y)


def escapes(place: Place, steps: int = STEPS) -> Escapes:
    """Nudge the networks along their lowest curvature, a little and less, and let them descend."""
    low, high, direction = lowest_and_highest(place)
    rate = OF_LIMIT * 2 / high
    foretold = torch.log(torch.tensor(10.0)) / torch.log1p(-rate * low)
    starts = torch.cat([place.rows + nudge * direction for nudge in NUDGES])
    losses = descent(place, starts, rate.repeat(len(NUDGES)), steps)
    relative = losses.unflatten(1, (len(NUDGES), -1)).transpose(0, 1) / place.loss()
    return Escapes(place, relative, foretold)


def lowest_and_highest(place: Place) -> tuple[Tensor, Tensor, Rows]:
    """The lowest and the highest curvature of every seed, and the direction of the lowest."""
    values, vectors = torch.linalg.eigh(place.hessian())
    return values[:, 0], values[:, -1], vectors[:, :, 0]


def descent(place: Place, rows: Rows, rate: Float[Tensor, "run"], steps: int) -> Float[Tensor, "step run"]:
    """Losses before each step of plain descent, every run at a rate of its own."""
    runs = len(rows) // len(place.rows)
    x, y = place.x.repeat(runs, 1, 1), place.y.repeat(runs, 1, 1)
    look = vmap(grad_and_value(loss_of_row(place.nets, mse_loss)))
    losses = []
    for _ in range(steps):
        slope, loss = look(rows, x, y)
        losses.append(loss)
        rows = rows - rate[:, None] * slope
    return torch.stack(losses)


def from_twins(seeds: tuple[int, ...]) -> Escapes:
    """Descent from the saddle that the narrow network's valley has become."""
    return escapes(twinned(narrow(seeds)))


def from_valley(seeds: tuple[int, ...]) -> Escapes:
    """The same from the valley itself, in the narrow network."""
    return escapes(narrow(seeds))
