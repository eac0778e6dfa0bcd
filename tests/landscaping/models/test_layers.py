"""A convolution against torch's own, and against the dense layer that it is."""

import pytest
import torch
from torch import nn
from torch.nn.functional import conv1d

from landscaping.ensemble import stack
from landscaping.models.layers import (
    Tied,
    Untied,
    Window,
    allowed,
    dense_from_untied,
    dense_twins,
    network,
    untied_from_tied,
)
from landscaping.randomness import born

WINDOWS = [Window(12, 2, 3, kernel=5, stride=2), Window(7, 1, 4, kernel=3, stride=1)]
NET = (Window(12, 1, 3), Window(6, 3, 4))


def inputs(window: Window) -> torch.Tensor:
    return torch.randn(9, window.inputs, generator=torch.Generator().manual_seed(3)).double()


@pytest.mark.parametrize("window", WINDOWS)
def test_the_tied_layer_is_torchs_convolution(window):
    layer, x = born(lambda: Tied(window), 0).double(), inputs(window)
    kernel = layer.weight.view(window.kernel, window.channels, window.units).permute(2, 1, 0)
    image = x.view(9, window.positions, window.channels).transpose(1, 2)
    theirs = conv1d(image, kernel, layer.bias, stride=window.stride, padding=window.margin)
    torch.testing.assert_close(layer(x), theirs.transpose(1, 2).flatten(1))


@pytest.mark.parametrize("window", WINDOWS)
def test_a_convolution_is_a_dense_layer_with_zeros_and_ties(window):
    layer, x = born(lambda: Tied(window), 0).double(), inputs(window)
    matrix, bias = dense_from_untied(window, *untied_from_tied(window, layer.weight, layer.bias))
    torch.testing.assert_close(layer(x), x @ matrix.T + bias, rtol=0, atol=1e-12)


@pytest.mark.parametrize("window", WINDOWS)
def test_an_untied_layer_sees_its_neighbours_one_place_at_a_time(window):
    layer, x = born(lambda: Untied(window), 0).double(), inputs(window)
    matrix, bias = dense_from_untied(window, layer.weight, layer.bias)
    torch.testing.assert_close(layer(x), x @ matrix.T + bias, rtol=0, atol=1e-12)
    assert torch.equal(matrix != 0, allowed(window).bool())


def test_a_tied_gradient_is_the_sum_of_the_untied_ones_over_places():
    window, tied = WINDOWS[0], born(lambda: Tied(WINDOWS[0]), 0).double()
    untied, x = born(lambda: Untied(window), 0).double(), inputs(WINDOWS[0])
    copies = untied_from_tied(window, tied.weight.data, tied.bias.data)
    untied.weight.data, untied.bias.data = copies
    for layer in (tied, untied):
        layer(x).sin().sum().backward()
    torch.testing.assert_close(tied.weight.grad, untied.weight.grad.sum(0))


def test_sizes_are_those_counted_by_hand():
    window = Window(40, 1, 16)  # kernel 7, stride 2: 20 places
    sizes = {
        kind: sum(p.numel() for p in layer.parameters())
        for kind, layer in (
            ("tied", Tied(window)),
            ("untied", Untied(window)),
            ("dense", nn.Linear(window.inputs, window.outputs)),
        )
    }
    assert sizes == {"tied": 8 * 16, "untied": 20 * 8 * 16, "dense": 41 * 320}


@pytest.mark.parametrize("arm", ["tied", "untied"])
def test_dense_twins_answer_alike_and_share_no_memory(arm):
    nets = stack(lambda: network(arm, NET, classes=3).double(), (0, 1))
    twins, x = dense_twins(nets, NET), inputs(NET[0])
    torch.testing.assert_close(twins(x), nets(x), rtol=0, atol=1e-12)
    before = nets(x)
    for weights in twins.params.values():
        weights.add_(1.0)
    assert torch.equal(nets(x), before)
