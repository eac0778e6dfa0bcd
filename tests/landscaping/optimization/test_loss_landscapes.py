"""Identities and theorems of the chapter on loss landscapes, against slower and simpler truths."""

from itertools import permutations

import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from landscaping.ensemble import stack
from landscaping.optimization.hessian import at_rows, named
from landscaping.optimization.loss_landscapes import (
    arcs,
    copies,
    cuts,
    eigenvalues,
    pairs,
    paths,
    saddles,
    ways,
)
from landscaping.randomness import stream

SEEDS = (0, 1)


@pytest.fixture(scope="module")
def seen():
    return pairs.handwriting(SEEDS, 60)


@pytest.fixture(scope="module")
def ends(seen):
    first, second = (stack(lambda: pairs.network(6), tuple(s + far for s in SEEDS)) for far in (0, 50))
    return pairs.Pairs(first, second, seen)


def test_the_best_order_is_the_best_of_all_orders():
    likeness = torch.randn(3, 5, 5, generator=stream("test", 0))
    found = copies.best_orders(likeness)
    for table, order in zip(likeness, found, strict=True):
        every = [table[range(5), list(one)].sum() for one in permutations(range(5))]
        assert table[range(5), order].sum() == max(every)


def test_a_shuffled_network_is_put_back_in_order(ends):
    shuffled = copies.renumbered(ends.first, copies.shuffles(SEEDS, 6))
    assert not torch.equal(shuffled.flat(), ends.first.flat())
    back = copies.matched(ends.first, shuffled, ends.seen.x)
    assert torch.equal(back.flat(), ends.first.flat())


def test_exchanging_units_with_all_that_goes_out_changes_no_answer(ends):
    copy = copies.renumbered(ends.first, copies.shuffles(SEEDS, 6))
    torch.testing.assert_close(copy(ends.seen.x, True), ends.first(ends.seen.x, True), rtol=0, atol=1e-6)
    half = copies.half_renumbered(ends.first, copies.shuffles(SEEDS, 6))
    assert (half(ends.seen.x, True) - ends.first(ends.seen.x, True)).abs().max() > 0.01


def test_a_way_begins_and_ends_where_it_should_and_is_pulled_to_its_middle(ends):
    a, b = ends.first.params, ends.second.params
    middle = {name: p + 1 for name, p in a.items()}
    for way in (pairs.straight(ends.first, ends.second), paths.bent(a, middle, b)):
        assert all(torch.equal(way(0.0)[name], a[name]) for name in a)
        assert all(torch.allclose(way(1.0)[name], b[name]) for name in a)
    halfway = paths.bent(a, middle, b)(0.5)
    for name in a:
        torch.testing.assert_close(halfway[name], a[name] / 4 + middle[name] / 2 + b[name] / 4)


def test_a_bend_not_yet_trained_is_the_straight_line(ends):
    middle = paths.trained_middle(ends, steps=0)
    bent = paths.bent(ends.first.params, middle.params, ends.second.params)
    x, y = ends.seen.x, ends.seen.y
    straight = pairs.profile(ends.first, pairs.straight(ends.first, ends.second), x, y, 7)
    torch.testing.assert_close(pairs.profile(ends.first, bent, x, y, 7), straight)


def test_training_the_bend_lowers_it_and_leaves_its_ends(ends):
    before = ends.first.flat().clone(), ends.second.flat().clone()
    middle = paths.trained_middle(ends, steps=60)
    bent = paths.bent(ends.first.params, middle.params, ends.second.params)
    x, y = ends.seen.x, ends.seen.y
    straight = pairs.profile(ends.first, pairs.straight(ends.first, ends.second), x, y, 7)
    assert (pairs.profile(ends.first, bent, x, y, 7)[1:-1] < straight[1:-1]).all()
    assert torch.equal(ends.first.flat(), before[0])
    assert torch.equal(ends.second.flat(), before[1])


def test_a_barrier_is_counted_from_the_line_between_the_ends():
    heights = torch.tensor([[0.0, 1.0], [2.0, 1.5], [1.0, 3.0]])
    torch.testing.assert_close(pairs.barrier(heights), torch.tensor([1.5, 0.0]))


def test_a_profile_is_the_loss_of_the_mixed_networks(ends):
    found = pairs.profile(ends.first, pairs.straight(ends.first, ends.second), ends.seen.x, ends.seen.y, 5)
    net = pairs.network(6)
    for k in range(5):
        mixed = (1 - k / 4) * ends.first.flat()[1] + k / 4 * ends.second.flat()[1]
        torch.nn.utils.vector_to_parameters(mixed, net.parameters())
        truth = cross_entropy(net(ends.seen.x[1]), ends.seen.y[1])
        torch.testing.assert_close(found[k, 1], truth.detach())


def test_in_a_bowl_no_straight_line_has_a_barrier():
    point = torch.randn(50, 2, 4, generator=stream("test", 1))
    share = torch.linspace(0, 1, 25)[:, None, None]
    line = (1 - share) * point[:, 0] + share * point[:, 1]
    assert pairs.barrier(line.square().sum(2)).max() <= 1e-6


def test_rescaling_moves_the_weights_and_no_answer(ends):
    moved = cuts.rescaled(ends.first, 3.0)
    assert (moved.flat() - ends.first.flat()).norm() > 1
    torch.testing.assert_close(moved(ends.seen.x, True), ends.first(ends.seen.x, True), rtol=0, atol=1e-5)


def test_one_factor_for_all_units_leaves_the_normalized_slice_and_a_factor_each_does_not(ends):
    direction = cuts.random_direction(ends.first)

    def cut(nets):
        return cuts.slice_through(nets, cuts.filter_normalized(nets, direction), ends.seen)

    plain = cut(ends.first)
    torch.testing.assert_close(cut(cuts.rescaled(ends.first, 3.0)), plain, rtol=1e-4, atol=1e-5)
    each, factors = ends.first.copy(), torch.arange(1.0, 7.0)
    each.params["0.weight"] *= factors[:, None]
    each.params["0.bias"] *= factors
    each.params["2.weight"] /= factors
    torch.testing.assert_close(each(ends.seen.x, True), ends.first(ends.seen.x, True), rtol=0, atol=1e-5)
    assert (cut(each) - plain).abs().max() > 1e-3  # a hundred times what rounding does


def test_every_units_part_of_a_normalized_direction_is_as_long_as_its_weights(ends):
    made = cuts.filter_normalized(ends.first, cuts.random_direction(ends.first))
    torch.testing.assert_close(made["0.weight"].norm(dim=2), ends.first.params["0.weight"].norm(dim=2))
    torch.testing.assert_close(made["2.bias"].abs(), ends.first.params["2.bias"].abs())


@pytest.fixture(scope="module")
def valley():
    return saddles.narrow(SEEDS)


@pytest.mark.slow
def test_the_narrow_network_stands_at_the_bottom_of_a_valley(valley):
    assert valley.slope().max() < 1e-8
    assert valley.curvatures()[:, 0].min() > 0


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.5, 2.0, -0.3])
def test_a_twin_changes_no_answer_and_leaves_the_slope_at_zero(valley, share):
    twins = saddles.twinned(valley, share)
    torch.testing.assert_close(twins.loss(), valley.loss())
    assert twins.slope().max() < 1e-7


@pytest.mark.slow
def test_moving_twins_apart_changes_the_loss_as_the_second_derivative_foretells(valley):
    """Along (u, −u) the loss bends by the mean of slope-by-answer × ω σ''(z) (u·x)², and by nothing else."""
    twins, u = saddles.twinned(valley), torch.randn(saddles.INPUTS, generator=stream("test", 2)).double()
    direction = torch.zeros_like(twins.rows)
    direction[:, : 2 * saddles.INPUTS] = torch.cat([u, -u])
    weights = named(valley.nets, valley.rows)
    z = (twins.x @ weights["0.weight"].mT + weights["0.bias"][:, None])[..., 0]
    error = valley.nets.copy()
    error.params = weights
    by_answer = 2 * (error(valley.x, True) - valley.y)[..., 0]
    bend = -2 * z.tanh() * (1 - z.tanh() ** 2)
    out = weights["2.weight"][:, 0]
    foretold = (by_answer * out * bend * (twins.x @ u) ** 2).mean(1)
    found = torch.einsum("sw,swv,sv->s", direction, twins.hessian(), direction)
    torch.testing.assert_close(found, foretold)


@pytest.mark.slow
def test_descent_from_the_saddle_is_torchs_own(valley):
    twins = saddles.twinned(valley)
    row = twins.rows + 0.01 * saddles.lowest_and_highest(twins)[2]
    losses = saddles.descent(twins, row, torch.tensor([0.05, 0.02]).double(), 20)
    net = saddles.network(2)
    torch.nn.utils.vector_to_parameters(row[1], net.parameters())
    rule = torch.optim.SGD(net.parameters(), lr=0.02)
    for step in range(20):
        rule.zero_grad()
        loss = (net(twins.x[1]) - twins.y[1]).square().mean()
        torch.testing.assert_close(losses[step, 1], loss.detach())
        loss.backward()
        rule.step()


def test_networks_stop_where_their_loss_first_lies_below_the_bottom():
    seen = pairs.handwriting(SEEDS, 80)
    nets = eigenvalues.born(SEEDS)
    before = nets.flat().clone()
    down = eigenvalues.run_down(nets, seen)
    loss = at_rows(down, cross_entropy, down.flat(), seen.x, seen.y, per_seed=True)
    assert (loss < eigenvalues.BOTTOM).all()
    assert (loss > 0.8 * eigenvalues.BOTTOM).all()
    assert torch.equal(nets.flat(), before)


def test_two_that_were_one_for_half_of_the_training_are_still_two_networks():
    """The control of the barrier must not be a network beside itself."""
    seen = pairs.handwriting(SEEDS, 200)
    first = pairs.learned(SEEDS, seen, 8, steps=20)
    second = type(first)(first.net, first.copy().params, tuple(s + pairs.ELSEWHERE for s in SEEDS))
    for nets in (first, second):
        pairs.learn(nets, seen, 20)
    assert (first.flat() - second.flat()).norm(dim=1).min() > 0.1


def test_five_digits_are_five_digits_for_every_seed():
    seen = eigenvalues.five_digits(SEEDS)
    assert seen.x.shape == (2, eigenvalues.EXAMPLES, 64)
    assert seen.y.unique().tolist() == [0, 1, 2, 3, 4]


@pytest.mark.slow
def test_the_small_networks_weights_travel_rounded_and_their_ends_are_low():
    found = arcs.arcs()
    assert torch.equal(found.rows, found.rows.round(decimals=arcs.DIGITS))
    nets = stack(arcs.network, arcs.PAIRS)
    ends = [
        at_rows(nets, binary_cross_entropy_with_logits, found.rows[:, k], found.x, found.y) for k in (0, 1, 3)
    ]
    assert ends[0].max() < 0.01
    torch.testing.assert_close(ends[1], ends[2], rtol=0, atol=1e-4)


def test_a_crossing_knows_every_way_its_middle_and_its_ends(ends):
    found = ways.cross(ends, bending=2)
    assert set(found.heights) == set(found.middle) == set(ways.WAYS)
    x, y = ends.seen.x, ends.seen.y
    low = pairs.losses_at(ends.first, ends.first.params, x, y)
    assert all(torch.allclose(height[0], low) for height in found.heights.values())
    torch.testing.assert_close(found.heights[ways.OWN_COPY][-1], low)
    torch.testing.assert_close(found.heights[ways.STRAIGHT][-1], found.heights[ways.RENUMBERED][-1])
