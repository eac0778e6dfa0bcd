"""The land that the playground and the descent chapter stand on."""

import math

import pytest
import torch

from landscaping.models import gabor


def slowly(phi: list[float], x: list[float], y: list[float]) -> float:
    """The loss in plain Python, straight from the formula."""
    total = 0.0
    for xi, yi in zip(x, y, strict=True):
        z = phi[0] + 0.06 * phi[1] * xi
        total += (math.sin(z) * math.exp(-z * z / 32) - yi) ** 2
    return total / len(x)


def test_the_surface_is_the_loss_at_every_point():
    x, y = gabor.examples(9, 0.2, seed=4)
    surface, points = gabor.surface(x, y, size=12), gabor.points(12)
    slow = [[slowly(p, x.tolist(), y.tolist()) for p in row] for row in points.tolist()]
    assert surface.numpy() == pytest.approx(torch.tensor(slow, dtype=torch.float64).numpy(), abs=1e-14)


def test_the_land_lies_as_its_map_says():
    points = gabor.points(200)
    assert points[0, 0].tolist() == pytest.approx([-9.95, 2.55])
    assert points[-1, 0].tolist() == pytest.approx([-9.95, 22.45])
    assert points[0, -1].tolist() == pytest.approx([9.95, 2.55])


def test_without_noise_the_lowest_point_is_the_truth():
    x, y = gabor.examples(28, 0.0, seed=2)
    assert gabor.lowest(x, y).tolist() == pytest.approx(gabor.TRUTH, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_no_point_of_a_finer_grid_is_lower_than_the_lowest(seed):
    x, y = gabor.examples(15, 0.4, seed)
    bottom = gabor.loss(gabor.lowest(x, y), x, y)
    assert bottom <= gabor.surface(x, y, size=300).min()


def test_noise_scales_the_same_errors():
    x, clean = gabor.examples(20, 0.0, seed=3)
    same_x, little = gabor.examples(20, 0.1, seed=3)
    _, much = gabor.examples(20, 0.4, seed=3)
    assert torch.equal(x, same_x)
    assert torch.allclose(4 * (little - clean), much - clean, atol=1e-12)
    assert not torch.equal(x, gabor.examples(20, 0.0, seed=5)[0])
