"""What each step sees: batches and noise, drawn for each seed from its own streams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from landscaping.randomness import stream


@dataclass(frozen=True)
class Seen:
    """Tensors that one step sees, and whether each seed has its own."""

    tensors: tuple[Tensor, ...]
    per_seed: bool

    def of(self, position: int) -> tuple[Tensor, ...]:
        """What one seed sees."""
        return tuple(t[position] for t in self.tensors) if self.per_seed else self.tensors


def batches_for(seeds, data: Sequence[Tensor], batch: int | None, per_seed: bool) -> Iterator[Seen]:
    """Endless batches, each seed in an order of its own: whole epochs, the remainder dropped."""
    n = data[0].shape[1 if per_seed else 0]
    if batch is None or batch >= n:
        while True:
            yield Seen(tuple(data), per_seed)
    streams = [stream("batches", seed) for seed in seeds]
    rows = torch.arange(len(seeds)).unsqueeze(1)
    while True:
        order = torch.stack([torch.randperm(n, generator=s) for s in streams])
        for chosen in order[:, : n - n % batch].split(batch, dim=1):
            yield Seen(tuple(t[rows, chosen] if per_seed else t[chosen] for t in data), True)


def noises_for(seeds, shape: tuple[int, ...] | None, like: Tensor) -> Iterator[Seen]:
    """Endless standard normal noise, `(seed, *shape)`; nothing where no shape is asked for."""
    streams = [stream("noise", seed) for seed in seeds]
    while True:
        drawn = (
            ()
            if shape is None
            else (torch.stack([torch.randn(shape, generator=s, dtype=like.dtype) for s in streams]),)
        )
        yield Seen(drawn, True)
