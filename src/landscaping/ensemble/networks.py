"""Networks of one shape, one for each seed, stacked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.func import functional_call, stack_module_state, vmap

from landscaping.randomness import born


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
