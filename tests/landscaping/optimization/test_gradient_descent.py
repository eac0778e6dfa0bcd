import pytest
import torch

from landscaping.claims import ClaimFailed
from landscaping.models import gabor
from landscaping.optimization import clean_land
from landscaping.optimization import gradient_descent as chapter
from landscaping.optimization.marbles import Physics, roll
from landscaping.optimization.speed_limit import Curvatures

CHEAP = (chapter.CONTRACTION, chapter.LIMIT, chapter.INERTIA, chapter.VALLEYS)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CHEAP, ids=lambda claim: claim.label)
def test_the_gate_fails_on_the_control(claim):
    assert claim.control_fails((1, 2, 3, 4))


def test_the_written_slope_moves_marbles_as_torch_does():
    x, y = gabor.examples(28, 0.0, 3)
    start = clean_land.starts((3,))
    ours = clean_land.descend(start, clean_land.gabor_slope, x[None], y[None], rate=4.0)
    theirs = roll(start[0], x, y, Physics("plain", 4.0), steps=100)[-1]
    torch.testing.assert_close(ours[0], theirs, rtol=0, atol=1e-8)


def test_on_clean_examples_the_lowest_point_is_the_truth_and_costs_nothing():
    fates = clean_land.on_gabor((5,))
    torch.testing.assert_close(fates.lowest[0], torch.tensor(gabor.TRUTH).double(), rtol=0, atol=1e-5)
    assert gabor.loss(fates.lowest[0], *gabor.examples(28, 0.0, 5)) < 1e-9


def test_with_a_linear_model_every_start_arrives():
    assert (clean_land.on_line((0, 1, 2)).share == 1).all()


def test_a_marble_that_flew_off_is_not_at_home():
    lost = torch.tensor([[[torch.nan, 0.0], [torch.inf, 16.6], [0.0, 16.6]]]).double()
    fates = clean_land.Fates(lost, lost, torch.tensor([gabor.TRUTH]).double())
    assert fates.home.tolist() == [[False, False, True]]
    assert fates.share.item() == pytest.approx(1 / 3)


def test_the_map_has_a_row_for_every_start_and_a_column_for_every_land():
    table = clean_land.on_the_map({"a": clean_land.on_line((0, 1))})
    assert len(table) == 2 * clean_land.STARTS
    assert list(table) == ["first", "second", "a"]


def runs(shares):
    """Curvatures that stand at these shares of the limit, all through, for two seeds."""
    rates, times = (0.1, 0.2, 0.4), torch.arange(0.0, 84.1, 6.0)
    level = torch.tensor([2 * share / rate for share, rate in zip(shares, rates, strict=True)])
    return Curvatures(rates, times, level[:, None, None].expand(3, len(times), 2))


def test_the_edge_is_judged_at_the_worse_of_the_two_largest_rates():
    assert chapter.at_the_limit(runs((0.5, 1.02, 1.1))).tolist() == pytest.approx([1.1, 1.1])
    assert chapter.at_the_limit(runs((0.5, 0.7, 1.1))).tolist() == pytest.approx([0.7, 0.7])
    with pytest.raises(ClaimFailed, match="claim-gradient-descent-edge"):
        chapter.EDGE.check(runs((0.5, 0.7, 1.1)))


def test_the_clock_is_judged_by_curvature_and_not_by_share_of_the_limit():
    assert chapter.disagreement(runs((0.2, 0.4, 0.8))).tolist() == pytest.approx([0, 0], abs=1e-6)
    assert chapter.disagreement(runs((0.4, 0.4, 0.8))).tolist() == pytest.approx([1, 1], rel=1e-5)
