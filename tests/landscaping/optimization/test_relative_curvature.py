"""Relative sharpness against the whole Hessian, and against a rescaling that it must not see."""

import torch
from torch import nn

from landscaping.ensemble import stack
from landscaping.optimization.curvature import sharpest
from landscaping.optimization.relative_curvature import relative_sharpest
from landscaping.randomness import stream

SEEDS = (3, 4)
X = torch.randn(2, 9, 2, generator=stream("test", 0), dtype=torch.float64)
Y = X.sum(2, keepdim=True).sin()
squared = nn.functional.mse_loss


def small():
    return nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1)).double()


def whole_hessian(nets, seed):
    """The slower and simpler truth: every second derivative, one by one."""
    shapes = {name: p[seed].shape for name, p in nets.params.items()}

    def loss(row):
        pieces = row.split([shape.numel() for shape in shapes.values()])
        weights = {name: piece.view(shapes[name]) for name, piece in zip(shapes, pieces, strict=True)}
        return squared(nets.answer(weights, X[seed]), Y[seed])

    return torch.autograd.functional.hessian(loss, nets.flat()[seed])


def test_it_is_the_largest_eigenvalue_of_the_hessian_with_rows_and_columns_times_the_weights_sizes():
    nets = stack(small, SEEDS)
    size = nets.flat().abs()
    whole = torch.stack([size[i][:, None] * whole_hessian(nets, i) * size[i] for i in range(2)])
    found = relative_sharpest(nets, squared, X, Y, per_seed=True, rounds=nets.size - 4)
    torch.testing.assert_close(found, torch.linalg.eigvalsh(whole)[:, -1], rtol=1e-8, atol=0)


def test_no_rescaling_of_a_unit_changes_it_and_every_one_changes_plain_sharpness():
    nets, factors = stack(small, SEEDS), torch.tensor([0.2, 3.0, 1.0, 7.0], dtype=torch.float64)
    twins = nets.copy()
    twins.params |= {"0.weight": nets.params["0.weight"] * factors[:, None]}
    twins.params |= {"0.bias": nets.params["0.bias"] * factors}
    twins.params |= {"2.weight": nets.params["2.weight"] / factors}
    before, after = (relative_sharpest(n, squared, X, Y, per_seed=True, rounds=8) for n in (nets, twins))
    torch.testing.assert_close(after, before, rtol=1e-8, atol=0)
    before, after = (sharpest(n, squared, X, Y, per_seed=True) for n in (nets, twins))
    assert ((after / before - 1).abs() > 0.1).all()
