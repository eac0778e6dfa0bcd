"""Two ways to compute every seed's loss: all at once, or in turns."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor
from torch.func import vmap

from landscaping.ensemble.batches import Seen

Net = Callable[[Tensor], Tensor]
Objective = Callable[[Sequence[Net], Sequence[Tensor], Tensor | None], Tensor]
Params = Sequence[dict[str, Tensor]]  # one for each player

# Where stacking gained nothing or lost, the seeds take turns (`make bench` prints the table): networks
# whose weights times examples exceed the first number, and batches longer than the second.
STACK_AT_MOST, STACK_EXAMPLES = 5_000_000, 1_000


def strategy(weights: int, examples: int) -> Callable[..., Float[Tensor, "seed"]]:
    """The faster of the two for networks and batches of this size, by a rule on shapes alone."""
    return stacked if weights * examples <= STACK_AT_MOST and examples <= STACK_EXAMPLES else in_turns


def stacked(objective: Objective, ensembles, params, seen: Seen, noise: Seen) -> Float[Tensor, "seed"]:
    """Losses of all seeds in one batched computation."""

    def of_one_seed(params, seen, noise):
        nets = [lambda x, e=e, p=p: e.answer(p, x) for e, p in zip(ensembles, params, strict=True)]
        return objective(nets, seen, noise[0] if noise else None)

    axes = (0, 0 if seen.per_seed else None, 0 if noise.tensors else None)
    return vmap(of_one_seed, in_dims=axes)(params, seen.tensors, noise.tensors)


def in_turns(objective: Objective, ensembles, params, seen: Seen, noise: Seen) -> Float[Tensor, "seed"]:
    """Losses of all seeds one after the other: what is faster once a single network fills the machine."""
    pieces = [{name: p.unbind(0) for name, p in stack.items()} for stack in params]
    losses = []
    for i in range(len(ensembles[0].seeds)):
        own = [{name: p[i] for name, p in piece.items()} for piece in pieces]
        nets = [lambda x, e=e, p=p: e.answer(p, x) for e, p in zip(ensembles, own, strict=True)]
        losses.append(objective(nets, seen.of(i), noise.of(i)[0] if noise.tensors else None))
    return torch.stack(losses)
