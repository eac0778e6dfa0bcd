"""The answers of the assessment by a slower way: the book's helpers, torch's derivatives, plain sums."""

import math

import pytest
import torch

from landscaping.assessment import shelf
from landscaping.first_fit import line
from landscaping.generalization.double_descent.least_squares import smallest_fit
from landscaping.models.shallow import Shallow
from landscaping.models.shallow_networks import by_hand
from landscaping.models.spectrum.told import least_squares

SEVERAL = pytest.mark.parametrize("student", range(5))


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def right(label, student):
    one = shelf.find(f"assess-{label}")
    numbers = one.numbers(student)
    return numbers, one.judge.right(numbers)


def close(found, wanted, within=1e-9):
    torch.testing.assert_close(double(list(found)), double(list(wanted)), rtol=within, atol=within)


@SEVERAL
def test_one_step_is_the_chapters_step(student):
    n, found = right("first-fit-step", student)
    x, y = double(n["x"]), double(n["y"])
    walk = line.descend(lambda p: line.loss(p, x, y), double([n["height"], n["tilt"]]), n["rate"], 1)
    close(found, [walk[-1, 1].item()])


@pytest.mark.slow
@SEVERAL
def test_the_rate_that_arrives_does_so_in_the_chapters_descent(student):
    n, (rate,) = right("first-fit-rate", student)
    x, y = double(n["x"]), double(n["y"])
    walk = line.descend(lambda p: line.loss(p, x, y), double([-1.0, -1.0]), rate, n["steps"])
    lowest = line.loss(line.descend(lambda p: line.loss(p, x, y), walk[-1], rate, 5000)[-1], x, y)
    first, last = (line.loss(place, x, y) - lowest for place in (walk[0], walk[-1]))
    assert last <= 0.01 * first


def hinges(n, biases):
    net = Shallow(3, n_in=2).double()
    with torch.no_grad():
        net.hidden.weight[:] = double([[n[f"u{i}"], n[f"v{i}"]] for i in "123"])
        net.hidden.bias[:] = double([n[f"t{i}"] * biases for i in "123"])
        net.output.weight[:] = double([[n[f"o{i}"] for i in "123"]])
        net.output.bias[:] = n["b"] * biases
    return net


@SEVERAL
def test_a_network_far_away_has_the_slope_of_the_answer(student):
    n, found = right("spectrum-far", student)
    far = 1e9
    close([hinges(n, 1)(double([[far * n["p"], far * n["q"]]])).item() / far], found, 1e-6)


@SEVERAL
def test_the_third_weight_is_that_of_the_chapters_recipe(student):
    n, found = right("shallow-networks-turn", student)
    net = by_hand.through(double(n["x"]), double(n["y"]))
    close([(net.output.weight[0, 2] * net.hidden.weight[2, 0]).item()], found, 1e-6)


@SEVERAL
def test_joints_hold_the_root_on_a_fine_grid(student):
    n, found = right("shallow-networks-root", student)
    x = double([0.0, *found, n["end"]])
    at = torch.linspace(0, n["end"], 200_001, dtype=torch.float64)
    net = by_hand.through(x, x.sqrt()).double()
    assert (net(at[:, None])[:, 0] - at.sqrt()).abs().max() <= n["allowed"]


@SEVERAL
def test_two_convolutions_of_torch_are_the_one(student):
    n, found = right("convolution-two", student)
    signal = torch.randn(1, 1, 30, dtype=torch.float64)
    first, second, both = (double(list(k)).view(1, 1, -1) for k in (n["first"], n["second"], found))
    slide = torch.nn.functional.conv1d
    torch.testing.assert_close(slide(slide(signal, first), second), slide(signal, both))


@SEVERAL
def test_so_many_examples_hold_the_ripple_and_one_less_does_not(student):
    n, (count,) = right("terrain-ripple", student)
    ripple = [2 * n["noise"] * math.sqrt(n["height"] / m) for m in (count, count - 1)]
    assert ripple[0] <= n["ripple"] < ripple[1]


@SEVERAL
def test_the_dealt_errors_tilt_the_line_of_least_squares(student):
    n, found = right("terrain-dealt", student)
    x = double(n["x"])
    assert least_squares(x[:, None], double(list(found))).weights.item() >= n["tilt"]


@SEVERAL
def test_the_probability_is_torchs_softmax(student):
    n, found = right("few-shot-probability", student)
    means = torch.stack([double(n[name]).mean(0) for name in "ab"])
    logits = -(double(n["query"]) - means).square().sum(1)
    close([logits.softmax(0)[0].item()], found)


@SEVERAL
def test_the_batchs_scatter_is_that_of_drawn_batches(student):
    n, (scatter,) = right("stochastic-gradient-descent-batch", student)
    slopes = torch.randn(n["count"], dtype=torch.float64)
    slopes = (slopes - slopes.mean()) / slopes.std(correction=0) * n["variance"] ** 0.5
    chosen = torch.rand(3000, n["count"]).argsort(1)[:, : n["batch"]]
    assert slopes[chosen].mean(1).std() == pytest.approx(scatter, rel=0.06)


@SEVERAL
def test_the_saddles_delay_is_that_of_two_marbles(student):
    n, (longer,) = right("loss-landscapes-saddle", student)
    factor = 1 + n["rate"] * n["down"]
    assert factor**longer == pytest.approx(n["nearer"])


@SEVERAL
def test_the_slope_of_waiting_is_torchs(student):
    n, found = right("losses-waiting", student)
    f = double(n["f"]).requires_grad_()
    loss = -torch.distributions.Exponential(1 / f).log_prob(double(n["y"])).mean()
    loss.backward()
    close([f.grad.item()], found)


@SEVERAL
def test_the_scores_have_the_smallest_slope_of_torchs_cross_entropy(student):
    n, found = right("classification-scores", student)
    z = double([list(found)]).requires_grad_()
    torch.nn.functional.cross_entropy(z, torch.tensor([n["right"] - 1])).backward()
    assert z.grad.norm().item() == pytest.approx(math.sqrt(4 / 3) * n["error"])


@SEVERAL
def test_the_temperature_mends_the_first_promise_too(student):
    n, found = right("classification-temperature", student)
    temperature = double(n["said"]).logit() / double(n["kept"] / 100).logit()
    assert (double(n["said"]).logit() / temperature).sigmoid() == pytest.approx(n["kept"] / 100)
    close([(double(n["next"]).logit() / temperature).sigmoid().item()], found)


def on_a_grid(n):
    """The places of the latent line, the logarithm of the joint density there, and the step."""
    z = torch.linspace(-12, 12, 48_001, dtype=torch.float64)
    mean = n["weight"] * z + n["offset"]
    normal = torch.distributions.Normal
    fits = normal(mean, double(n["noise"])).log_prob(double(n["x"]))
    return z, fits + normal(double(0.0), double(1.0)).log_prob(z), 24 / 48_000


@SEVERAL
def test_the_price_of_a_guess_is_what_the_bound_lacks(student):
    from landscaping.assessment.unsupervised.variational_autoencoders import costs

    n, (mean, spread) = right("variational-autoencoders-guess", student)
    z, joint, step = on_a_grid(n)
    likely = joint.exp().sum().mul(step).log()
    for guess in ((mean, spread), (mean + 0.3, 1.4 * spread)):
        q = torch.distributions.Normal(*map(double, guess))
        bound = (q.log_prob(z).exp() * (joint - q.log_prob(z))).sum() * step
        assert (likely - bound).item() == pytest.approx(sum(costs(n, guess)), abs=1e-6)


@SEVERAL
def test_what_directions_tell_is_the_divergence_of_the_best_guesses(student):
    n, found = right("variational-autoencoders-nats", student)
    told = 0.0
    for variance in n["variances"]:  # the best straight map: w² = λ - σ², posterior variance σ²/λ
        if (weight := variance - n["noise"] ** 2) > 0:
            s2, m2 = n["noise"] ** 2 / variance, weight / variance
            told += 0.5 * (s2 + m2 - 1 - math.log(s2))
    close([told], found)


@SEVERAL
def test_the_exact_guess_is_a_mean_over_all_clean_points(student):
    n, found = right("diffusion-guess", student)
    share = math.prod(1 - beta for beta in n["betas"])
    x = torch.linspace(-30, 30, 60_001, dtype=torch.float64)
    weight = (
        -x.square() / (2 * n["variance"]) - (n["z"] - share**0.5 * x).square() / (2 * (1 - share))
    ).exp()
    close([((weight * x).sum() / weight.sum()).item()], found, 1e-6)


@SEVERAL
def test_the_weights_shorten_as_the_chapters_fit_does(student):
    n, found = right("double-descent-shorter", student)
    features, y = double([n["h1"], n["h2"]]), double(n["y"])[:, None]
    two, four = (smallest_fit(features[:, :d], y).square().sum().item() for d in (2, 4))
    close([two / four], found, 1e-6)


@SEVERAL
def test_the_peak_and_the_descent_are_torchs_singular_values(student):
    n, found = right("double-descent-peak", student)
    columns = torch.stack([double([n["a"], n["b"]]), *double(list(found)).view(2, 2)], 1)
    two, three = (torch.linalg.svdvals(columns[:, :d])[-1].item() for d in (2, 3))
    assert n["low"] / 2 <= two <= n["low"] < n["high"] <= three


@SEVERAL
def test_the_limit_is_two_over_torchs_largest_curvature(student):
    n, found = right("flatness-rest", student)
    place = double([n["k"] / (n["w"] * n["x"]), n["w"]])
    hessian = torch.func.hessian(lambda p: 0.5 * (n["x"] * p[0] * p[1] - n["k"]) ** 2)(place)
    close([2 / torch.linalg.eigvalsh(hessian)[-1].item()], found, 1e-6)


@SEVERAL
def test_the_count_is_that_of_real_layers(student):
    n, found = right("inductive-bias-saved", student)
    first, second = n["inputs"] // 2 * n["units"], n["inputs"] // 4 * n["units2"]
    dense = torch.nn.Sequential(torch.nn.Linear(n["inputs"], first), torch.nn.Linear(first, second))
    tied = torch.nn.Sequential(
        torch.nn.Conv1d(1, n["units"], n["window"], stride=2),
        torch.nn.Conv1d(n["units"], n["units2"], n["window2"], stride=2),
    )
    free, few = (sum(p.numel() for p in net.parameters()) for net in (dense, tied))
    close([free / few], found)


@SEVERAL
def test_another_kernel_answers_as_before_in_the_new_order(student):
    n, found = right("inductive-bias-order", student)
    order, count, window = [int(at) - 1 for at in found], n["inputs"], n["window"]
    kernel, signal = torch.randn(window), torch.randn(count)
    places = range(0, count, n["stride"])
    windows = [[(p + j) % count for j in range(window)] for p in places]
    moved = signal[order]
    other = kernel[[(order[j]) % count for j in range(window)]]
    for window_of in windows:
        assert torch.isclose(moved[window_of] @ other, signal[window_of] @ kernel, atol=1e-5)
