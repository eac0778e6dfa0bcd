"""The reference physics: rules as torch has them, and trees that hold."""

from itertools import chain, pairwise

import pytest
import torch

from landscaping.models import gabor
from landscaping.optimization.fences import Forest, Trees
from landscaping.optimization.marbles import RULES, Physics, reached, roll, share, throws
from landscaping.small_generator import BATCHES, DATA, SmallGenerator, batches

FENCE = Trees("fence", (-10.0, 6.0), (10.0, 12.0))
WALL = Trees("fence", (3.0, 0.0), (3.0, 30.0))
TIE = Trees("tie", (-8.0, 4.0), (9.0, 20.0))


@pytest.fixture(scope="module")
def data():
    return gabor.examples(28, 0.1, seed=1)


def doubles(*rows):
    return torch.tensor(rows, dtype=torch.float64)


def slopes(point, x, y):
    point = point.clone().requires_grad_()
    return torch.autograd.grad(gabor.loss(point, x, y), point)[0]


def test_plain_descent_is_a_step_down_the_slope(data):
    start = throws(1, 3)[0]
    path = roll(start[None], *data, Physics("plain", 0.5), steps=3)[:, 0]
    for here, there in pairwise(path):
        assert torch.allclose(there, here - 0.5 * slopes(here, *data), atol=1e-14)


@pytest.mark.slow
def test_marbles_do_not_feel_each_other(data):
    starts = throws(6, 2)
    for rule in RULES:
        together = roll(starts, *data, Physics(rule, 0.3), steps=20, trees=[FENCE])
        alone = [roll(s[None], *data, Physics(rule, 0.3), steps=20, trees=[FENCE]) for s in starts]
        assert torch.allclose(together, torch.cat(alone, 1), atol=1e-12), rule


@pytest.mark.parametrize("rule", RULES)
def test_no_marble_ever_stands_where_trees_stand(data, rule):
    path = roll(throws(60, 5), *data, Physics(rule, 2.0), steps=60, trees=[FENCE, WALL])
    assert Forest([FENCE, WALL]).height(path.reshape(-1, 2)).min() >= -1e-9
    free = roll(throws(60, 5), *data, Physics(rule, 2.0), steps=60)
    assert Forest([FENCE, WALL]).height(free.reshape(-1, 2)).min() < -1


@pytest.mark.parametrize("rule", RULES)
def test_tied_marbles_never_leave_the_line(data, rule):
    path = roll(throws(40, 6), *data, Physics(rule, 0.5), steps=60, trees=[TIE])
    assert Forest([TIE]).height(path.reshape(-1, 2)).abs().max() < 1e-9


def test_the_nearest_allowed_point_is_nearer_than_every_allowed_point_of_a_grid():
    corner = Trees("fence", (8.0, 20.0), (-9.0, 15.0))
    forest = Forest([FENCE, WALL, corner])
    grid = gabor.points(200).reshape(-1, 2)
    allowed = grid[(forest.height(grid) >= 0).all(1)]
    starts = throws(200, 8)
    best = torch.cdist(starts, allowed).min(1).values
    nearest = (forest.nearest(starts) - starts).norm(dim=1)
    assert (nearest <= best + 1e-12).all()
    assert (nearest >= best - 0.1).all()  # half a square's diagonal away at most


def momentum_after(data, physics, start, trees):
    """Where one marble stands after one step and after two."""
    return roll(start, *data, physics, steps=2, trees=trees)[1:, 0]


@pytest.mark.parametrize("beyond", [0.0, 0.4])
def test_a_step_that_meets_the_fence_loses_its_velocity_into_it(data, beyond):
    """Meeting is landing on the fence exactly as well as passing it."""
    start, rate = doubles([-3.0, 12.0]), 4.0
    way = -rate * slopes(start[0], *data)
    stand = start[0] + (1 - beyond) * way
    across = torch.stack([-way[1], way[0]])
    fence = Trees("fence", tuple((stand - across).tolist()), tuple((stand + across).tolist()))
    if Forest([fence]).height(start).item() < 0:
        fence = Trees("fence", fence.end, fence.start)
    first, second = momentum_after(data, Physics("momentum", rate), start, [fence])
    assert torch.allclose(first, stand, atol=1e-12)
    # nothing is left of a velocity straight into the fence: the second step is plain descent
    plain = Forest([fence]).nearest((stand - rate * slopes(stand, *data))[None])[0]
    assert torch.allclose(second, plain, atol=1e-11)


def test_a_step_that_stays_clear_of_the_fence_keeps_its_velocity(data):
    start = doubles([-3.0, 12.0])
    far = Trees("fence", (-50.0, 50.0), (-50.0, 0.0))
    physics = Physics("momentum", 1.0)
    assert torch.equal(roll(start, *data, physics, 10, [far]), roll(start, *data, physics, 10))


def test_velocity_along_the_fence_survives():
    forest = Forest([Trees("fence", (0.0, 5.0), (1.0, 5.0))])
    on, above = doubles([0.0, 5.0]), doubles([0.0, 6.0])
    into = doubles([2.0, -3.0])
    assert forest.slide(into, on).tolist() == [[2.0, 0.0]]
    assert forest.slide(into, above).tolist() == into.tolist()
    assert forest.slide(-into, on).tolist() == (-into).tolist()


def test_trees_that_leave_no_land_are_refused():
    with pytest.raises(ValueError, match="leave no land"):
        Forest([Trees("fence", (0.0, 10.0), (1.0, 10.0)), Trees("fence", (1.0, 9.0), (0.0, 9.0))])
    with pytest.raises(ValueError, match="leave no land"):
        Forest([Trees("tie", (0.0, 10.0), (1.0, 10.0)), Trees("tie", (0.0, 9.0), (1.0, 9.0))])


def test_trees_at_one_point_and_unknown_rules_are_refused():
    with pytest.raises(ValueError, match="two different points"):
        Trees("fence", (1.0, 2.0), (1.0, 2.0))
    with pytest.raises(ValueError, match="one of plain, minibatch, momentum, adam"):
        Physics("newton")


def test_an_epoch_shows_every_example_once():
    order = batches(7, 3, seed=2)
    first, second = [[next(order) for _ in range(3)] for _ in range(2)]
    assert [len(b) for b in first] == [3, 3, 1]
    assert sorted(chain(*first)) == sorted(chain(*second)) == list(range(7))
    assert first != second


def test_the_small_generator_has_its_known_values():
    """The same constants stand in tests/browser/test_landscape.py: both languages must give them."""
    chance = SmallGenerator(1, DATA)
    assert [chance.word() for _ in range(3)] == [1486870344, 755456664, 333189277]
    assert SmallGenerator(3, BATCHES).shuffled(10) == [1, 7, 8, 9, 4, 2, 3, 0, 6, 5]


@pytest.mark.slow
def test_uniform_and_normal_numbers_look_like_it():
    chance = SmallGenerator(7, DATA)
    uniform = torch.tensor([chance.uniform() for _ in range(20_000)])
    normal = torch.tensor([chance.normal() for _ in range(20_000)])
    assert uniform.mean() == pytest.approx(0.5, abs=0.01)
    assert uniform.var() == pytest.approx(1 / 12, abs=0.003)
    assert normal.mean() == pytest.approx(0, abs=0.03)
    assert normal.var() == pytest.approx(1, abs=0.05)


@pytest.mark.slow
def test_a_tie_through_the_target_leads_every_marble_on_its_slope_home(data):
    """A constraint that knows something brings home more than the same physics alone."""
    starts, physics = throws(100, 4), Physics("plain", 2.0)
    bottom = gabor.lowest(*data)
    tie = Trees("tie", (bottom[0].item(), 0.0), (bottom[0].item(), 30.0))
    assert share(starts, *data, physics, trees=[tie]) > share(starts, *data, physics) + 0.3


def test_reached_means_within_one_of_the_lowest_point(data):
    bottom = gabor.lowest(*data)
    ends = torch.stack([bottom, bottom + doubles(0.0, 0.99), bottom + doubles(1.01, 0.0)])
    assert reached(ends, *data).tolist() == [True, True, False]
