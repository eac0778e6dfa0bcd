"""Slopes against autograd and theorem, filters against scikit-learn and Bayes, trust against counting."""

import numpy as np
import pytest
import torch
from scipy import optimize
from sklearn.naive_bayes import BernoulliNB
from torch.nn import functional

from landscaping.randomness import stream
from landscaping.supervised.classification import claims, costs, filters, mail, pulls, readers, tables, trust


def scores(n=50, size=4.0, seed=0):
    source = torch.Generator().manual_seed(seed)
    drawn = size * torch.randn(n, 10, generator=source, dtype=torch.float64)
    return drawn, torch.randint(10, (n,), generator=source)


@pytest.mark.parametrize("claim", [c for c in claims.CLAIMS if c.exact], ids=lambda claim: claim.label)
def test_exact_claims_hold_and_fail_on_their_controls(claim):
    assert claim.gate.holds(claim.measured(claim.experiment((0,))))
    assert claim.control_fails((0,))


def test_the_slope_of_cross_entropy_by_the_scores_is_probability_minus_label():
    z, y = scores()
    exact = (z.softmax(-1) - functional.one_hot(y, 10)).norm(dim=1)
    torch.testing.assert_close(pulls.by_scores(pulls.cross_entropy, z, y), exact, rtol=0, atol=1e-12)


def test_the_bounds_are_reached_by_even_wrong_classes_and_by_a_single_one():
    y = torch.zeros(2, dtype=torch.long)
    z = torch.zeros(2, 10, dtype=torch.float64)
    z[1, 1:] = torch.tensor([30.0] + 8 * [-30.0])
    ratio = pulls.by_scores(pulls.cross_entropy, z, y) / pulls.error(z, y)
    np.testing.assert_allclose(ratio, [claims.LEAST, claims.MOST], rtol=0, atol=1e-9)


def test_squared_error_is_the_distance_from_the_labels_corner():
    z, y = scores(5)
    by_hand = sum((z[i].softmax(0)[k] - float(k == y[i])) ** 2 for i in range(5) for k in range(10))
    assert pulls.squared(z, y).item() == pytest.approx(by_hand.item() / 5, abs=1e-12)


def test_the_pull_on_all_weights_is_that_of_ordinary_backpropagation():
    nets = pulls.stack(readers.network, (3,))
    x, y = torch.rand(1, 4, 64), torch.tensor([[1, 5, 0, 9]])
    found = pulls.by_weights(nets, pulls.squared, x, y)[0]
    net = pulls.stack(readers.network, (3,))
    for k in range(4):
        weights = {name: p[0].clone().requires_grad_() for name, p in net.params.items()}
        loss = pulls.squared(net.answer(weights, x[0, k : k + 1]), y[0, k : k + 1])
        slopes = torch.autograd.grad(loss, list(weights.values()))
        assert found[k].item() == pytest.approx(sum(s.square().sum() for s in slopes).sqrt().item(), rel=1e-4)


def box(n=200, seed=1, copies=mail.COPIES):
    return mail.messages(n, mail.vocabulary(seed, copies), stream("mail", seed))


def test_naive_bayes_is_scikit_learns():
    x, y = box()
    weights, intercept = filters.naive_bayes(x, y)
    theirs = BernoulliNB(alpha=1.0).fit(x.numpy(), y.numpy()).predict_log_proba(x.numpy())
    np.testing.assert_allclose(x @ weights + intercept, theirs[:, 1] - theirs[:, 0], rtol=0, atol=1e-9)


def test_logistic_regression_is_where_the_penalized_loss_is_lowest():
    x, y = box()
    weights, intercept = filters.logistic(x, y, filters.HELD)

    def height(at):
        odds = x.numpy() @ at[1:] + at[0]
        loss = np.logaddexp(0, odds) - y.numpy() * odds
        return loss.sum() + filters.HELD * (at[1:] ** 2).sum() / 2

    lowest = optimize.minimize(height, np.zeros(mail.WORDS + 1), method="L-BFGS-B", options={"ftol": 1e-14})
    np.testing.assert_allclose([intercept, *weights], lowest.x, rtol=0, atol=2e-3)


@pytest.mark.slow
def test_with_single_words_the_odds_of_naive_bayes_approach_the_true_ones():
    words = mail.vocabulary(5, copies=1)
    x, y = mail.messages(200_000, words, stream("mail", 5))
    weights, _ = filters.naive_bayes(x, y)
    torch.testing.assert_close(weights, 2 * words.evidence, rtol=0, atol=0.06)


def test_words_of_a_phrase_come_together_and_lone_words_alone():
    x, _ = box(20_000)
    together = torch.corrcoef(x.T)
    inside, outside = together[0, 1 : mail.COPIES], together[0, mail.PHRASED :]
    assert inside.min() > 0.6
    assert outside.abs().max() < 0.15


def test_half_of_the_mail_is_spam_and_a_vocabulary_belongs_to_its_seed():
    assert box()[1].mean() == 0.5
    assert torch.equal(mail.vocabulary(4).evidence, mail.vocabulary(4).evidence)
    assert not torch.equal(mail.vocabulary(4).middle, mail.vocabulary(5).middle)


def test_the_calibration_error_is_what_counting_by_hand_gives():
    sure = torch.tensor([0.55, 0.58, 0.95, 1.0], dtype=torch.float64)
    right = torch.tensor([True, False, True, True])
    by_hand = 0.5 * abs((0.55 + 0.58) / 2 - 0.5) + 0.5 * abs((0.95 + 1.0) / 2 - 1)
    assert trust.binned(sure, right).gap == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.slow
def test_answers_drawn_by_their_own_probabilities_are_calibrated():
    z, _ = scores(40_000, size=1.0)
    y = torch.multinomial(z.softmax(1), 1, generator=torch.Generator().manual_seed(1)).squeeze(1)
    assert trust.gap(z, y) < 0.01
    assert trust.temperature(z, y) == pytest.approx(1, abs=0.03)
    assert trust.temperature(3 * z, y) == pytest.approx(3, abs=0.09)


def test_a_temperature_is_scipys_and_changes_no_answer():
    z, y = scores(300)
    found = trust.temperature(z, y)
    theirs = optimize.minimize_scalar(
        lambda t: functional.cross_entropy(z / t, y).item(), bounds=(0.05, 50), method="bounded"
    )
    assert functional.cross_entropy(z / found, y).item() == pytest.approx(theirs.fun, abs=1e-6)
    assert torch.equal((z / found).argmax(1), z.argmax(1))


def test_where_every_answer_is_right_colder_is_always_better():
    z, _ = scores(20)
    assert trust.temperature(z, z.argmax(1)) == pytest.approx(1 / trust.COLDEST, rel=1e-6)


def test_with_true_odds_no_other_threshold_is_cheaper():
    """Bayes: odds of false alarm over miss. Spam is drawn by the odds themselves."""
    source = torch.Generator().manual_seed(2)
    odds = 3 * torch.randn(200_000, generator=source, dtype=torch.float64)
    spam = (torch.rand(200_000, generator=source, dtype=torch.float64) < odds.sigmoid()).double()
    best = costs.cost(odds, spam)
    assert all(best < costs.cost(odds + shift, spam) for shift in (-1.0, 1.0))
    assert best < costs.cost(odds - torch.inf, spam)


def test_confusions_leave_out_what_is_right_and_count_the_rest():
    said = torch.tensor([[0, 1, 2, 2], [0, 1, 1, 1]])
    truth = torch.tensor([[0, 1, 2, 3], [0, 2, 1, 1]])
    names = ("ten at once", "network", "kernel SVM")
    found = readers.Read(dict.fromkeys(names, said), truth)
    table = tables.confusions(found)
    assert table.groupby("reader")["times"].sum().to_dict() == dict.fromkeys(names, 2)
    assert found.right("network").tolist() == [75, 75]
    wrong = table[table["times"] > 0][["digit", "said"]].drop_duplicates()
    assert sorted(map(tuple, wrong.values.tolist())) == [(2, 1), (3, 2)]
