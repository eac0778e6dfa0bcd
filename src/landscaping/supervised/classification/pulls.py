"""Does a bigger error mean a bigger step? Slopes of two losses where a network is told a wrong label."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.func import functional_call, grad, vmap
from torch.nn import functional

from landscaping.datasets.digits import CLASSES
from landscaping.ensemble import Adam, Ensemble, run, stack, train
from landscaping.randomness import stream
from landscaping.supervised.classification.readers import network, splits

STEPS, BATCH, RATE = 50, 50, 0.01
ASKED = 300  # new digits that are shown with a wrong label
GROUPS = 10


def cross_entropy(scores: Float[Tensor, "n c"], y: Int[Tensor, "n"]) -> Tensor:
    """Minus the logarithm of the label's probability."""
    return functional.cross_entropy(scores, y)


def squared(scores: Float[Tensor, "n c"], y: Int[Tensor, "n"]) -> Tensor:
    """Squared distance of the probabilities from the label's corner of certainty."""
    corner = (y.unsqueeze(-1) == torch.arange(scores.shape[-1])).to(scores.dtype)
    return (scores.softmax(-1) - corner).square().sum(-1).mean()


LOSSES = {"cross-entropy": cross_entropy, "squared": squared}


def by_scores(loss: Callable, scores: Float[Tensor, "n c"], y: Int[Tensor, "n"]) -> Float[Tensor, "n"]:
    """The size of the slope by one example's scores, for each example."""
    one = grad(lambda s, label: loss(s.unsqueeze(0), label.unsqueeze(0)))
    return vmap(one)(scores, y).norm(dim=-1)


def error(scores: Float[Tensor, "*n c"], y: Int[Tensor, "*n"]) -> Float[Tensor, "*n"]:
    """What is missing from the label's probability to one."""
    return 1 - scores.softmax(-1).gather(-1, y.unsqueeze(-1)).squeeze(-1)


def pull_over_error(loss: Callable) -> Float[Tensor, "n"]:
    """Slope over error, for scores from timid to sure and labels right and wrong, drawn once."""
    source = stream("scores", 0)
    sizes = 10 * torch.rand(2000, 1, generator=source, dtype=torch.float64)
    scores = sizes * torch.randn(2000, CLASSES, generator=source, dtype=torch.float64)
    y = torch.randint(CLASSES, (2000,), generator=source)
    keep = error(scores, y) > 1e-6  # below, the error itself is rounding
    return by_scores(loss, scores[keep], y[keep]) / error(scores[keep], y[keep])


@dataclass(frozen=True)
class Told:
    """Networks that are told a wrong label: how sure they are of another, and how hard each loss pulls."""

    sure: Float[Tensor, "seed n"]
    pull: dict[str, Float[Tensor, "seed n"]]  # loss -> the size of its slope by all weights
    loss: str = "squared"

    def by_sureness(self, loss: str) -> Float[Tensor, "seed group"]:
        """Median pull of each tenth of the examples, from the least sure to the surest."""
        order = self.sure.argsort(1)
        groups = self.pull[loss].gather(1, order).unflatten(1, (GROUPS, -1))
        return groups.quantile(0.5, dim=2)

    @property
    def surest_over_least(self) -> Float[Tensor, "seed"]:
        """The pull of the surest tenth over that of the least sure tenth, for the loss that is judged."""
        groups = self.by_sureness(self.loss)
        return groups[:, -1] / groups[:, 0]


@lru_cache(maxsize=2)
def told_wrong(seeds: tuple[int, ...]) -> Told:
    """Networks after a short training, shown new digits with a label that is wrong."""
    x, y, new, truth = splits(seeds)
    nets = stack(network, seeds)
    run(train(nets, cross_entropy, x, y, Adam(RATE), batch=BATCH, steps=STEPS, per_seed=True))
    new, wrong = new[:, :ASKED], (truth[:, :ASKED] + _shift(seeds)) % CLASSES
    sure = nets(new, per_seed=True).detach().softmax(-1).amax(-1)
    return Told(sure, {name: by_weights(nets, loss, new, wrong) for name, loss in LOSSES.items()})


def by_cross_entropy(seeds: tuple[int, ...]) -> Told:
    """The control: the same networks and labels, judged by cross-entropy."""
    found = told_wrong(seeds)
    return Told(found.sure, found.pull, "cross-entropy")


def _shift(seeds: tuple[int, ...]) -> Int[Tensor, "seed n"]:
    drawn = [torch.randint(1, CLASSES, (ASKED,), generator=stream("wrong labels", seed)) for seed in seeds]
    return torch.stack(drawn)


def by_weights(
    nets: Ensemble, loss: Callable, x: Float[Tensor, "seed n 64"], y: Int[Tensor, "seed n"]
) -> Float[Tensor, "seed n"]:
    """The size of the slope by all weights together, one example at a time."""

    def of_one(params: dict, image: Tensor, label: Tensor) -> Tensor:
        return loss(functional_call(nets.net, params, (image.unsqueeze(0),)), label.unsqueeze(0))

    one_net = vmap(grad(of_one), in_dims=(None, 0, 0))
    nets_at = [{name: p[k] for name, p in nets.params.items()} for k in range(len(nets.seeds))]
    slopes = [one_net(params, x[k], y[k]) for k, params in enumerate(nets_at)]
    return torch.stack([sum(s.flatten(1).square().sum(1) for s in each.values()).sqrt() for each in slopes])
