"""Every recipe that the book trains by: CPU milliseconds a step for eight seeds, ensemble against loops.

The recipes are found, not listed: every claim's experiment and control runs with a training that only
takes notes. `loop` is what one would write without this library, a module and an optimizer for each seed;
`DataL.` is the same loop with torch's DataLoader. What `landscaping.ensemble` takes must not lose to either.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import count
from pathlib import Path

import torch
import yaml

from benchmarks.training import Recipe, by_ensemble, loaded, loop, milliseconds, sliced
from landscaping import ensemble
from landscaping.ensemble import descent, strategies
from landscaping.ensemble.batches import batches_for, noises_for

ROOT = Path(__file__).parents[1]
FOUND_WITH = (0, 1)  # the seeds with which recipes are found, for the sake of time


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


def row(recipe: Recipe) -> tuple[str, float]:
    """The recipe's line, and how often the chosen way fits into the faster loop."""
    eight, takes = recipe.for_eight, chosen(recipe)
    ways = [by_ensemble(eight(), way) for way in (strategies.Stacked, strategies.InTurns)]
    times = milliseconds(*ways, loop(eight(), sliced), loop(eight(), loaded))
    ratio = min(times[2:]) / times[takes is strategies.InTurns]
    text = "".join(f"{each:9.2f}" for each in times)
    way = "in turns" if takes is strategies.InTurns else "stacked"
    return f"{recipe.words()}{text}  {way:8} {ratio:5.2f}", ratio


def chosen(recipe: Recipe) -> Callable:
    """The way that `landscaping.ensemble` takes for it."""
    nets = [player.ensemble for player in recipe.players]
    seen = next(batches_for(nets[0].seeds, recipe.data, recipe.batch, recipe.per_seed))
    noise = next(noises_for(nets[0].seeds, recipe.noise, recipe.data[0]))
    return strategies.strategy(*strategies.sizes(recipe.players[0].objective, nets, seen, noise))


def table(*wanted: str) -> None:
    """Print a row for every recipe of the wanted chapters, or of all, and the worst of them."""
    torch.set_num_threads(1)
    print(f"{'chapter':32} {'networks, largest layer':30} {'weights':>7} {'exampl.':>7} {'batch':>5} rule "
          "  stacked in turns     loop   DataL.  chosen   loop/chosen")  # fmt: skip
    rows = []
    for recipe in found(wanted):
        text, ratio = row(recipe)
        rows.append((ratio, text))
        print(text, flush=True)
    print(f"{len(rows)} recipes; the least gain over the faster loop: {min(rows)[0]:.2f}")


def main() -> None:
    """The table from a process of its own: what takes notes there trains nothing any more."""
    subprocess.run([sys.executable, "-m", "benchmarks.recipes"], cwd=ROOT, check=True)


if __name__ == "__main__":
    table(*sys.argv[1:])
