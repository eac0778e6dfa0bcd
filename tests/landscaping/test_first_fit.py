"""What the first chapter builds on, against slower and simpler truths."""

import numpy as np
import pytest
import torch

from landscaping.first_fit import line, network, tables

SEEDS = tuple(range(1000, 1004))


def nudged_slope(height, place, by=1e-6):
    """The slope as one would feel it: nudge each number a little, and see how much the loss changes."""
    nudges = by * torch.eye(len(place), dtype=place.dtype)
    return torch.stack([(height(place + n) - height(place - n)) / (2 * by) for n in nudges])


@pytest.mark.parametrize("place", [(-1.0, -1.0), (0.3, 2.0)])
def test_the_slope_is_what_a_nudge_of_each_number_finds(place):
    (x,), (y,) = line.points(SEEDS[:1])
    start = torch.tensor(place, dtype=torch.float64)

    def height(at):
        return line.loss(at, x, y)

    torch.testing.assert_close(line.slope(height, start), nudged_slope(height, start), atol=1e-7, rtol=0)


def test_the_loss_is_the_mean_squared_miss_written_out():
    (x,), (y,) = line.points(SEEDS[:1])
    by_hand = sum((yi - (0.2 - 0.7 * xi)) ** 2 for xi, yi in zip(x.tolist(), y.tolist(), strict=True)) / len(
        x
    )
    assert line.loss(torch.tensor([0.2, -0.7], dtype=torch.float64), x, y).item() == pytest.approx(by_hand)


def test_a_step_goes_against_the_slope_by_the_rate():
    places = line.descend(lambda p: (p**2).sum(-1), torch.tensor([3.0, -2.0]), rate=0.25, steps=2)
    torch.testing.assert_close(places, torch.tensor([[3.0, -2.0], [1.5, -1.0], [0.75, -0.5]]))


def test_seeds_walk_as_they_would_alone():
    together, alone = line.walk(SEEDS), line.walk(SEEDS[2:3])
    torch.testing.assert_close(together.places[:, 2], alone.places[:, 0])


def test_the_walk_ends_at_numpys_line():
    walked = line.long_walk(SEEDS[:1])
    tilt, height = np.polyfit(walked.x[0].numpy(), walked.y[0].numpy(), 1)
    np.testing.assert_allclose(walked.places[-1, 0].numpy(), [height, tilt], atol=1e-9)


def test_the_map_is_the_loss_of_every_line():
    (x,), (y,) = line.points(SEEDS[:1])
    a, b = 0.4, -1.2
    written = (y * y).mean() + b * b + (x * x).mean() * a * a + 2 * x.mean() * a * b
    written -= 2 * y.mean() * b + 2 * (x * y).mean() * a
    assert line.loss(torch.tensor([b, a], dtype=torch.float64), x, y).item() == pytest.approx(written.item())


def test_training_and_test_points_are_drawn_apart():
    seen = network.points(SEEDS, network.SEEN, "training points")[0]
    fresh = network.points(SEEDS, network.FRESH, "test points")[0]
    assert not set(seen.flatten().tolist()) & set(fresh.flatten().tolist())


def test_losses_at_the_last_mark_are_those_of_the_networks_that_are_handed_back():
    fit = network.fit_anew(SEEDS[:2], steps=30)
    x, y = fit.seen
    by_hand = [(fit.nets(x, per_seed=True)[i] - y[i]).square().mean().item() for i in range(2)]
    assert fit.training[-1].tolist() == pytest.approx(by_hand)
    assert fit.training.shape == (3, 2)


def test_two_starts_share_their_points_and_not_their_weights():
    one, other = network.fit_anew(SEEDS, steps=0), network.fit_anew(SEEDS, start=network.OTHER, steps=0)
    assert torch.equal(one.seen[1], other.seen[1])
    assert (network.Pair(one, other).distance() > 0.5).all()


def test_the_table_of_steps_holds_the_walk_of_the_first_seed():
    walked = line.walk(SEEDS)
    table = tables.steps(walked)
    assert len(table) == line.STEPS + 1
    assert table["loss"].is_monotonic_decreasing
    assert table["tilt"].iloc[-1] == pytest.approx(walked.places[-1, 0, 1].item(), abs=1e-5)
