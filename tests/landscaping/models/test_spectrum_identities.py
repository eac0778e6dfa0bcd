"""Identities of the chapter on the spectrum, against slower and simpler truths."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression

from landscaping.datasets import diabetes
from landscaping.ensemble import Ensemble, stack
from landscaping.models.shallow import Shallow
from landscaping.models.spectrum import adding, patients, tables, told
from landscaping.models.spectrum.square import SQUARE, relative_error, without_biases

SEEDS = tuple(range(1000, 1008))


def untrained(bias: bool = True) -> Ensemble:
    return stack(lambda: Shallow(16, n_in=2, bias=bias).double(), SEEDS)


def one_hinge() -> Ensemble:
    """`relu(x₁ + x₂ + 2) − 2`: exact on the training square."""
    net = Shallow(1, n_in=2).double()
    values = {
        "hidden.weight": [[1.0, 1.0]],
        "hidden.bias": [2.0],
        "output.weight": [[1.0]],
        "output.bias": [-2.0],
    }
    params = {name: torch.tensor([value], dtype=torch.float64) for name, value in values.items()}
    return Ensemble(net.to("meta"), params, (0,))


def test_shallow_is_the_sum_of_its_hinges_written_out():
    net, x = Shallow(5, n_in=3).double().requires_grad_(False), torch.randn(7, 3, dtype=torch.float64)
    rows = [
        net.output.bias.item()
        + sum(
            net.output.weight[0, i].item()
            * max(0.0, float(net.hidden.weight[i] @ point + net.hidden.bias[i]))
            for i in range(5)
        )
        for point in x
    ]
    torch.testing.assert_close(net(x).squeeze(1), torch.tensor(rows, dtype=torch.float64))


@pytest.mark.parametrize("factor", [1e-3, 1.0, 7.0, 1e4])
def test_without_biases_larger_inputs_give_answers_larger_by_the_same_factor(factor):
    nets = untrained(bias=False)
    torch.testing.assert_close(nets(factor * SQUARE), factor * nets(SQUARE), rtol=1e-12, atol=1e-12)


def test_with_biases_they_do_not():
    nets = untrained()
    assert ((nets(100 * SQUARE) - 100 * nets(SQUARE)).abs().amax((1, 2)) > 1).all()


@pytest.mark.parametrize("factor", [0.1, 1.0, 30.0, 1e3])
def test_a_network_is_never_farther_from_its_bare_self_than_its_biases_allow(factor):
    nets, p = untrained(), untrained().params
    bound = p["output.bias"].abs().sum(1) + (p["output.weight"][:, 0].abs() * p["hidden.bias"].abs()).sum(1)
    gap = (nets(factor * SQUARE) - factor * without_biases(nets)(SQUARE)).abs().amax((1, 2))
    assert (gap <= bound + 1e-9).all()


def test_deleting_biases_leaves_the_networks_themselves_as_they_were():
    nets = untrained()
    before = nets.flat().clone()
    assert (without_biases(nets).params["hidden.bias"] == 0).all()
    assert torch.equal(nets.flat(), before)


def test_one_shifted_hinge_is_exact_inside_and_errs_by_a_third_far_outside():
    assert relative_error(one_hinge(), 1.0).item() < 1e-15
    far = relative_error(one_hinge(), 1e6).item()
    assert far == pytest.approx(1 / 3, abs=0.001)


def test_least_squares_is_scikit_learns_regression():
    seen, held_back = diabetes.split(60, 1000)
    truth = LinearRegression().fit(seen.x.numpy(), seen.y.numpy())
    np.testing.assert_allclose(
        told.least_squares(seen.x, seen.y)(held_back.x), truth.predict(held_back.x.numpy()), atol=1e-10
    )


@pytest.mark.parametrize("seed", range(1000, 1005))
def test_two_opposite_hinges_are_any_line(seed):
    source = torch.Generator().manual_seed(seed)
    numbers = torch.randn(6, generator=source, dtype=torch.float64)
    line = told.Line(weights=numbers[:5], intercept=numbers[5])
    x = 100 * torch.randn(50, 5, generator=source, dtype=torch.float64)
    assert told.Emulation(line, told.as_network(line), x).gap() < 1e-10


def test_three_pairs_fix_the_sum_and_two_do_not():
    assert (told.line_from_pairs(SEEDS) < 1e-6).all()
    assert (told.line_from_two_pairs(SEEDS) > 1e-3).all()


def test_a_push_by_size_stops_at_zero_and_a_push_by_squares_never_gets_there():
    weights = torch.tensor([-2.0, -0.05, 0.0, 0.05, 2.0])
    torch.testing.assert_close(adding.by_sizes(weights, 0.1), torch.tensor([-1.9, 0.0, 0.0, 0.0, 1.9]))
    torch.testing.assert_close(adding.by_squares(weights, 0.1), 0.9 * weights)


@pytest.fixture
def short_training(monkeypatch):
    """Twenty steps in place of thousands; nothing of them is kept."""
    monkeypatch.setattr(adding, "STEPS", 20)
    monkeypatch.setattr(adding, "MARKS", (0, 20))
    adding.adding_runs.cache_clear()
    yield
    adding.adding_runs.cache_clear()


@pytest.mark.usefixtures("short_training")
def test_a_push_reaches_the_weights_that_training_goes_on_with():
    strong = adding.adding_runs(SEEDS[:2], push=adding.by_sizes, strength=10.0)
    assert (tables.zeros(strong) > tables.zeros(adding.plain(SEEDS[:2]))).all()
    assert strong.error.shape == (2, len(adding.REACHES), 2)


@pytest.mark.usefixtures("short_training")
@pytest.mark.parametrize("arm", [adding.plain, adding.unbiased])
def test_the_table_of_hinges_says_what_the_networks_say(arm):
    run = arm(SEEDS[:2])
    table, point = tables.hinges({"arm": run}), torch.tensor([[0.3, -2.0]])
    inner = table["first"] * 0.3 + table["second"] * -2.0 + table["bias"]
    answers = (table["height"] * inner.clip(lower=0)).groupby(table["seed"]).sum()
    np.testing.assert_allclose(answers, run.nets(point).detach().flatten(), atol=1e-4)


def test_the_line_is_scored_as_scikit_learn_scores_it(monkeypatch):
    monkeypatch.setattr(patients, "STEPS", 10)
    line, fitted, stopped = patients.compare_at(50, SEEDS[:2])
    for at, seed in enumerate(SEEDS[:2]):
        seen, held_back = diabetes.split(50, seed)
        truth = LinearRegression().fit(seen.x.numpy(), seen.y.numpy())
        assert line[at].item() == pytest.approx(truth.score(held_back.x.numpy(), held_back.y.numpy()))
    assert (stopped >= fitted).all()
