"""The terrain chapter's measures against slower and simpler truths."""

import math

import pytest
import torch

from landscaping.data import terrain
from landscaping.data.terrain import bottoms, lands, outliers, unevenness, valleys
from landscaping.models import gabor

CHEAP = (terrain.PARTS, terrain.FIXED_PULL)


@pytest.mark.parametrize("claim", CHEAP, ids=lambda claim: claim.label)
def test_the_exact_claims_hold_and_fail_on_their_controls(claim):
    claim.check(claim.experiment(()))
    assert claim.control_fails(())


def test_every_land_is_made_of_the_examples_that_its_seed_deals():
    two = lands.draw((3, 4), 2, n=5, noise=0.2)
    x, y = gabor.examples(10, 0.2, seed=4)
    assert torch.equal(two.x[1].flatten(), x)
    assert torch.equal(two.y[1, 1], y[5:])


def test_heights_are_the_loss_of_each_land_at_each_place():
    some = lands.draw((1,), 3, n=6, noise=0.3)
    places = gabor.points(4).flatten(0, 1)
    for height in (gabor.loss, gabor.absolute_loss):
        slow = [[height(p, x, y).item() for p in places] for x, y in zip(some.x[0], some.y[0], strict=True)]
        torch.testing.assert_close(some.heights(places, height)[0], torch.tensor(slow).double())


def test_the_land_is_the_mean_of_the_lands_of_its_examples():
    some = lands.draw((2,), 1, n=9, noise=0.3)
    places = gabor.points(5).flatten(0, 1)
    alone = [gabor.loss(places, some.x[0, 0, [i]], some.y[0, 0, [i]]) for i in range(9)]
    torch.testing.assert_close(some.heights(places)[0, 0], torch.stack(alone).mean(0))


def test_errors_in_order_are_the_same_errors_and_grow_with_the_answers():
    clean, noisy = lands.clean_and_noisy((0,), 4, 12, 0.2)
    _, ordered = lands.clean_and_noisy((0,), 4, 12, 0.2, in_order=True)
    assert torch.allclose((noisy.y - clean.y).sort(-1).values, (ordered.y - clean.y).sort(-1).values)
    by_answer = (ordered.y - clean.y).gather(-1, clean.y.argsort(-1))
    assert (by_answer.diff(dim=-1) >= -1e-12).all()


def test_the_ripples_size_is_its_law_averaged_over_all_signs_of_the_errors():
    """With errors of ±σ, the mean square over all sign patterns is the law's, exactly."""
    clean = lands.draw((0,), 1, n=6)
    places, sigma = gabor.points(3).flatten(0, 1), 0.3
    signs = torch.cartesian_prod(*[torch.tensor([-sigma, sigma]).double()] * 6)
    squares = [
        unevenness.of_noise(clean, clean.with_errors(s[None, None]), places).square()[0, 0] for s in signs
    ]
    law = 4 * sigma**2 * clean.heights(places)[0, 0] / 6
    torch.testing.assert_close(torch.stack(squares).mean(0), law)


def test_twice_the_noise_is_twice_the_ripple_and_leaves_the_inputs_alone():
    once, twice = terrain.ripples((5,), noise=0.1), terrain.ripples((5,), noise=0.2)
    torch.testing.assert_close(2 * once.noise, twice.noise)
    assert torch.equal(once.inputs, twice.inputs)


@pytest.mark.slow
def test_on_clean_land_the_bottom_is_the_truth():
    assert (bottoms.bottom(lands.draw((0, 1), 1, n=6)) - lands.truth()).abs().max() < 1e-12


@pytest.mark.slow
def test_a_small_push_moves_the_bottom_by_slope_over_curvature():
    """The bottom of a barely noisy land is one Newton step from the truth, to second order in the noise."""
    some = lands.draw((7,), 2, n=40, noise=1e-4)
    x, y = some.x[0], some.y[0]
    here = lands.truth().expand(2, 2)
    step = torch.linalg.solve(valleys.curvature(here, x, y), valleys.slope(here, x, y))
    moved = bottoms.bottom(some)[0] - lands.truth()
    torch.testing.assert_close(moved, -step, rtol=1e-2, atol=1e-7)


def test_a_marble_has_arrived_within_one_of_the_goal():
    goal = torch.tensor([[[[0.0, 16.6]]]]).double()
    marbles = goal + torch.tensor([[0.0, 0.99], [1.01, 0.0], [math.nan, 0.0]]).double()
    assert bottoms.within(marbles, goal).tolist() == [[[True, False, False]]]


@pytest.mark.slow
def test_endless_clean_examples_leave_five_valleys_and_the_truth_is_the_deepest():
    places, _ = valleys.valleys(lands.endless(401))
    assert len(places) == 5
    x, y = (axis[0, 0] for axis in (lands.endless(401).x, lands.endless(401).y))
    deepest = places[gabor.loss(places, x, y).argmin()]
    torch.testing.assert_close(deepest, lands.truth(), rtol=0, atol=1e-8)


@pytest.mark.slow
def test_every_valley_found_is_lower_than_all_around_it():
    some = lands.draw((2,), 1, n=9, noise=0.3)
    places, land = valleys.valleys(some)
    turn = torch.linspace(0, 2 * math.pi, 17).double()
    ring = 1e-3 * torch.stack([turn.cos(), turn.sin()], 1)
    for place, number in zip(places, land, strict=True):
        x, y = some.x[0, number], some.y[0, number]
        assert (gabor.loss(place + ring, x, y) > gabor.loss(place, x, y)).all()


@pytest.mark.slow
def test_a_grid_three_times_as_fine_finds_hardly_another_valley():
    found, missed = 0, 0
    for seed in range(1, 6):
        some = lands.draw((seed,), 1, n=10, noise=0.1)
        places, _ = valleys.valleys(some)
        pits = gabor.points(297)[valleys.hollows(gabor.surface(some.x[0, 0], some.y[0, 0], 297))]
        x, y = (values[0, 0].expand(len(pits), -1) for values in (some.x, some.y))
        settled = valleys.newton(pits, x, y)
        bottoms = settled[valleys.is_bottom(settled, x, y)]
        found += len(places)
        missed += (torch.cdist(bottoms, places).min(1).values > 0.01).sum().item()
    assert found > 40
    assert missed <= 1


def test_of_places_close_together_one_is_kept_for_each_land():
    places = torch.tensor([[0.0, 5.0], [0.0, 5.001], [1.0, 5.0], [0.0, 5.0]]).double()
    kept, land = valleys.distinct(places, torch.tensor([0, 0, 0, 1]))
    assert kept.tolist() == [[0.0, 5.0], [1.0, 5.0], [0.0, 5.0]]
    assert land.tolist() == [0, 0, 1]


def test_spoiling_moves_one_answer_of_each_land_and_nothing_else():
    some = lands.draw((0, 1), 2, n=4)
    change = outliers.spoil(some, 3.0).y - some.y
    assert change[..., 0].eq(3).all()
    assert change[..., 1:].eq(0).all()


def test_the_lowest_point_is_not_above_any_point_of_a_grid_under_either_loss():
    some = outliers.spoil(lands.draw((4,), 2, noise=0.1), 3.0)
    grid = gabor.points(120).flatten(0, 1)
    for height in outliers.LOSSES.values():
        found = outliers.lowest(some, height)[0]
        at = torch.stack([height(p, x, y) for p, x, y in zip(found, some.x[0], some.y[0], strict=True)])
        assert (at <= some.heights(grid, height)[0].amin(1)).all()


def test_the_tables_have_the_columns_that_the_charts_name():
    parts = terrain.on_the_map(1, 28, 0.1)
    assert list(parts) == ["picture", "first", "second", "height"]
    assert len(parts) <= 1500
    wander = bottoms.Wander((28,), torch.zeros(1, 2, 12, 2).double())
    assert list(wander.table()) == ["examples", "seed", "first", "second"]
    counts = valleys.Valleys({28: torch.ones(2)}, {0.3: torch.ones(2)})
    assert counts.table().valleys.tolist() == [1, 1, 1, 1]
