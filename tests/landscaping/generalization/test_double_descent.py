"""The theorems of the chapter on double descent, and its shortest fits, against slower and simpler truths."""

from itertools import product

import pytest
import torch
from torch.nn import functional

from landscaping.generalization.double_descent import (
    CLAIMS,
    PLACE,
    nets,
    one_dimension,
    place,
    tables,
    widths,
)
from landscaping.generalization.double_descent.features import (
    CLASSES,
    REDRAWN,
    Task,
    hinges,
    images,
    redrawn,
    targets,
)
from landscaping.generalization.double_descent.least_squares import gain, smallest_fit


def normal(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_with_fewer_features_than_examples_the_fit_solves_the_normal_equations():
    features, wanted = normal(20, 7), normal(20, 3, seed=1)
    direct = torch.linalg.solve(features.T @ features, features.T @ wanted)
    assert torch.allclose(smallest_fit(features, wanted), direct)


def test_with_more_features_than_examples_it_hits_all_targets_and_nothing_shorter_does():
    features, wanted = normal(7, 20), normal(7, 1, seed=1)
    found = smallest_fit(features, wanted)
    assert torch.allclose(features @ found, wanted)
    unseen = normal(20, 1, seed=2)
    unseen = unseen - torch.linalg.pinv(features) @ (features @ unseen)
    assert torch.allclose(features @ (found + unseen), wanted)
    assert (found + unseen).norm() > found.norm()


@pytest.mark.parametrize("shape", [(20, 7), (7, 20)])
def test_a_ridge_solves_its_own_equations(shape):
    features, wanted = normal(*shape), normal(shape[0], 2, seed=1)
    inner = features.T @ features + 0.3 * torch.eye(shape[1]).double()
    assert torch.allclose(smallest_fit(features, wanted, 0.3), torch.linalg.solve(inner, features.T @ wanted))


def test_a_ridge_never_multiplies_by_more_than_one_over_twice_its_root():
    stretch = torch.logspace(-6, 3, 200).double()
    for ridge in (1e-4, 0.1, 1.0, 30.0):
        assert gain(stretch, ridge).max() <= 0.5 / ridge**0.5 + 1e-12


def test_what_is_no_singular_value_but_rounding_is_not_multiplied():
    features = normal(10, 4)
    twice = torch.cat([features, features], 1)
    found = smallest_fit(twice, normal(10, 1, seed=1))
    alone = smallest_fit(features, normal(10, 1, seed=1))
    assert torch.allclose(found[:4], alone / 2)
    assert torch.allclose(found[4:], alone / 2)


def test_descent_from_zero_finds_the_smallest_fit_and_keeps_the_unseen_part_of_another_start():
    features, wanted = normal(6, 15), normal(6, 1, seed=1)
    rate = 1 / torch.linalg.svdvals(features)[0] ** 2
    unseen = torch.eye(15).double() - torch.linalg.pinv(features) @ features
    for start in (torch.zeros(15, 1).double(), normal(15, 1, seed=2)):
        weights = start
        for _ in range(2000):
            weights = weights - rate * features.T @ (features @ weights - wanted)
        assert torch.allclose(weights, smallest_fit(features, wanted) + unseen @ start)


def test_the_smallest_singular_value_falls_feature_by_feature_to_the_threshold_and_rises_from_there():
    values = place.smallest(normal(25, 70))
    steps = values.diff()
    assert (steps[:24] <= 1e-12).all()
    assert (steps[24:] >= -1e-12).all()


def test_beyond_the_threshold_every_feature_shortens_the_weights():
    features, wanted = normal(12, 40), normal(12, 1, seed=1)
    lengths = torch.stack([smallest_fit(features[:, :n], wanted).norm() for n in range(12, 41)])
    assert (lengths.diff() <= 1e-9).all()


@pytest.mark.parametrize(("few", "many"), [(10, 40), (40, 10)])
def test_noise_lengthens_normal_features_weights_as_the_exercise_says(few, many):
    draws = normal(4000, few, many)
    mean = (1 / torch.linalg.svdvals(draws).square()).sum(1).mean().item()
    assert mean == pytest.approx(10 / (40 - 10 - 1), rel=0.03)


def test_a_feature_sees_every_example_alike_and_fewer_waves_are_the_first_of_many():
    x = normal(5, 8)
    assert torch.allclose(hinges(x, 30, 3)[2:], hinges(x[2:], 30, 3))
    assert torch.equal(one_dimension.waves(x[:, 0], 30, 3)[:, :10], one_dimension.waves(x[:, 0], 10, 3))


def test_a_fifth_of_the_labels_is_drawn_anew_and_a_tenth_of_these_stays():
    labels = torch.arange(CLASSES).repeat(5000)
    changed = (redrawn(labels, 0) != labels).double().mean().item()
    assert changed == pytest.approx(REDRAWN * (1 - 1 / CLASSES), abs=0.006)


def test_no_image_is_learnt_from_and_tested_on():
    task = images(0, 50)
    assert len(task.y) + len(task.test_y) == 1797
    assert (torch.cdist(task.x, task.test_x) > 0).all()


def test_one_decomposition_gives_what_separate_fits_give(monkeypatch):
    task, sizes = small_task(), (4, 30, 50)
    monkeypatch.setattr(widths, "WIDTHS", sizes)
    together = widths.one_seed(task, 0)
    noisy = targets(redrawn(task.y, 0))
    for (i, labels), (j, ridge), (k, n) in product(
        enumerate((targets(task.y), noisy)), enumerate(widths.RIDGES), enumerate(sizes)
    ):
        found = smallest_fit(hinges(task.x, 50, 0)[:, :n], labels, ridge)
        answers = hinges(task.test_x, 50, 0)[:, :n] @ found
        wrong = (answers.argmax(1) != task.test_y).double().mean()
        assert together[i, j, 0, k].item() == pytest.approx(wrong.item(), abs=1e-6)
        assert together[i, j, 3, k].item() == pytest.approx(found.norm().item(), rel=1e-4)


def small_task():
    labels = torch.arange(30) % CLASSES
    return Task(normal(30, 5), labels, normal(20, 5, seed=1), labels[:20])


def test_the_rise_is_measured_from_the_lowest_value_of_a_narrower_fit():
    wrong = torch.tensor([[0.5], [0.2], [0.6], [0.1], [0.3]])
    scores = widths.Scores(wrong, wrong, wrong, wrong, wrong)
    assert scores.rise("wrong").item() == pytest.approx(0.4)


def test_the_place_of_the_lowest_singular_value_is_the_threshold_for_other_seeds_too():
    assert all(PLACE.gate.holds(PLACE.measured(place.one_by_one((seed,)))) for seed in range(1000, 1003))


def test_a_temperature_changes_no_answer_and_never_costs_cross_entropy():
    logits, labels = 10 * normal(2, 40, CLASSES).float(), torch.arange(40).expand(2, 40) % CLASSES
    best = torch.stack([nets.surprise(logits * factor, labels) for factor in nets.COOLING]).amin(0)
    assert (best < nets.surprise(logits, labels)).all()
    assert torch.equal(nets.wrong(logits * 0.1, labels), nets.wrong(logits, labels))
    first = functional.cross_entropy(logits[0], labels[0])
    assert nets.surprise(logits, labels)[0].item() == pytest.approx(first.item())


def test_hinges_cut_a_line_and_a_plane_into_as_many_regions_as_drawn_by_hand():
    assert 10 ** tables.regions_at_most(3, 1) == pytest.approx(4)
    assert 10 ** tables.regions_at_most(3, 2) == pytest.approx(7)
    assert 10 ** tables.regions_at_most(3, 5) == pytest.approx(8)


def test_the_explorers_fits_go_through_all_points_from_the_threshold_on():
    x, y = one_dimension.points(2)
    for count in (12, 30, 48):
        features = one_dimension.waves(x, count, 2)
        assert torch.allclose(features @ smallest_fit(features, y.unsqueeze(1)), y.unsqueeze(1))
    curves, _ = tables.looked_at(2)
    assert len(curves) <= 1500


def test_labels_are_those_of_the_chapter_and_no_two_are_alike():
    labels = [claim.label for claim in CLAIMS]
    assert len(set(labels)) == len(labels)
    assert all(label.startswith("claim-double-descent-") for label in labels)
