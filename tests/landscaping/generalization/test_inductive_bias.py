"""What the chapter on inductive bias proves, at small size; its trained claims run with all the others."""

import pytest
import torch

from landscaping.datasets.mnist1d import Examples, generate
from landscaping.ensemble import SGD, Adam
from landscaping.generalization.inductive_bias import CLAIMS, ORDER, TREES, curves, order
from landscaping.generalization.inductive_bias.amounts import plain
from landscaping.generalization.inductive_bias.positions import Positions
from landscaping.generalization.inductive_bias.tables import by_position

pytestmark = pytest.mark.slow


def test_trees_make_the_dense_net_walk_with_the_untied_one_and_without_them_it_leaves():
    TREES.check(TREES.experiment((1000,)))
    assert TREES.control_fails((1000,))


def test_a_dense_net_does_not_see_the_order_of_pixels_and_a_convolution_does():
    ORDER.check(ORDER.experiment((1000,)))
    assert ORDER.control_fails((1000,))


def test_gradient_descent_is_blind_to_rotations_and_adam_is_not():
    seen = generate(100, 0)
    turn, _ = torch.linalg.qr(torch.randn(40, 40, generator=torch.Generator().manual_seed(0)).double())
    assert rotated_apart(SGD(0.1), seen, turn) < 1e-10
    assert rotated_apart(Adam(0.003), seen, turn) > 1e-2


def rotated_apart(rule, seen, turn):
    here, there = (order.in_double(plain, 0) for _ in range(2))
    there.params["0.weight"] = there.params["0.weight"] @ turn
    turned = Examples(seen.x.double() @ turn, seen.y)
    pairs = zip(order.answers(rule, here, seen), order.answers(rule, there, turned), strict=True)
    return max((a - b).abs().max().item() for a, b in pairs)


def test_every_seed_has_examples_of_its_own_and_none_to_learn_from_is_tested(monkeypatch):
    monkeypatch.setattr(curves, "MOST", 60)
    monkeypatch.setattr(curves, "TEST", 30)
    drawn = curves.drawn.__wrapped__((0, 1))
    assert drawn.x.shape == (2, 60, 40)
    assert drawn.test_x.shape == (2, 30, 40)
    assert not torch.equal(drawn.x[0], drawn.x[1])
    assert (torch.cdist(drawn.x[0], drawn.test_x[0]) > 0).all()


def test_shuffled_curves_are_the_same_numbers_in_one_order_for_all(monkeypatch):
    monkeypatch.setattr(curves, "MOST", 20)
    monkeypatch.setattr(curves, "TEST", 10)
    drawn = curves.drawn.__wrapped__((0, 1))
    moved = drawn.shuffled()
    places = [
        [(moved.x[s, :, i] == drawn.x[s, :, j]).all() for j in range(40)].index(True)
        for s in (0, 1)
        for i in range(40)
    ]
    assert sorted(places[:40]) == list(range(40))
    assert places[:40] == places[40:]
    assert places[:40] != sorted(places[:40])


def test_the_rate_climbs_before_it_falls():
    rate = curves.warmed(1.0, 400)
    values = [rate(step) for step in range(400)]
    top = values.index(max(values))
    assert top == curves.WARM - 1
    assert values[: top + 1] == sorted(values[: top + 1])
    assert values[top:] == sorted(values[top:], reverse=True)
    assert values[-1] < 1e-3


def test_tables_keep_every_seed():
    table = by_position(plain=Positions(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])))
    assert table["accuracy"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert table["seed"].tolist() == [0, 1, 0, 1]


def test_labels_are_those_of_the_chapter_and_no_two_are_alike():
    labels = [claim.label for claim in CLAIMS]
    assert len(set(labels)) == len(labels)
    assert all(label.startswith("claim-inductive-bias-") for label in labels)
