"""What does the work in few-shot learning? Experiments and claims of that chapter."""

from landscaping.data.few_shot.arms import arms, learnt
from landscaping.data.few_shot.claims import (
    APART,
    BY_HAND,
    CLAIMS,
    FALSE_CAUSE,
    KNOWN,
    MANY_THINGS,
    NO_EPISODES,
    PLACES,
    PLANE,
    STRAIGHT,
    TRAINED,
)
from landscaping.data.few_shot.geometry import bend, gap_in_plane
from landscaping.data.few_shot.many import few_and_many, many

__all__ = [
    "APART",
    "BY_HAND",
    "CLAIMS",
    "FALSE_CAUSE",
    "KNOWN",
    "MANY_THINGS",
    "NO_EPISODES",
    "PLACES",
    "PLANE",
    "STRAIGHT",
    "TRAINED",
    "arms",
    "bend",
    "few_and_many",
    "gap_in_plane",
    "learnt",
    "many",
]
