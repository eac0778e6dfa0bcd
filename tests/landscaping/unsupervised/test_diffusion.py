"""Diffusion against Bayes' rule, grids and plain loops; claims against their controls."""

import math
from itertools import pairwise

import pytest
import torch
from torch.distributions import Normal

from landscaping.datasets.mixtures import Mixture, ring
from landscaping.ensemble import stack
from landscaping.unsupervised import diffusion
from landscaping.unsupervised.diffusion import lessons, samples, tables
from landscaping.unsupervised.diffusion.backward import fresh, rebuilt, start, step_back, times
from landscaping.unsupervised.diffusion.forward import TIMES, jump, noise, rate, signal, step
from landscaping.unsupervised.diffusion.guesses import exact, log_density, noise_of, turn_of
from landscaping.unsupervised.diffusion.network import Denoiser, guess_of, lesson, turn
from landscaping.unsupervised.diffusion.quality import energy_distance, median_nearest

EXACT = [claim for claim in diffusion.CLAIMS if claim.exact]
TRUE = Mixture(ring().centres.double(), ring().spread)


def normal(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("claim", EXACT, ids=lambda claim: claim.label)
def test_exact_claims_hold_and_fail_on_their_controls(claim):
    assert claim.gate.holds(claim.measured(claim.experiment((0,))))
    assert claim.control_fails((0,))


def test_the_ring_has_mean_zero_variance_one_and_nearly_all_points_within_three_spreads():
    centres = ring().centres.double()
    assert centres.mean(0).abs().max() < 1e-6
    assert torch.allclose(centres.square().mean(0) + ring().spread ** 2, torch.ones(2).double(), atol=1e-6)
    points = ring().draw(20_000, seed=1)
    assert points.var(0).sub(1).abs().max() < 0.05
    assert ring().holds(points).double().mean().item() == pytest.approx(1 - math.exp(-4.5), abs=0.004)


def test_centres_may_differ_from_seed_to_seed():
    centres = normal(3, 5, 2)
    distance, number = Mixture(centres, 0.0).nearest(centres.flip(1))
    assert distance.max() == 0
    assert number.tolist() == [[4, 3, 2, 1, 0]] * 3


def test_a_step_keeps_a_variance_of_one():
    assert all(abs((1 - rate(t)) * 1 + rate(t) - 1) < 1e-15 for t in range(1, TIMES + 1))
    assert (signal(0), noise(0), signal(TIMES), noise(TIMES)) == (1, 0, 0, 1)


def test_a_step_is_a_jump_from_where_the_last_jump_ended():
    x, a, b = normal(3, 50_000, 1).unbind()
    stepped = step(jump(x, a, 20), b, 21)
    foretold = signal(21) * x
    assert (stepped - foretold).std().item() == pytest.approx(noise(21), rel=0.01)
    assert (stepped - foretold).mean().abs() < 0.01


@pytest.mark.parametrize("t", [6, 30, 60])
def test_the_exact_guess_is_the_mean_of_all_clean_points_by_their_chances(t):
    """The slow truth: a fine grid of clean points, each weighed by prior times likelihood."""
    side = torch.linspace(-2, 2, 500, dtype=torch.float64)
    grid = torch.cartesian_prod(side, side)
    prior = log_density(TRUE, grid, 0)
    for z in normal(4, 2, seed=t):
        likelihood = -(z - signal(t) * grid).square().sum(1) / (2 * noise(t) ** 2)
        chances = (prior + likelihood).softmax(0)
        torch.testing.assert_close(exact(TRUE)(z[None], t)[0], chances @ grid, rtol=0, atol=2e-3)


def test_the_exact_guess_has_less_error_than_any_other_that_was_tried():
    x = TRUE.draw(4000, seed=2)
    for t in (8, 24, 48):
        z = jump(x, normal(4000, 2, seed=t), t)
        best = exact(TRUE)(z, t)
        others = (1.2 * best, 0.8 * best, signal(t) * z, exact(Mixture(TRUE.centres, 0.3))(z, t))
        assert all((best - x).square().mean() < (other - x).square().mean() for other in others)


def test_knowing_examples_by_heart_means_weighing_them():
    seen = normal(2, 7, 2)
    z = normal(2, 5, 2, seed=1)
    shares = (-torch.cdist(z, signal(10) * seen).square() / (2 * noise(10) ** 2)).softmax(-1)
    torch.testing.assert_close(exact(Mixture(seen, 0.0))(z, 10), shares @ seen)


def test_guess_noise_and_turn_say_the_same():
    x, epsilon = normal(2, 9, 2).unbind()
    for t in (1, 32, 64):
        z = jump(x, epsilon, t)
        torch.testing.assert_close(noise_of(x, z, t), epsilon)
        torch.testing.assert_close(turn_of(x, z, t), signal(t) * epsilon - noise(t) * x)


@pytest.mark.parametrize(("t", "to"), [(40, 39), (40, 10), (64, 32)])
def test_the_random_step_back_is_bayes_rule(t, to):
    """Of z at `to`, given z at t and the clean point: prior from the clean point, likelihood from z."""
    x, z = torch.tensor([[0.7, -0.2]]).double(), torch.tensor([[0.1, 0.9]]).double()
    side = torch.linspace(-6, 6, 20_001, dtype=torch.float64)
    kept = signal(t) / signal(to)
    for d in (0, 1):
        prior = Normal(signal(to) * x[0, d], noise(to)).log_prob(side)
        likelihood = Normal(kept * side, math.sqrt(1 - kept**2)).log_prob(z[0, d])
        chances = (prior + likelihood).softmax(0)
        mean = chances @ side
        spread = (chances @ (side - mean).square()).sqrt().item()
        assert step_back(z, x, torch.zeros(1, 2), t, to, 1.0)[0, d].item() == pytest.approx(
            mean.item(), abs=1e-6
        )
        assert fresh(t, to) == pytest.approx(spread, abs=1e-6)


def test_without_new_noise_a_right_guess_leads_back_along_the_jump():
    x, epsilon = normal(2, 6, 2).unbind()
    for t, to in ((64, 20), (20, 19), (19, 0)):
        back = step_back(jump(x, epsilon, t), x, normal(6, 2, seed=5), t, to, 0.0)
        torch.testing.assert_close(back, jump(x, epsilon, to))


def test_the_random_way_back_with_the_exact_guess_rebuilds_one_normal_cloud_a_little_too_narrow():
    cloud = Mixture(torch.tensor([[0.5, -1.0]]), 0.3)
    points = rebuilt(exact(cloud), (0, 1), 4000, random=1.0)
    assert (points.mean(1) - cloud.centres).abs().max() < 0.03
    assert points.std(1).min() > 0.26
    assert points.std(1).max() < 0.295


def test_steps_back_end_at_zero_and_never_stand_still():
    for steps in range(1, TIMES + 1):
        stops = times(steps)
        assert (stops[0], stops[-1], len(stops)) == (TIMES, 0, steps + 1)
        assert all(a > b for a, b in pairwise(stops))


@pytest.mark.parametrize("steps", [0, TIMES + 1])
def test_too_few_or_too_many_steps_are_refused(steps):
    with pytest.raises(ValueError, match=f"{steps} steps back"):
        times(steps)


def test_a_seeds_points_do_not_depend_on_its_company():
    alone, together = (rebuilt(exact(ring()), seeds, 20, 8, 1.0) for seeds in ((3,), (1, 3)))
    torch.testing.assert_close(alone[0], together[1])
    assert not torch.equal(start((1, 3), 20)[0], start((1, 3), 20)[1])


def test_energy_distance_is_its_definition():
    a, b = normal(1, 6, 2), normal(1, 4, 2, seed=1) + 1
    far = lambda p, q: (p - q).norm().item()  # noqa: E731
    across = sum(far(p, q) for p in a[0] for q in b[0]) / 24
    inside = [sum(far(p, q) for p in c for q in c) / (len(c) * (len(c) - 1)) for c in (a[0], b[0])]
    assert energy_distance(a, b).item() == pytest.approx(2 * across - sum(inside))


def test_energy_distance_is_nothing_between_draws_of_one_distribution():
    distances = energy_distance(normal(30, 400, 2), normal(30, 400, 2, seed=1))
    assert distances.mean().abs() < 3 * distances.std() / 30**0.5
    assert energy_distance(normal(2, 400, 2), normal(2, 400, 2, seed=1) + 0.3).min() > 0.02


def test_the_nearest_example_is_found_even_where_points_nearly_coincide():
    seen = normal(1, 200, 2)
    assert median_nearest(seen + 1e-7, seen).item() == pytest.approx(math.sqrt(2) * 1e-7, rel=1e-3)


def test_a_lessons_loss_is_the_squared_error_of_the_turn():
    x, chance = normal(5, 2), normal(5, 3, seed=1)
    times_of = (torch.special.ndtr(chance[:, 2]) * TIMES).ceil().int().tolist()
    net = Denoiser().double()
    parts = []
    for point, epsilon, t in zip(x, chance[:, :2], times_of, strict=True):
        z = jump(point, epsilon, t)
        answer = net(torch.tensor([*z.tolist(), signal(t), noise(t)], dtype=torch.float64))
        parts.append((answer - turn_of(point, z, t)).square().mean())
    torch.testing.assert_close(lesson([net], [x], chance), torch.stack(parts).mean())


def test_a_networks_guess_lies_back_along_its_turn():
    nets = stack(Denoiser, (0, 1))
    z = normal(2, 5, 2).float()
    torch.testing.assert_close(turn_of(guess_of(nets)(z, 20), z, 20), turn(nets, z, 20), rtol=0, atol=1e-5)


def test_a_perfect_guess_has_learned_everything_and_zero_nothing():
    best, nothing = torch.tensor([[0.2, 0.3]]), torch.ones(1, 2)
    assert lessons.Losses(best, best, nothing).learned.tolist() == [1, 1]
    assert lessons.Losses(nothing, best, nothing).learned.tolist() == [0, 0]


def test_fresh_data_reach_every_cloud_and_noise_hardly_any():
    seeds = (0, 1)
    fresh_data, pure = (samples.judged(p, seeds) for p in (samples.data(seeds, "floor"), start(seeds, 1000)))
    assert fresh_data.rarest.min() > 0.08
    assert pure.on_cloud.max() < 0.1
    assert pure.distance.min() > 5 * fresh_data.distance.max()


def test_the_table_of_one_axis_holds_the_rings_centres():
    table = tables.along_one_axis(points=3)
    assert table.groupby("x")["weight"].sum().tolist() == pytest.approx([1, 1, 1])
    assert (table["centre"] * table["weight"]).sum() == pytest.approx(0, abs=1e-9)
