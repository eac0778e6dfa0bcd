import torch
from torch import nn

from landscaping.ensemble import stack
from landscaping.optimization.curvature import hessian_product, in_rows, largest_eigenvalue, sharpest
from landscaping.optimization.speed_limit import EXAMPLES, RATES, Curvatures, examples
from landscaping.randomness import stream

SEEDS = (3, 4)
X = torch.randn(2, 9, 2, generator=stream("test", 0), dtype=torch.float64)
Y = X.sum(2, keepdim=True).sin()
squared = nn.functional.mse_loss


def small():
    return nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)).double()


def whole_hessian(nets, seed):
    """The slower and simpler truth: every second derivative, one by one."""
    shapes = {name: p[seed].shape for name, p in nets.params.items()}

    def loss(row):
        pieces = row.split([shape.numel() for shape in shapes.values()])
        weights = {name: piece.view(shapes[name]) for name, piece in zip(shapes, pieces, strict=True)}
        return squared(nets.answer(weights, X[seed]), Y[seed])

    return torch.autograd.functional.hessian(loss, nets.flat()[seed])


def test_a_hessian_product_is_the_whole_hessian_times_the_direction():
    nets = stack(small, SEEDS)
    direction = torch.randn(2, nets.size, generator=stream("test", 1), dtype=torch.float64)
    bent = hessian_product(nets, squared, X, Y, per_seed=True)(direction)
    truth = torch.stack([whole_hessian(nets, i) @ direction[i] for i in range(2)])
    torch.testing.assert_close(bent, truth, rtol=1e-10, atol=1e-12)


def test_the_sharpest_curvature_is_the_largest_eigenvalue_of_the_whole_hessian():
    nets = stack(small, SEEDS)
    truth = torch.stack([torch.linalg.eigvalsh(whole_hessian(nets, i))[-1] for i in range(2)])
    torch.testing.assert_close(sharpest(nets, squared, X, Y, per_seed=True), truth, rtol=1e-3, atol=0)


def test_measuring_curvature_leaves_the_networks_as_they_were():
    nets = stack(small, SEEDS)
    before = nets.flat().clone()
    sharpest(nets, squared, X, Y, per_seed=True)
    assert torch.equal(nets.flat(), before)
    assert not any(p.requires_grad for p in nets.params.values())


def test_the_largest_is_found_even_where_a_negative_curvature_is_stronger():
    matrix = torch.diag(torch.tensor([-9.0, 1.0, 2.0, 4.0], dtype=torch.float64))
    start = torch.ones(1, 4, dtype=torch.float64)
    found = largest_eigenvalue(lambda v: v @ matrix, start, rounds=4)
    torch.testing.assert_close(found, torch.tensor([4.0], dtype=torch.float64))


def test_rows_stand_in_the_order_of_flat():
    nets = stack(small, SEEDS)
    assert torch.equal(in_rows(tuple(nets.params.values())), nets.flat())


def test_each_seed_draws_its_own_digits_centred_and_of_unit_spread():
    x, y = examples((0, 1))
    assert x.shape == (2, EXAMPLES, 64)
    assert not torch.equal(x[0], x[1])
    torch.testing.assert_close(x.mean(1), torch.zeros(2, 64), rtol=0, atol=1e-5)
    torch.testing.assert_close(x.flatten(1).std(1), torch.ones(2))
    assert y.sum(2).eq(1).all()


def test_curvature_as_a_share_of_its_limit_is_one_at_two_over_the_rate():
    at_limit = torch.stack([torch.full((2, 3), 2 / rate) for rate in RATES])
    seen = Curvatures(RATES, torch.tensor([0.0, 6.0]), at_limit)
    torch.testing.assert_close(seen.of_limit, torch.ones(len(RATES), 2, 3))
    assert set(seen.table()) == {"rate", "step", "low", "median", "high"}
