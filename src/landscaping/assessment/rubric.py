"""The rubric as Markdown: what an exercise is about, and what earns its points."""

from landscaping.assessment import shelf
from landscaping.assessment.record import Exercise


def of_exercise(one: Exercise) -> str:
    """One exercise: its name, what to hand in, and its points."""
    points = sum(count for count, _ in one.rubric)
    lines = [f"| {count} | {what} |" for count, what in one.rubric]
    head = f"### {one.title}\n\n`{one.label}` · UDL {one.udl} · {one.minutes} minutes · {points} points"
    return "\n".join([head, "", f"Hand in: {one.hand_in}", "", "| points | for |", "| --- | --- |", *lines])


def of_chapter(chapter: str) -> str:
    """Both exercises of a chapter."""
    return "\n\n".join([f"## {chapter}", *map(of_exercise, shelf.of_chapter(chapter))])


def of(chapters: tuple[str, ...]) -> str:
    """The rubric of these chapters, or of all."""
    return "\n\n".join(of_chapter(chapter) for chapter in chapters or shelf.CHAPTERS)
