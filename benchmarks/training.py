"""One training of eight seeds in every way: as an ensemble, stacked, in a loop, with a DataLoader."""

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from landscaping.ensemble import Ensemble, Player, descent

DESCEND = descent.descend  # what really trains
SEEDS = 8
LEAST, STRETCHES = 0.6, 8  # CPU seconds that one way is measured, and in how many pieces


@dataclass(frozen=True)
class Recipe:
    """One training of the book, as `descend` was asked for it."""

    chapter: str
    players: tuple[Player, ...]
    data: tuple[Tensor, ...]
    batch: int | None
    noise: tuple[int, ...] | None
    per_seed: bool

    @property
    def examples(self) -> int:
        """How many each network learns from."""
        return self.data[0].shape[1 if self.per_seed else 0]

    @property
    def weights(self) -> int:
        """Of the networks of one seed."""
        return sum(player.ensemble.size for player in self.players)

    def words(self) -> str:
        """What makes two recipes the same row: chapter, networks, weights, examples, batch, rule."""
        nets = " + ".join(shape(player.ensemble) for player in self.players)
        rule = type(self.players[0].rule).__name__
        size = f"{self.weights:7,} {self.examples:7,} {self.batch or 'all':>5}"
        return f"{self.chapter:32} {nets:30} {size} {rule:5}"

    def for_eight(self) -> "Recipe":
        """The same with eight seeds, those at hand in turns."""
        turn = [k % len(self.players[0].ensemble.seeds) for k in range(SEEDS)]

        def eight(player: Player) -> Player:
            nets, masks = player.ensemble, player.masks
            params = {name: p[turn].clone() for name, p in nets.params.items()}
            masks = {name: m[turn] if per_seed(m, nets, name) else m for name, m in masks.items()}
            return replace(player, ensemble=Ensemble(nets.net, params, tuple(range(SEEDS))), masks=masks)

        data = tuple(each[turn] for each in self.data) if self.per_seed else self.data
        return replace(self, players=tuple(map(eight, self.players)), data=data)


def per_seed(mask: Tensor, nets: Ensemble, name: str) -> bool:
    """Whether a mask is each seed's own."""
    return mask.dim() == nets.params[name].dim()


def shape(nets: Ensemble) -> str:
    """A network in few words: its kind and its largest layer."""
    sizes = [tuple(p.shape[1:]) for p in nets.params.values()]
    return f"{type(nets.net).__name__} {'×'.join(map(str, max(sizes, key=lambda s: torch.Size(s).numel())))}"


def by_ensemble(recipe: Recipe, way: Callable) -> Iterator[None]:
    """As the book trains, all seeds in one computation or in turns."""
    given = {"batch": recipe.batch, "noise": recipe.noise, "per_seed": recipe.per_seed}
    steps = DESCEND(recipe.players, recipe.data, **given)
    kept, descent.strategy = descent.strategy, lambda *_: way
    next(steps)  # the way is taken at the first step
    descent.strategy = kept
    yield
    for _ in steps:
        yield


def sliced(tensors: Sequence[Tensor], batch: int) -> Iterator[tuple[Tensor, ...]]:
    """Shuffled epochs by indexing."""
    n = len(tensors[0])
    while True:
        if batch >= n:
            yield tuple(tensors)
            continue
        for chosen in torch.randperm(n)[: n - n % batch].split(batch):
            yield tuple(each[chosen] for each in tensors)


def loaded(tensors: Sequence[Tensor], batch: int) -> Iterator[tuple[Tensor, ...]]:
    """Shuffled epochs by torch's loader."""
    loader = DataLoader(
        TensorDataset(*tensors), batch_size=min(batch, len(tensors[0])), shuffle=True, drop_last=True
    )
    while True:
        yield from loader


def loop(recipe: Recipe, batches: Callable) -> Iterator[None]:
    """A module and an optimizer for each seed; one step of all seeds, seed after seed."""
    runs = [alone(recipe, seed, batches) for seed in range(SEEDS)]
    while True:
        for run in runs:
            next(run)
        yield


def alone(recipe: Recipe, seed: int, batches: Callable) -> Iterator[None]:
    """One seed's networks, trained as anybody would."""
    nets = [module(player.ensemble, seed) for player in recipe.players]
    optimizers = [
        player.rule.optimizer(list(net.parameters()))
        for player, net in zip(recipe.players, nets, strict=True)
    ]
    own = [each[seed] for each in recipe.data] if recipe.per_seed else recipe.data
    seen = batches(own, recipe.batch or recipe.examples)
    for player, net in zip(recipe.players, nets, strict=True):
        hold(player, net, seed)
    while True:
        for player, net, optimizer in zip(recipe.players, nets, optimizers, strict=True):
            noise = None if recipe.noise is None else torch.randn(recipe.noise, dtype=own[0].dtype)
            optimizer.zero_grad()
            player.objective(nets, next(seen), noise).backward()
            optimizer.step()
            hold(player, net, seed)
        yield


@torch.no_grad()
def hold(player: Player, net: nn.Module, seed: int) -> None:
    """Weights outside the mask are zero."""
    for name, mask in player.masks.items():
        net.get_parameter(name).mul_(mask[seed] if per_seed(mask, player.ensemble, name) else mask)


def module(nets: Ensemble, seed: int) -> nn.Module:
    """One seed's network as an ordinary module."""
    own = {name: p[seed] for name, p in nets.params.items()}
    net = copy.deepcopy(nets.net).to_empty(device="cpu").to(next(iter(own.values())).dtype)
    net.load_state_dict(own, strict=False)
    return net


def milliseconds(*ways: Iterator[None]) -> list[float]:
    """CPU milliseconds of one step, each way: the fastest stretch of several, the ways taking turns."""
    stretches = []
    for steps in ways:
        for _ in range(3):
            next(steps)
        stretches.append(max(3, round(LEAST / STRETCHES / max(stretch(steps, 1), 1e-4))))
    rounds = [
        [stretch(steps, count) for steps, count in zip(ways, stretches, strict=True)]
        for _ in range(STRETCHES)
    ]
    return [1000 * min(times) for times in zip(*rounds, strict=True)]


def stretch(steps: Iterator[None], count: int) -> float:
    """CPU seconds a step, over so many."""
    begun = time.process_time()
    for _ in range(count):
        next(steps)
    return (time.process_time() - begun) / count
