"""The chapter's numbers as tables for its charts."""

import pandas as pd
import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.models.shallow import Shallow
from landscaping.models.shallow_networks import by_hand, descent, regions
from landscaping.randomness import stream
from landscaping.scores import mean_squared_error
from landscaping.spread import quartiles

WIDTHS = (8, 16, 32)


def fans_of_lines(units: int = regions.MOST_UNITS) -> Shallow:
    """Hinges in the plane, their directions evenly spaced, so that all lines cross close by."""
    source = stream("lines", 0)
    angles = torch.randperm(units, generator=source) * torch.pi / units + 0.05
    net = Shallow(units, n_in=2).requires_grad_(False)
    net.hidden.weight.copy_(torch.stack([angles.cos(), angles.sin()], dim=1))
    net.hidden.bias.copy_(torch.rand(units, generator=source) - 0.5)
    net.output.weight.copy_(torch.tensor([1.0, -1.0]).repeat(units)[:units].unsqueeze(0))
    return net


def lines_and_regions() -> pd.DataFrame:
    """The lines of the plane, one after the other: columns unit, first, second, bias, height, regions."""
    net = fans_of_lines()
    hinges = regions.exact_hinges(net)
    rows = zip(
        net.hidden.weight.tolist(), net.hidden.bias.tolist(), net.output.weight[0].tolist(), strict=True
    )
    return pd.DataFrame(
        [
            (
                i,
                *map(lambda w: round(w, 4), weights),
                round(bias, 4),
                height,
                regions.count_regions(hinges[:i]),
            )
            for i, (weights, bias, height) in enumerate(rows, start=1)
        ],
        columns=["unit", "first", "second", "bias", "height", "regions"],
    )


def errors_by_width(seeds: tuple[int, ...]) -> pd.DataFrame:
    """Trained and hand-made errors on the square root: columns arm, step (the units), low, median, high."""
    trained = torch.stack([descent.learn_root(seeds, width).error() for width in WIDTHS])
    x = descent.EVENLY.double()
    made = [mean_squared_error(by_hand.root(width)(x).unsqueeze(0), x.sqrt()).sqrt() for width in WIDTHS]
    arms = {"trained from random weights": trained, "made by hand": torch.stack(made)}
    return pd.concat([quartiles(values, WIDTHS).assign(arm=arm) for arm, values in arms.items()])


def joint_places(births: descent.Births) -> pd.DataFrame:
    """Every joint near the range, before and after training: columns arm, when, seed, joint."""
    arms = {"as torch makes them": births.born, "moved into the range": births.moved}
    tables = [
        places(joints, births.born.nets.seeds).assign(arm=arm, when=when)
        for arm, roots in arms.items()
        for when, joints in (
            ("at birth", roots.joints_at_birth),
            ("after training", descent.joints(roots.nets)),
        )
    ]
    near = pd.concat(tables, ignore_index=True)
    return near[near["joint"].between(-1, 2)]


def places(joints: Float[Tensor, "seed unit"], seeds: tuple[int, ...]) -> pd.DataFrame:
    """One row a joint: columns seed, joint."""
    rows = [
        (seed, round(joint, 4)) for seed, own in zip(seeds, joints.tolist(), strict=True) for joint in own
    ]
    return pd.DataFrame(rows, columns=["seed", "joint"])


def step_curves(seen: descent.Steps) -> pd.DataFrame:
    """The networks near the step at every mark: columns mark (steps taken), seed, x, answer."""
    near = range(1500, 2501, 36)
    rows = [
        (mark, seed, round(descent.FINELY[i].item(), 4), round(curve[i].item(), 4))
        for mark, curves in zip(descent.MARKS, seen.curves, strict=True)
        for seed, curve in enumerate(curves)
        for i in near
    ]
    return pd.DataFrame(rows, columns=["mark", "seed", "x", "answer"])
