"""The book's chapters and the claims that each states."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from landscaping.claims import Claim

ROOT = Path(__file__).parents[2]


def chapters() -> list[str]:
    """Chapters with experiments, in the book's order: `models/spectrum`, …"""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    files = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [file for file in files if "```{code-cell}" in (ROOT / "book" / f"{file}.md").read_text()]


def claims_of(chapter: str) -> tuple[Claim, ...]:
    """What the chapter's module states, in its order."""
    return import_module("landscaping." + chapter.replace("/", ".").replace("-", "_")).CLAIMS


class Runs:
    """Experiments run once for each set of seeds, however many claims read them."""

    def __init__(self) -> None:
        self.of: Callable[[Any, tuple[int, ...]], Any] = cache(lambda experiment, seeds: experiment(seeds))

    def measured(self, claim: Claim, seeds: tuple[int, ...]) -> Any:
        """The claim's measure on these seeds."""
        return claim.measured(self.of(claim.experiment, seeds))

    def control(self, claim: Claim, seeds: tuple[int, ...]) -> Any:
        """The claim's measure on its control."""
        return claim.measured(self.of(claim.control, seeds))
