from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics
from torch import nn

from landscaping.randomness import stream
from landscaping.scores import accuracy, cross_entropy, mean_absolute_error, mean_squared_error, r_squared
from landscaping.spread import describe, long_table, paired_difference, quartiles
from landscaping.surface import surface

DRAW = stream("test scores", 0)
LOGITS = torch.randn(3, 50, 4, generator=DRAW)
LABELS = torch.randint(4, (50,), generator=DRAW)
GUESS, TRUTH = torch.randn(3, 50, generator=DRAW), torch.randn(50, generator=DRAW)


def test_scores_equal_scikit_learns_one_seed_at_a_time():
    for seed in range(3):
        assert accuracy(LOGITS, LABELS)[seed].item() == metrics.accuracy_score(LABELS, LOGITS[seed].argmax(1))
        assert np.isclose(
            mean_squared_error(GUESS, TRUTH)[seed], metrics.mean_squared_error(TRUTH, GUESS[seed])
        )
        assert np.isclose(
            mean_absolute_error(GUESS, TRUTH)[seed], metrics.mean_absolute_error(TRUTH, GUESS[seed])
        )
        assert np.isclose(r_squared(GUESS, TRUTH)[seed], metrics.r2_score(TRUTH, GUESS[seed]), atol=1e-6)
        assert torch.isclose(
            cross_entropy(LOGITS, LABELS)[seed], nn.functional.cross_entropy(LOGITS[seed], LABELS)
        )


def test_targets_may_be_each_seeds_own():
    own = torch.stack([TRUTH, 2 * TRUTH, GUESS[2]])
    assert r_squared(GUESS, own)[2] == 1
    assert accuracy(LOGITS, LOGITS.argmax(-1)).tolist() == [1, 1, 1]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_a_spread_is_ordered(values):
    spread = describe(torch.tensor(values, dtype=torch.float64))
    ordered = [spread.minimum, spread.low, spread.median, spread.high, spread.maximum]
    assert all(a <= b + 1e-6 for a, b in pairwise(ordered))
    assert spread.n == len(values)


def test_a_paired_difference_is_the_paired_t_test_of_the_field():
    a, b = GUESS[0], GUESS[1]
    ours = paired_difference(a, b)
    theirs = stats.ttest_rel(a.double(), b.double()).confidence_interval(0.95)
    assert np.allclose((ours.low, ours.high), (theirs.low, theirs.high))
    assert ours.positive == int((a > b).sum())


def test_one_seed_has_no_interval():
    with pytest.raises(ValueError, match="at least 2"):
        paired_difference(torch.ones(1), torch.ones(1))


def test_quartiles_and_long_tables_keep_their_steps():
    values = torch.arange(12.0).reshape(3, 4)
    table = quartiles(values, range(0, 30, 10))
    assert table.step.tolist() == [0, 10, 20]
    assert table["median"].tolist() == [1.5, 5.5, 9.5]
    rows = long_table(values, range(3), "loss")
    assert rows.loc[(rows.step == 1) & (rows.seed == 2), "loss"].item() == 6


def test_a_surface_is_the_loss_at_every_point_of_the_grid():
    centre, directions = torch.tensor([1.0, 2.0, 0.0]), torch.tensor([[1.0, 0, 0], [0, 1.0, 1.0]])
    first, second = torch.linspace(-2, 2, 5), torch.linspace(-3, 1, 9)
    loss_at = lambda points: (points**2).sum(1)  # noqa: E731
    land = surface(loss_at, centre, directions, first, second)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            at = centre + a * directions[0] + b * directions[1]
            assert torch.isclose(land.height[i, j], at.square().sum())
    assert land.lowest() == (-1.0, -1.0)
    row = land.table().iloc[11]
    assert (row["first"], row["second"], row["height"]) == (-1.0, -2.0, 4.0)
