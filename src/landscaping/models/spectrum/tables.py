"""The chapter's numbers as tables for its charts."""

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.models.spectrum.adding import MARKS, OUTSIDE, REACHES, Adding
from landscaping.models.spectrum.patients import COUNTS, Compared
from landscaping.spread import quartiles


def by_arm(arms: dict[str, Float[Tensor, "step seed"]], steps: tuple[int, ...]) -> pd.DataFrame:
    """Quartiles of each arm, one under the other: columns arm, step, low, median, high."""
    tables = [quartiles(values, steps).assign(arm=arm) for arm, values in arms.items()]
    return pd.concat(tables, ignore_index=True)


def errors_by_step(run: Adding) -> pd.DataFrame:
    """Relative errors inside and at five times the training range while the networks train."""
    return by_arm({"inside": run.error[:, 0], "at five times the range": run.error[:, OUTSIDE]}, MARKS)


def errors_by_reach(arms: dict[str, Adding]) -> pd.DataFrame:
    """Relative errors of the trained networks on wider and wider squares."""
    return by_arm({arm: run.error[-1] for arm, run in arms.items()}, REACHES)


def unexplained_by_count(found: Compared) -> pd.DataFrame:
    """Squared error on held-back patients as a share of that of guessing their mean: 1 - R²."""
    arms = {
        "regression": 1 - found.line,
        "network, fitted": 1 - found.fitted,
        "network, stopped at its best": 1 - found.stopped,
    }
    return by_arm(arms, COUNTS)


def hinges(arms: dict[str, Adding]) -> pd.DataFrame:
    """Every hidden unit of every network: columns network, seed, first, second, bias, height.

    A unit adds `height · relu(first·x₁ + second·x₂ + bias)`; the output's own bias is one more unit that
    looks at nothing.
    """
    return pd.concat([hinges_of(run).assign(network=arm) for arm, run in arms.items()], ignore_index=True)


def hinges_of(run: Adding) -> pd.DataFrame:
    """The hidden units of one arm's networks that speak at all."""
    params = run.nets.params
    weight, height = params["hidden.weight"], params["output.weight"][:, 0]
    bias = params.get("hidden.bias", torch.zeros_like(height))
    last = params.get("output.bias", torch.zeros_like(height[:, :1]))
    units = torch.cat([weight, bias.unsqueeze(-1), height.unsqueeze(-1)], dim=-1)
    output = torch.cat([torch.zeros(len(last), 2), torch.ones_like(last), last], dim=-1).unsqueeze(1)
    rows = torch.cat([units, output], dim=1)
    table = pd.DataFrame(rows.flatten(0, 1).double().numpy(), columns=["first", "second", "bias", "height"])
    table["seed"] = [seed for seed in run.nets.seeds for _ in range(rows.shape[1])]
    return table[table["height"] != 0].round(6)


def pushes(arms: dict[str, Adding]) -> pd.DataFrame:
    """One row a network: columns push, seed, zeros (share of all weights), error (at a hundred times)."""
    rows = [
        pd.DataFrame(
            {
                "push": arm,
                "seed": run.nets.seeds,
                "zeros": (run.nets.flat() == 0).double().mean(1).numpy(),
                "error": run.error[-1, -1].numpy(),
            }
        )
        for arm, run in arms.items()
    ]
    return pd.concat(rows, ignore_index=True)


def zeros(run: Adding) -> Float[Tensor, "seed"]:
    """How many weights and biases are exactly zero."""
    return (run.nets.flat() == 0).sum(1).double()


def speaking_units(run: Adding) -> Float[Tensor, "seed"]:
    """How many hidden units reach the output and hear an input."""
    heard = run.nets.params["hidden.weight"].abs().sum(2) != 0
    return (heard & (run.nets.params["output.weight"][:, 0] != 0)).sum(1).double()
