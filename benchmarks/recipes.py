"""Every recipe that the book trains by: CPU milliseconds a step for eight seeds, ensemble against loops.

The recipes are found, not listed: every claim's experiment and control runs with a training that only
takes notes. `loop` is what one would write without this library, a module and an optimizer for each seed;
`DataL.` is the same loop with torch's DataLoader. What `landscaping.ensemble` takes must not lose to either.
"""

import copy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import count
from pathlib import Path

import torch
import yaml
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from landscaping import ensemble
from landscaping.ensemble import Ensemble, Player, descent, strategies

ROOT = Path(__file__).parents[1]
DESCEND = descent.descend  # what really trains
SEEDS, FOUND_WITH = 8, (0, 1)  # measured on so many; found on these, for the sake of time
LEAST = 0.3  # CPU seconds that one way is measured


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


def found(wanted: Sequence[str] = ()) -> Iterator[Recipe]:
    """Every recipe of every chapter (or the wanted ones) in the book's order, each once."""
    notes: dict[str, Recipe] = {}
    taking = take_notes(notes)
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
    chapters = [each["file"] for part in toc["parts"] for each in part["chapters"]]
    for chapter in chapters:
        page = (ROOT / "book" / f"{chapter}.md").read_text("utf8")
        if "```{code-cell}" not in page or chapter not in (wanted or chapters):
            continue
        taking["chapter"] = chapter
        claims = import_module("landscaping." + chapter.replace("/", ".").replace("-", "_")).CLAIMS
        for experiment in dict.fromkeys(run for claim in claims for run in (claim.experiment, claim.control)):
            try:
                experiment(FOUND_WITH)
            except Exception as error:  # an untrained network may have nothing to measure
                print(f"  {chapter}: an experiment stopped at its untrained networks: {error!r}"[:110])
        yield from notes.values()
        notes.clear()


def take_notes(notes: dict[str, Recipe]) -> dict[str, str]:
    """From here on training is only noted in this process: networks stay as they were born."""
    taking = {"chapter": ""}

    def descend(players, data, *, batch=None, noise=None, steps=None, per_seed=False):
        recipe = Recipe(taking["chapter"], tuple(players), tuple(data), batch, noise, per_seed)
        notes.setdefault(recipe.words(), recipe)
        for _ in count() if steps is None else range(steps):
            yield torch.zeros(len(players), len(players[0].ensemble.seeds))

    descent.descend = ensemble.descend = descend  # before any chapter imports it
    return taking


def by_ensemble(recipe: Recipe) -> Iterator[None]:
    """As the book trains: the way that `landscaping.ensemble` chooses."""
    given = {"batch": recipe.batch, "noise": recipe.noise, "per_seed": recipe.per_seed}
    for _ in DESCEND(recipe.players, recipe.data, **given):
        yield


def stacked(recipe: Recipe) -> Iterator[None]:
    """All seeds in one computation, whatever is chosen."""
    kept, descent.strategy = descent.strategy, lambda *_: strategies.stacked
    steps = by_ensemble(recipe)
    next(steps)  # the way is taken at the first step
    descent.strategy = kept
    yield
    yield from steps


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
    net = copy.deepcopy(nets.net).to_empty(device="cpu")
    net.load_state_dict({name: p[seed] for name, p in nets.params.items()}, strict=False)
    return net


def milliseconds(steps: Iterator[None]) -> float:
    """CPU milliseconds of one step: the fastest of three stretches, after a few steps that warm up."""
    for _ in range(3):
        next(steps)
    begun = time.process_time()
    next(steps)
    stretch = max(3, round(LEAST / 3 / max(time.process_time() - begun, 1e-4)))
    times = []
    for _ in range(3):
        begun = time.process_time()
        for _ in range(stretch):
            next(steps)
        times.append((time.process_time() - begun) / stretch)
    return 1000 * min(times)


def row(recipe: Recipe) -> tuple[str, float]:
    """The recipe's line, and how often the chosen way fits into the faster loop."""
    eight = recipe.for_eight
    chosen = milliseconds(by_ensemble(eight()))
    ways = [
        milliseconds(stacked(eight())),
        milliseconds(loop(eight(), sliced)),
        milliseconds(loop(eight(), loaded)),
    ]
    stacks = strategies.strategy(recipe.weights, recipe.batch or recipe.examples) is strategies.stacked
    ratio = min(ways[1:]) / chosen
    times = "".join(f"{each:9.2f}" for each in (*ways, chosen))
    return f"{recipe.words()}{times}  {'stacked' if stacks else 'in turns':8} {ratio:5.2f}", ratio


def table() -> None:
    """Print a row for every recipe, and the worst of all."""
    torch.set_num_threads(1)
    print(f"{'chapter':32} {'networks, largest layer':30} {'weights':>7} {'exampl.':>7} {'batch':>5} rule "
          "  stacked     loop  DataL.  chosen   way     loop/chosen")  # fmt: skip
    rows = []
    for recipe in found():
        text, ratio = row(recipe)
        rows.append((ratio, text))
        print(text, flush=True)
    print(f"{len(rows)} recipes; the least gain over the faster loop: {min(rows)[0]:.2f}")


def main() -> None:
    """The table from a process of its own: what takes notes there trains nothing any more."""
    command = [sys.executable, "-c", "from benchmarks.recipes import table; table()"]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
