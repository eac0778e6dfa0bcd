"""For a notebook: an exercise with your own numbers, and a checker of your answer."""

from dataclasses import dataclass

from landscaping.assessment import shelf
from landscaping.assessment.record import Found


@dataclass(frozen=True)
class Sheet:
    """An exercise as a student sees it; a notebook shows it as Markdown."""

    title: str
    wording: str
    hand_in: str

    def _repr_markdown_(self) -> str:
        return f"**{self.title}**\n\n{self.wording}\n\n*Hand in:* {self.hand_in}"

    __repr__ = _repr_markdown_


def exercise(label: str, student: object) -> Sheet:
    """An exercise with the numbers of one student."""
    found = shelf.find(label)
    return Sheet(found.title, found.asked(student), found.hand_in)


def check(label: str, *, student: object, answer: object) -> Found:
    """Say whether an answer is right for this student's numbers, and hint at a known mistake."""
    return shelf.find(label).check(student, answer)
