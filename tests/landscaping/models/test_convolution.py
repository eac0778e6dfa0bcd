"""Identities of the chapter on convolution, against slower and simpler truths."""

import numpy as np
import pytest
import torch
from scipy.signal import correlate2d
from torch.nn.functional import conv2d, pad

from landscaping.datasets import digits
from landscaping.ensemble import stack
from landscaping.models.convolution import fields, following, images, kernels, matrices, rolls, tables
from landscaping.randomness import born, stream

SEEDS = (1000, 1001)
SIX = digits.everything().x[:6]


def normal(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=stream("data", 1000), dtype=torch.float64)


def test_a_signals_matrix_slides_the_kernel_as_numpy_does():
    kernel, x = normal(3), normal(11, 2)[:, 0]
    truth = np.correlate(x.numpy(), kernel.numpy(), mode="same")
    np.testing.assert_allclose(matrices.written_out(kernel, (11,)) @ x, truth, atol=1e-12)


@pytest.mark.parametrize(("ring", "boundary"), [(False, "fill"), (True, "wrap")])
def test_an_images_matrix_slides_the_kernel_as_scipy_does(ring, boundary):
    kernel, image = normal(3, 3), normal(5, 4)
    ours = matrices.written_out(kernel, (5, 4), ring) @ image.flatten()
    truth = correlate2d(image.numpy(), kernel.numpy(), mode="same", boundary=boundary)
    np.testing.assert_allclose(ours.view(5, 4), truth, atol=1e-12)


def test_a_kernel_of_three_leaves_all_but_three_diagonals_at_zero():
    matrix = matrices.written_out(torch.tensor([1.0, 2.0, 3.0]), (40,))
    assert (matrix != 0).sum() == 40 * 3 - 2
    assert all(len(matrix.diagonal(k).unique()) == 1 for k in (-1, 0, 1))


def test_putting_back_on_rails_goes_to_the_nearest_convolution():
    matrix = normal(9, 9)
    nearest = matrices.on_rails(matrix, 3)
    torch.testing.assert_close(matrices.on_rails(nearest, 3), nearest)
    for k in range(3):  # what was taken away is at right angles to every convolution
        direction = matrices.written_out(torch.eye(3, dtype=torch.float64)[k], (9,), ring=True)
        assert ((matrix - nearest) * direction).sum().abs() < 1e-12


@pytest.mark.slow
def test_descent_keeps_to_the_rails_and_trees_alone_do_not():
    assert matrices.tied_descent((1000,)) < 1e-9 < matrices.fenced_descent((1000,))


@pytest.mark.parametrize("stride", [1, 2])
def test_the_layer_on_a_ring_is_torchs_circular_convolution(stride):
    layer = born(lambda: images.Convolution(3, 4, stride), 1000).double()
    x = normal(5, 8, 8, 3)
    kernel = layer.weight.detach().view(3, 3, 3, 4).permute(3, 2, 0, 1)
    wide = pad(x.permute(0, 3, 1, 2), (1, 1, 1, 1), mode="circular")
    torch.testing.assert_close(layer(x).detach(), conv2d(wide, kernel, stride=stride).permute(0, 2, 3, 1))


def test_a_rolled_image_comes_back_on_the_left():
    image = SIX[0].view(8, 8)
    moved = rolls.rolled(SIX[:1], 3).view(8, 8)
    assert torch.equal(moved[:, 3:], image[:, :5])
    assert torch.equal(moved[:, :3], image[:, 5:])


@pytest.mark.parametrize("layer", ["on a ring", "stride of two", "pooling"])
def test_layers_follow_rolls_by_multiples_of_their_stride(layer):
    gaps = following.broken(1000)[layer]
    assert max(gaps[::2]) < 1e-12
    assert (max(gaps[1::2]) < 1e-12) == (layer == "on a ring")


def test_walls_and_dense_layers_do_not_follow():
    gaps = following.broken(1000)
    assert max(gaps["zeros beyond the edge"]) > 0.1
    assert min(gaps["dense"][1:]) > 0.5


@pytest.mark.parametrize(("reader", "blind_to"), [("ring", range(8)), ("strided", range(0, 8, 2))])
def test_readers_are_blind_to_the_rolls_that_their_layers_follow(reader, blind_to):
    nets = stack(lambda: images.READERS[reader]().double(), SEEDS)
    usual = nets(SIX.double())
    same = [torch.allclose(nets(rolls.rolled(SIX.double(), k)), usual, atol=1e-12) for k in range(8)]
    assert [k for k in range(8) if same[k]] == list(blind_to)


def test_twins_are_every_image_and_its_rolled_self():
    split = rolls.splits(SEEDS)
    twins = split.with_rolled_twins()
    n = split.test_x.shape[1]
    assert torch.equal(twins.test_x[:, n:], rolls.rolled(twins.test_x[:, :n], rolls.FAR))
    assert (twins.test_y.double().mean(1) == 0.5).all()


def test_features_are_sums_of_answers_over_regions():
    kernel = kernels.bank(kernels.DESIGNED)
    ours = kernels.features(SIX, kernel, 2).view(6, 2, 2, kernels.COUNT)
    answers = conv2d(SIX.view(6, 1, 8, 8), kernel.T.reshape(-1, 1, 3, 3), padding=1).relu()
    torch.testing.assert_close(ours[:, 0, 1], answers[:, :, :4, 4:].sum((2, 3)) / 4)


def test_every_kernel_of_a_bank_has_length_one():
    for bank in (kernels.bank(kernels.DESIGNED), kernels.drawn_bank(1000)):
        torch.testing.assert_close(bank.norm(dim=0), torch.ones(kernels.COUNT))


@pytest.mark.parametrize("kind", ["edges", "gaussian", "elliptical"])
def test_all_kinds_of_signals_have_the_covariance_that_the_formula_says(kind):
    noise = torch.randn(60_000, fields.PLACES + 2, generator=stream("noise", 1000))
    x, labels = fields.signals(kind, noise, fields.mixings(kind))
    for label, length in zip((1, -1), fields.LENGTHS, strict=True):
        own = x[labels == label]
        wanted = fields.after_erf(fields.smooth(length)).float()
        assert (own.T @ own / len(own) - wanted).abs().max() < 0.06


def test_the_participation_ratio_counts_places():
    n = 60
    single, equal = torch.eye(n)[3], torch.ones(n)
    wave = torch.cos(2 * torch.pi * 2 * torch.arange(n) / n)
    found = fields.places_used(torch.stack([single, equal, wave]))
    torch.testing.assert_close(found, torch.tensor([1.0, n, 2 * n / 3]))


def test_learned_kernels_move_and_designed_ones_stay(monkeypatch):
    monkeypatch.setattr(kernels, "STEPS", 3)
    monkeypatch.setattr(kernels, "SIDES", (2,))
    kernels.compare.cache_clear()
    run = kernels.compare(SEEDS)
    kernels.compare.cache_clear()
    designed = kernels.bank(kernels.DESIGNED)
    assert torch.equal(run.kernels["designed"][0], designed)
    assert 0 < (run.kernels["improved"][0] - designed).abs().max() < 0.2
    assert len(tables.pictures(run)) == 4 * 8 * 9
    assert set(tables.by_read_out(run)["numbers"]) == {4}


def test_tables_stay_small_enough_for_a_browser():
    assert len(tables.cells()) == len(tables.SIGNAL) ** 2
    before = stack(fields.Detector, SEEDS).params["hidden.weight"]
    assert len(tables.first_weights(fields.Fields(before, before, before))) <= 1_500
