"""Stacked training against a plain loop over seeds: `python -m benchmarks.ensemble`.

The loop is written as one would without this library: a module and an optimizer for each seed. `chosen` is
what `landscaping.ensemble` takes by its rule on sizes; it must not lose to the loop on any row.
"""

import time
from collections.abc import Callable
from itertools import product

import torch
from torch import nn

from landscaping import ensemble
from landscaping.ensemble import descent, strategies
from landscaping.randomness import born

SEEDS, INPUTS, CLASSES, EXAMPLES = range(8), 40, 10, 4000
WIDTHS, BATCHES = (10, 30, 100, 300), (32, 100, 500, EXAMPLES)


def multilayer(width: int) -> Callable[[], nn.Module]:
    """Two hidden layers, as MNIST-1D's plain network."""
    return lambda: nn.Sequential(
        nn.Linear(INPUTS, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, CLASSES)
    )


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the fastest of three runs, after one that warms up."""
    work()
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def loop(make: Callable[[], nn.Module], x, y, batch: int, steps: int) -> None:
    """One network after the other, each with its own optimizer."""
    for seed in SEEDS:
        net = born(make, seed)
        optimizer = torch.optim.Adam(net.parameters(), lr=1e-2, fused=True)
        for step in range(steps):
            chosen = torch.arange(step * batch, (step + 1) * batch) % len(x)
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[chosen]), y[chosen]).backward()
            optimizer.step()


def stacked(make: Callable[[], nn.Module], x, y, batch: int, steps: int, way: Callable) -> None:
    """All networks as an ensemble, trained that way."""
    kept, descent.strategy = descent.strategy, lambda *_: way
    try:
        nets = ensemble.stack(make, SEEDS)
        rule = ensemble.Adam(1e-2)
        ensemble.run(ensemble.train(nets, nn.functional.cross_entropy, x, y, rule, batch=batch, steps=steps))
    finally:
        descent.strategy = kept


def row(width: int, batch: int, x: torch.Tensor, y: torch.Tensor) -> str:
    """CPU seconds of eight seeds, three ways, and how the way chosen compares with the loop."""
    make, steps = multilayer(width), max(4, 12_800 // batch)
    read, made = batch * INPUTS, batch * max(width, INPUTS)
    plain = seconds(lambda: loop(make, x, y, batch, steps))
    together = seconds(lambda: stacked(make, x, y, batch, steps, strategies.Stacked))
    turns = seconds(lambda: stacked(make, x, y, batch, steps, strategies.InTurns))
    stacks = strategies.strategy(read, made) is strategies.Stacked
    ratio = plain / (together if stacks else turns)
    chosen = "stacked" if stacks else "in turns"
    times = f"{plain:8.2f} {together:10.2f} {turns:11.2f}"
    return f"{width:5} {batch:5} {made:14,} {times}  {chosen:8} {ratio:12.2f}"


def main() -> None:
    """Print a row for every width and batch."""
    torch.set_num_threads(1)
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(EXAMPLES, INPUTS, generator=draw)
    y = torch.randint(CLASSES, (EXAMPLES,), generator=draw)
    print("width batch        numbers   loop s  stacked s  in turns s  chosen    loop/chosen")
    for width, batch in product(WIDTHS, BATCHES):
        print(row(width, batch, x, y), flush=True)


if __name__ == "__main__":
    main()
