"""The chapter's numbers as tables for its charts."""

import pandas as pd
from torch import Tensor

from landscaping.first_fit.line import Walk
from landscaping.first_fit.network import MARKS, PLACES, Fit, Pair
from landscaping.spread import quartiles


def dots(x: Tensor, y: Tensor, **columns: object) -> pd.DataFrame:
    """One row a point: columns x, y, and what else is given."""
    return pd.DataFrame({"x": x.flatten().numpy(), "y": y.flatten().numpy()}).round(4).assign(**columns)


def steps(walk: Walk) -> pd.DataFrame:
    """The first seed's walk: columns step, height, tilt, loss."""
    places = pd.DataFrame(walk.places[:, 0].numpy(), columns=["height", "tilt"])
    return places.assign(loss=walk.losses()[:, 0].numpy()).round(5).rename_axis("step").reset_index()


def curves(fit: Fit, seed: int = 0) -> pd.DataFrame:
    """What one network draws at every mark: columns mark (steps taken), x, answer, training, test."""
    return pd.DataFrame(
        [
            (mark, round(x.item(), 4), round(y.item(), 4), training.item(), test.item())
            for mark, curve, training, test in zip(
                MARKS, fit.curves[:, seed], fit.training[:, seed], fit.test[:, seed], strict=True
            )
            for x, y in zip(PLACES, curve, strict=True)
        ],
        columns=["mark", "x", "answer", "training", "test"],
    )


def both_kinds(fit: Fit, seed: int = 0) -> pd.DataFrame:
    """Points that the network sees, and some that it never sees: columns x, y, kind."""
    seen = dots(fit.seen[0][seed], fit.seen[1][seed], kind="training point")
    fresh = dots(fit.fresh[0][seed, :40], fit.fresh[1][seed, :40], kind="test point")
    return pd.concat([seen, fresh], ignore_index=True)


def losses(fit: Fit) -> pd.DataFrame:
    """Both losses at the marks: columns arm, step, low, median, high."""
    arms = {"training loss": fit.training[1:], "test loss": fit.test[1:]}
    return pd.concat([quartiles(values, MARKS[1:]).assign(arm=arm) for arm, values in arms.items()])


def pairs(pair: Pair) -> pd.DataFrame:
    """The curves of two networks on every seed's points: columns points, network, x, answer."""
    return pd.DataFrame(
        [
            (seed, name, round(x.item(), 4), round(y.item(), 4))
            for name, fit in (("one seed", pair.one), ("another seed", pair.other))
            for seed, curve in enumerate(fit.curves[-1])
            for x, y in zip(PLACES, curve, strict=True)
        ],
        columns=["points", "network", "x", "answer"],
    )


def seen_points(pair: Pair) -> pd.DataFrame:
    """The points that each pair learned from: columns x, y, points."""
    x, y = pair.one.seen
    tables = [dots(own_x, own_y, points=seed) for seed, (own_x, own_y) in enumerate(zip(x, y, strict=True))]
    return pd.concat(tables, ignore_index=True)
