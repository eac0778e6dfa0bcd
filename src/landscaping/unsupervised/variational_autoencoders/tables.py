"""What the chapter's charts draw, as tables."""

import pandas as pd
import torch

from landscaping.ensemble import Ensemble
from landscaping.spread import quartiles
from landscaping.unsupervised.variational_autoencoders import bounds, collapse, linear
from landscaping.unsupervised.variational_autoencoders.maps import DRAWS, Maps
from landscaping.unsupervised.variational_autoencoders.pictures import roughness
from landscaping.unsupervised.variational_autoencoders.training import images

COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, DRAWS)
STRAIGHT = range(1, 17)


def price_by_draws(maps: Maps) -> pd.DataFrame:
    """What new digits still pay with so many weighted draws: columns step, low, median, high, arm."""
    exact = maps.likely["new"]
    left = [(exact - bounds.weighted_bound(maps.log_weights, k)).mean(1) for k in COUNTS]
    return quartiles(torch.stack(left), COUNTS).assign(arm="weighted draws")


def strip(maps: Maps, count: int = 7) -> pd.DataFrame:
    """A few pictures of each kind, pixel by pixel: columns kind, picture, x, y, grey."""
    rows = [
        {"kind": kind, "picture": k, "x": pixel % 8, "y": pixel // 8, "grey": round(grey, 3)}
        for kind, shown in maps.pictures.items()
        for k, picture in enumerate(shown[0, :count].tolist())
        for pixel, grey in enumerate(picture)
    ]
    return pd.DataFrame(rows)


def clouds(maps: Maps) -> pd.DataFrame:
    """One seed's pictures: columns kind, roughness, likelihood (log, in nats)."""
    one = {name: p[:1] for name, p in maps.nets.params.items()}
    first = Ensemble(maps.nets.net, one, maps.nets.seeds[:1])
    tables = [
        pd.DataFrame(
            {
                "kind": kind,
                "roughness": roughness(shown[0].unsqueeze(1)).numpy(),
                "likelihood": bounds.log_likelihood(first, shown[:1])[0].numpy(),
            }
        )
        for kind, shown in maps.pictures.items()
    ]
    return pd.concat(tables).round(3)


def ladder(maps: Maps) -> pd.DataFrame:
    """log Pr of new digits under straight maps: columns step (their directions), low, median, high, arm."""
    rows = [maps.likely["new"].mean(1) - maps.over_straight(q) for q in STRAIGHT]
    return quartiles(torch.stack(rows), STRAIGHT).assign(arm="straight maps")


def variances(seeds: tuple[int, ...], count: int = 20) -> pd.DataFrame:
    """Median variance of the digits along each principal direction: columns direction, variance."""
    found = torch.stack([linear.directions(x)[1][:count] for x in images(seeds)[0]]).quantile(0.5, dim=0)
    return pd.DataFrame({"direction": range(1, count + 1), "variance": found.numpy()})


def told(found: collapse.Directions, arm: str) -> pd.DataFrame:
    """What each direction tells, most telling first: columns step (its rank), low, median, high, arm."""
    return quartiles(found.told.T, range(1, found.told.shape[1] + 1)).assign(arm=arm)


def told_by_start(starts: collapse.Starts) -> pd.DataFrame:
    """The same for both starts."""
    return pd.concat([told(starts.plain, "full price"), told(starts.other, "cheap start")])
