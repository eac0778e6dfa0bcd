"""Losses against scipy's densities, best lines against scipy's optimizers, claims against their controls."""

import numpy as np
import pytest
import torch
from scipy import optimize, stats

from landscaping.claims import ClaimFailed
from landscaping.supervised.losses import best_line, claims, errors, likelihoods, lines, outliers, tables
from landscaping.supervised.losses import saturation as saturated
from landscaping.supervised.losses import uncertainty as unsure
from landscaping.supervised.losses.best_line import NOISES, best_spread, cost
from landscaping.supervised.losses.constants import best_constants, numbers

EXACT = [claim for claim in claims.CLAIMS if claim.exact]
SCIPY = {"Gaussian": stats.norm, "Laplace": stats.laplace, "Student": stats.t(errors.FREEDOM)}


@pytest.mark.parametrize("claim", EXACT, ids=lambda claim: claim.label)
def test_exact_claims_hold_and_fail_on_their_controls(claim):
    assert claim.gate.holds(claim.measured(claim.experiment((0,))))
    assert claim.control_fails((0,))


def test_the_six_likelihoods_are_scipys():
    gaussian, laplace, bernoulli, categorical, poisson, varying = likelihoods.six()
    f, y, z = (values.numpy() for values in likelihoods.drawn())
    spread, odds = likelihoods.SPREAD, f.reshape(-1, likelihoods.CLASSES)
    chosen = y.reshape(odds.shape).argmax(1)
    faces = np.exp(odds) / np.exp(odds).sum(1, keepdims=True)
    truth = {
        gaussian: stats.norm(f, spread).logpdf(y),
        laplace: stats.laplace(f, spread).logpdf(y),
        bernoulli: stats.bernoulli(1 / (1 + np.exp(-f))).logpmf(y > 0),
        categorical: np.log(faces[np.arange(len(chosen)), chosen]),
        poisson: stats.poisson(np.exp(f)).logpmf(np.round(3 * np.abs(y))),
        varying: stats.norm(f, np.exp(z / 2)).logpdf(y),
    }
    for pair, log_density in truth.items():
        np.testing.assert_allclose(pair.likelihood, -log_density, rtol=0, atol=1e-9)


def test_squared_errors_slope_is_the_gaussian_likelihoods_times_twice_its_variance():
    f, y, _ = likelihoods.drawn()
    f.requires_grad_()
    squared = torch.autograd.grad((y - f).square().sum(), f)[0]
    likelihood = torch.autograd.grad(-torch.distributions.Normal(f, 0.7).log_prob(y).sum(), f)[0]
    torch.testing.assert_close(squared, 2 * 0.7**2 * likelihood, rtol=0, atol=1e-9)


def test_the_best_constants_beat_their_neighbours():
    squared, absolute, *_ = best_constants()
    y = numbers()
    for best, loss in [(squared, torch.square), (absolute, torch.abs)]:
        here = loss(y - best.found).mean()
        assert all(loss(y - best.found - step).mean() > here for step in (-1e-3, 1e-3))


def test_noises_have_the_spread_that_their_losses_assume():
    source = torch.Generator().manual_seed(3)
    shape = (100_000,)
    assert lines.gaussian(shape, source).std().item() == pytest.approx(1, abs=0.01)
    for noise in ("Laplace", "Student"):
        drawn = lines.NOISES[noise](shape, source)
        scipys = SCIPY[noise] if noise == "Student" else stats.laplace()
        assert stats.kstest(drawn.numpy(), scipys.cdf).pvalue > 1e-3


def test_the_losses_of_an_error_are_scipys_up_to_a_constant():
    at = torch.linspace(-5, 5, 11, dtype=torch.float64)
    for noise, name in errors.OWN.items():
        cost = np.array([errors.LOSSES[name](e, torch.zeros_like(e)).item() for e in at])
        density = -SCIPY[noise].logpdf(at.numpy())
        np.testing.assert_allclose(cost - cost[5], density - density[5], rtol=0, atol=1e-12)


def test_descent_finds_the_lines_of_least_squares():
    x, y = lines.drawn_lines(lines.gaussian, 50, torch.Generator().manual_seed(1))
    found = lines.error_of(errors.squared, x[None], y[None], (0,))
    fits = [np.polyfit(x[:, k], y[:, k], 1) for k in range(lines.FITS)]
    truth = np.mean([(a - lines.TRUTH[1]) ** 2 + (b - lines.TRUTH[0]) ** 2 for a, b in fits])
    assert found.item() == pytest.approx(truth, rel=0.03)


def points(seed, n=12):
    source = np.random.default_rng(seed)
    x = np.sort(source.uniform(-5, 5, n))
    y = 0.5 * x + source.standard_t(2, n)
    return torch.tensor(x), torch.tensor(y)


@pytest.mark.parametrize("noise", NOISES)
def test_what_a_point_costs_is_scipys_negative_log_density(noise):
    r = torch.linspace(-4, 4, 9, dtype=torch.float64)
    spread = 0.6
    truth = -SCIPY[noise].logpdf(r.numpy() / spread) + np.log(spread)
    np.testing.assert_allclose(cost(noise, r, spread), truth, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_gaussians_best_line_is_numpys(seed):
    x, y = points(seed)
    found = best_line("Gaussian", x, y)
    np.testing.assert_allclose([found.slope, found.intercept], np.polyfit(x, y, 1), rtol=0, atol=1e-10)


@pytest.mark.parametrize("seed", range(5))
def test_the_laplace_noises_best_line_is_the_linear_programs(seed):
    x, y = (v.numpy() for v in points(seed))
    n, both = len(x), np.stack([np.ones_like(x), x], 1)
    rows = np.block([[-both, -np.eye(n)], [both, -np.eye(n)]])
    free = [(None, None)] * 2 + [(0, None)] * n
    program = optimize.linprog(
        np.r_[0, 0, np.ones(n)], A_ub=rows, b_ub=np.r_[-y, y], bounds=free, method="highs-ds"
    )
    costs = best_line("Laplace", *points(seed), 0.8).costs
    assert costs.sum().item() == pytest.approx(program.fun / 0.8 + n * np.log(1.6), abs=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_no_start_of_scipys_search_ends_below_the_students_best_line(seed):
    x, y = points(seed)
    found = best_line("Student", x, y, 0.7)

    def total(line):
        return cost("Student", y - line[0] - line[1] * x, 0.7).sum().item()

    starts = np.random.default_rng(seed).normal(0, 1, (20, 2))
    ends = [optimize.minimize(total, start, method="BFGS", options={"gtol": 1e-9}) for start in starts]
    nearest = min(ends, key=lambda end: end.fun)
    assert total((found.intercept, found.slope)) == pytest.approx(nearest.fun, abs=1e-8)


def test_the_best_spread_is_the_gaussians_residual_spread():
    x, y = points(3)
    residual = y - np.polyval(np.polyfit(x, y, 1), x)
    wanted = residual.square().mean().sqrt().item()
    assert best_spread("Gaussian", x, y) == pytest.approx(min(wanted, 3), abs=0.0051)


def test_more_wrong_targets_move_the_same_points_and_leave_the_rest():
    (x, clean), (again, some), (_, more) = (outliers.examples(share, 4) for share in (0.0, 0.1, 0.4))
    assert torch.equal(x, again)
    moved = [((dirty - clean).abs() > 1).flatten() for dirty in (some, more)]
    assert [m.sum().item() for m in moved] == [10, 40]
    assert (moved[1] | ~moved[0]).all()


def test_a_sure_birth_moves_the_answer_and_nothing_else():
    torch.manual_seed(0)
    plain = saturated.network(0.0)
    torch.manual_seed(0)
    sure = saturated.network(10.0)
    x = torch.rand(5, 64)
    torch.testing.assert_close(sure(x), plain(x) + 10)


def test_the_slopes_of_a_sigmoid_are_the_written_ones():
    error = torch.tensor([0.1, 0.5, 0.9]).double()
    torch.testing.assert_close(saturated.tweak_of_sigmoid(saturated.cross_entropy, error), error)
    written = 2 * error.square() * (1 - error)
    torch.testing.assert_close(saturated.tweak_of_sigmoid(saturated.squared, error), written)


def test_the_loss_of_mean_and_spread_is_torchs():
    answer, y = torch.randn(7, 2).double(), torch.randn(7, 1).double()
    mean, log_variance = answer.chunk(2, dim=-1)
    torchs = torch.nn.functional.gaussian_nll_loss(mean, y, log_variance.exp())
    torch.testing.assert_close(unsure.negative_log_likelihood(answer, y), torchs)


def test_the_true_interval_would_hold_nine_in_ten():
    x, y = unsure.examples(20_000, 5)
    inside = (y - unsure.wave(x)).abs() <= unsure.REACH * unsure.spread(x)
    assert inside.double().mean().item() == pytest.approx(unsure.NOMINAL, abs=0.01)


def test_coverage_counts_the_examples_of_each_half():
    x = torch.tensor([[-1.0, -1.0, 1.0, 1.0]])
    asked = unsure.Asked(torch.zeros(1, 1, 1, 2), x, torch.tensor([[[1.0, 1.0, 1.0, 0.0]]]).double())
    assert asked.coverage(-2.0, 0.0).item() == 1
    assert asked.coverage(0.0, 2.0).item() == 0.5
    assert asked.worst_departure.item() == pytest.approx(0.4)


def known(ratio):
    """Fits on which every noise's own loss errs 1 and every other loss `ratio`."""
    error = {(n, k): torch.tensor([1.0 if k == own else ratio] * 2) for n, own in errors.OWN.items()
             for k in errors.LOSSES}  # fmt: skip
    return lines.Fits(error, errors.OWN)


def test_one_loss_that_beats_a_noises_own_breaks_the_claim():
    assert claims.narrowest_win(known(1.2)).tolist() == pytest.approx([1.2, 1.2])
    beaten = known(1.2)
    beaten.error["Laplace", "Student"] = torch.tensor([0.9, 0.8])
    with pytest.raises(ClaimFailed, match="claim-losses-own"):
        claims.OWN.check(beaten)


def test_the_tables_have_a_row_for_each_thing_drawn():
    assert len(tables.losses_and_tweaks(points=5)) == 15
    assert list(tables.tweaks_of_sigmoid(7).groupby("loss").size()) == [7, 7]
    assert len(tables.over_own(known(1.2))) == 3 * 2 * 2
    assert list(tables.seen((25, 1000)).groupby("examples").size()) == [25, 150]
