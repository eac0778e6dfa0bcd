import torch
from torch import nn

from landscaping.randomness import born, integer, stream


def make():
    return nn.Linear(3, 2)


def weights(seed):
    return born(make, seed).weight


def test_a_seed_decides_the_initial_weights():
    assert torch.equal(weights(3), weights(3))
    assert not torch.equal(weights(3), weights(4))


def test_a_birth_leaves_the_global_stream_as_it_was():
    torch.set_rng_state(stream("elsewhere", 0).get_state())
    untouched = torch.rand(5)
    torch.set_rng_state(stream("elsewhere", 0).get_state())
    born(make, 1)
    assert torch.equal(torch.rand(5), untouched)


def test_streams_of_two_purposes_are_unrelated():
    first, second = (torch.randn(20_000, generator=stream(p, 0)) for p in ("batches", "noise"))
    assert abs(torch.corrcoef(torch.stack([first, second]))[0, 1]) < 0.03


def test_an_integer_stays_within_what_scikit_learn_accepts():
    assert all(0 <= integer("split", seed) < 2**31 for seed in range(1000))
    assert len({integer("split", seed) for seed in range(1000)}) == 1000
