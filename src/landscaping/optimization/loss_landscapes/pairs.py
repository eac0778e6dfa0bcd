"""Two networks that learned the same digits from different starts, and the loss on a way between them."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.func import vmap
from torch.nn.functional import cross_entropy

from landscaping.datasets import digits
from landscaping.ensemble import Adam, Ensemble, cosine, stack, train

EXAMPLES, BATCH, STEPS, RATE = 800, 100, 400, 0.005
WIDTH = 64
POINTS = 25  # on every way, both ends among them
ELSEWHERE = 500_000  # added to a seed: the second network of a pair is born of another one
Weights = dict[str, Tensor]
Way = Callable[[float | Tensor], Weights]  # from a share of the way, 0 to 1, to the weights there


@dataclass(frozen=True)
class Handwriting:
    """Images and digits of every seed, to learn from and held back."""

    x: Float[Tensor, "seed n 64"]
    y: Int[Tensor, "seed n"]
    test_x: Float[Tensor, "seed m 64"]
    test_y: Int[Tensor, "seed m"]


@dataclass(frozen=True)
class Pairs:
    """Two trained networks for each seed, and the digits from which both learned."""

    first: Ensemble
    second: Ensemble
    seen: Handwriting


def handwriting(seeds: tuple[int, ...], examples: int = EXAMPLES) -> Handwriting:
    """Every seed's own draw of digits."""
    parts = [digits.split(examples, seed) for seed in seeds]
    columns = [(a.x, a.y, b.x, b.y) for a, b in parts]
    return Handwriting(*map(torch.stack, zip(*columns, strict=True)))


def network(width: int = WIDTH) -> nn.Sequential:
    """One hidden layer of hinges."""
    return nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, digits.CLASSES))


def learned(seeds: tuple[int, ...], seen: Handwriting, width: int = WIDTH, steps: int = STEPS) -> Ensemble:
    """Networks born of these seeds, trained on these digits."""
    nets = stack(lambda: network(width), seeds)
    learn(nets, seen, steps)
    return nets


def learn(nets: Ensemble, seen: Handwriting, steps: int = STEPS) -> None:
    """Train these networks on these digits, in place; their seeds decide the batches."""
    rule = Adam(cosine(RATE, steps))
    for _ in train(nets, cross_entropy, seen.x, seen.y, rule, batch=BATCH, steps=steps, per_seed=True):
        pass


def pairs(seeds: tuple[int, ...], width: int = WIDTH) -> Pairs:
    """Train two networks for each seed: the same digits, other initial weights, other batches."""
    seen = handwriting(seeds)
    others = tuple(seed + ELSEWHERE for seed in seeds)
    return Pairs(learned(seeds, seen, width), learned(others, seen, width), seen)


def mixed(first: Weights, second: Weights, share: float | Tensor) -> Weights:
    """The weights at this share of the straight way from the first to the second."""
    return {name: (1 - share) * p + share * second[name] for name, p in first.items()}


def straight(first: Ensemble, second: Ensemble) -> Way:
    """The straight line in the space of all weights."""
    return lambda share: mixed(first.params, second.params, share)


@torch.no_grad()
def losses_at(nets: Ensemble, weights: Weights, x: Tensor, y: Tensor) -> Float[Tensor, "seed"]:
    """Every seed's loss at these weights."""
    return vmap(lambda p, x, y: cross_entropy(nets.answer(p, x), y))(weights, x, y)


def profile(
    nets: Ensemble, way: Way, x: Tensor, y: Tensor, points: int = POINTS
) -> Float[Tensor, "point seed"]:
    """The loss at evenly spaced points of a way."""
    shares = torch.linspace(0, 1, points).tolist()
    return torch.stack([losses_at(nets, way(share), x, y) for share in shares])


def barrier(heights: Float[Tensor, "point seed"]) -> Float[Tensor, "seed"]:
    """How far the loss rises above the line that joins its two ends."""
    share = torch.linspace(0, 1, len(heights))[:, None]
    return (heights - (1 - share) * heights[0] - share * heights[-1]).amax(0)
