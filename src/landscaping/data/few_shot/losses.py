"""What each arm minimizes, on one seed's batch. The first needs episodes; the others do not."""

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from landscaping.data.few_shot.episodes import squared_distances

NEVER = -1e9  # a logit that no softmax chooses


def prototypical(embedded: Float[Tensor, "way example feature"], shots: int) -> Float[Tensor, ""]:
    """Name each query of an episode by the nearest prototype (Snell, Swersky and Zemel, 2017)."""
    ways, examples, _ = embedded.shape
    prototypes, queries = embedded[:, :shots].mean(1), embedded[:, shots:].flatten(0, 1)
    wanted = torch.arange(ways).repeat_interleave(examples - shots)
    return cross_entropy(-squared_distances(queries, prototypes), wanted)


def neighbours(embedded: Float[Tensor, "n feature"], things: Int[Tensor, "n"]) -> Float[Tensor, ""]:
    """Neighbourhood components: the chance that an example picks, by nearness, one of its own thing.

    No support, no query, no prototype: every example of the batch is compared with every other. One that
    is alone of its thing in the batch is left out of the mean.
    """
    itself = torch.eye(len(things), dtype=torch.bool)
    nearness = (-squared_distances(embedded, embedded)).masked_fill(itself, NEVER).log_softmax(1)
    fellows = (things[:, None] == things) & ~itself
    lucky = nearness.masked_fill(~fellows, NEVER).logsumexp(1)
    has = fellows.any(1).to(lucky.dtype)
    return -(lucky * has).sum() / has.sum().clamp(min=1)
