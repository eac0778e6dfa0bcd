"""A judge for exercises with many right answers: what is handed in must have a property, and is tried."""

from collections.abc import Callable
from dataclasses import dataclass

from landscaping.assessment.record import Found, Numbers, Values


@dataclass(frozen=True)
class Holds:
    """Right is what `complaint` has nothing to say about; it returns a hint where the property fails."""

    complaint: Callable[[Numbers, Values], str]
    example: Callable[[Numbers], Values]
    failing: tuple[tuple[Callable[[Numbers], Values], str], ...]  # wrong answers, and words of their hints

    def right(self, numbers: Numbers) -> Values:
        """One of the right answers."""
        return self.example(numbers)

    def wrong(self, numbers: Numbers) -> list[tuple[Values, str]]:
        """Wrong answers, and words that their hint must have."""
        return [(make(numbers), words) for make, words in self.failing]

    def found(self, numbers: Numbers, values: Values) -> Found:
        """Try what was handed in."""
        said = self.complaint(numbers, values)
        return Found(not said, said)

    def fair(self, numbers: Numbers) -> bool:
        """The right example must pass, and every wrong one must be named for what it is."""
        wrong = all(words in self.complaint(numbers, values) for values, words in self.wrong(numbers))
        return wrong and not self.complaint(numbers, self.example(numbers))
