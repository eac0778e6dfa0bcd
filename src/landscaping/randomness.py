"""The one door for chance: everything that a seed decides is drawn here."""

from collections.abc import Callable
from hashlib import blake2b

import torch
from torch import nn


def integer(purpose: str, seed: int) -> int:
    """A number in [0, 2³¹) for what wants an integer, such as scikit-learn's `random_state`."""
    return int.from_bytes(blake2b(f"{purpose}/{seed}".encode(), digest_size=4).digest()) >> 1


def stream(purpose: str, seed: int) -> torch.Generator:
    """A stream of random numbers that depends on its purpose and seed only.

    Streams of different purposes ("weights", "batches", "noise", "data", "split", …) are independent,
    so that a network's batches stay the same when its initial weights take more draws.
    """
    return torch.Generator().manual_seed(integer(purpose, seed))


def born(make: Callable[[], nn.Module], seed: int) -> nn.Module:
    """A network whose initial weights depend on `seed` and on nothing else."""
    with torch.random.fork_rng(devices=[]):
        torch.set_rng_state(stream("weights", seed).get_state())
        return make()
