"""Networks that learn a square root or a step by descent: what they reach, and where their joints go."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, partial

import torch
from jaxtyping import Float
from torch import Tensor, nn

from landscaping.ensemble import Adam, Ensemble, cosine, run, stack, train
from landscaping.models.shallow import Shallow
from landscaping.models.shallow_networks import by_hand
from landscaping.randomness import stream
from landscaping.scores import mean_squared_error

EXAMPLES, WIDTH = 256, 32
STEPS, RATE = 2000, 0.01  # of the square root
STEP_RATE, MARKS = 0.003, (0, 100, 250, 500, 1000, 2000)  # of the step
EVENLY: Float[Tensor, "256 1"] = ((torch.arange(EXAMPLES) + 0.5) / EXAMPLES).unsqueeze(1)
FINELY: Float[Tensor, "4000 1"] = ((torch.arange(4000) + 0.5) / 2000 - 1).unsqueeze(1)

Birth = Callable[[Ensemble], None]


def joints(nets: Ensemble) -> Float[Tensor, "seed unit"]:
    """Where each hinge bends."""
    return -nets.params["hidden.bias"] / nets.params["hidden.weight"][:, :, 0]


def spread(nets: Ensemble, first: float = 0.0, last: float = 1.0) -> None:
    """Move every joint, in place, to a random place of a range; directions and slopes stay as born."""
    draws = [torch.rand(WIDTH, generator=stream("joints", seed)) for seed in nets.seeds]
    places = first + (last - first) * torch.stack(draws)
    nets.params["hidden.bias"].copy_(-nets.params["hidden.weight"][:, :, 0] * places)


def spread_beyond(nets: Ensemble) -> None:
    """Move every joint, in place, to a random place far to the right of all examples."""
    spread(nets, first=3.0, last=4.0)


def made_by_hand(nets: Ensemble) -> None:
    """Put the hand-made square root in the place of every network."""
    for name, values in by_hand.root(WIDTH).state_dict().items():
        nets.params[name].copy_(values.expand_as(nets.params[name]))


@dataclass(frozen=True)
class Roots:
    """Networks trained on the square root, and where their joints were at birth."""

    nets: Ensemble
    joints_at_birth: Float[Tensor, "seed unit"]

    @torch.no_grad()
    def error(self) -> Float[Tensor, "seed"]:
        """Root of the mean squared error over the examples."""
        return mean_squared_error(self.nets(EVENLY), EVENLY.sqrt()).sqrt()

    @torch.no_grad()
    def error_at(self, x: float) -> Float[Tensor, "seed"]:
        """Absolute error at one input."""
        return (self.nets(torch.tensor([[float(x)]])).flatten(1)[:, 0] - x**0.5).abs()

    def inside(self) -> Float[Tensor, "seed"]:
        """Share of the joints that lie in the range of the examples."""
        return share_inside(joints(self.nets))


def share_inside(places: Float[Tensor, "seed unit"]) -> Float[Tensor, "seed"]:
    """Share of places between zero and one."""
    return ((places > 0) & (places < 1)).double().mean(1)


@cache
def learn_root(
    seeds: tuple[int, ...], width: int = WIDTH, birth: Birth | None = None, rate: float = RATE
) -> Roots:
    """One network a seed, on evenly spaced examples without noise."""
    nets = stack(lambda: Shallow(width), seeds)
    if birth:
        birth(nets)
    places = joints(nets).clone()
    run(train(nets, nn.functional.mse_loss, EVENLY, EVENLY.sqrt(), Adam(cosine(rate, STEPS)), steps=STEPS))
    return Roots(nets, places)


def from_hand_made(seeds: tuple[int, ...]) -> Roots:
    """Descent that starts at the hand-made network; a small rate, for it starts at the bottom."""
    return learn_root(seeds[:1], birth=made_by_hand, rate=0.001)


def error_beyond(seeds: tuple[int, ...], at: float = 9.0) -> Float[Tensor, "seed"]:
    """Error at an input that no example is near, in multiples of the error over the examples."""
    roots = learn_root(seeds)
    return roots.error_at(at) / roots.error()


error_within = partial(error_beyond, at=0.81)


@dataclass(frozen=True)
class Births:
    """The same seeds, learning from ordinary weights and from weights with other joints."""

    born: Roots
    moved: Roots


def two_births_beyond(seeds: tuple[int, ...]) -> Births:
    """Networks as torch makes them, and with their joints moved out of the range."""
    return two_births(seeds, birth=spread_beyond)


def two_births(seeds: tuple[int, ...], birth: Birth = spread) -> Births:
    """Networks as torch makes them, and with their joints moved before the first step."""
    return Births(learn_root(seeds), learn_root(seeds, birth=birth))


def jump(x: Float[Tensor, "n 1"]) -> Float[Tensor, "n 1"]:
    """Zero left of zero, and one right of it."""
    return (x > 0).to(x.dtype)


def gentle(x: Float[Tensor, "n 1"]) -> Float[Tensor, "n 1"]:
    """A rise of slope two in place of the jump."""
    return (2 * x + 0.5).clamp(0, 1)


@dataclass(frozen=True)
class Steps:
    """Networks on their way to a step: at each mark their steepest slope, their error, their curves."""

    slope: Float[Tensor, "mark seed"]
    error: Float[Tensor, "mark seed"]  # mean squared, over [-1, 1]
    curves: Float[Tensor, "mark seed x"]

    def over_floor(self) -> Float[Tensor, "mark seed"]:
        """The error, as a multiple of the least that any curve of this steepest slope can have."""
        return self.error * 24 * self.slope


def steepest(nets: Ensemble) -> Float[Tensor, "seed"]:
    """The largest slope of a network between -1 and 1, exactly: one look between any two joints."""
    weight, height = nets.params["hidden.weight"][:, :, 0], nets.params["output.weight"][:, 0]
    ends = torch.nn.functional.pad(joints(nets).clamp(-1, 1), (1, 0), value=-1.0)
    ends = torch.nn.functional.pad(ends, (0, 1), value=1.0).sort(1).values
    middles = (ends[:, 1:] + ends[:, :-1]) / 2
    on = middles.unsqueeze(2) * weight.unsqueeze(1) + nets.params["hidden.bias"].unsqueeze(1) > 0
    return (on * (weight * height).unsqueeze(1)).sum(2).abs().amax(1)


@cache
def learn_step(seeds: tuple[int, ...], target: Callable[[Tensor], Tensor] = jump) -> Steps:
    """Watch one network a seed learn a step from evenly spaced examples."""
    nets, x, seen = stack(lambda: Shallow(WIDTH), seeds), 2 * EVENLY - 1, []
    steps = train(nets, nn.functional.mse_loss, x, target(x), Adam(STEP_RATE))
    for step in range(MARKS[-1] + 1):
        if step in MARKS:
            answers = nets(FINELY).detach()
            error = mean_squared_error(answers, target(FINELY))
            seen.append((steepest(nets).detach(), error, answers.squeeze(2)))
        next(steps)
    return Steps(*(torch.stack(column) for column in zip(*seen, strict=True)))


learn_gentle = partial(learn_step, target=gentle)


def untrained(seeds: tuple[int, ...]) -> Steps:
    """The same networks as they were born."""
    seen = learn_step(seeds)
    return Steps(*(getattr(seen, field.name)[:1] for field in fields(seen)))
