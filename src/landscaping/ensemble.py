"""Many seeds are one more axis: networks stacked, trained in one pass, and asked together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.func import functional_call, stack_module_state, vmap

from landscaping.randomness import born, stream

Net = Callable[[Tensor], Tensor]
Objective = Callable[[Sequence[Net], Sequence[Tensor], Tensor | None], Tensor]
Rate = float | Callable[[int], float]

# Multiply-adds of one network on one batch above which stacking gained nothing or lost
# (`make bench` prints the table): beyond it the seeds take turns.
STACK_AT_MOST = 2_000_000


@dataclass
class Ensemble:
    """Networks of one shape, one for each seed; every tensor of `params` is `(seed, ...)`."""

    net: nn.Module
    params: dict[str, Tensor]
    seeds: tuple[int, ...]

    def __call__(self, x: Tensor, per_seed: bool = False) -> Tensor:
        """What every network answers: `(n, ...)` shared, or `(seed, n, ...)`, to `(seed, n, ...)`."""
        return vmap(self.answer, in_dims=(0, 0 if per_seed else None))(self.params, x)

    def answer(self, params: dict[str, Tensor], x: Tensor) -> Tensor:
        """The answer of one network with these weights; for derivatives by `torch.func`."""
        return functional_call(self.net, params, (x,))

    def flat(self) -> Float[Tensor, "seed weight"]:
        """Every network's weights in one row."""
        return torch.cat([p.flatten(1) for p in self.params.values()], dim=1)

    def copy(self) -> "Ensemble":
        """The same networks in memory of their own, for training on without losing these."""
        return Ensemble(self.net, {name: p.clone() for name, p in self.params.items()}, self.seeds)

    @property
    def size(self) -> int:
        """Number of weights of one network."""
        return sum(p[0].numel() for p in self.params.values())


@dataclass(frozen=True)
class SGD:
    """Gradient descent, on batches or on everything, with momentum where it is not zero (UDL §6.1–6.3)."""

    rate: Rate
    momentum: float = 0.0

    def optimizer(self, params: Sequence[Tensor]) -> torch.optim.Optimizer:
        """Torch's own, for stacked weights: its arithmetic is elementwise, so seeds never mix."""
        return torch.optim.SGD(params, lr=rate_at(self.rate, 0), momentum=self.momentum)


@dataclass(frozen=True)
class Adam:
    """Kingma and Ba's rule (UDL §6.4)."""

    rate: Rate
    betas: tuple[float, float] = (0.9, 0.999)

    def optimizer(self, params: Sequence[Tensor]) -> torch.optim.Optimizer:
        """Torch's own, fused: the same arithmetic in one pass."""
        return torch.optim.Adam(params, lr=rate_at(self.rate, 0), betas=self.betas, fused=True)


@dataclass
class Player:
    """Networks with an objective of their own; `masks` hold weights at zero where they are 0."""

    ensemble: Ensemble
    objective: Objective
    rule: SGD | Adam
    masks: dict[str, Tensor] = field(default_factory=dict)


def rate_at(rate: Rate, step: int) -> float:
    """The learning rate at a step, fixed or scheduled."""
    return rate(step) if callable(rate) else rate


def stack(make: Callable[[], nn.Module], seeds: Sequence[int]) -> Ensemble:
    """One network for each seed, each as it was born, stacked.

    Raises `ValueError` for what cannot be stacked: buffers that training changes (batch normalization),
    and modules that draw random numbers of their own (dropout).
    """
    nets = [born(make, seed) for seed in seeds]
    refuse_unstackable(nets[0])
    params, _ = stack_module_state(nets)
    return Ensemble(nets[0].to("meta"), {k: p.detach() for k, p in params.items()}, tuple(seeds))


def refuse_unstackable(net: nn.Module) -> None:
    """Raise for a network whose copies would share a state or a stream of random numbers."""
    buffers = [name for name, _ in net.named_buffers()]
    if buffers:
        raise ValueError(
            f"cannot stack {type(net).__name__}: it has buffers {buffers}, which would mix the seeds; "
            "use a layer without running statistics"
        )
    random = [
        name for name, module in net.named_modules() if isinstance(module, nn.modules.dropout._DropoutNd)
    ]
    if random:
        raise ValueError(
            f"cannot stack {type(net).__name__}: {random} draw random numbers that no seed decides; "
            "take them from the noise that the objective is given"
        )


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
    own streams, anew at every turn.
    """
    seeds = players[0].ensemble.seeds
    if any(player.ensemble.seeds != seeds for player in players):
        raise ValueError(
            f"players differ in seeds: {[p.ensemble.seeds for p in players]}; stack them on the same"
        )
    turns = [Turn(player, players, work(players, data, batch, per_seed)) for player in players]
    batches, noises = batches_for(seeds, data, batch, per_seed), noises_for(seeds, noise, data[0])
    for step in count() if steps is None else range(steps):
        yield torch.stack([turn.take(step, next(batches), next(noises)) for turn in turns])


class Turn:
    """One player's step: its gradient while the others hold still, then its rule."""

    def __init__(self, player: Player, players: Sequence[Player], multiply_adds: int) -> None:
        self.player, self.players = player, players
        self.losses_of = stacked if multiply_adds <= STACK_AT_MOST else in_turns
        self.leaves = {name: p.detach().requires_grad_() for name, p in player.ensemble.params.items()}
        self.optimizer = player.rule.optimizer(list(self.leaves.values()))
        self.hold_at_zero()

    def take(self, step: int, seen: "Seen", noise: "Seen") -> Float[Tensor, "seed"]:
        """Losses before the step, `(seed,)`; the weights move in place."""
        params = [self.leaves if p is self.player else p.ensemble.params for p in self.players]
        losses = self.losses_of(
            self.player.objective, [p.ensemble for p in self.players], params, seen, noise
        )
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(self.player.rule.rate, step)
        # Seeds share no weight, so the gradient of the sum is each seed's own gradient.
        gradients = torch.autograd.grad(losses.sum(), list(self.leaves.values()))
        for leaf, gradient in zip(self.leaves.values(), gradients, strict=True):
            # Torch's fused Adam reads gradient and weights in memory order, whatever their strides say.
            leaf.grad = gradient.contiguous()
        self.optimizer.step()
        self.hold_at_zero()
        return losses.detach()

    @torch.no_grad()
    def hold_at_zero(self) -> None:
        """Plant the trees: weights outside the mask go back to zero after every step."""
        for name, mask in self.player.masks.items():
            self.leaves[name].mul_(mask)


@dataclass(frozen=True)
class Seen:
    """Tensors that one step sees, and whether each seed has its own."""

    tensors: tuple[Tensor, ...]
    per_seed: bool

    def of(self, position: int) -> tuple[Tensor, ...]:
        """What one seed sees."""
        return tuple(t[position] for t in self.tensors) if self.per_seed else self.tensors


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


def work(players: Sequence[Player], data: Sequence[Tensor], batch: int | None, per_seed: bool) -> int:
    """Multiply-adds of one network on one batch, counted as weights times examples."""
    examples = batch or data[0].shape[1 if per_seed else 0]
    return examples * sum(player.ensemble.size for player in players)


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


def run(losses: Iterator[Tensor]) -> Float[Tensor, "step *seed"]:
    """Take every step of a finite training; the losses before each, stacked."""
    return torch.stack(list(losses))


def cosine(rate: float, steps: int) -> Callable[[int], float]:
    """A learning rate that falls along half a cosine from `rate` to zero over `steps`."""
    return lambda step: rate * 0.5 * (1 + torch.cos(torch.tensor(step / steps * torch.pi)).item())
