"""Noise, momentum and Adam against slower, simpler truths."""

from itertools import combinations, permutations
from math import sqrt

import pytest
import torch

from landscaping.ensemble import SGD, Adam
from landscaping.optimization import speed_limit
from landscaping.optimization.stochastic_gradient_descent import (
    bowls,
    crossing,
    heights,
    momentum,
    noise,
    scales,
    tuning,
    turning,
)
from landscaping.randomness import stream


def normal(*shape):
    return torch.randn(shape, generator=stream("data", 3), dtype=torch.float64)


# ---- noise


@pytest.mark.parametrize("size", [1, 2, 4, 6])
def test_the_law_of_a_batchs_covariance_is_exact_over_all_batches(size):
    slopes = normal(7, 3)
    apart = slopes - slopes.mean(0)
    every = torch.stack([apart[list(chosen)].mean(0) for chosen in combinations(range(7), size)])
    covariance = every.T @ every / len(every)
    law = noise.shrinks(size, 7) * apart.T @ apart / 7
    torch.testing.assert_close(covariance, law, rtol=1e-12, atol=1e-14)


def test_a_batch_of_all_examples_has_no_noise_and_one_example_has_it_all():
    assert noise.shrinks(50, 50) == 0
    assert noise.shrinks(1, 50) == 1
    assert noise.shrinks(5, 50, replaced=True) == 1 / 5


def test_the_slopes_of_examples_have_the_slope_of_their_mean_loss():
    seeds = (0, 1)
    x, y = speed_limit.examples(seeds)
    for number, seed in enumerate(seeds):
        net = speed_limit.network()
        nets = noise.stack(speed_limit.network, (seed,))
        net.load_state_dict({name: p[0] for name, p in nets.params.items()})
        loss = speed_limit.squared_error(net(x[number]), y[number])
        slope = torch.cat([g.flatten() for g in torch.autograd.grad(loss, list(net.parameters()))])
        mean = noise.example_slopes(seeds)[number].mean(0)
        torch.testing.assert_close(mean, slope, rtol=1e-3, atol=1e-6)


def test_the_turned_frame_keeps_every_distance_between_slopes():
    slopes = normal(2, 6, 40)
    apart = noise.deviations(slopes)
    for before, after in zip(slopes, apart, strict=True):
        torch.testing.assert_close(torch.cdist(before, before), torch.cdist(after, after))
    assert (apart.square().mean(1).diff(dim=1) <= 1e-9).all()  # the widest axis first


# ---- heights


@pytest.mark.slow
def test_free_batches_of_all_examples_are_plain_descent():
    low = heights.bottom((0,))
    free, full = low.nets.copy(), low.nets.copy()
    for _ in heights.in_free_batches(low, free, 0.05, heights.EXAMPLES, "drawn anew", 4):
        pass
    heights.run(heights.train(full, heights.squared_error, low.x, low.y, SGD(0.05), steps=4, per_seed=True))
    torch.testing.assert_close(free.flat(), full.flat(), rtol=1e-4, atol=1e-6)


def test_the_epochs_of_four_batches_cancel_over_every_order():
    """Why shuffled epochs hover lower: whatever the order, an epoch's batch slopes sum to the whole slope."""
    slopes = normal(4, 3)
    for order in permutations(range(4)):
        torch.testing.assert_close(slopes[list(order)].mean(0), slopes.mean(0))


# ---- crossings


def test_an_epoch_sees_every_example_once():
    rows = [next_rows for next_rows, _ in zip(crossing.orders((0, 5), 7), range(4), strict=False)]
    for seed in (0, 1):
        seen = torch.cat([one[seed] for one in rows]).sort().values
        assert seen.tolist() == list(range(28))


@pytest.mark.slow
def test_batches_of_all_examples_leave_every_marble_where_plain_descent_does():
    found = crossing.crossings((3,), batch=28)
    assert found.rescued.item() == found.lost.item() == 0
    torch.testing.assert_close(found.plain.end, found.noisy.end, rtol=1e-9, atol=1e-9)


# ---- momentum


def test_a_bowl_has_the_curvatures_and_the_start_it_was_made_with_turned_or_not():
    straight, turned = (bowls.bowls((0, 4), 50.0, turned=how) for how in (False, True))
    for made in (straight, turned):
        values = torch.linalg.eigvalsh(made.hessian)
        torch.testing.assert_close(values, straight.curvature.sort(dim=1).values)
        height = 0.5 * torch.einsum("si,sij,sj->s", made.start, made.hessian, made.start)
        torch.testing.assert_close(made.loss(made.start), height)
    torch.testing.assert_close(straight.loss(straight.start), turned.loss(turned.start))


def test_plain_descents_best_rate_and_polyaks_pair_are_the_best_of_a_grid():
    curvature = torch.logspace(-2, 0, 101, dtype=torch.float64)

    def slowest(rate, beta):
        middle = 1 + beta - rate * curvature
        inside = (middle.square() - 4 * beta).to(torch.complex128).sqrt()
        return torch.stack([(middle + inside).abs(), (middle - inside).abs()]).amax() / 2

    best_rate, best_beta = momentum.best_momentum(100.0)
    least = slowest(best_rate, best_beta)
    assert least.item() == pytest.approx(sqrt(best_beta), rel=1e-6)
    assert slowest(momentum.best_rate(100.0), 0.0).item() == pytest.approx(99 / 101, rel=1e-12)
    for rate in torch.linspace(0.1, 3.9, 39).tolist():
        for beta in torch.linspace(0, 0.98, 50).tolist():
            assert slowest(rate, beta) >= least - 1e-9


@pytest.mark.parametrize(("share", "home"), [(0.97, True), (1.03, False)])
def test_momentum_raises_the_limit_to_twice_one_plus_beta(share, home):
    marble = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([marble], lr=share * 2 * 1.5 / 4, momentum=0.5)
    for _ in range(600):
        marble.grad = 4 * marble.detach()
        optimizer.step()
    assert (marble.abs().item() < 1e-3) is home
    assert (marble.abs().item() > 1e3) is not home


def test_the_first_place_at_most_a_bound_is_found_or_there_is_none():
    values = torch.tensor([[3.0, 3.0], [1.0, 2.0], [0.5, 2.0]])
    assert bowls.first_at_most(values, 1.0).tolist() == [1.0, float("inf")]


# ---- Adam


def test_the_steps_foretold_for_plain_descent_are_those_that_it_takes():
    valleys = bowls.bowls((0, 1, 2), 100.0)
    taken = valleys.steps_to(turning.SHARE, lambda m: torch.optim.SGD([m], lr=1.5), 3000)
    torch.testing.assert_close(turning.plain_steps(valleys, 1.5), taken)


def test_adams_first_step_has_the_same_length_in_every_parameter_whatever_the_slope():
    for slope in (torch.tensor([1e-3, 4.0, -200.0]), 1000 * torch.tensor([1e-3, 4.0, -200.0])):
        marble = torch.zeros(3, dtype=torch.float64, requires_grad=True)
        marble.grad = slope.double()
        torch.optim.Adam([marble], lr=0.05).step()
        torch.testing.assert_close(marble.detach(), -0.05 * slope.sign().double(), rtol=1e-4, atol=0)


def test_the_chapters_formula_is_torchs_adam():
    marble = torch.zeros(4, dtype=torch.float64, requires_grad=True)
    optimizer, phi = torch.optim.Adam([marble], lr=0.1), torch.zeros(4, dtype=torch.float64)
    m, v = torch.zeros(2, 4, dtype=torch.float64)
    for t, slope in enumerate(normal(6, 4), 1):
        marble.grad = slope
        optimizer.step()
        m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope.square()
        phi = phi - 0.1 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)).sqrt() + 1e-8)
    torch.testing.assert_close(marble.detach(), phi, rtol=1e-10, atol=1e-12)


def test_turned_inputs_with_turned_weights_are_the_same_function():
    x, _ = scales.scaled((0, 1))
    turn = bowls.turns((0, 1), 64).float()
    weights = normal(2, 16, 64).float()
    torch.testing.assert_close(
        x @ weights.transpose(1, 2), (x @ turn) @ (weights @ turn).transpose(1, 2), rtol=1e-3, atol=1e-3
    )
    torch.testing.assert_close(
        turn @ turn.transpose(1, 2), torch.eye(64).expand(2, -1, -1), atol=1e-5, rtol=0
    )


@pytest.mark.slow
def test_a_run_that_flies_apart_counts_as_high():
    seeds = (0,)
    drawn = tuning.digits.split(tuning.EXAMPLES, 0)[0]
    born = tuning.stack(tuning.network, seeds)
    loss = tuning.loss_at_the_end(born, drawn.x[None], drawn.y[None], SGD(1e4))
    assert loss.item() == tuning.HIGH
    fine = tuning.loss_at_the_end(born, drawn.x[None], drawn.y[None], Adam(0.01))
    assert 0 < fine.item() < 1


def test_each_seed_has_its_own_best_rate():
    losses = {"plain": torch.tensor([[3.0, 1.0, 3.0], [2.0, 2.0, 2.0]])}
    found = tuning.Sweep((0.1, 1.0), losses)
    assert found.best("plain").tolist() == [2.0, 1.0, 2.0]
    assert found.at("plain", 0.1).tolist() == [3.0, 1.0, 3.0]
