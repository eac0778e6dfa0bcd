"""What an exercise is: wording, numbers, a judge of answers, and a rubric."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any, Protocol, runtime_checkable

from landscaping.assessment import answers
from landscaping.assessment.chance import Chance, Real, name_of

Numbers = dict[str, Any]
Values = tuple[Real, ...]
TRIES = 200  # how often numbers are drawn until the judge can be fair about them


@dataclass(frozen=True)
class Found:
    """What the checker says of an answer: right or not, and what a wrong one shows."""

    right: bool
    hint: str = ""

    def __str__(self) -> str:
        return "Right." if self.right else f"Not yet. {self.hint}"

    __repr__ = __str__


@runtime_checkable
class Judge(Protocol):
    """Decides about answers; `value.py` and `holds.py` have the two kinds."""

    def found(self, numbers: Numbers, values: Values) -> Found:
        """Whether an answer is right, and a hint where it is not."""

    def right(self, numbers: Numbers) -> Values:
        """An answer that is right."""

    def wrong(self, numbers: Numbers) -> list[tuple[Values, str]]:
        """Answers that are wrong in a known way, each with what is said of it."""

    def fair(self, numbers: Numbers) -> bool:
        """Whether these numbers let a right answer and each wrong one be told apart."""


class Wording(Template):
    """Text in which `@name` stands for a number, so that formulas keep their dollars and braces."""

    delimiter = "@"


@dataclass(frozen=True)
class Exercise:
    """An exercise; `section` and `udl` say which section of the chapter and of UDL it belongs to."""

    label: str
    title: str
    section: str
    udl: str
    minutes: int
    wording: str
    hand_in: str
    draw: Callable[[Chance], Numbers]
    judge: Judge
    rubric: tuple[tuple[int, str], ...]
    count: int | Callable[[Numbers], int] = 1
    shown: Callable[[Numbers], Numbers] = field(default=lambda _: {})  # what the wording says besides

    def numbers(self, student: object) -> Numbers:
        """The numbers of one student."""
        for attempt in range(TRIES):
            drawn = self.draw(Chance(self.label, name_of(student), attempt))
            if self.judge.fair(drawn):
                return drawn
        raise RuntimeError(f"{self.label} has no fair numbers for {student!r}: its `draw` must be mended")

    def asked(self, student: object) -> str:
        """The wording with a student's numbers, as Markdown."""
        numbers = self.numbers(student)
        words = in_words(numbers | self.shown(numbers))
        return Wording(self.wording.strip()).substitute(words)

    def wanted(self, numbers: Numbers) -> int:
        """How many numbers an answer has."""
        return self.count(numbers) if callable(self.count) else self.count

    def check(self, student: object, answer: object) -> Found:
        """Judge an answer; raises `ValueError` where it cannot be read."""
        numbers = self.numbers(student)
        return self.judge.found(numbers, answers.read(answer, self.wanted(numbers)))


def in_words(numbers: Mapping[str, Any]) -> dict[str, str]:
    """Every number as text; `name_signed` with its sign in front, `name_less` subtracted.

    `name_apart` is a list as a row of short formulas, so that a narrow page can break its line.
    """
    words = {name: plain(value) for name, value in numbers.items()}
    for name, value in numbers.items():
        if is_number(value):
            words |= {f"{name}_signed": f"{value:+.10g}", f"{name}_less": f"{-value:+.10g}"}
        elif isinstance(value, list | tuple):
            words[f"{name}_apart"] = ", ".join(f"${plain(part)}$" for part in value)
    return words


def plain(value: Any) -> str:
    """A number without needless zeros; a list of them with commas."""
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    return f"{value:.10g}" if is_number(value) else str(value)


def is_number(value: Any) -> bool:
    """Tell whether a value is one number."""
    return isinstance(value, int | float)
