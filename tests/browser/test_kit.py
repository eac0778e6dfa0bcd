"""The kit that playgrounds share, held against torch: descent, small networks, losses; and plots."""

from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn import functional

from browser.playground_page import PlaygroundPage
from landscaping.small_generator import WEIGHTS, SmallGenerator

RULES = {
    "plain": lambda at: torch.optim.SGD([at], lr=0.05),
    "momentum": lambda at: torch.optim.SGD([at], lr=0.05, momentum=0.8),
    "adam": lambda at: torch.optim.Adam([at], lr=0.05),
}
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "silu": functional.silu}
LOSSES = {
    "squaredError": functional.mse_loss,
    "crossEntropy": functional.cross_entropy,
    "logisticLoss": functional.binary_cross_entropy_with_logits,
}
SIZES = [2, 7, 5, 3]


@pytest.fixture
def kit(page):
    return PlaygroundPage(page)


def doubles(*shape, seed=0):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def largest(browser, exact):
    return (torch.tensor(browser, dtype=torch.float64) - exact.detach().flatten()).abs().max().item()


@pytest.mark.parametrize("rule", RULES)
def test_descent_is_torchs(kit, rule):
    """On a bent bowl in five directions, 300 steps."""
    at, bends = doubles(5).requires_grad_(), torch.tensor([0.1, 0.5, 1, 2, 4], dtype=torch.float64)
    optimizer, start = RULES[rule](at), at.detach().tolist()
    for _ in range(300):
        optimizer.zero_grad()
        (bends * at**2 + at.cos()).sum().backward()
        optimizer.step()
    script = """({ Descent }, rule, start, bends) => {
      const at = Float64Array.from(start), descent = new Descent(at, { rule, rate: 0.05, momentum: 0.8 });
      while (descent.steps < 300) descent.step(at.map((v, k) => 2 * bends[k] * v - Math.sin(v)));
      return [...at];
    }"""
    assert largest(kit.call("descent_rules", script, rule, start, bends.tolist()), at) < 1e-10


def network(activation):
    layers = [nn.Linear(a, b, dtype=torch.float64) for a, b in pairwise(SIZES)]
    for seed, weights in enumerate(p for layer in layers for p in layer.parameters()):
        weights.data = doubles(*weights.shape, seed=seed)

    def forward(x):
        for layer in layers[:-1]:
            x = ACTIVATIONS[activation](layer(x))
        return layers[-1](x)

    return forward, [p for layer in layers for p in layer.parameters()]


def flat(tensors):
    return torch.cat([each.flatten() for each in tensors])


def targets(loss):
    draw = torch.Generator().manual_seed(9)
    if loss == "crossEntropy":
        return torch.randint(3, (11,), generator=draw)
    return torch.randint(2, (11, 3), generator=draw).double()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_small_networks_slopes_are_autograds(kit, activation, loss):
    forward, parameters = network(activation)
    x, y = doubles(11, 2, seed=5).requires_grad_(), targets(loss)
    value = LOSSES[loss](forward(x), y)
    slopes = torch.autograd.grad(value, [*parameters, x])
    script = """async ({ Network, ...losses }, [sizes, activation, loss], at, x, y) => {
      const net = new Network(sizes, activation), flat = Float64Array.from(at);
      const out = net.forward(flat, Float64Array.from(x)), [value, by] = losses[loss](out, y);
      return [[value], [...out], [...net.backward(flat, by)], [...net.inputSlopes]];
    }"""
    given = [SIZES, activation, loss], flat(parameters).tolist(), x.flatten().tolist(), y.flatten().tolist()
    found = kit.call("small_network", script, *given)
    exact = [value, forward(x), flat(slopes[:-1]), slopes[-1]]
    assert max(map(largest, found, exact)) < 1e-10


def test_a_network_trained_in_the_browser_ends_where_torch_does(kit):
    forward, parameters = network("tanh")
    x, y = doubles(11, 2, seed=5), targets("squaredError")
    start, optimizer = flat(parameters).tolist(), torch.optim.Adam(parameters, lr=0.01)
    for _ in range(100):
        optimizer.zero_grad()
        functional.mse_loss(forward(x), y).backward()
        optimizer.step()
    script = """async ({ Network, squaredError }, sizes, start, x, y) => {
      const { Descent } = await load("descent_rules");
      const net = new Network(sizes), at = Float64Array.from(start);
      const descent = new Descent(at, { rule: "adam", rate: 0.01 }), inputs = Float64Array.from(x);
      while (descent.steps < 100) descent.step(net.backward(at, squaredError(net.forward(at, inputs), y)[1]));
      return [...at];
    }"""
    found = kit.call("small_network", script, SIZES, start, x.flatten().tolist(), y.flatten().tolist())
    assert largest(found, flat(parameters)) < 1e-8


def test_first_weights_are_the_small_generators(kit):
    script = """async ({ Network }, sizes) => {
      const { small, WEIGHTS } = await load("small_generator");
      return [...new Network(sizes).initial(small(3, WEIGHTS))];
    }"""
    chance, exact = SmallGenerator(3, WEIGHTS), []
    for n, out in pairwise(SIZES):
        exact += [(2 * chance.uniform() - 1) / n**0.5 for _ in range(out * (n + 1))]
    assert kit.call("small_network", script, SIZES) == pytest.approx(exact, abs=1e-15)


def test_large_outputs_have_a_finite_loss(kit):
    script = """({ crossEntropy, logisticLoss }) => {
      const large = Float64Array.of(900, -900);
      return [crossEntropy(large, [1])[0], logisticLoss(large, [0, 1])[0]];
    }"""
    assert kit.call("small_network", script) == [1800, 900]


def test_a_plot_leads_from_values_to_places_and_back(kit):
    script = """({ Plot }) => {
      const plot = new Plot({ left: 30, top: 8, width: 200, height: 100 }, [-10, 10], [2, 22]);
      return [plot.spot(-10, 22), plot.spot(0, 2), plot.point(...plot.spot(3, 7))];
    }"""
    corner, middle, there_and_back = kit.call("plot", script)
    assert corner == [30, 8]
    assert middle == [130, 108]
    assert there_and_back == pytest.approx([3, 7])


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [([0, 1], [0, 0.2, 0.4, 0.6, 0.8, 1]), ([-7, 12], [-5, 0, 5, 10]), ([3, 3400], [1000, 2000, 3000])],
)
def test_ticks_are_round_numbers_within_the_range(kit, ends, ticks):
    assert kit.call("plot", "({ round }, ends) => round(ends)", ends) == pytest.approx(ticks)


def test_contours_enclose_a_hill_and_a_flat_land_has_none(kit):
    script = """({ contours, lowHigh }) => {
      const size = 40, hill = Float64Array.from({ length: size * size }, (_, k) =>
        -Math.hypot(k % size - 20, Math.floor(k / size) - 20));
      const ctx = new OffscreenCanvas(9, 9).getContext("2d");
      const on = (heights, x, y) => ctx.isPointInStroke(contours(heights, size, ...lowHigh(heights)), x, y);
      const [low, high] = lowHigh(hill), level = low + 5 * (high - low) / 9;
      return [on(hill, 20.5 - level, 20.5), on(hill, 20.5, 20.5), on(hill.map(() => 1), 20, 20)];
    }"""
    assert kit.call("heights", script) == [True, False, False]
