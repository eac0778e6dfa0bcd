"""The table of the book's recipes: it times the same training in every way, and finds what chapters train."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
import torch
from benchmarks import recipes, training
from torch import nn

from landscaping.ensemble import SGD, Player, stack, strategies
from landscaping.randomness import stream

X = torch.randn(2, 12, 3, generator=stream("test", 0), dtype=torch.float64)
Y = X.sum(2, keepdim=True).sin()


def recipe(batch=None):
    nets = stack(
        lambda: nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1)).double(), recipes.FOUND_WITH
    )
    mask = {"0.weight": torch.ones(2, 5, 3, dtype=torch.float64)}
    mask["0.weight"][:, 0] = 0
    player = Player(nets, lambda nets, seen, _: (nets[0](seen[0]) - seen[1]).square().mean(), SGD(0.1), mask)
    return training.Recipe("a chapter", (player,), (X, Y), batch, None, True)


@pytest.mark.parametrize("way", [strategies.Stacked, strategies.InTurns])
def test_the_loop_trains_the_same_networks_as_the_ensemble(way, monkeypatch):
    together, made, module = recipe().for_eight(), [], training.module
    monkeypatch.setattr(training, "module", lambda nets, seed: made.append(module(nets, seed)) or made[-1])
    for steps in (training.by_ensemble(together, way), training.loop(recipe().for_eight(), training.sliced)):
        for _ in islice(steps, 10):
            pass
    trained = together.players[0].ensemble.flat()
    for net, weights in zip(made, trained, strict=True):
        alone = torch.cat([p.detach().flatten() for p in net.parameters()])
        torch.testing.assert_close(alone, weights, rtol=1e-10, atol=1e-12)
        assert not net.get_parameter("0.weight")[0].any()


@pytest.mark.parametrize("batches", [training.sliced, training.loaded])
def test_an_epoch_shows_every_example_once(batches):
    seen = [x[:, 0] for (x,) in islice(batches([torch.arange(12.0).unsqueeze(1)], 4), 3)]
    assert torch.cat(seen).sort().values.tolist() == list(range(12))


def test_a_row_has_the_time_of_every_way(monkeypatch):
    monkeypatch.setattr(training, "LEAST", 0.01)
    text, ratio = recipes.row(recipe(batch=4))
    assert "Sequential 5×3" in text
    assert ratio > 0


@pytest.mark.slow
def test_the_recipes_of_a_chapter_are_found_without_training():
    code = "from benchmarks.recipes import found\nfor one in found(['models/spectrum']): print(one.words())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Shallow 32×2                       129     200   all Adam" in done.stdout
    assert len(done.stdout.splitlines()) > 5
