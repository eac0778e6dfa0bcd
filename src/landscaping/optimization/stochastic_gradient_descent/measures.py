"""What the chapter's claims read off their experiments."""

from jaxtyping import Float
from torch import Tensor

from landscaping.optimization.stochastic_gradient_descent.crossing import Crossings
from landscaping.optimization.stochastic_gradient_descent.heights import Heights
from landscaping.optimization.stochastic_gradient_descent.momentum import MOMENTUM, Race
from landscaping.optimization.stochastic_gradient_descent.noise import Noise
from landscaping.optimization.stochastic_gradient_descent.scales import Losses
from landscaping.optimization.stochastic_gradient_descent.tuning import Sweep
from landscaping.optimization.stochastic_gradient_descent.turning import Turned


def from_the_law(result: Noise) -> Float[Tensor, "seed"]:
    """How far measured variance is from the law, at the worst batch size and direction."""
    return (result.measured / result.foretold - 1).abs().amax((1, 2))


def doubled_over_single(result: Heights) -> Float[Tensor, "seed"]:
    """Height at twice the rate and twice the batch, over the first height."""
    return result.of["2α, 2B"] / result.of["α, B"]


def epochs_over_anew(result: Heights) -> Float[Tensor, "seed"]:
    """Height in shuffled epochs over height in batches drawn anew."""
    return result.of["shuffled epochs"] / result.of["drawn anew"]


def last_over_fixed(result: Heights) -> Float[Tensor, "seed"]:
    """Height at the end over the mean height of a fixed rate."""
    return result.of["last"] / result.of["fixed rate"]


def rescued(result: Crossings) -> Float[Tensor, "seed"]:
    """Share of the marbles that noise alone brings home."""
    return result.rescued


def times_fewer(result: Race) -> Float[Tensor, "seed"]:
    """Steps of plain descent over steps with momentum."""
    return result.plain_steps / result.momentum_steps


def from_foretold(result: Race) -> Float[Tensor, "seed"]:
    """How far momentum's late factor is from the formula."""
    return (result.momentum_factor / result.foretold - 1).abs()


def of_raised_limit(result: Float[Tensor, "seed"]) -> Float[Tensor, "seed"]:
    """Rate × curvature as a share of 2(1 + β)."""
    return result / (2 * (1 + MOMENTUM))


def clocked(result: Sweep) -> Float[Tensor, "seed"]:
    """Loss with momentum over loss of plain descent at ten times the rate."""
    return result.at("momentum", 0.03) / result.at("plain", 0.3)


def furthest(result: Float[Tensor, "rule"]) -> float:
    """The largest distance of any rule's path."""
    return result.max().item()


def adam_against_descent(result: Turned) -> Float[Tensor, "seed"]:
    """Steps of plain descent over Adam's, along the axes."""
    return result.along.plain / result.along.adam


def turned_over_along(result: Turned) -> Float[Tensor, "seed"]:
    """Adam's steps in the turned valley over those along the axes."""
    return result.turned.adam / result.along.adam


def loss_when_turned(result: Losses) -> Float[Tensor, "seed"]:
    """Loss in turned axes over loss along the pixels."""
    return result.turned / result.along


def behind_at_common(result: Sweep) -> Float[Tensor, "seed"]:
    """Momentum's loss over Adam's, both at the common rate."""
    return result.at("momentum", result.common) / result.at("Adam", result.common)


def behind_when_tuned(result: Sweep) -> Float[Tensor, "seed"]:
    """Momentum's loss over Adam's, each at its own best rate."""
    return result.best("momentum") / result.best("Adam")
