"""Training: players step in turn, each down its own objective, all seeds at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.ensemble.batches import Seen, batches_for, noises_for
from landscaping.ensemble.networks import Ensemble
from landscaping.ensemble.rules import SGD, Adam, rate_at
from landscaping.ensemble.strategies import InTurns, Objective, Stacked, sizes, strategy
from landscaping.progress import told


@dataclass
class Player:
    """Networks with an objective of their own; `masks` hold weights at zero where they are 0."""

    ensemble: Ensemble
    objective: Objective
    rule: SGD | Adam
    masks: dict[str, Tensor] = field(default_factory=dict)


def train(
    ensemble: Ensemble,
    loss: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    y: Tensor,
    rule: SGD | Adam,
    *,
    batch: int | None = None,
    steps: int | None = None,
    masks: dict[str, Tensor] | None = None,
    per_seed: bool = False,
) -> Iterator[Float[Tensor, "seed"]]:
    """Fit `y` from `x`, one network a seed, in place; yield every seed's loss before each step.

    `loss` takes one network's prediction and its target, and gives a scalar. The examples are shared,
    `(n, ...)`, or each seed's own, `(seed, n, ...)` with `per_seed`. Without `batch` every step sees
    them all; with it, each seed goes through its own shuffled epochs. Without `steps` the caller stops it.
    """
    player = Player(ensemble, lambda nets, seen, _: loss(nets[0](seen[0]), seen[1]), rule, masks or {})
    for losses in descend([player], (x, y), batch=batch, steps=steps, per_seed=per_seed):
        yield losses[0]


def descend(
    players: Sequence[Player],
    data: Sequence[Tensor],
    *,
    batch: int | None = None,
    noise: tuple[int, ...] | None = None,
    steps: int | None = None,
    per_seed: bool = False,
) -> Iterator[Float[Tensor, "player seed"]]:
    """Let the players step in turn, each down its own objective; yield their losses before their steps.

    An objective gets all players' networks (of one seed), a batch of each tensor of `data`, and standard
    normal noise of the shape asked for; it gives a scalar. Batch and noise are drawn for each seed from its
    own streams, anew at every turn. Before its first step an objective is called once more, without a
    gradient: how much it holds at once decides how the seeds are computed.
    """
    seeds = players[0].ensemble.seeds
    if any(player.ensemble.seeds != seeds for player in players):
        raise ValueError(
            f"players differ in seeds: {[p.ensemble.seeds for p in players]}; stack them on the same"
        )
    turns = [Turn(player, players) for player in players]
    batches, noises = batches_for(seeds, data, batch, per_seed), noises_for(seeds, noise, data[0])
    for step in told(count() if steps is None else range(steps), steps):
        yield torch.stack([turn.take(step, next(batches), next(noises)) for turn in turns])


class Turn:
    """One player's step: its gradient while the others hold still, then its rule."""

    def __init__(self, player: Player, players: Sequence[Player]) -> None:
        self.player, self.ensembles = player, [each.ensemble for each in players]
        self.mine = next(i for i, each in enumerate(players) if each is player)
        self.leaves = {name: p.detach().requires_grad_() for name, p in player.ensemble.params.items()}
        self.optimizer = player.rule.optimizer(list(self.leaves.values()))
        self.look: Stacked | InTurns | None = None  # decided when the first batch is seen
        self.hold_at_zero()

    def take(self, step: int, seen: Seen, noise: Seen) -> Float[Tensor, "seed"]:
        """Losses before the step, `(seed,)`; the weights move in place."""
        if self.look is None:
            way = strategy(*sizes(self.player.objective, self.ensembles, seen, noise))
            self.look = way(self.player.objective, self.ensembles, self.mine)
        losses, gradients = self.look(seen, noise)
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(self.player.rule.rate, step)
        for leaf, gradient in zip(self.leaves.values(), gradients, strict=True):
            # Torch's fused Adam reads gradient and weights in memory order, whatever their strides say.
            leaf.grad = gradient.contiguous()
        self.optimizer.step()
        self.hold_at_zero()
        return losses

    @torch.no_grad()
    def hold_at_zero(self) -> None:
        """Plant the trees: weights outside the mask go back to zero after every step."""
        for name, mask in self.player.masks.items():
            self.leaves[name].mul_(mask)


def run(losses: Iterator[Tensor]) -> Float[Tensor, "step *seed"]:
    """Take every step of a finite training; the losses before each, stacked."""
    rows, dtype = [], None
    for each in losses:
        # As plain numbers: thousands of small tensors among large ones that go would hold their memory.
        rows.append(each.tolist())
        dtype = each.dtype
    return torch.tensor(rows, dtype=dtype)
