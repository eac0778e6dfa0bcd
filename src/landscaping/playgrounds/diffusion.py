"""A cloud of points, destroyed by moving time forward and rebuilt by stepping back."""

from itertools import pairwise
from typing import Any, ClassVar

import torch
import traitlets as t
from jaxtyping import Float
from torch import Tensor
from torch.nn.utils import vector_to_parameters

from landscaping.datasets.mixtures import CLOUDS, Mixture, ring
from landscaping.ensemble import Ensemble
from landscaping.playgrounds.playground import Playground
from landscaping.playgrounds.still_drawing import circle, dots, drawn, placed, svg, window, words
from landscaping.small_generator import DATA, THROWS, SmallGenerator
from landscaping.unsupervised.diffusion.backward import step_back, times
from landscaping.unsupervised.diffusion.forward import TIMES, noise, signal, step
from landscaping.unsupervised.diffusion.guesses import Guess, exact
from landscaping.unsupervised.diffusion.network import Denoiser, learned

POINTS, MOST = 200, 100_000
SIDE, GAP = 200, 20  # of the still picture's windows
STILL = (0, 20, 40, 64)  # times that it shows
WEIGHTS = sum(p.numel() for p in Denoiser().parameters())


def thousandths_of(nets: Ensemble, seed: int = 0) -> list[int]:
    """One network's weights as whole thousandths, in torch's order: what travels to the browser."""
    return (1000 * nets.flat()[seed]).round().clamp(-MOST, MOST).int().tolist()


def true_ring() -> Mixture:
    """The ring in double precision."""
    angle = torch.arange(CLOUDS, dtype=torch.float64) * 2 * torch.pi / CLOUDS
    radius = ring().spread * 20
    return Mixture(radius * torch.stack([angle.cos(), angle.sin()], 1), ring().spread)


class Diffusion(Playground):
    """The ring of clouds on its way to noise, and noise on its way back (UDL §18.2, §18.3)."""

    module: ClassVar[str] = "diffusion"
    label: ClassVar[str] = "A ring of points, destroyed step by step and rebuilt from noise"

    time = t.Int(20, min=0, max=TIMES).tag(sync=True)
    steps = t.Enum((1, 2, 4, 8, 16, 32, 64), 16).tag(sync=True)
    random = t.Bool(False).tag(sync=True)  # new noise on the way back
    denoiser = t.Enum(("network", "ring", "examples"), "network").tag(sync=True)
    examples = t.Int(16, min=1, max=100).tag(sync=True)  # known by heart: the first of the points
    draw = t.Int(1, min=1, max=9999).tag(sync=True)
    weights = t.List(t.Int(min=-MOST, max=MOST)).tag(sync=True)

    @t.default("weights")
    def _weights_of_a_trained_network(self) -> list[int]:
        return thousandths_of(learned((0,)))

    @t.validate("weights")
    def _weights_fill_the_network(self, proposal: Any) -> list[int]:
        if len(proposal["value"]) != WEIGHTS:
            raise ValueError(
                f"{len(proposal['value'])} weights do not fit: the network wants {WEIGHTS}, in thousandths"
            )
        return proposal["value"]

    def walk(self) -> Float[Tensor, "time n 2"]:
        """The points at every time."""
        chance = SmallGenerator(self.draw, DATA)
        way = [torch.tensor([_point(chance) for _ in range(POINTS)], dtype=torch.float64)]
        for time in range(1, TIMES + 1):
            way.append(step(way[-1], _normals(chance), time))
        return torch.stack(way)

    def guess(self) -> Guess:
        """What a noisy point was, by who is asked."""
        if self.denoiser == "ring":
            return exact(true_ring())
        return self._network() if self.denoiser == "network" else exact(Mixture(self._known(), 0.0))

    def way_back(self) -> Float[Tensor, "step n 2"]:
        """The points after every step back, beginning with the noise."""
        guess, chance, stops = self.guess(), SmallGenerator(self.draw, THROWS), times(self.steps)
        way = [_normals(chance)]
        for time, to in pairwise(stops):
            epsilon = _normals(chance) if self.random else torch.zeros(POINTS, 2, dtype=torch.float64)
            way.append(step_back(way[-1], guess(way[-1], time), epsilon, time, to, float(self.random)))
        return torch.stack(way)

    def _known(self) -> Float[Tensor, "example 2"]:
        return self.walk()[0, : self.examples]

    def _network(self) -> Guess:
        net = Denoiser().double().requires_grad_(False)
        vector_to_parameters(torch.tensor(self.weights, dtype=torch.float64) / 1000, net.parameters())

        def guess(z: Float[Tensor, "n 2"], time: int) -> Float[Tensor, "n 2"]:
            when = torch.tensor([signal(time), noise(time)], dtype=z.dtype).expand(len(z), 2)
            return signal(time) * z - noise(time) * net(torch.cat([z, when], 1))

        return guess

    def still(self) -> str:
        """Above, the data at four times; below, what was rebuilt from noise, at the same times."""
        walk, back, stops = self.walk(), self.way_back(), times(self.steps)
        inside = []
        for column, time in enumerate(STILL):
            left = column * (SIDE + GAP)
            made = max(k for k, stop in enumerate(stops) if stop >= time)
            inside += [_cloud(walk[time], "data", left, 24), _cloud(back[made], "model", left, 60 + SIDE)]
            inside.append(words((f"time {time}", left, 16)))
        below = ("rebuilt from noise, at the same times", 0, 52 + SIDE)
        return svg(4 * SIDE + 3 * GAP, 2 * SIDE + 64, self.label, *inside, words(below))


def _point(chance: SmallGenerator) -> tuple[float, ...]:
    known = true_ring()
    centre = known.centres[int(CLOUDS * chance.uniform())].tolist()
    return tuple(c + known.spread * chance.normal() for c in centre)


def _normals(chance: SmallGenerator) -> Float[Tensor, "n 2"]:
    return torch.tensor([[chance.normal(), chance.normal()] for _ in range(POINTS)], dtype=torch.float64)


def _cloud(points: Float[Tensor, "n 2"], colour: str, left: float, top: float) -> str:
    spot = placed((-3, 3), (-3, 3), 0, 0, SIDE, SIDE)
    clouds = [circle(spot(*centre), 3 * ring().spread * SIDE / 6) for centre in ring().centres.tolist()]
    shown = [drawn("line", 1, "".join(clouds)), drawn(colour, 4, dots(spot(*p) for p in points.tolist()))]
    return window(SIDE, SIDE, *shown, left=left, top=top)
