import subprocess
import sys

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from landscaping.ensemble import SGD, Adam, Player, cosine, descend, run, stack, strategies, train
from landscaping.ensemble.batches import Seen
from landscaping.randomness import born, stream

SEEDS = (0, 5, 9)
X = torch.randn(60, 3, generator=stream("test", 0), dtype=torch.float64)
Y = X.prod(1, keepdim=True)
squared = nn.functional.mse_loss


def make():
    return nn.Sequential(nn.Linear(3, 7), nn.Tanh(), nn.Linear(7, 1)).double()


def trained(rule, seeds=SEEDS, **options):
    nets = stack(make, seeds)
    losses = run(train(nets, squared, X, Y, rule, steps=40, **options))
    return nets, losses


def loop(rule, seed, batch=None):
    """The slower and simpler truth: one module, torch's optimizer, batches drawn as the library says."""
    net, order = born(make, seed), stream("batches", seed)
    optimizer = rule.optimizer(list(net.parameters()))
    losses, waiting = [], []
    for _ in range(40):
        if batch and not waiting:
            waiting = list(torch.randperm(60, generator=order)[: 60 - 60 % batch].split(batch))
        chosen = waiting.pop(0) if batch else slice(None)
        loss = squared(net(X[chosen]), Y[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return net, torch.stack(losses)


@pytest.mark.parametrize("rule", [SGD(0.1), SGD(0.05, momentum=0.9), Adam(0.01)], ids=str)
@pytest.mark.parametrize("batch", [None, 7, 20])
@pytest.mark.parametrize("at_most", [-1, float("inf")], ids=["in turns", "stacked"])
def test_stacked_training_equals_a_loop_over_seeds(rule, batch, at_most, monkeypatch):
    monkeypatch.setattr(strategies, "STACK_MADE", at_most)
    nets, losses = trained(rule, batch=batch)
    for position, seed in enumerate(SEEDS):
        net, expected = loop(rule, seed, batch)
        assert (losses[:, position] - expected).abs().max() < 1e-10
        assert (nets(X)[position] - net(X)).abs().max() < 1e-10


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(st.sets(st.integers(0, 50), min_size=1, max_size=4))
def test_a_seed_does_not_notice_its_neighbours(seeds):
    seeds = tuple(sorted(seeds))
    _, together = trained(SGD(0.1), seeds, batch=20)
    _, alone = trained(SGD(0.1), seeds[-1:], batch=20)
    assert (together[:, -1] - alone[:, 0]).abs().max() < 1e-12


def test_losses_are_those_before_the_step():
    nets = stack(make, SEEDS)
    before = (nets(X) - Y).square().mean((1, 2))
    assert torch.allclose(next(train(nets, squared, X, Y, SGD(0.1))), before)


def test_masked_weights_stay_at_zero_under_every_rule():
    mask = torch.ones(7, 3).double()
    mask[:, 1] = 0
    for rule in (SGD(0.1, momentum=0.9), Adam(0.01)):
        nets, _ = trained(rule, masks={"0.weight": mask})
        assert (nets.params["0.weight"][:, :, 1] == 0).all()
        assert (nets.params["0.weight"][:, :, 0] != 0).all()


def test_each_seed_may_have_examples_of_its_own():
    own_x = torch.stack([X, 2 * X, -X])
    own_y = torch.stack([Y, Y, Y])
    nets = stack(make, SEEDS)
    losses = run(train(nets, squared, own_x, own_y, SGD(0.1), batch=20, steps=5, per_seed=True))
    _, shared = trained(SGD(0.1), batch=20)
    assert torch.allclose(losses[:, 0], shared[:5, 0])
    assert not torch.allclose(losses[:, 1], shared[:5, 1])
    assert nets(own_x, per_seed=True).shape == (3, 60, 1)


def game(at_most, monkeypatch):
    """Two players on one quantity: the first raises it, the second lowers it."""
    monkeypatch.setattr(strategies, "STACK_MADE", at_most)

    def gap(nets, seen, noise):
        return (nets[0](seen[0]) - nets[1](noise)).mean()

    first, second = stack(make, SEEDS), stack(make, SEEDS)
    players = [
        Player(first, lambda *a: -gap(*a), SGD(0.1)),
        Player(second, gap, SGD(0.1)),
    ]
    return run(descend(players, (X,), batch=20, noise=(20, 3), steps=6)), first, second


def test_two_players_step_in_turn_and_only_down_their_own_objective(monkeypatch):
    losses, first, second = game(float("inf"), monkeypatch)
    assert losses.shape == (6, 2, 3)
    assert not torch.equal(first.flat(), second.flat())
    in_turns, *_ = game(-1, monkeypatch)
    assert (losses - in_turns).abs().max() < 1e-10


def test_noise_is_each_seeds_own_and_fresh_at_every_turn(monkeypatch):
    seen = []

    def listen(nets, batch, noise):
        seen.append(noise)
        return nets[0](batch[0]).square().mean()

    nets = stack(make, SEEDS)
    monkeypatch.setattr(strategies, "STACK_MADE", -1)
    run(descend([Player(nets, listen, SGD(0.1))], (X,), noise=(4,), steps=2))
    rows = torch.stack(seen[1:])  # the first call is asked how much it holds
    assert rows.shape == (6, 4)
    assert torch.unique(rows, dim=0).shape == rows.shape
    assert torch.equal(rows[0], torch.randn(4, generator=stream("noise", 0), dtype=torch.float64))


def test_a_schedule_reaches_the_rule():
    rates = []
    nets = stack(make, SEEDS)
    run(train(nets, squared, X, Y, SGD(lambda step: rates.append(step) or 0.1), steps=3))
    assert rates[-3:] == [0, 1, 2]
    fall = cosine(0.4, 100)
    assert fall(0) == 0.4
    assert abs(fall(50) - 0.2) < 1e-7
    assert abs(fall(100)) < 1e-7


def test_what_cannot_be_stacked_is_refused_with_the_reason():
    with pytest.raises(ValueError, match="has buffers"):
        stack(lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)), SEEDS)
    with pytest.raises(ValueError, match="draw random numbers"):
        stack(lambda: nn.Sequential(nn.Linear(3, 4), nn.Dropout()), SEEDS)
    with pytest.raises(ValueError, match="players differ in seeds"):
        next(descend([Player(stack(make, s), lambda *a: None, SGD(0.1)) for s in ((0,), (1,))], (X,)))


def test_a_copy_has_memory_of_its_own():
    nets = stack(make, SEEDS)
    other = nets.copy()
    run(train(nets, squared, X, Y, SGD(0.1), steps=1))
    assert not torch.equal(nets.flat(), other.flat())
    assert nets.size == other.flat().shape[1] == 36


def test_what_trains_together_is_decided_by_sizes_alone():
    assert strategies.strategy(read=4_000, made=80_000) is strategies.Stacked
    assert strategies.strategy(read=4_000, made=200_000) is strategies.InTurns
    assert strategies.strategy(read=80_000, made=80_000) is strategies.InTurns


def test_sizes_are_of_one_seed_and_double_precision_counts_twice():
    def sizes_of(nets, x):
        return strategies.sizes(lambda n, seen, _: n[0](seen[0]).mean(), [nets],
                                Seen((x,), False), Seen((), True))  # fmt: skip

    assert sizes_of(stack(make, SEEDS), X) == (2 * 60 * 3, 2 * 60 * 7)
    assert sizes_of(stack(lambda: make().float(), SEEDS), X.float()) == (60 * 3, 60 * 7)


class Tied(nn.Module):
    """One layer under two names."""

    def __init__(self) -> None:
        super().__init__()
        self.there = nn.Linear(3, 3).double()
        self.back = self.there

    def forward(self, x):
        return self.back(self.there(x).tanh())


@pytest.mark.parametrize("at_most", [-1, float("inf")], ids=["in turns", "stacked"])
def test_weights_under_two_names_stay_one(at_most, monkeypatch):
    monkeypatch.setattr(strategies, "STACK_MADE", at_most)
    nets = stack(Tied, SEEDS)
    losses = run(train(nets, squared, X, X, SGD(0.1), steps=5))
    net = born(Tied, SEEDS[1])
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for step in range(5):
        loss = squared(net(X), X)
        assert abs(losses[step, 1] - loss) < 1e-12
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def test_a_stack_may_list_its_weights_in_any_order(monkeypatch):
    monkeypatch.setattr(strategies, "STACK_MADE", -1)
    nets, other = stack(make, SEEDS), stack(make, SEEDS)
    other.params = dict(reversed(other.params.items()))
    losses = run(train(nets, squared, X, Y, SGD(0.1), steps=5))
    assert torch.equal(run(train(other, squared, X, Y, SGD(0.1), steps=5)), losses)


HELD = """
from pathlib import Path
import torch
from torch import nn
from landscaping import ensemble
from landscaping.ensemble import descent, strategies
torch.set_num_threads(1)
held = lambda: int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
descent.strategy = lambda *_: strategies.InTurns
nets = ensemble.stack(lambda: nn.Sequential(nn.Linear(10, 60), nn.ReLU(), nn.Linear(60, 1)), range(8))
x = torch.ones(2000, 10)
loss, rule = nn.functional.mse_loss, ensemble.SGD(0.01)
training = lambda steps: ensemble.train(nets, loss, x, x[:, :1], rule, steps=steps)
ensemble.run(training(100))
before = held()
losses = ensemble.run(training(700))
print(held() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what a process holds")
def test_a_long_training_holds_no_more_memory_than_a_short_one():
    done = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 60
