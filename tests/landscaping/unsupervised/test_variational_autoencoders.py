"""Bounds, sums over the map and probabilistic PCA, held against slower and simpler truths."""

import math

import pandas as pd
import pytest
import torch

from landscaping.charts import variational_autoencoders as charts
from landscaping.ensemble import stack
from landscaping.unsupervised.variational_autoencoders import (
    bounds,
    collapse,
    linear,
    maps,
    networks,
    pictures,
    refining,
    tables,
    training,
    walking,
)

SEEDS = (0, 1)


@pytest.fixture(scope="module")
def born():
    """Maps that never learned, with smaller noise than they are born with; a few digits each."""
    nets = stack(lambda: networks.curved(2, maps.WIDTH), SEEDS)
    nets.params["log_noise"] = torch.tensor([-0.5, -1.0])
    return nets


@pytest.fixture(scope="module")
def few():
    return training.images(SEEDS)[0][:, :6]


def straight_nets(noise=0.4):
    """Straight autoencoders whose decoders are drawn at random."""
    return stack(lambda: networks.straight(2, noise=noise), SEEDS)


def test_the_density_of_pixels_is_torchs():
    x, mean = torch.rand(5, 64, dtype=torch.float64), torch.rand(5, 64, dtype=torch.float64)
    truth = torch.distributions.Normal(mean, 0.3).log_prob(x).sum(-1)
    assert torch.allclose(networks.log_normal(x, mean, math.log(0.3)), truth)


def test_the_divergence_from_the_prior_is_torchs():
    mean, log_spread = torch.randn(5, 3), torch.randn(5, 3)
    guess = torch.distributions.Normal(mean, log_spread.exp())
    truth = torch.distributions.kl_divergence(guess, torch.distributions.Normal(0.0, 1.0)).sum(-1)
    assert torch.allclose(networks.divergence(mean, log_spread), truth, atol=1e-5)


def test_the_bound_by_quadrature_is_the_mean_of_many_noisy_ones(born, few):
    exact = bounds.bound(born, few, bounds.guesses(born, few))
    asked = few.repeat(1, 400, 1)
    noise = training.drawn((asked.shape[1], 2), "many", SEEDS)
    drawn = -born(torch.cat([asked, noise], -1), per_seed=True).sum(-1).unflatten(1, (400, 6))
    assert torch.allclose(exact, drawn.mean(1), atol=5 * (drawn.std(1) / 20).max().item() + 1e-4)


def test_the_sum_over_the_map_of_a_straight_decoder_is_the_closed_form(few):
    nets = straight_nets()
    summed = bounds.log_likelihood(nets, few)
    closed = [linear.learned(nets, i).log_likelihood(x) for i, x in enumerate(few)]
    assert torch.allclose(summed.double(), torch.stack(closed), atol=1e-3)


def test_a_straight_bound_needs_no_draw(few):
    nets = straight_nets()
    by_nodes = bounds.bound(nets, few, bounds.guesses(nets, few))
    assert torch.allclose(linear.bound_of(nets, few), by_nodes.double(), atol=1e-3)


def test_no_bound_lies_above_the_likelihood(born, few):
    exact = bounds.log_likelihood(born, few)
    for spread in (-2.0, 0.0):
        guess = (torch.randn(2, 6, 2), torch.full((2, 6, 2), spread))
        assert (bounds.bound(born, few, guess) < exact + 1e-3).all()


def test_more_weighted_draws_never_lower_the_bound_on_average(born, few):
    weights = bounds.weights_of(born, few, bounds.guesses(born, few), 512)
    rising = torch.stack([bounds.weighted_bound(weights, k) for k in (1, 2, 8, 64, 512)])
    assert (rising.diff(dim=0) > -1e-5).all()  # groups of groups: the logarithm is concave
    assert torch.allclose(weights.exp().mean(1).log(), rising[-1], atol=1e-3)


def test_a_guess_of_its_own_is_at_least_as_good_as_the_encoders(born, few):
    before = bounds.bound(born, few, bounds.guesses(born, few))
    after = bounds.bound(born, few, refining.best_guess(born, few))
    assert (after > before - 1e-3).all()
    assert (after < bounds.log_likelihood(born, few) + 1e-3).all()


def test_the_best_spread_leaves_the_encoders_places(born, few):
    place, _ = refining.best_spread(born, few)
    assert torch.equal(place, bounds.guesses(born, few)[0])


def test_no_other_straight_map_is_likelier_than_the_best():
    x = training.images(SEEDS)[0][0]
    best = linear.most_likely(x, 3)
    highest = best.log_likelihood(x).mean()
    for k in range(5):
        source = torch.Generator().manual_seed(k)
        step = 0.02 * torch.randn(best.weight.shape, generator=source, dtype=torch.float64)
        for other in (
            linear.StraightMap(best.weight + step, best.middle, best.noise),
            linear.StraightMap(best.weight, best.middle + step[:, 0], best.noise),
            linear.StraightMap(best.weight, best.middle, best.noise * (1 + 0.1 * (-1) ** k)),
        ):
            assert other.log_likelihood(x).mean() < highest


def test_the_posterior_is_prior_times_likelihood_over_evidence(few):
    straight = linear.learned(straight_nets(), 0)
    x, z = few[0], torch.randn(6, 2, dtype=torch.float64)
    mean, covariance = straight.posterior(x)
    fit = networks.log_normal(x.double(), z @ straight.weight.T + straight.middle, math.log(straight.noise))
    bayes = fit + bounds.log_prior(z) - straight.log_likelihood(x)
    truth = torch.distributions.MultivariateNormal(mean, covariance).log_prob(z)
    assert torch.allclose(bayes, truth, atol=1e-8)


def test_turning_the_latent_axes_changes_no_likelihood():
    straight, x = linear.along_the_axes(SEEDS)
    turned, _ = linear.turned(SEEDS)
    assert torch.allclose(straight.log_likelihood(x), turned.log_likelihood(x), atol=1e-9)
    assert linear.gap(turned, x) > 1e-3


def test_what_a_direction_tells_is_the_divergence_of_the_exact_guess():
    x = training.images(SEEDS)[0][0]
    straight = linear.most_likely(x, 12, noise=collapse.NOISE)
    mean, covariance = straight.posterior(x)
    spread = covariance.diagonal().sqrt().log().expand_as(mean)
    told = networks.each_divergence(mean, spread).mean(0)
    assert torch.allclose(told, linear.told(linear.directions(x)[1][:12], collapse.NOISE), atol=1e-9)


def test_roughness_is_that_of_a_double_loop():
    x = torch.rand(1, 3, 64, dtype=torch.float64)
    image = x[0].reshape(3, 8, 8)
    steps = [abs(image[i, r, c] - image[i, r, c + 1]) for i in range(3) for r in range(8) for c in range(7)]
    steps += [abs(image[i, r, c] - image[i, r + 1, c]) for i in range(3) for r in range(7) for c in range(8)]
    assert pictures.roughness(x).item() == pytest.approx(sum(steps).item() / len(steps))


def test_neighbours_vote():
    known = torch.tensor([[[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]]])
    labels, truth = torch.tensor([[1, 1, 2, 3, 3, 3]]), torch.tensor([[1, 2]])
    assert maps.agreement(known, torch.tensor([[[0.0], [5.0]]]), labels, truth, 3).tolist() == [0.5]


def test_weights_come_back_from_their_text():
    weights = torch.linspace(-20, 20, walking.COUNT, dtype=torch.float64)
    back = walking.unpacked(walking.packed(weights))
    assert (back - weights).abs().max() <= 0.5 / walking.UNIT
    assert len(walking.packed(weights)) == len(walking.EMPTY)
    with pytest.raises(ValueError, match="wants at most"):
        walking.packed(10 * weights)


def test_the_map_that_travels_draws_what_the_trained_one_draws(born):
    made = maps.Maps(born)
    state = walking.map_of(made, 1, 5)
    places = torch.randn(20, 2)
    ours, theirs = bounds.decode(born, 1, places), walking.decoder_of(state["weights"])(places.double())
    assert (ours - theirs).abs().max() < 0.005
    known = training.images(SEEDS)[0][1, 3]
    assert torch.equal(walking.greys(state["digits"][3][3]), known.double())
    assert state["digits"][3][2] == training.labels(SEEDS)[0][1, 3]


def test_what_is_no_digit_is_refused():
    with pytest.raises(ValueError, match="64 signs"):
        walking.greys("0" * 63)


def test_a_direction_below_the_noise_tells_nothing_in_the_chart_and_in_the_formula():
    spec = charts.told_by_noise(
        tables.variances(SEEDS), pd.DataFrame({"step": [1], "low": [0], "median": [1], "high": [2]}), 0.4
    ).to_dict()
    assert "max(0, log(datum.variance / (noise * noise)) / 2)" in str(spec)
    assert linear.told(torch.tensor([0.04, 0.16, 0.64]), 0.4).tolist() == pytest.approx([0, 0, math.log(2)])


def test_the_strip_and_the_clouds_show_the_pictures(born):
    made = maps.Maps(born)
    strip, clouds = tables.strip(made, 2), tables.clouds(made)
    assert len(strip) == 3 * 2 * 64 <= 1500
    first = strip.query("kind == 'digits' and picture == 1")["grey"].tolist()
    assert first == pytest.approx(made.new[0, 1].tolist(), abs=1e-3)
    assert len(clouds) == 3 * maps.ASKED
    assert len(charts.strip(strip).to_dict()["vconcat"]) == 3


def test_directions_worth_telling_are_those_with_more_variance_than_the_noise(born):
    worth = collapse.worth(collapse.Directions(born)).tolist()
    x = training.images(SEEDS)[0][1].double()
    truth = torch.linalg.svdvals(x - x.mean(0)).square() / len(x)
    assert worth[1] == (truth > math.exp(-2.0)).sum() > worth[0]
