"""A judge for exercises that have one answer, known to a tolerance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

from landscaping.assessment.chance import Real
from landscaping.assessment.record import Found, Numbers, Values

ELSE = (
    "No usual mistake leads to this number. Begin with the section that the exercise names, and check "
    "units and rounding."
)


@dataclass(frozen=True)
class Mistake:
    """A wrong way that people take: where it ends, and a hint that does not give the answer away."""

    ends: Callable[[Numbers], Real | Values]
    hint: str


@dataclass(frozen=True)
class Value:
    """Right is what `answer` computes, up to a share `within` of its size."""

    answer: Callable[[Numbers], Real | Values]
    mistakes: tuple[Mistake, ...]
    within: Real = 0.01
    sane: Callable[[Numbers], bool] = field(default=lambda _: True)  # whether such numbers are worth asking

    def right(self, numbers: Numbers) -> Values:
        """The answer."""
        return many(self.answer(numbers))

    def wrong(self, numbers: Numbers) -> list[tuple[Values, str]]:
        """Where each mistake ends."""
        return [(many(mistake.ends(numbers)), mistake.hint) for mistake in self.mistakes]

    def found(self, numbers: Numbers, values: Values) -> Found:
        """Compare with the answer, then with the mistakes."""
        if self.near(values, self.right(numbers)):
            return Found(True)
        hints = (hint for ends, hint in self.wrong(numbers) if self.near(values, ends))
        return Found(False, next(hints, ELSE))

    def fair(self, numbers: Numbers) -> bool:
        """No mistake may end at the answer or at another mistake, rounding included."""
        if not self.sane(numbers):
            return False
        ends = [self.right(numbers), *(values for values, _ in self.wrong(numbers))]
        return not any(self.near(a, b, 3.0) or self.near(b, a, 3.0) for a, b in combinations(ends, 2))

    def near(self, values: Values, others: Values, times: Real = 1.0) -> bool:
        """Whether two answers agree, measured by the larger of the second's numbers."""
        reach = times * self.within * size(others)
        return all(abs(a - b) <= reach for a, b in zip(values, others, strict=True))


def many(value: Real | Values) -> Values:
    """One number as a row of one."""
    return value if isinstance(value, tuple) else (float(value),)


def size(values: Values) -> Real:
    """The largest number of a row, without its sign."""
    return max(map(abs, values))
