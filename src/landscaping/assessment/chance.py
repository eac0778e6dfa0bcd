"""A student's own numbers: they follow from the exercise and the student's number, on every machine alike."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

from landscaping.small_generator import SmallGenerator

Thing = TypeVar("Thing")
Real = int | float


def name_of(student: object) -> str:
    """A student's number as it counts: spaces, capitals and leading zeros, which tables lose, do not."""
    text = str(student).strip().casefold()
    if not text or len(text) > 100:
        raise ValueError(f"the student is {text[:20]!r}: write a number or a name of at most 100 signs")
    return str(int(text)) if text.isascii() and text.isdigit() else text


class Chance:
    """Draws that depend on the words it is made of, and on nothing else."""

    def __init__(self, *words: object) -> None:
        seed = blake2b("/".join(map(str, words)).encode(), digest_size=4).digest()
        self.stream = SmallGenerator(int.from_bytes(seed), 0)

    def of(self, things: Sequence[Thing]) -> Thing:
        """One of several things, each as likely."""
        return things[int(self.stream.uniform() * len(things))]

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return self.of(range(low, high + 1))

    def decimal(self, low: Real, high: Real, places: int) -> Real:
        """A number between `low` and `high` with so many places behind the point."""
        unit = 10**places
        return self.whole(round(low * unit), round(high * unit)) / unit

    def sign(self) -> int:
        """One or minus one."""
        return self.of((1, -1))

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """The same things in a random order."""
        return [things[at] for at in self.stream.shuffled(len(things))]
