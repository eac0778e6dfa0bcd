"""Two ways to every seed's loss and gradient: all at once, or seed after seed."""

import copy
from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.func import vmap
from torch.utils._python_dispatch import TorchDispatchMode

from landscaping.ensemble.batches import Seen
from landscaping.ensemble.networks import Ensemble

Net = Callable[[Tensor], Tensor]
Objective = Callable[[Sequence[Net], Sequence[Tensor], Tensor | None], Tensor]
Step = tuple[Float[Tensor, "seed"], Sequence[Tensor]]  # losses; a gradient for each of a player's tensors

# Where stacking gained nothing or lost, the seeds take turns (`make bench` prints the table): all batches, or
# all of the largest tensors on the way to a loss, no longer fit into a core's own memory together.
STACK_READ, STACK_MADE = 50_000, 100_000  # numbers of single precision, for one seed


def strategy(read: float, made: float) -> "type[Stacked | InTurns]":
    """The faster of the two where a seed reads and makes that many numbers at once: by shapes alone."""
    return Stacked if read <= STACK_READ and made <= STACK_MADE else InTurns


def sizes(
    objective: Objective, ensembles: Sequence[Ensemble], seen: Seen, noise: Seen
) -> tuple[float, float]:
    """Numbers in one seed's batch, and in the largest tensor of its loss; in double precision each is two."""
    with torch.no_grad(), Largest() as largest:
        objective([alone(nets, 0) for nets in ensembles], *of_seed(0, seen, noise))
    return sum(map(numbers, seen.of(0))), largest.numbers


class Largest(TorchDispatchMode):
    """Watches every operation of torch, and keeps the size of the largest tensor that one made."""

    numbers = 0.0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        """Let it happen, and look at what it made."""
        made = operation(*args, **(kwargs or {}))
        several = made if isinstance(made, tuple | list) else (made,)
        tensors = (each for each in several if isinstance(each, Tensor))
        self.numbers = max([self.numbers, *map(numbers, tensors)])
        return made


def numbers(tensor: Tensor) -> float:
    """How many of single precision need as much memory."""
    return tensor.numel() * tensor.element_size() / torch.float32.itemsize


class Stacked:
    """All seeds in one batched computation."""

    def __init__(self, objective: Objective, ensembles: Sequence[Ensemble], mine: int) -> None:
        self.objective, self.ensembles, self.mine = objective, ensembles, mine

    def __call__(self, seen: Seen, noise: Seen) -> Step:
        """One look at the losses and their gradients."""
        params = [{name: p.detach() for name, p in nets.params.items()} for nets in self.ensembles]
        leaves = [p.requires_grad_() for p in params[self.mine].values()]
        axes = (0, 0 if seen.per_seed else None, 0 if noise.tensors else None)
        losses = vmap(self.of_one_seed, in_dims=axes)(params, seen.tensors, noise.tensors)
        # Seeds share no weight, so the gradient of the sum is each seed's own gradient.
        return losses.detach(), torch.autograd.grad(losses.sum(), leaves)

    def of_one_seed(self, params, seen, noise) -> Tensor:
        """Its loss."""
        pairs = zip(self.ensembles, params, strict=True)
        nets = [lambda x, e=e, p=p: e.answer(p, x) for e, p in pairs]
        return self.objective(nets, seen, noise[0] if noise else None)


class InTurns:
    """Seed after seed, as anybody would: what is faster once a single network fills the machine."""

    def __init__(self, objective: Objective, ensembles: Sequence[Ensemble], mine: int) -> None:
        self.objective, params = objective, ensembles[mine].params
        self.seeds = [[alone(nets, i) for nets in ensembles] for i in range(len(ensembles[0].seeds))]
        for others in (nets[:mine] + nets[mine + 1 :] for nets in self.seeds):
            nn.ModuleList(others).requires_grad_(False)
        self.leaves = [[nets[mine].get_parameter(name) for name in params] for nets in self.seeds]
        self.gradients = [torch.empty(p.shape, dtype=p.dtype) for p in params.values()]

    def __call__(self, seen: Seen, noise: Seen) -> Step:
        """One look at the losses and their gradients."""
        losses = []
        for i, (nets, leaves) in enumerate(zip(self.seeds, self.leaves, strict=True)):
            loss = self.objective(nets, *of_seed(i, seen, noise))
            for gradient, part in zip(self.gradients, torch.autograd.grad(loss, leaves), strict=True):
                gradient[i] = part
            losses.append(loss.detach())
        return torch.stack(losses), self.gradients


def alone(nets: Ensemble, i: int) -> nn.Module:
    """The network at one place of a stack, whose weights lie in the stack's own memory."""
    net = copy.deepcopy(nets.net)
    for name, p in nets.params.items():
        old, new = net.get_parameter(name), nn.Parameter(p.detach()[i])
        for tied in [key for key, each in net.named_parameters(remove_duplicate=False) if each is old]:
            owner, _, own = tied.rpartition(".")
            setattr(net.get_submodule(owner), own, new)
    return net


def of_seed(i: int, seen: Seen, noise: Seen) -> tuple[tuple[Tensor, ...], Tensor | None]:
    """What the seed at one place of the stack is given."""
    return seen.of(i), noise.of(i)[0] if noise.tensors else None
