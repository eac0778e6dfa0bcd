"""What the chapter on flatness proves, at small size; its trained claims run with all the others."""

from itertools import islice

import pytest
import torch
from torch.func import hessian

from landscaping.ensemble import SGD, run, stack, train
from landscaping.generalization.flatness import SAME, disturbed, matched, one_curve, rescaling
from landscaping.generalization.flatness.matched import LARGE, SMALL, Examples, Way
from landscaping.optimization.speed_limit import squared_error

TWO = (0, 1)


@pytest.fixture
def few(monkeypatch):
    """Forty digits a seed."""
    monkeypatch.setattr(matched, "EXAMPLES", 40)
    return matched.drawn.__wrapped__(TWO, True)


@pytest.mark.slow
def test_the_floor_of_two_weights_has_the_curvature_of_their_squares():
    for w in (0.3, 1.0, 3.0):
        at = torch.tensor([1 / w, w], dtype=torch.float64)
        found = hessian(lambda p: 0.5 * (p.prod() - 1) ** 2)(at)
        assert torch.linalg.eigvalsh(found)[-1].item() == pytest.approx(at.square().sum().item())
        relative = at[:, None] * found * at
        assert torch.linalg.eigvalsh(relative)[-1].item() == pytest.approx(2)


def test_a_rescaled_hessian_is_the_old_one_with_rows_and_columns_over_the_factors():
    weights, factor = one_curve.born(2), 3.0
    stretch = one_curve.rescaled(torch.ones_like(weights), factor)
    before, after = (hessian(one_curve.loss)(w) for w in (weights, weights * stretch))
    torch.testing.assert_close(after, before / stretch[:, None] / stretch)


def test_sharpness_is_never_below_an_entry_of_the_diagonal_so_it_grows_without_bound():
    weights = one_curve.born(2)
    entry = hessian(one_curve.loss)(weights).diagonal()[2 * one_curve.UNITS : -1].max().item()
    for factor in (1.0, 10.0, 1000.0):
        assert one_curve.sharpest(one_curve.rescaled(weights, factor))[0] >= entry * factor**2 * (1 - 1e-9)


def test_the_small_network_answers_alike_and_is_relatively_as_sharp_at_every_factor():
    weights, x = one_curve.born(3), torch.linspace(-1, 1, 50, dtype=torch.float64)
    for factor in (0.1, 7.0):
        twin = one_curve.rescaled(weights, factor)
        torch.testing.assert_close(one_curve.answer(twin, x), one_curve.answer(weights, x))
        ours, before = (one_curve.sharpest(w, relative=True)[0] for w in (twin, weights))
        assert ours == pytest.approx(before, rel=1e-9)


def test_a_step_along_the_sharpest_direction_costs_half_the_curvature():
    weights = one_curve.born(3)
    curvature, along = one_curve.sharpest(weights)
    step = 1e-4
    there, here, back = one_curve.cut(weights, along, torch.tensor([step, 0.0, -step], dtype=torch.float64))
    assert ((there - 2 * here + back) / step**2).item() == pytest.approx(curvature, rel=1e-4)


def test_descent_of_the_small_network_is_torchs():
    start = one_curve.born(5)
    leaf = start.clone().requires_grad_()
    rule = torch.optim.SGD([leaf], lr=0.05)
    for _ in range(6):
        rule.zero_grad()
        one_curve.loss(leaf).backward()
        rule.step()
    torch.testing.assert_close(one_curve.descent(start, 0.05, 6)[-1], leaf.detach())


def test_relu_units_pass_a_factor_on_and_tanh_units_do_not():
    SAME.check(SAME.experiment((1000,)))
    assert SAME.control_fails((1000,))


def test_a_power_of_two_changes_not_even_the_last_digit():
    nets = stack(matched.network, TWO)
    x = matched.drawn(TWO, False).test_x[:, :50]
    for factor in (rescaling.FACTOR, rescaling.GENTLE):
        assert torch.equal(rescaling.rescaled(nets, factor)(x, per_seed=True), nets(x, per_seed=True))


def test_networks_are_caught_where_they_first_come_down_to_each_loss(few):
    way, levels = Way(0.2), (0.42, 0.3)
    found = matched.stops(way, levels, few, TWO)
    for seed in range(2):  # one network after the other, looking as often
        nets = stack(matched.network, TWO)
        training = train(nets, squared_error, few.x, few.y, SGD(way.rate), per_seed=True)
        for level in levels:
            while matched.loss_of(nets, few)[seed] > level:
                run(islice(training, round(matched.LOOK / way.rate)))
            torch.testing.assert_close(found[level].flat()[seed], nets.flat()[seed])


def test_a_loss_that_is_not_reached_is_said_with_the_seeds(few, monkeypatch):
    monkeypatch.setattr(matched, "LONGEST", 2.0)
    with pytest.raises(RuntimeError, match=r"rate 0.1, all examples: seeds \[0, 1\] did not come down"):
        matched.stops(SMALL, (1e-6,), few, TWO)


def test_every_way_starts_from_the_same_weights_and_learns_from_the_same_digits(few):
    both = matched.compared((SMALL, LARGE), (0.9,), few, TWO)[0.9]
    assert both.examples is few
    apart = both.nets[SMALL].flat() - both.nets[LARGE].flat()
    assert 0 < apart.abs().max() < 0.1  # both took steps of one rate × steps


def test_a_fifth_of_the_training_labels_is_drawn_anew_and_test_labels_are_true():
    noisy, true = (matched.drawn(TWO, noise) for noise in (True, False))
    changed = (noisy.y != true.y).any(2).float().mean()
    assert 0.1 < changed < 0.26
    assert torch.equal(noisy.test_y, true.test_y)
    assert torch.equal(noisy.x, true.x)


def test_wrong_answers_are_counted_in_a_hundred():
    nets = stack(matched.network, TWO)
    for parameter in nets.params.values():
        parameter.zero_()
    nets.params["4.bias"][:, 3] = 1.0  # both say three, always
    seen = Examples(
        *(torch.zeros(2, 4, width) for width in (64, 10, 64)), torch.tensor([[3, 3, 3, 1], [3, 1, 1, 1]])
    )
    assert matched.wrong(nets, seen).tolist() == [25.0, 75.0]


def test_errors_have_their_size_and_each_seed_its_own():
    nets = stack(matched.network, TWO)
    before = nets.flat().clone()
    moved = disturbed.with_errors(nets, 0.05, 0).flat() - before
    assert moved.std().item() == pytest.approx(0.05, rel=0.05)
    assert not torch.equal(moved[0], moved[1])
    assert torch.equal(nets.flat(), before)
    pictures = torch.zeros(2, 30, 64)
    noise = disturbed.with_noise(pictures, TWO, 0.5, 0)
    assert noise.std().item() == pytest.approx(0.5, rel=0.05)
    assert not torch.equal(noise, disturbed.with_noise(pictures, TWO, 0.5, 1))
