"""The chart along a ray shows what the networks answer, at every setting of its sliders."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert

from landscaping.charts import spectrum

draw = np.random.default_rng(0)
HINGES = pd.DataFrame(
    [
        {"network": network, "seed": seed, "first": first, "second": second, "bias": bias, "height": height}
        for network in ("shown", "other")
        for seed in range(2)
        for first, second, bias, height in [*draw.normal(size=(7, 4)), (0, 0, 1, 0.5), (1, 1, 0, 0.3)]
    ]
)


def lines(part: Any) -> Iterator[list[tuple[float, float]]]:
    """The points, in pixels, of every line of a drawn chart."""
    if isinstance(part, dict) and part.get("marktype") == "line":
        yield [(point["x"], point["y"]) for point in part["items"]]
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from lines(inner)


def drawn(reach: float, turn: float) -> tuple[np.ndarray, list[np.ndarray]]:
    """The line of the true sum and those of the networks, in pixels, with these settings."""
    spec = spectrum.along_a_ray(HINGES).to_dict()
    for param in spec["params"]:
        param["value"] = {"reach": reach, "turn": turn}.get(param["name"], param.get("value"))
    *networks, truth = (np.array(line) for line in lines(vl_convert.vegalite_to_scenegraph(spec)))
    return truth, networks


@pytest.mark.slow
@pytest.mark.parametrize(("reach", "turn"), [(1, 45), (10, 45), (100, -130), (5, 0), (3, 180), (2, 90)])
def test_a_ray_shows_the_answers_and_every_bend(reach, turn):
    truth, networks = drawn(reach, turn)
    way = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    far = reach / np.abs(way).max()
    low, high = truth[:, 0]
    sums = np.array([-far, far]) * way.sum()
    pixel = (truth[1, 1] - truth[0, 1]) / (sums[1] - sums[0])
    for seed, line in enumerate(networks):
        at = far * (2 * (line[:, 0] - low) / (high - low) - 1)
        table = HINGES[(HINGES["network"] == "shown") & (HINGES["seed"] == seed)]
        slope = table[["first", "second"]].to_numpy() @ way
        inside = np.abs(table["bias"] / np.where(slope == 0, np.nan, slope)) <= far
        hinges = np.maximum(0, table["bias"].to_numpy() + at[:, None] * slope) * table["height"].to_numpy()
        wanted = truth[0, 1] + pixel * (hinges.sum(1) - sums[0])
        np.testing.assert_allclose(line[:, 1], wanted, atol=1e-6)
        assert len(line) == inside.sum() + len(spectrum.ENDS)
    assert len(networks) == 2
