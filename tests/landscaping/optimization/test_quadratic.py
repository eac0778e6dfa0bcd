import pytest
import torch

from landscaping.optimization import quadratic


def test_a_step_multiplies_the_distance_by_one_minus_rate_times_curvature():
    place = 3.0
    for seen in quadratic.roll(torch.tensor([4.0]), torch.tensor([3.0]), rate=0.3, steps=12)[:, 0]:
        assert seen.item() == pytest.approx(place, rel=1e-12)
        place = place - 0.3 * 4.0 * place


@pytest.mark.parametrize(("share_of_limit", "home"), [(0.98, True), (1.02, False)])
def test_two_over_curvature_divides_coming_home_from_flying_apart(share_of_limit, home):
    path = quadratic.roll(torch.tensor([5.0]), torch.ones(1), share_of_limit * 2 / 5, steps=400)
    assert (path[-1].abs().item() < 1e-3) is home
    assert (path[-1].abs().item() > 1e3) is not home


def test_rates_mirrored_about_one_over_curvature_need_the_same_steps():
    near, far = (quadratic.roll(torch.tensor([5.0]), torch.ones(1), rate).abs() for rate in (0.1, 0.3))
    torch.testing.assert_close(near, far, rtol=1e-12, atol=0)


@pytest.mark.slow
def test_the_limit_found_by_trying_is_that_of_a_bowl_whose_limit_is_known():
    bowl = quadratic.Valleys(8 * torch.eye(3).double()[None], torch.ones(1, 3).double())
    assert bowl.limit().item() == pytest.approx(2 / 8, rel=1e-6)


def test_random_valleys_have_the_curvatures_they_were_made_with():
    made = quadratic.valleys((0, 7))
    values = torch.stack([torch.linalg.eigvals(h).real.sort().values for h in made.hessian])
    torch.testing.assert_close(made.curvatures, values, rtol=1e-8, atol=1e-10)
    assert made.curvatures.min() > 10**-1.51
    assert made.curvatures.max() < 10**1.51


def test_momentum_swings_exactly_where_the_roots_of_its_recurrence_are_complex():
    momentum = 0.9
    edge = (1 - momentum**0.5) ** 2
    assert quadratic.overshoot(quadratic.coasting(momentum, 0.9 * edge, steps=600)) == 0
    assert quadratic.overshoot(quadratic.coasting(momentum, 1.5 * edge, steps=600)) > 0


def test_plain_descent_below_one_over_curvature_never_crosses():
    for product in (0.01, 0.1, 0.5, 0.99):
        assert quadratic.overshoot(quadratic.coasting(0.0, product)) == 0
    assert quadratic.overshoot(quadratic.coasting(0.0, 1.5)) == pytest.approx(0.5)


def test_the_table_of_two_overshoots_has_a_row_for_each_way_and_step():
    table = quadratic.two_overshoots(steps=10)
    assert table.groupby("how")["step"].count().tolist() == [11, 11, 11]
    assert (table.query("step == 0")["place"] == 1).all()
