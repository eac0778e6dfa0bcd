"""What does the work in few-shot learning? Experiments and claims of that chapter."""

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
from landscaping.data.few_shot.counts import few_and_many, many
from landscaping.data.few_shot.geometry import bend, gap_in_plane
from landscaping.data.few_shot.tables import by_arm, by_count, by_shots, by_test
from landscaping.data.few_shot.trainings import arms, by_prototypes, learnt

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
    "by_arm",
    "by_count",
    "by_prototypes",
    "by_shots",
    "by_test",
    "few_and_many",
    "gap_in_plane",
    "learnt",
    "many",
]
