"""One embedding network for all arms, and what each arm puts on top of it."""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import normalize

from landscaping.datasets.things import LENGTH
from landscaping.ensemble import Ensemble, stack
from landscaping.models.layers import Window, network

# Forty samples to 20 places × 8 units, to 10 × 16, and a dense layer to the embedding.
WINDOWS = (Window(LENGTH, 1, 8, kernel=7), Window(20, 8, 16, kernel=5))
FEATURES = 16
SHARPNESS = 5.0  # what a cosine is multiplied by before the softmax; the best of 5, 10 and 20


def embedding() -> nn.Sequential:
    """From a curve to sixteen numbers."""
    return network("tied", WINDOWS, FEATURES)


class Classifier(nn.Module):
    """The plain way: a hinge on the embedding, a dense layer, one logit for each thing in training."""

    def __init__(self, things: int) -> None:
        super().__init__()
        self.body, self.head = embedding(), nn.Linear(FEATURES, things)

    def forward(self, x: Float[Tensor, "n 40"]) -> Float[Tensor, "n things"]:
        """Logits."""
        return self.head(self.body(x).relu())


class CosineClassifier(nn.Module):
    """The same without hinge and bias; a logit is the cosine of the angle to a thing's own direction."""

    def __init__(self, things: int) -> None:
        super().__init__()
        self.body = embedding()
        self.directions = nn.Parameter(torch.randn(things, FEATURES) / FEATURES**0.5)

    def forward(self, x: Float[Tensor, "n 40"]) -> Float[Tensor, "n things"]:
        """Logits."""
        return SHARPNESS * normalize(self.body(x), dim=-1) @ normalize(self.directions, dim=-1).T


def body(nets: Ensemble) -> Ensemble:
    """The embedding networks within classifiers."""
    inner = stack(embedding, nets.seeds)
    inner.params = {name: nets.params[f"body.{name}"] for name in inner.params}
    return inner


@torch.no_grad()
def embed(
    nets: Ensemble, curves: Float[Tensor, "seed thing each 40"]
) -> Float[Tensor, "seed thing each feature"]:
    """What each seed's network makes of its own curves."""
    return nets(curves.flatten(1, 2), per_seed=True).unflatten(1, curves.shape[1:3])


def on_sphere(embedded: Tensor) -> Tensor:
    """Directions only: how a network trained on cosines is to be read."""
    return normalize(embedded, dim=-1)


def without_place(curves: Float[Tensor, "*n 40"]) -> Float[Tensor, "*n 21"]:
    """An embedding made by hand: how strong each frequency is, and not where its crests lie."""
    return torch.fft.rfft(curves).abs()
