"""A convolution is a dense layer with zeros and ties: the identities, in double precision."""

from torch import Tensor
from torch.nn.functional import cross_entropy

from landscaping.datasets.mnist1d import generate
from landscaping.ensemble import SGD, Ensemble, stack, train
from landscaping.generalization.inductive_bias.arms import WINDOWS
from landscaping.models.layers import allowed, dense_twins, network

STEPS, EXAMPLES = 10, 100


def fenced(seeds: tuple[int, ...]) -> float:
    """How far a dense net behind its trees ever gets from the untied net that started with it."""
    trees = {f"{2 * layer}.weight": allowed(window).double() for layer, window in enumerate(WINDOWS)}
    return gap_on_the_way(seeds[:1], trees)


def unfenced(seeds: tuple[int, ...]) -> float:
    """The control: the same start without trees."""
    return gap_on_the_way(seeds[:1], {})


def gap_on_the_way(seeds: tuple[int, ...], trees: dict[str, Tensor]) -> float:
    """Largest difference in the losses of the two, over ten steps of plain descent."""
    untied = stack(lambda: network("untied", WINDOWS).double(), seeds)
    dense = dense_twins(untied, WINDOWS)
    losses = zip(descend(untied, {}), descend(dense, trees), strict=True)
    return max((a - b).abs().max().item() for a, b in losses)


def descend(nets: Ensemble, trees: dict[str, Tensor]):
    """Plain descent on fixed examples; yields the losses."""
    seen = generate(EXAMPLES, nets.seeds[0])
    return train(nets, cross_entropy, seen.x.double(), seen.y, SGD(0.1), steps=STEPS, masks=trees)
