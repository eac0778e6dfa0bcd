"""All exercises, chapter by chapter in the order of the book."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from landscaping.assessment.record import Exercise

CHAPTERS = (
    "first-fit",
    "models/spectrum",
    "models/shallow-networks",
    "models/convolution",
    "data/terrain",
    "data/few-shot",
    "optimization/gradient-descent",
    "optimization/stochastic-gradient-descent",
    "optimization/loss-landscapes",
    "supervised/losses",
    "supervised/classification",
    "unsupervised/variational-autoencoders",
    "unsupervised/diffusion",
    "generalization/double-descent",
    "generalization/flatness",
    "generalization/inductive-bias",
)  # fmt: skip


def module_of(chapter: str) -> str:
    """The module that holds a chapter's exercises."""
    return f"{__package__}.{chapter.replace('/', '.').replace('-', '_')}"


@cache
def of_chapter(chapter: str) -> tuple[Exercise, ...]:
    """The exercises of one chapter."""
    if chapter not in CHAPTERS:
        raise ValueError(f"there is no chapter {chapter!r}: write {_like(chapter, CHAPTERS)}")
    return import_module(module_of(chapter)).EXERCISES


@cache
def everything() -> dict[str, Exercise]:
    """Every exercise by its label."""
    return {each.label: each for chapter in CHAPTERS for each in of_chapter(chapter)}


def find(label: str) -> Exercise:
    """The exercise with a label; raises `ValueError` with the nearest label there is."""
    known = everything()
    if label not in known:
        raise ValueError(f"there is no exercise {label!r}: write {_like(label, tuple(known))}")
    return known[label]


def _like(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    return " or ".join(near) if near else f"one of {', '.join(known)}"
