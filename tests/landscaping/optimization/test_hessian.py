"""The whole Hessian against second derivatives taken one by one, and against what a slice shows."""

import torch
from torch import nn

from landscaping.ensemble import stack
from landscaping.optimization.curvature import hessian_product, sharpest
from landscaping.optimization.hessian import along, at_rows, curvatures, hessians, named, slopes
from landscaping.randomness import stream

SEEDS = (3, 4)
X = torch.randn(2, 9, 2, generator=stream("test", 0), dtype=torch.float64)
Y = X.sum(2, keepdim=True).sin()
squared = nn.functional.mse_loss


def nets():
    return stack(lambda: nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)).double(), SEEDS)


def test_weights_in_a_row_come_back_in_their_shapes():
    made = nets()
    back = named(made, made.flat())
    assert all(torch.equal(back[name], p) for name, p in made.params.items())


def test_the_hessian_is_how_differences_of_slopes_see_it():
    made = nets()
    rows, step = made.flat(), 1e-5
    columns = []
    for unit in torch.eye(made.size, dtype=torch.float64):
        up, down = (slopes(made, squared, rows + way * step * unit, X, Y, True) for way in (1, -1))
        columns.append((up - down) / (2 * step))
    found = hessians(made, squared, rows, X, Y, per_seed=True)
    torch.testing.assert_close(found, torch.stack(columns, dim=2), rtol=1e-6, atol=1e-8)


def test_a_product_that_never_writes_the_hessian_down_agrees():
    made = nets()
    direction = torch.randn(2, made.size, generator=stream("test", 1), dtype=torch.float64)
    product = hessian_product(made, squared, X, Y, per_seed=True)(direction)
    found = hessians(made, squared, made.flat(), X, Y, per_seed=True)
    torch.testing.assert_close(torch.einsum("swv,sv->sw", found, direction), product)
    torch.testing.assert_close(
        curvatures(found)[:, -1], sharpest(made, squared, X, Y, per_seed=True), rtol=1e-3, atol=0
    )


def test_curvature_along_a_direction_is_how_the_loss_bends_on_that_slice():
    made = nets()
    rows, step = made.flat(), 1e-4
    direction = torch.randn(2, 5, made.size, generator=stream("test", 2), dtype=torch.float64)
    found = along(hessians(made, squared, rows, X, Y, per_seed=True), direction)
    unit = direction / direction.norm(dim=2, keepdim=True)
    for k in range(5):
        low, middle, high = (
            at_rows(made, squared, rows + way * step * unit[:, k], X, Y, True) for way in (-1, 0, 1)
        )
        torch.testing.assert_close(found[:, k], (high - 2 * middle + low) / step**2, rtol=1e-4, atol=1e-6)


def test_along_a_random_direction_the_curvature_is_on_average_the_mean_of_all():
    made = nets()
    hessian = hessians(made, squared, made.flat(), X, Y, per_seed=True)
    directions = torch.randn(2, 20_000, made.size, generator=stream("test", 3), dtype=torch.float64)
    seen = along(hessian, directions)
    error = 4 * seen.std(1) / 20_000**0.5
    assert ((seen.mean(1) - curvatures(hessian).mean(1)).abs() < error).all()
