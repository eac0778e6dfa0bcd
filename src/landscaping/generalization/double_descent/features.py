"""Random features: a hidden layer that is drawn and never trained."""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import one_hot

from landscaping.datasets import digits, mnist1d
from landscaping.randomness import stream

EXAMPLES, REDRAWN, CLASSES = 200, 0.2, 10
CURVES_TO_TEST = 1_600


@dataclass(frozen=True)
class Task:
    """Inputs on one scale and their classes: to learn from, and to be tested on."""

    x: Float[Tensor, "n inputs"]
    y: Int[Tensor, "n"]
    test_x: Float[Tensor, "test inputs"]
    test_y: Int[Tensor, "test"]


def hinges(x: Float[Tensor, "n inputs"], count: int, seed: int) -> Float[Tensor, "n feature"]:
    """`count` rectified sums with random weights and biases; the same ones for any examples."""
    source = stream("features", seed)
    weights = torch.randn(count, x.shape[1], generator=source, dtype=x.dtype) / x.shape[1] ** 0.5
    biases = torch.randn(count, generator=source, dtype=x.dtype) / 2
    return (x @ weights.T + biases).relu()


def images(seed: int, examples: int = EXAMPLES) -> Task:
    """Digits to learn from, drawn by the seed, and all the others; the mean image is taken away."""
    return centred(*digits.split(examples, seed))


def curves(seed: int, examples: int = EXAMPLES) -> Task:
    """The same from MNIST-1D: fresh curves for each seed."""
    drawn = mnist1d.generate(examples + CURVES_TO_TEST, seed)
    return centred(drawn[:examples], drawn[examples:])


def centred(train: digits.Digits | mnist1d.Examples, test: digits.Digits | mnist1d.Examples) -> Task:
    """Both less the training mean, over one standard deviation, in double precision."""
    mean = train.x.double().mean(0)
    deviation = (train.x - mean).std()
    return Task((train.x - mean) / deviation, train.y, (test.x - mean) / deviation, test.y)


def redrawn(labels: Int[Tensor, "n"], seed: int) -> Int[Tensor, "n"]:
    """Each label drawn anew with probability `REDRAWN`; a tenth of these come out as before."""
    source = stream("noise", seed)
    hit = torch.rand(len(labels), generator=source) < REDRAWN
    return torch.where(hit, torch.randint(CLASSES, labels.shape, generator=source), labels)


def targets(labels: Int[Tensor, "n"]) -> Float[Tensor, "n class"]:
    """One at the label, zero elsewhere, less their mean."""
    return one_hot(labels, CLASSES).double() - 1 / CLASSES
