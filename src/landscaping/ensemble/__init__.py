"""Many seeds are one more axis: networks stacked, trained in one pass, and asked together."""

from landscaping.ensemble.descent import Player, descend, run, train
from landscaping.ensemble.networks import Ensemble, stack
from landscaping.ensemble.rules import SGD, Adam, cosine

__all__ = ["SGD", "Adam", "Ensemble", "Player", "cosine", "descend", "run", "stack", "train"]
