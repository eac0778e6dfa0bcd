"""Permuted copies: hidden units renumbered, which no answer notices; and the order that fits a partner."""

from collections.abc import Callable

import torch
from jaxtyping import Float, Int
from scipy.optimize import linear_sum_assignment
from torch import Tensor

from landscaping.ensemble import Ensemble, stack
from landscaping.optimization.loss_landscapes.pairs import WIDTH, handwriting, network
from landscaping.randomness import stream

Orders = Int[Tensor, "seed unit"]


def renumbered(nets: Ensemble, orders: Orders) -> Ensemble:
    """The same functions from other places: hidden unit k becomes what unit `orders[:, k]` was."""
    copy = half_renumbered(nets, orders)
    rows = torch.arange(len(orders))[:, None]
    copy.params["2.weight"] = nets.params["2.weight"].mT[rows, orders].mT.contiguous()
    return copy


def half_renumbered(nets: Ensemble, orders: Orders) -> Ensemble:
    """Renumber what comes into the hidden units and forget what goes out: another function."""
    rows = torch.arange(len(orders))[:, None]
    copy = nets.copy()
    for name in ("0.weight", "0.bias"):
        copy.params[name] = nets.params[name][rows, orders]
    return copy


def shuffles(seeds: tuple[int, ...], width: int) -> Orders:
    """A random order of the hidden units for every seed."""
    return torch.stack([torch.randperm(width, generator=stream("order", seed)) for seed in seeds])


def hidden(nets: Ensemble, x: Float[Tensor, "seed n d"]) -> Float[Tensor, "seed n unit"]:
    """What the hidden units say to these inputs."""
    return (x @ nets.params["0.weight"].mT + nets.params["0.bias"][:, None]).relu()


def alike(first: Ensemble, second: Ensemble, x: Tensor) -> Float[Tensor, "seed unit unit"]:
    """Covariance between every unit of the first and every unit of the second over these inputs."""
    a, b = (hidden(nets, x) for nets in (first, second))
    return (a - a.mean(1, keepdim=True)).mT @ (b - b.mean(1, keepdim=True)) / x.shape[1]


def best_orders(likeness: Float[Tensor, "seed unit unit"]) -> Orders:
    """The order of the second's units with the largest sum of likeness, exactly (the assignment problem)."""
    found = [linear_sum_assignment(table.numpy(), maximize=True)[1] for table in likeness]
    return torch.stack([torch.as_tensor(order) for order in found])


def matched(first: Ensemble, second: Ensemble, x: Tensor) -> Ensemble:
    """The second network, renumbered so that its units answer as the first's do."""
    return renumbered(second, best_orders(alike(first, second, x)))


def moved_answers(
    seeds: tuple[int, ...], renumber: Callable[[Ensemble, Orders], Ensemble] = renumbered
) -> Float[Tensor, "seed"]:
    """Largest change of any answer when the units of a network are put into random order."""
    nets, x = stack(network, seeds), handwriting(seeds).x
    copy = renumber(nets, shuffles(seeds, WIDTH))
    return (copy(x, per_seed=True) - nets(x, per_seed=True)).abs().flatten(1).amax(1)
