"""What the chapter on shallow networks builds on, against slower and simpler truths."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
import torch

from landscaping.ensemble import stack
from landscaping.models.shallow import Shallow
from landscaping.models.shallow_networks import by_hand, descent, regions, tables
from landscaping.randomness import born

SEEDS = tuple(range(1000, 1004))


def fractions(*hinges):
    return [tuple(map(Fraction, hinge)) for hinge in hinges]


def patterns_met_at_random(net, draws=200_000):
    """Patterns of active units that random points meet: never more than there are."""
    points = 6 * torch.randn(draws, net.hidden.in_features, generator=torch.Generator().manual_seed(0))
    return len({tuple(row) for row in (net.hidden(points) > 0).tolist()})


@pytest.mark.parametrize(
    ("hinges", "count"),
    [
        (fractions((1, 0)), 2),
        (fractions((1, 0), (2, 0)), 2),  # two units with one joint
        (fractions((1, 0), (-1, 1), (2, -4)), 4),
        (fractions((0, 1, 0), (0, 1, 1), (0, 2, 6)), 4),  # parallel lines
        (fractions((1, 1, 0), (1, 2, 0), (1, 3, 0)), 6),  # three lines through one point
        (fractions((1, 1, 0), (1, 2, 0), (1, 3, 5)), 7),
    ],
)
def test_regions_are_counted_where_they_can_be_counted_on_paper(hinges, count):
    assert regions.count_regions(hinges) == count


@pytest.mark.slow
@pytest.mark.parametrize("units", [3, 4, 5])
def test_random_points_meet_every_region_of_a_small_network_and_no_other(units):
    net = tables.fans_of_lines(units)
    assert patterns_met_at_random(net) == regions.count_regions(regions.exact_hinges(net))


@pytest.mark.slow
def test_each_new_line_adds_one_region_for_each_stretch_that_the_others_cut_it_into():
    counts = tables.lines_and_regions()["regions"].tolist()
    assert [b - a for a, b in zip([1, *counts], counts, strict=False)] == list(range(1, len(counts) + 1))


def test_all_lines_of_the_figure_cross_within_its_frame():
    for a, b in combinations(regions.exact_hinges(tables.fans_of_lines()), 2):
        x = regions.crossing(a, b)
        assert max(abs(x), abs(-(a[0] * x + a[2]) / a[1])) < 4


def test_counting_three_inputs_is_refused_in_words():
    net = born(lambda: Shallow(4, n_in=3), 0)
    with pytest.raises(ValueError, match="3 inputs, wants 1 or 2"):
        regions.count_regions(regions.exact_hinges(net))


@pytest.mark.parametrize("units", [1, 3, 10])
def test_the_square_root_by_hand_is_exact_at_its_joints_and_interpolates_between(units):
    x = np.linspace(0, 1, 501)
    joints = (np.arange(units + 1) / units) ** 4
    lines = np.interp(x, joints, np.sqrt(joints))
    drawn = by_hand.root(units)(torch.tensor(x).unsqueeze(1)).squeeze(1).numpy()
    np.testing.assert_allclose(drawn, lines, atol=1e-12)


@pytest.mark.parametrize("crowding", [1.0, 4.0])
def test_a_chord_misses_the_root_by_the_square_of_its_roots_difference_over_four_sums(crowding):
    for units, error in zip(by_hand.UNITS, by_hand.worst_root_errors(crowding=crowding), strict=True):
        roots = (torch.arange(units + 1, dtype=torch.float64) / units) ** (crowding / 2)
        a, b = roots[:-1], roots[1:]
        assert error.item() == pytest.approx(((b - a).square() / (4 * (a + b))).max().item(), rel=1e-4)


@pytest.mark.parametrize("slope", [1.0, 4.0, 50.0])
def test_two_hinges_of_a_slope_reach_the_floor_for_a_step(slope):
    x = (torch.arange(200_000, dtype=torch.float64) + 0.5).unsqueeze(1) / 100_000 - 1
    error = (by_hand.step(slope)(x) - descent.jump(x)).square().mean()
    assert error.item() * 24 * slope == pytest.approx(1, rel=1e-4)


@pytest.mark.parametrize("seed", range(1000, 1010))
def test_no_network_comes_closer_to_a_step_than_its_steepest_slope_allows(seed):
    nets = stack(lambda: Shallow(6), (seed,))
    features = torch.cat([(descent.FINELY @ nets.params["hidden.weight"][0].T
                           + nets.params["hidden.bias"][0]).relu(), torch.ones(4000, 1)], 1)  # fmt: skip
    best = torch.linalg.lstsq(features, descent.jump(descent.FINELY), driver="gelsd").solution
    nets.params["output.weight"].copy_(best[:-1].T.unsqueeze(0))
    nets.params["output.bias"].copy_(best[-1:].T)
    error = (nets(descent.FINELY) - descent.jump(descent.FINELY)).square().mean()
    assert error.item() * 24 * descent.steepest(nets).item() >= 1 - 1e-3


def test_the_steepest_slope_is_what_a_fine_walk_finds():
    nets = stack(lambda: Shallow(12), SEEDS)
    walk = nets(descent.FINELY)[:, :, 0].diff(dim=1).abs().amax(1) * 2000
    torch.testing.assert_close(descent.steepest(nets), walk, rtol=2e-3, atol=2e-3)


def test_moving_joints_leaves_the_slopes_of_all_hinges_as_they_were():
    before = stack(lambda: Shallow(descent.WIDTH), SEEDS)
    moved = before.copy()
    descent.spread(moved)
    assert (descent.share_inside(descent.joints(moved)) == 1).all()
    assert all(
        torch.equal(before.params[n], moved.params[n])
        for n in ("hidden.weight", "output.weight", "output.bias")
    )


def test_at_birth_a_quarter_of_the_joints_lies_in_the_range():
    places = descent.joints(stack(lambda: Shallow(4000), SEEDS))
    torch.testing.assert_close(
        descent.share_inside(places), torch.full((4,), 0.25, dtype=torch.float64), atol=0.03, rtol=0
    )


def test_descent_can_start_at_the_hand_made_network(monkeypatch):
    monkeypatch.setattr(descent, "STEPS", 1)
    descent.learn_root.cache_clear()
    start = descent.learn_root(SEEDS[:2], birth=descent.made_by_hand, rate=0.0)
    lines = by_hand.root(descent.WIDTH)(descent.EVENLY.double()).float()
    torch.testing.assert_close(start.nets(descent.EVENLY)[0], lines, atol=1e-3, rtol=0)
    descent.learn_root.cache_clear()
